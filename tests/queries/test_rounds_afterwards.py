"""What is told of rounds once others decided what they left open: of each its own outcome, everywhere."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from dashboard.commands.rounds_end import settle_tie
from dashboard.commands.rounds_prepare import edit_round
from dashboard.gate import PUBLIC
from dashboard.queries.board import board
from dashboard.queries.data import data_rows
from dashboard.queries.orders import picture
from dashboard.queries.project import project
from dashboard.queries.vote_events import voted_rounds
from dashboard.queries.voting import last_adoption, round_result, rounds
from dashboard.reports.vote_events import popolo_of
from dashboard.rules.round_frames import RoundResult
from dashboard.store.tables.voting import RoundOption
from dashboard.store.transactions import Store
from tests.commands.sessions import RULES, YEAR, Played, filled, own_rules, session_of, voted_on
from tests.popolo import validator

TEN = "1 2 3 4 5 6 7 8 9 10"
# Of 321: 1 and 11 with 170 each are level at the tenth place, 2 to 10 stand above them with 260.
TIED = {TEN: 130, "2 3 4 5 6 7 8 9 10 11": 130, "1 11": 40}


def announced(store: Store, ballots: Mapping[str, int], **how: Any) -> Played:
    """Return an announced round."""
    played = voted_on(store, ballots, **how)
    played.report()
    played.announce()
    return played


def opened(before: Played, kind: str) -> Played:
    """Return the round that follows from another, open a while after it."""
    played = replace(before.followed(kind), now=before.now + timedelta(minutes=10))
    edit_round(played.call(played.clerk), played.round_id, filled(played))
    played.open()
    return played


def held(played: Played, ballots: Mapping[str, int]) -> None:
    """Hold an open round to its report."""
    played.vote_all(ballots)
    played.together("close")
    played.report()


def read(played: Played, round_id: UUID | None = None) -> RoundResult:
    """Return what the public reads of a round."""
    return round_result(played.call(PUBLIC, writes=False), YEAR, round_id or played.round_id)


def bars(played: Played) -> dict[int, str]:
    """Return what the public reads each option came to."""
    return {bar.number: bar.state for bar in read(played).tally.bars}


def without_quorum(played: Played, ballots: Mapping[str, int]) -> Played:
    """Hold an open round to its announcement; at its end as few as voted were there, of 321."""
    for seat in played.seats[sum(ballots.values()) : 319]:
        played.leave(seat)
    held(played, ballots)
    played.announce("第2号")
    return played


def told_of(played: Played) -> dict[str, dict[int, tuple[str, str | None]]]:
    """Return of each announced round what a file for machines says of its items: the outcome, and Popolo's result."""
    events = json.loads(popolo_of(voted_rounds(played.call(PUBLIC, writes=False), YEAR)))["vote_events"]
    for one in events:
        validator("vote_event").validate(one)
        validator("motion").validate(one["motion"])
        assert one["motion"]["result"] == one["result"]
    found: dict[str, dict[int, tuple[str, str | None]]] = {}
    for one in events:
        number = int(one["id"].partition("/")[2])
        found.setdefault(one["round"]["id"], {})[number] = (one["round"]["outcome"], one["result"])
    return found


def adoption(played: Played) -> dict[int, tuple[str, bool]]:
    """Return what the overview shows of each option, and whether a run-off decided it."""
    tally = last_adoption(played.call(PUBLIC, writes=False), YEAR)
    assert tally is not None
    return {bar.number: (bar.state, bar.runoff) for bar in tally.bars}


def column(played: Played, name: str, value: str, **wanted: object) -> dict[Any, Any]:
    """Return one column of a published file by the numbers of its rows."""
    found = data_rows(played.call(PUBLIC, writes=False), YEAR, name)
    rows = [dict(zip(found.dataset.columns, row, strict=True)) for row in found.rows]
    return {row["number"]: row[value] for row in rows if wanted.items() <= row.items()}


