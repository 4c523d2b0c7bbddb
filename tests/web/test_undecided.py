"""A round that decided nothing: its announcement and its page say what happened, in the .docx and to the public."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document

from dashboard.commands.paper import NewSheet, NewTotal, enter_sheet, hand_out, seal_sheets, state_total
from dashboard.commands.rounds_prepare import Officers, name_officers, record_adoption
from dashboard.queries.round_papers import round_paper
from dashboard.reports.round_documents import announcement_docx, minutes_docx, report_docx
from dashboard.rules.roles import Role
from dashboard.store.transactions import Store
from tests.commands.people import person
from tests.commands.sessions import CONGRESS, TODAY, Played, session_of
from tests.web.conftest import Makes
from tests.web.visitor import plain

TEN = "1 2 3 4 5 6 7 8 9 10"
NOTHING = "没有项目入选，也没有项目被否决"
WRONG = ("经票决，没有项目入选", "项空缺", "项，另行票决", "未过半", "未通过", "入选0项")


def without_quorum(store: Store) -> Played:
    """Return a closed round at whose end 90 of 321 were there: two thirds are 214."""
    played = prepared(store)
    played.open()
    for seat in played.seats[90:]:
        played.leave(seat)
    played.vote_all({TEN: 90})
    played.together("close")
    return played


def overfull(store: Store) -> Played:
    """Return a closed round of 319 who came, in whose box five sheets lay, where one was handed out."""
    played = prepared(store, on_paper=True)
    tellers = list(played.seats[2:4])
    officers = Officers(chief=played.seats[0], scrutineers=[played.seats[1]], tellers=tellers)
    name_officers(played.call(played.clerk), played.round_id, officers)
    record_adoption(played.call(played.clerk), played.round_id, "officers", TODAY)
    played.open()
    played.vote_all({TEN: 318})
    hand_out(played.call(played.teller), played.round_id, played.seats[318])
    played.together("close")
    for seat in tellers:
        teller = person(store, Role.DEPUTY, seat=seat)
        state_total(played.call(teller), NewTotal(round_id=played.round_id, sheets=5))
        for number in range(1, 6):
            sheet = NewSheet(round_id=played.round_id, number=number, typed=TEN)
            enter_sheet(played.call(teller), sheet)
    seal_sheets(played.call(played.chief), played.round_id)
    return played


def prepared(store: Store, *, on_paper: bool = False) -> Played:
    played = session_of(store, on_paper=on_paper, closes_at=datetime.now(UTC) + timedelta(hours=1))
    played.now = datetime.now(UTC)
    return played


def text_of(body: bytes) -> str:
    document = Document(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (without_quorum, "应到321名，至少须214名出席，实到90名，不足法定人数。"),
        (overfull, "收回323张，多于发出的319张，本轮无效，须重新投票。"),
    ],
)
def test_paper_and_page_say_what_happened_and_that_nothing_was_decided(
    make_site: Makes, made: Callable[[Store], Played], told: str
) -> None:
    site = make_site()
    played = made(site.store)
    played.report()
    assert played.announce() == 0
    paper = round_paper(played.call(played.clerk, writes=False), played.round_id)
    announced = text_of(announcement_docx(paper))
    # What happened, then what it means: in one paragraph, before 现予公告.
    assert f"{told}本轮票决没有作出任何决定：{NOTHING}。\n现予公告。" in announced
    for maker in (minutes_docx, report_docx):
        text = text_of(maker(paper))
        assert told in text
        assert NOTHING in text
        assert "未作决定" in text
    site.web.ground.versions.forget(CONGRESS)
    page = plain(site.visitor().open(f"/990121/2026/rounds/{played.round_id}"))
    assert "票决：没有作出决定" in page
    # The notice above, and the text of the announcement.
    assert page.count(told.rstrip("。")) >= 2
    assert page.count(NOTHING) >= 2
    assert "未作决定" in page
    listed = plain(site.visitor().open("/990121/2026/rounds"))
    assert "2026年度票决：没有作出决定" in listed
    for text in (announced, page, listed):
        assert [wrong for wrong in WRONG if wrong in text] == []
