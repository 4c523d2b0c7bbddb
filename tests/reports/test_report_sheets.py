"""The table that goes out comes back: every change and every mistake by cell, all or nothing, nothing overwritten."""

import io
from datetime import date
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from xlsxwriter import Workbook

from dashboard.commands.progress import NewReport, submit_report, submit_reports
from dashboard.commands.report_drafts import save_draft
from dashboard.gate import Actor
from dashboard.i18n import words
from dashboard.queries.report_sheets import checked_sheet, report_sheet
from dashboard.reports.report_sheets import HEAD_ROW, report_xlsx, sheet_rows
from dashboard.rules.report_sheets import COLUMNS, SheetRead, column_of
from dashboard.rules.roles import Role
from dashboard.store.tables.progress import Report
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, call_of, person, refusal
from tests.reporting import APRIL, change, department_of, lagging, report
from tests.sheets import filled, typing

YEAR = 2025
FIRST = HEAD_ROW + 2
LANGUAGE = words("zh-CN")
GOOD = {
    "share": "２０％", "quantity": "4", "paid": "1,234.5", "done": "四个小区开工。", "expected": "2025/12/31",
    "explanation": "补报",
}  # fmt: skip


def table(store: Store, actor: Actor, month: date = APRIL) -> bytes:
    return report_xlsx(LANGUAGE, report_sheet(call_of(store, actor, writes=False), YEAR, month))


def looked_at(store: Store, actor: Actor, body: bytes, month: date = APRIL) -> SheetRead:
    return checked_sheet(call_of(store, actor, writes=False), YEAR, month, sheet_rows(body))


def news(found: SheetRead) -> list[NewReport]:
    return [
        NewReport(
            project_id=UUID(one.project.project_id), month=APRIL, revision=one.project.revision,
            follows=one.project.version, **one.values,
        )
        for one in found.changes
    ]  # fmt: skip


def count(store: Store) -> int:
    with store.system().reading() as session:
        return session.scalar(select(func.count()).select_from(Report)) or 0


@pytest.fixture
def actor(demo_store: Store) -> Actor:
    return department_of(demo_store, lagging(demo_store))


def test_it_goes_out_with_its_own_projects_and_comes_back_unchanged(demo_store: Store, actor: Actor) -> None:
    body = table(demo_store, actor)
    found = looked_at(demo_store, actor, body)
    assert (found.changes, found.wrong) == ((), ())
    own = report_sheet(call_of(demo_store, actor, writes=False), YEAR, APRIL)
    assert found.unchanged == len(own.projects)
    assert lagging(demo_store).number in {one.number for one in own.projects}
    every = report_sheet(call_of(demo_store, person(demo_store, Role.CLERK), writes=False), YEAR, APRIL)
    assert len(every.projects) > len(own.projects)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert "模拟数据" in rows[1][0]
    # Whoever works in English reads the same table in.
    assert sheet_rows(report_xlsx(words("en"), own))[0][1]["number"] == str(own.projects[0].number)


def test_what_was_typed_is_shown_then_submitted_once(loaded_store: Store) -> None:
    number, actor = lagging(loaded_store).number, department_of(loaded_store, lagging(loaded_store))
    body = filled(table(loaded_store, actor), typing(number, **GOOD))
    found = looked_at(loaded_store, actor, body)
    assert found.wrong == ()
    (one,) = found.changes
    assert one.fields["share"] == ("", "２０％")
    assert (one.values["share"], one.values["paid"], one.values["expected_on"]) == (
        2_000, 1_234_500_000, date(2025, 12, 31),
    )  # fmt: skip
    before = count(loaded_store)
    submit_reports(call_of(loaded_store, actor), news(found))
    assert count(loaded_store) == before + 1
    # The same file twice, though its numbers are written in another way than they are kept.
    again = looked_at(loaded_store, actor, body)
    assert (again.changes, again.wrong) == ((), ())
    fresh = looked_at(loaded_store, actor, table(loaded_store, actor))
    assert (fresh.changes, fresh.wrong) == ((), ())
    assert refusal(submit_reports, call_of(loaded_store, actor), []) == "sheet_unchanged"


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("share", "-1", "typed_share_below"),
        ("share", "九成", "typed_share"),
        ("share", "1e309", "typed_share"),
        ("paid", "1,23", "typed_money"),
        ("expected", "2025-02-30", "typed_day_none"),
        ("expected", "2月30日", "typed_day"),
        ("done", "", "report_done_none"),
        ("explanation", "", "report_explanation_needed"),
    ],
)
def test_a_mistake_is_told_by_its_cell(
    demo_store: Store, actor: Actor, name: str, typed: str, code: str
) -> None:
    number = lagging(demo_store).number
    body = filled(table(demo_store, actor), typing(number, **GOOD | {name: typed}))
    found = looked_at(demo_store, actor, body)
    assert [(cell.column, cell.code) for cell in found.wrong] == [(column_of(name), code)]
    place = [place for place, row in sheet_rows(body) if row["number"] == str(number)]
    assert [cell.row for cell in found.wrong] == place