def test_what_the_presidium_decided_stands_in_every_file_and_list(loaded_store: Store) -> None:
    main = announced(loaded_store, TIED)
    runoff = opened(main, "runoff")
    held(runoff, {"1": 100, "11": 100})
    settle_tie(runoff.call(runoff.presidium), runoff.round_id, [11])
    assert runoff.announce("第2号") == 1
    after = column(runoff, "candidates", "state")
    assert (after[1], after[2], after[11], after[12]) == ("beyond", "chosen", "chosen", "failed")
    assert column(runoff, "counts", "outcome", round=runoff.round_id) == {1: "beyond", 11: "chosen"}
    # As counted, where nobody decided otherwise.
    first = column(runoff, "counts", "outcome", round=main.round_id)
    assert (first[1], first[2], first[11]) == ("tied", "chosen", "tied")
    shown = board(runoff.call(runoff.leader, writes=False), runoff.round_id).result
    assert shown is not None
    assert [(bar.number, bar.votes, bar.state) for bar in shown.bars] == [
        (11, 100, "chosen"), (1, 100, "beyond"),
    ]  # fmt: skip
    listed = rounds(runoff.call(PUBLIC, writes=False), YEAR).rows
    lines = {line.round_id: (line.chosen, line.tied, line.candidates) for line in listed}
    assert lines == {str(main.round_id): (9, 2, 12), str(runoff.round_id): (1, 0, 2)}


def test_a_repeated_run_off_decides_the_tie_and_leads_to_it(loaded_store: Store) -> None:
    main = announced(loaded_store, TIED)
    first = opened(main, "runoff")
    first.together("annul", "票箱破损")
    again = opened(first, "repeat")
    held(again, {"1": 100, "11": 120})
    assert adoption(main)[11] == ("tied", False)
    again.announce("第2号")
    shown = adoption(main)
    assert (shown[1], shown[11], shown[2]) == (("beyond", True), ("chosen", True), ("chosen", False))
    assert [line.round_id for line in read(main).after] == [str(again.round_id)]
    before = read(again).before
    assert before is not None
    assert before.round_id == str(main.round_id)
    # Members see the annulled one between them, which is tied to the same tie.
    members = round_result(main.call(main.leader, writes=False), YEAR, main.round_id)
    assert {line.round_id for line in members.after} == {str(first.round_id), str(again.round_id)}


def test_a_void_run_off_decides_nothing(demo_store: Store) -> None:
    main = announced(demo_store, TIED)
    runoff = opened(main, "runoff")
    held(runoff, {"1": 100, "11": 120})
    runoff.change(facts={**(runoff.row().facts or {}), "outcome": {"state": "void"}})
    runoff.announce("第2号")
    assert adoption(main)[11] == ("tied", False)


def test_where_the_list_alone_is_told_each_round_tells_what_it_chose_itself(loaded_store: Store) -> None:
    reference = own_rules(loaded_store, publish_votes="list", shortfall="second_ballot")
    first = announced(loaded_store, {"1 2": 170, "3": 10, "4": 5}, places=3, rule_set=reference)
    assert bars(first) == {number: "chosen" if number < 3 else "listed" for number in range(1, 13)}
    second = opened(first, "second")
    listed = sorted(one.number for one in second.rows(RoundOption))
    held(second, {str(listed[0]): 200})
    second.announce("第2号")
    assert bars(first) == {number: "chosen" if number < 3 else "listed" for number in range(1, 13)}
    assert read(first).line.chosen == 2
    assert bars(second) == {number: "chosen" if number == listed[0] else "listed" for number in listed}
    told = voted_rounds(first.call(PUBLIC, writes=False), YEAR).rounds
    events = {one.id: {item.number: (item.state, item.votes) for item in one.items} for one in told}
    assert events[str(first.round_id)][listed[0]] == ("listed", None)
    assert events[str(second.round_id)][listed[0]] == ("chosen", None)


