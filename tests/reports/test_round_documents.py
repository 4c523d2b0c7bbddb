"""The papers of a round as .docx: laid out by GB/T 9704, with every number, the digest and the head in them."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from dashboard.config import ROOT
from dashboard.queries.round_papers import announced_paper, round_paper
from dashboard.reports.round_documents import announcement_docx, columns_of, minutes_docx, report_docx
from dashboard.reports.round_papers import made_papers
from dashboard.reports.round_sheets import minutes_text, report_text
from dashboard.reports.round_texts import announcement_text
from dashboard.rules.reasons import Reason
from dashboard.rules.roles import Role
from dashboard.rules.round_papers import Channel, Officer, PaperItem, RoundPaper, Step
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, call_of, person
from tests.rounds import adoption
from tests.rules.adoption import rules

MAKERS = {"announcement": announcement_docx, "minutes": minutes_docx, "report": report_docx}
TEMPLATES = sorted((ROOT / "data" / "templates").glob("*.docx"))


@pytest.fixture
def paper(demo_store: Store) -> RoundPaper:
    """The county's last round as the clerk reads it."""
    call = call_of(demo_store, person(demo_store, Role.CLERK), writes=False)
    return round_paper(call, adoption(demo_store, COUNTY).id)


def opened(body: bytes) -> Any:
    return Document(io.BytesIO(body))


def text_of(document: Any) -> str:
    """Return every word of a document: paragraphs, tables, header."""
    lines = [one.text for one in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*lines, *(one.text for one in document.sections[0].header.paragraphs)])


def test_there_is_a_template_for_each_paper() -> None:
    assert [path.stem for path in TEMPLATES] == ["announcement", "bulletin", "count_report", "minutes"]


@pytest.mark.parametrize("kind", MAKERS)
def test_margins_and_type_are_those_of_gb_t_9704(paper: RoundPaper, kind: str) -> None:
    """GB/T 9704-2012, 5.2: A4, 天头37mm, 订口28mm, 版心156mm×225mm; 3号仿宋, 标题2号小标宋, 每面22行."""
    document = opened(MAKERS[kind](paper))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    normal = document.styles["Normal"]
    assert normal.font.size.pt == 16
    assert normal.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋"
    assert normal.paragraph_format.line_spacing.pt == 28.8
    title = document.paragraphs[0].runs[0]
    assert title.font.size.pt == 22
    assert title._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "方正小标宋简体"
    assert "PAGE" in section.footer.paragraphs[0]._p.xml


@pytest.mark.parametrize("kind", MAKERS)
def test_every_paper_has_the_numbers_the_digest_the_head_and_says_simulated(
    paper: RoundPaper, kind: str
) -> None:
    assert paper.head is not None
    told = text_of(opened(MAKERS[kind](paper)))
    assert "应到代表321名，实到312名；发出选票312张，收回312张，其中有效票309张，无效票3张。" in told
    for needed in (
        paper.digest,
        paper.head.digest,
        f"第{paper.head.number}条",
        "模拟数据",
        "adoption-mark-open@1",
    ):
        assert needed in told
    assert "161票以上" in told
    assert "{{" not in told
    assert "{%" not in told


def test_the_announcement_lists_the_chosen_in_the_order_of_votes(paper: RoundPaper) -> None:
    document = opened(announcement_docx(paper))
    lines = [one.text for one in document.paragraphs]
    assert lines[:2] == ["禾澜县第十八届人民代表大会第四次会议主席团公告", "第3号"]
    first = lines.index("1．新建公办幼儿园3所（298票）")
    assert lines[first + 9] == "10．口袋公园与健身步道12处（229票）"
    assert "智慧公交站台改造" not in text_of(document)
    end = lines.index("现予公告。")
    assert lines[end + 1 : end + 3] == ["禾澜县第十八届人民代表大会第四次会议主席团", "2025年1月16日"]


@pytest.mark.parametrize(
    ("value", "first", "order"),
    [
        ("numbers", "新建公办幼儿园3所（298票）", "按票数多少"),
        ("order", "新建公办幼儿园3所", "按票数多少"),
        ("list", None, "按表决票上"),
    ],
)
def test_what_the_rules_publish_is_what_is_printed(
    paper: RoundPaper, value: str, first: str | None, order: str
) -> None:
    changed = replace(paper, rules=paper.rules.model_copy(update={"publish_votes": value}))
    text = announcement_text(changed)
    listed = min(changed.chosen, key=lambda item: item.number).name if first is None else first
    assert text.items[0] == f"1．{listed}"
    assert order in text.paragraphs[3]
    printed = text_of(opened(announcement_docx(changed)))
    assert ("298" in printed) == (value == "numbers")


def test_the_minutes_give_every_item_its_reason_and_the_faults(paper: RoundPaper) -> None:
    document = opened(minutes_docx(paper))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "候选项目", "得票", "结果", "理由"]
    assert len(table.rows) == 13
    last = [cell.text for cell in table.rows[12].cells]
    assert last[2:] == ["141", "未通过", "得141票，不足161票"]
    assert "表示的项数多于规定：3张" in text_of(document)
    assert round(sum(cell.width.mm for cell in table.rows[0].cells)) == 156


