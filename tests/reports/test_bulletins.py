"""The monthly bulletin: the same numbers in Word and Excel, laid out by GB/T 9704, marked, no text that runs."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from dashboard.queries.bulletins import bulletin, bulletin_months
from dashboard.reports.bulletin_documents import WIDTHS, bulletin_docx, bulletin_text
from dashboard.reports.bulletin_sheets import HEAD_ROW, bulletin_xlsx
from dashboard.reports.round_documents import WIDTH
from dashboard.rules.bulletins import Bulletin, Decision
from dashboard.rules.roles import Role
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, call_of, person, refusal

AUGUST, SEPTEMBER = date(2025, 8, 31), date(2025, 9, 30)


@pytest.fixture
def found(demo_store: Store) -> Bulletin:
    """September as the clerk reads it."""
    return bulletin(call_of(demo_store, person(demo_store, Role.CLERK), writes=False), 2025, SEPTEMBER)


def sheets(body: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def words_of(body: bytes) -> str:
    document = Document(io.BytesIO(body))
    lines = [one.text for one in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*lines, *(one.text for one in document.sections[0].header.paragraphs)])


def test_the_ranking_is_that_of_the_month_and_no_later_report_changes_it(demo_store: Store) -> None:
    clerk = person(demo_store, Role.CLERK)
    months = bulletin_months(call_of(demo_store, clerk, writes=False), 2025)
    assert months[0] == SEPTEMBER
    then = bulletin(call_of(demo_store, clerk, writes=False), 2025, AUGUST)
    now = bulletin(call_of(demo_store, clerk, writes=False), 2025, SEPTEMBER)
    assert (then.month, now.month, len(then.ranked)) == (AUGUST, SEPTEMBER, len(now.ranked))
    assert then.paid() < now.paid()
    gaps = [one.standing.gap for one in now.ranked if one.standing.gap is not None]
    assert gaps == sorted(gaps, reverse=True)
    before = {one.standing.project_id: one.standing for one in then.ranked}
    for one in now.ranked:
        row, was = one.standing, before[one.standing.project_id]
        if row.months_behind > 1 and was.actual is not None:
            assert was.months_behind == row.months_behind - 1


def test_who_is_not_for_it_and_what_is_not_over_is_refused(demo_store: Store) -> None:
    for role in (Role.DEPUTY, Role.DEPARTMENT, Role.COORDINATOR):
        call = call_of(demo_store, person(demo_store, role), writes=False)
        assert refusal(bulletin, call, 2025, SEPTEMBER) == "not_allowed"
    leader = person(demo_store, Role.LEADER)
    assert bulletin(call_of(demo_store, leader, writes=False), 2025, SEPTEMBER).ranked
    for year, day, code in (
        (2025, date(2025, 10, 31), "month_not_over"),
        (1999, SEPTEMBER, "not_found"),
        (2025, date(2024, 12, 31), "not_found"),
    ):
        assert refusal(bulletin, call_of(demo_store, leader, writes=False), year, day) == code


def test_word_and_excel_say_the_same(found: Bulletin) -> None:
    text, pages = words_of(bulletin_docx(found)), sheets(bulletin_xlsx(found))
    assert list(pages) == ["进度排名", "资金", "逾期", "决定事项", "进度曲线"]
    rows = pages["进度排名"][HEAD_ROW + 1 :]
    assert [row[1] for row in rows] == [one.standing.name for one in found.ranked]
    for row, one in zip(rows, found.ranked, strict=True):
        assert row[4] == ("" if one.standing.actual is None else one.standing.actual / 10_000)
        assert row[7] == one.standing.months_behind
        assert one.standing.name in text
    money = pages["资金"][HEAD_ROW + 1 :]
    assert round(sum(row[2] or 0 for row in money) * 1_000_000) == found.paid()
    assert len(pages["逾期"]) - HEAD_ROW - 1 == len(found.late)
    for one in found.late:
        assert f"{one.project}（{one.department}）" in text
    assert sum(WIDTHS) == WIDTH


def test_every_page_and_sheet_says_simulated(found: Bulletin) -> None:
    body = bulletin_xlsx(found)
    pages = sheets(body)
    tables = {name: rows for name, rows in pages.items() if name != "进度曲线"}
    assert all("模拟数据" in str(rows[:HEAD_ROW]) for rows in tables.values())
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for number in range(1, len(tables) + 1):
            # The head that is printed on each page of the sheet.
            assert "模拟数据</oddHeader>" in archive.read(f"xl/worksheets/sheet{number}.xml").decode()
    document = Document(io.BytesIO(bulletin_docx(found)))
    assert "模拟数据" in document.sections[0].header.paragraphs[0].text
    own = replace(found, simulated=False)
    assert "模拟" not in words_of(bulletin_docx(own))
    assert "模拟" not in str(sheets(bulletin_xlsx(own)))


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "http://x", "12"])
def test_a_text_stays_a_text(found: Bulletin, text: str) -> None:
    first = replace(found.ranked[0], standing=replace(found.ranked[0].standing, name=text))
    body = bulletin_xlsx(replace(found, ranked=(first,), decisions=(Decision(AUGUST, text, text, text),)))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    assert not [name for name, part in parts.items() if "<f>" in part or "<hyperlink" in part]
    assert sheets(body)["进度排名"][HEAD_ROW + 1][1] == text
    assert sheets(body)["决定事项"][HEAD_ROW + 1][1:] == [text] * 3


def test_the_same_month_gives_the_same_workbook(found: Bulletin) -> None:
    assert bulletin_xlsx(found) == bulletin_xlsx(found)


def test_what_was_decided_in_the_month_is_told(demo_store: Store) -> None:
    """Demonstration: 禾人常〔2023〕17号 of August 2023 changed the number of playgrounds."""
    call = call_of(demo_store, person(demo_store, Role.CLERK), COUNTY, writes=False)
    told = bulletin_text(bulletin(call, 2023, date(2023, 8, 31)))
    lines = [line for section in told.after for line in section.lines]
    assert [line for line in lines if "禾人常〔2023〕17号" in line and "2023年8月30日" in line]
    quiet = bulletin_text(bulletin(call, 2023, date(2023, 3, 31)))
    assert "本月没有计划调整和督办事项。" in [line for section in quiet.after for line in section.lines]


def test_the_curves_of_what_is_behind_stand_in_the_document_as_svg_with_png_beside(found: Bulletin) -> None:
    assert [curve.name for curve in found.curves] == [
        "城区老旧小区改造24个", "乡镇卫生院设备更新与村医培训", "城区新增公共停车泊位1500个",
    ]  # fmt: skip
    body = bulletin_docx(found)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names, text = archive.namelist(), archive.read("word/document.xml").decode()
        pictures = [archive.read(name).decode() for name in sorted(names) if name.endswith(".svg")]
        assert "image/svg+xml" in archive.read("[Content_Types].xml").decode()
    assert len(pictures) == len([name for name in names if name.endswith(".png")]) == 3
    for curve, picture in zip(found.curves, pictures, strict=True):
        assert curve.name in picture
        assert "模拟数据" in picture
        # Who does not see the picture is told what it says.
        assert f'descr="{curve.name}' in text
    assert text.count("svgBlip") == 3
    captions = [one.text for one in Document(io.BytesIO(body)).paragraphs if one.text.startswith("图")]
    assert captions == [f"图{place}　{curve.name}" for place, curve in enumerate(found.curves, start=1)]


def test_a_curve_ends_with_its_month(demo_store: Store) -> None:
    """The promise of July is not known in June, and no report of July is."""
    clerk = person(demo_store, Role.CLERK)
    then = bulletin(call_of(demo_store, clerk, writes=False), 2025, date(2025, 6, 30))
    now = bulletin(call_of(demo_store, clerk, writes=False), 2025, SEPTEMBER)
    june = next(curve for curve in then.curves if curve.name == "城区老旧小区改造24个")
    assert (june.as_of, june.actual_days[-1], june.promise) == (date(2025, 6, 30), date(2025, 6, 30), None)
    assert now.curves[0].promise is not None
    assert now.curves[0].actual_days[-1] == SEPTEMBER


def test_where_nothing_is_behind_the_last_one_is_drawn_and_without_reports_none(found: Bulletin) -> None:
    none = replace(found, curves=())
    assert "进度曲线" not in words_of(bulletin_docx(none))
    assert "进度曲线" not in sheets(bulletin_xlsx(none))


def test_the_curves_are_pictures_in_the_workbook(found: Bulletin) -> None:
    with zipfile.ZipFile(io.BytesIO(bulletin_xlsx(found))) as archive:
        pictures = [archive.read(name) for name in archive.namelist() if name.startswith("xl/media/")]
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert len(pictures) == len(found.curves) == 3
    assert all(f'descr="{curve.name}' in drawing for curve in found.curves)
