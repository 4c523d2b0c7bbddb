"""A whole session by its commands: phones and paper, a change, a second try, the seal, and a record that holds."""

import secrets

import pytest

from dashboard.commands.paper import (
    NewSheet,
    NewTotal,
    enter_sheet,
    hand_out,
    seal_sheets,
    settle_sheet,
    state_total,
)
from dashboard.commands.voting import NewVote, cast, change
from dashboard.gate import Actor
from dashboard.queries.round_papers import round_paper
from dashboard.reports.round_sheets import minutes_text, report_text
from dashboard.rules.boxes import count_box, read_box
from dashboard.rules.roles import Role
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count, RoundProject
from dashboard.store.transactions import Store
from dashboard.store.verifying import Failure, verify
from tests.commands.people import person, refusal
from tests.commands.sessions import Played, session_of

FIRST, LAST = "1 2 3 4 5 6 7 8 9 10", "3 4 5 6 7 8 9 10 11 12"
VOTERS = 20


def failure(store: Store) -> Failure | None:
    """Return the first thing of all congresses that does not hold."""
    with store.system().reading() as session:
        return next((one for one in verify(session) if isinstance(one, Failure)), None)


def voter(played: Played, place: int) -> Actor:
    return person(played.store, Role.DEPUTY, seat=played.seats[place])


def on_phones(played: Played) -> None:
    """Twenty deputies vote, one changes, one tries twice."""
    votes = {}
    for place in range(10, 10 + VOTERS):
        receipt = secrets.token_hex(16)
        votes[place] = (voter(played, place), receipt)
        cast(played.call(votes[place][0]), played.round_id, NewVote(receipt=receipt, marks=FIRST))
    changes, receipt = votes[10]
    change(played.call(changes), played.round_id, NewVote(receipt=receipt, marks=LAST))
    again = NewVote(receipt=secrets.token_hex(16), marks=LAST)
    assert refusal(cast, played.call(votes[11][0]), played.round_id, again) == "already_voted"


def on_paper(played: Played) -> None:
    """One deputy takes a sheet; two tellers enter it after the close, the chief seals."""
    seat = played.seats[40]
    hand_out(played.call(played.teller), played.round_id, seat)
    again = NewVote(receipt=secrets.token_hex(16), marks=LAST)
    assert refusal(cast, played.call(voter(played, 40)), played.round_id, again) == "voted_on_paper"


@pytest.fixture
def lived(loaded_store: Store) -> Played:
    played = session_of(loaded_store, on_paper=True)
    played.open()
    on_phones(played)
    on_paper(played)
    played.together("close")
    # The second reads the sheet otherwise; the scrutineer looks at it.
    for teller, typed in ((played.teller, "12 11 13"), (voter(played, 3), "12 11")):
        state_total(played.call(teller), NewTotal(round_id=played.round_id, sheets=1))
        enter_sheet(played.call(teller), NewSheet(round_id=played.round_id, number=1, typed=typed))
    settled = NewSheet(round_id=played.round_id, number=1, typed="12 11 13")
    settle_sheet(played.call(played.scrutineer), settled)
    seal_sheets(played.call(played.chief), played.round_id)
    played.report()
    played.announce()
    return played


def test_the_session_ends_with_what_was_voted_and_a_record_that_holds(lived: Played) -> None:
    row = lived.row()
    assert (row.state, row.recovered, row.valid, row.invalid) == ("announced", 21, 20, 1)
    votes = {one.number: one.votes for one in lived.rows(Count)}
    assert (votes[1], votes[3], votes[11]) == (19, 20, 1)
    # Nobody reaches more than half of all in office: nothing is chosen, and that is told.
    assert {one.state for one in lived.rows(Count)} == {"failed"}
    assert lived.rows(RoundProject) == []
    (box,) = lived.rows(SealedBox)
    again = count_box(read_box(box.body.encode(), row.box_digest))
    assert {one.number: one.votes for one in again.options} == votes
    assert [reason.code for _, reason in again.faults] == ["tally.invalid.off_list"]
    assert failure(lived.store) is None


def test_how_many_sheets_were_settled_is_recorded_and_printed(lived: Played) -> None:
    assert lived.acts().count("round_sheet_settled") == 1
    assert (lived.row().facts or {})["settled_sheets"] == 1
    paper = round_paper(lived.call(lived.clerk, writes=False), lived.round_id)
    assert (paper.attendance.paper_issued, paper.attendance.paper_recovered) == (1, 1)
    line = "纸质票由两名计票人各自清点、录入，其中1张不一致，由监票人对照原票裁定。"
    assert line in minutes_text(paper).before[2].lines
    assert line in report_text(paper).before[0].lines