def test_where_the_list_alone_is_told_a_tie_is_told_until_it_is_decided(demo_store: Store) -> None:
    reference = own_rules(demo_store, publish_votes="list")
    main = announced(demo_store, TIED, rule_set=reference)
    expected = {1: "tied", 11: "tied", 12: "listed"}
    assert {number: bars(main)[number] for number in expected} == expected
    assert (read(main).line.chosen, read(main).line.tied, read(main).line.candidates) == (9, 2, 12)
    runoff = opened(main, "runoff")
    held(runoff, {"1": 100, "11": 120})
    runoff.announce("第2号")
    assert {number: bars(main)[number] for number in expected} == expected
    assert bars(runoff) == {1: "listed", 11: "chosen"}
    assert (adoption(main)[1], adoption(main)[11]) == (("listed", True), ("chosen", True))
    assert {bar.votes for bar in read(main).tally.bars + read(runoff).tally.bars} == {None}


@pytest.mark.parametrize("publish", ["numbers", "list"])
def test_no_file_and_no_list_says_that_a_round_without_quorum_turned_anything_down(
    loaded_store: Store, publish: str
) -> None:
    reference = RULES if publish == "numbers" else own_rules(loaded_store, publish_votes="list")
    fresh = session_of(loaded_store, rule_set=reference)
    fresh.open()
    played = without_quorum(fresh, {TEN: 90})
    assert set(bars(played).values()) == {"undecided"}
    assert set(told_of(played)[str(played.round_id)].values()) == {("undecided", None)}
    outcomes = column(played, "counts", "outcome", round=played.round_id)
    assert set(outcomes.values()) == ({"undecided"} if publish == "numbers" else set())
    assert set(column(played, "candidates", "state").values()) <= {None}
    assert {line.state for line in candidates(played)} <= {None}
    shown = board(played.call(played.leader, writes=False), played.round_id).result
    assert shown is not None
    assert {bar.state for bar in shown.bars} == {"undecided"}


@pytest.mark.parametrize("publish", ["numbers", "list"])
def test_a_run_off_that_decided_nothing_leaves_the_tie_as_it_was(loaded_store: Store, publish: str) -> None:
    reference = RULES if publish == "numbers" else own_rules(loaded_store, publish_votes="list")
    main = announced(loaded_store, TIED, rule_set=reference)
    pending = told_of(main)[str(main.round_id)]
    assert (pending[1], pending[2], pending[11]) == (("tied", "tied"), ("chosen", "pass"), ("tied", "tied"))
    states = {line.number: line.state for line in candidates(main)}
    assert (states[1], states[2], states[11]) == ("tied", "chosen", "tied")
    runoff = without_quorum(opened(main, "runoff"), {"1": 50, "11": 40})
    told = told_of(runoff)
    assert told[str(runoff.round_id)] == {1: ("undecided", None), 11: ("undecided", None)}
    assert told[str(main.round_id)] == pending
    assert adoption(main)[11] == ("tied", False)
    assert {line.number: line.state for line in candidates(main)} == states
    if publish == "numbers":
        after = column(runoff, "candidates", "state")
        assert (after[1], after[2], after[11], after[12]) == ("tied", "chosen", "tied", "failed")
        outcomes = column(runoff, "counts", "outcome", round=runoff.round_id)
        assert outcomes == {1: "undecided", 11: "undecided"}


def candidates(played: Played) -> tuple[Any, ...]:
    """Return the candidates as the public reads them."""
    return picture(played.call(PUBLIC, writes=False), YEAR, False).candidates


def test_a_project_stood_in_the_round_that_chose_it_not_in_the_one_that_was_repeated(
    demo_store: Store,
) -> None:
    fresh = session_of(demo_store)
    fresh.open()
    nothing = without_quorum(fresh, {TEN: 90})
    again = opened(nothing, "repeat")
    held(again, {TEN: 200})
    again.announce("第3号")
    stood = project(again.call(PUBLIC, writes=False), YEAR, 1).stood
    assert stood is not None
    assert (stood.round_id, stood.votes, stood.state, stood.again) == (
        str(again.round_id), 200, "chosen", None,
    )  # fmt: skip
    assert {line.state for line in candidates(again)} == {"chosen", "failed"}