@pytest.mark.parametrize("day", ["2025-12-31", "2025年12月31日", "２０２５．１２．３１"])
def test_days_are_read_in_several_forms(demo_store: Store, actor: Actor, day: str) -> None:
    body = filled(table(demo_store, actor), typing(lagging(demo_store).number, **GOOD | {"expected": day}))
    (one,) = looked_at(demo_store, actor, body).changes
    assert one.values["expected_on"] == date(2025, 12, 31)


def test_what_somebody_else_wrote_since_is_shown_and_stays(demo_store: Store, actor: Actor) -> None:
    project = lagging(demo_store)
    body = filled(table(demo_store, actor), typing(project.number, **GOOD))
    found = looked_at(demo_store, actor, body)
    save_draft(call_of(demo_store, actor), change(project.id, done="别人写的"))
    later = looked_at(demo_store, actor, body)
    assert later.changes == ()
    told = {cell.column: cell for cell in later.wrong}
    assert told[column_of("done")].code == "sheet_moved_on"
    assert told[column_of("done")].facts == {"now": "别人写的"}
    # Between the look and the press: the command itself looks again.
    assert refusal(submit_reports, call_of(demo_store, actor), news(found)) == "draft_moved_on"
    other = report(project.id, explanation="补报", revision=1)
    submit_report(call_of(demo_store, actor), other)
    assert refusal(submit_reports, call_of(demo_store, actor), news(found)) == "draft_moved_on"


def test_all_or_nothing(loaded_store: Store) -> None:
    """The second of two is refused after the first was written: neither stays."""
    project = lagging(loaded_store)
    actor = department_of(loaded_store, project)
    body = filled(table(loaded_store, actor), typing(project.number, **GOOD))
    (one,) = news(looked_at(loaded_store, actor, body))
    before = count(loaded_store)
    call = call_of(loaded_store, actor)
    assert (
        refusal(submit_reports, call, [one, one.model_copy(update={"month": date(2025, 10, 31)})])
        == "month_not_over"
    )
    assert count(loaded_store) == before


def test_rows_that_do_not_belong_are_told(demo_store: Store, actor: Actor) -> None:
    number = lagging(demo_store).number

    body = filled(table(demo_store, actor), typing(number, **GOOD))
    twice = [*sheet_rows(body), *sheet_rows(body)]
    wrong = checked_sheet(call_of(demo_store, actor, writes=False), YEAR, APRIL, twice).wrong
    assert {(cell.column, cell.code) for cell in wrong} == {(1, "sheet_project_twice")}
    for text, code in (("999", "sheet_not_due"), ("一", "sheet_number"), ("9" * 5000, "sheet_number")):
        wrong = looked_at(
            demo_store, actor, filled(table(demo_store, actor), typing(number, number=text))
        ).wrong
        assert [(cell.column, cell.code) for cell in wrong] == [(1, code)]


def test_another_month_another_table_and_another_role(demo_store: Store, actor: Actor) -> None:
    number = lagging(demo_store).number
    body = filled(table(demo_store, actor), typing(number, **GOOD))
    wrong = looked_at(demo_store, actor, body, date(2025, 5, 31)).wrong
    assert {cell.code for cell in wrong} == {"sheet_month"}
    assert refusal(looked_at, demo_store, actor, body, date(2025, 10, 31)) == "month_not_over"
    assert refusal(looked_at, demo_store, actor, body, date(2024, 4, 30)) == "sheet_nothing_due"
    assert refusal(sheet_rows, other()) == "sheet_other"
    deputy = call_of(demo_store, person(demo_store, Role.DEPUTY), COUNTY, writes=False)
    assert refusal(report_sheet, deputy, YEAR, APRIL) == "not_allowed"


def other() -> bytes:
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.add_worksheet().write_string(HEAD_ROW, 0, COLUMNS[0])
    book.close()
    return out.getvalue()