def whole(paper: RoundPaper) -> RoundPaper:
    """Return a paper with everything that a round of the product has and the demonstration's has not."""
    at = datetime(2025, 1, 16, 7, 30, tzinfo=UTC)
    below = rules(threshold_base="present")
    return replace(
        paper,
        simulated=False,
        officers=(Officer("chief", "张<甲>&", at), Officer("scrutineer", "李乙"), Officer("teller", "王丙")),
        steps=(Step("opened", at, ("clerk", "deputy")), Step("suspended", at, ("clerk", "deputy"), "停电")),
        channels={"electronic": Channel(300, 295, 293, 2), "paper": Channel(12, 12, 11, 1)},
        rules=below,
        warnings=(Reason("rule_set.below.base_present", {"numerator": 1, "denominator": 2}),),
        is_confirmed=True,
        corrections=({"announcement": "第5号公告", "reason": "项目名称有误", "at": "x"},),
        items=(*paper.items[:-1], PaperItem(12, "甲&乙<丙>", 141, 100, 68, "failed", paper.items[-1].reason)),
    )  # fmt: skip


def test_officers_steps_channels_warnings_and_corrections_are_told(paper: RoundPaper) -> None:
    changed = whole(paper)
    minutes, report, announced = (
        text_of(opened(maker(changed))) for maker in (minutes_docx, report_docx, announcement_docx)
    )
    assert "总监票人：张<甲>&" in minutes
    assert "2025年1月16日15:30 开始投票（人大工作人员、总监票人）" in minutes
    assert "中止投票（人大工作人员、总监票人），理由：停电" in minutes
    assert "电子表决：发出300，收回295，有效293，无效2；未按表决器5名。" in minutes
    assert "纸质票：发出12张，收回12张，有效11张，无效1张" in report
    assert "监票人李乙（签名）：" in report
    stuffed = replace(changed, channels={"paper": Channel(1, 30, 30, 0)})
    assert "纸质票：发出1张，收回30张，有效30张，无效0张；收回比发出多29张。" in text_of(
        opened(report_docx(stuffed))
    )
    for told in (minutes, report, announced):
        assert "地方组织法第二十五条" in told
        assert "模拟数据" not in told
    assert "上述低于法律规定的规则值，已经人大领导确认。" in announced
    assert "更正：第5号公告（理由：项目名称有误）。" in announced
    assert "甲&乙<丙>" in minutes
    assert [cell.text for cell in opened(report_docx(changed)).tables[0].rows[0].cells] == [
        "序号", "候选项目", "赞成", "反对", "弃权", "结果",
    ]  # fmt: skip


def test_ties_vacant_places_and_no_winner_are_told(paper: RoundPaper) -> None:
    tied = replace(
        paper,
        items=tuple(
            replace(one, state="tied") if place in {9, 10} else one for place, one in enumerate(paper.items)
        ),
    )
    assert "下列2项票数并列，余下名额1项，将再次票决：" in "".join(announcement_text(tied).closing)
    vacant = replace(paper, items=tuple(replace(one, state="failed") for one in paper.items))
    text = announcement_text(vacant)
    assert "经票决，没有项目入选。" in text.paragraphs
    assert "余下名额10项空缺。" in text.closing
    again = replace(vacant, rules=rules(shortfall="second_ballot"))
    assert "余下名额10项，另行票决。" in announcement_text(again).closing
    # Nobody is left to stand in a second ballot.
    nobody = replace(again, outcome=Reason("tally.round.short_nobody", {}))
    assert "余下名额10项空缺。" in announcement_text(nobody).closing


def test_a_paper_is_in_chinese_whatever_language_its_page_is_read_in(demo_store: Store) -> None:
    call = call_of(demo_store, person(demo_store, Role.CLERK), writes=False)
    assert call.place is not None
    english = replace(call, place=replace(call.place, name="Helan County People's Congress"), language="en")
    paper = round_paper(english, adoption(demo_store, COUNTY).id)
    assert paper.congress == "禾澜县人民代表大会"
    assert announcement_text(replace(paper, announcement="主席团公告")).issuer == "禾澜县人民代表大会主席团"


def test_the_page_shows_what_the_paper_says(demo_store: Store, paper: RoundPaper) -> None:
    public = announced_paper(call_of(demo_store, writes=False), adoption(demo_store, COUNTY).id)
    assert public is not None
    assert (public.officers, public.steps, public.head) == ((), (), None)
    shown, printed = announcement_text(public), announcement_text(paper)
    assert replace(shown, notes=()) == replace(printed, notes=())


def test_an_announcement_of_any_name_has_a_title_and_an_issuer(paper: RoundPaper) -> None:
    for told, expected in (
        ("主席团公告（第7号）", ("主席团公告", "第7号", "禾澜县人民代表大会主席团")),
        ("关于票决结果的决定", ("关于票决结果的决定", "", "禾澜县人民代表大会主席团")),
        (None, (paper.title, "", "禾澜县人民代表大会主席团")),
    ):
        text = announcement_text(replace(paper, announcement=told))
        assert (text.title, text.number, text.issuer) == expected


def test_the_widths_fill_the_page() -> None:
    for many in (4, 5, 6, 7):
        for reasons in (False, True):
            if many - 2 - (2 if reasons else 1) >= 1:
                widths = columns_of(many, reasons)
                assert len(widths) == many
                assert sum(widths) == 156
                assert min(widths) >= 12


def test_the_kinds_that_are_made(paper: RoundPaper) -> None:
    file, text = made_papers("announcement", paper)
    assert (file.kind, file.number, text.kind, text.content_type) == (
        "announcement", "第3号", "announcement_text", "application/json",
    )  # fmt: skip
    assert file.name == "2025年度民生实事项目票决公告.docx"
    assert [one.kind for kind in ("report", "minutes") for one in made_papers(kind, paper)] == [
        "report",
        "minutes",
    ]
    assert minutes_text(paper).heads != report_text(paper).heads
