"""Announced rounds as Popolo's vote events: valid, complete, and nobody's vote of a secret round."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dashboard.gate import PUBLIC
from dashboard.queries.vote_events import voted_rounds
from dashboard.reports.vote_events import popolo_of
from dashboard.rules.boxes import read_box, seal
from dashboard.rules.outcomes import Attendance, Option
from dashboard.rules.roles import Role
from dashboard.rules.vote_events import ItemVote, Voted, VotedRound, votes_of
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal
from tests.popolo import validator
from tests.rounds import adoption, plant_round, plant_tie
from tests.rules.adoption import raw


def written(store: Store, code: str = COUNTY, year: int = 2025, actor: Any = PUBLIC) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        popolo_of(voted_rounds(call_of(store, actor, code, writes=False), year))
    )
    return found


def test_every_announced_round_is_valid_popolo(demo_store: Store) -> None:
    plant_tie(demo_store, TOWNSHIP)
    organization, event, motion = validator("organization"), validator("vote_event"), validator("motion")
    seen = 0
    for code, year in ((COUNTY, 2023), (COUNTY, 2024), (COUNTY, 2025), (TOWNSHIP, 2025)):
        document = written(demo_store, code, year)
        organization.validate(document)
        for one in document["vote_events"]:
            event.validate(one)
            motion.validate(one["motion"])
            seen += 1
    assert seen == 12 + 12 + 2 + 12 + 5 + 2


def test_the_schema_is_really_asked() -> None:
    """A validator that finds nothing in anything would let every file pass."""
    assert list(validator("vote_event").iter_errors({"counts": [{"option": "yes"}]}))
    assert list(validator("organization").iter_errors({"vote_events": [{"id": 7}]}))


def test_an_event_tells_the_counts_as_they_were_announced(demo_store: Store) -> None:
    row = adoption(demo_store, COUNTY)
    document = written(demo_store)
    assert document["provenance"] == "模拟数据"
    events = document["vote_events"]
    assert len(events) == 12
    assert [one["result"] for one in events].count("pass") == 10
    last = next(one for one in events if one["motion"]["text"] == events[11]["motion"]["text"])
    counts = {one["option"]: one["value"] for one in last["counts"]}
    assert counts.keys() == {"yes", "abstain"}
    assert counts["yes"] + counts["abstain"] == row.valid == 309
    assert last["motion"]["requirement"] == ">= 161"
    assert last["round"]["box_sha256"] == row.box_digest
    assert [listed["number"] for listed in last["round"]["list"]] == list(range(1, 13))
    assert (last["round"]["entitled"], last["round"]["present"]) == (321, 312)
    assert last["legislative_session"]["name"] == "县十八届人大四次会议"
    assert last["start_date"] == "2025-01-16T07:00:00Z"
    assert all("votes" not in one for one in events)


def test_what_is_not_announced_is_not_told_to_members_either(demo_store: Store) -> None:
    plant_round(demo_store, TOWNSHIP, state="counted")
    plant_round(demo_store, TOWNSHIP, state="announced")
    public = written(demo_store, TOWNSHIP)
    assert written(demo_store, TOWNSHIP, actor=person(demo_store, Role.CLERK, TOWNSHIP)) == public
    assert len({one["round"]["id"] for one in public["vote_events"]}) == 1
    assert refusal(voted_rounds, call_of(demo_store, code=TOWNSHIP, writes=False), 1999) == "not_found"


OPTIONS = [Option(1, "甲"), Option(2, "乙"), Option(3, "丙")]


def recorded(key: str, places: int, ballots: list[str], **values: object) -> bytes:
    """Seal a box whose ballots are recorded: seat 0 cast the first, and so on."""
    many = len(ballots)
    cast = [(f"{number:064x}", marks, f"seat-{number}") for number, marks in enumerate(ballots)]
    rules = raw(key, secret=False, receipt="counted_only", **values)
    return seal(
        rules, "adoption", places, OPTIONS, Attendance(many, many, many, many), {"electronic": (many, many)}, cast
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "ballots", "expected"),
    [
        (
            "adoption-item",
            ["1+ 2- 3=", "1+", ""],
            ["yes no abstain", "yes abstain abstain", "abstain " * 3],
        ),
        ("adoption-mark", ["1 2", "3", "1 2 3"], ["yes yes abstain", "abstain abstain yes", None]),
        (
            "adoption-rank",
            ["1:1 2:3 3:2", "2:1", ""],
            ["yes abstain yes", "abstain yes abstain", "abstain " * 3],
        ),
    ],
)
def test_a_recorded_round_tells_what_each_seat_said(
    key: str, ballots: list[str], expected: list[str | None]
) -> None:
    """An invalid ballot (three marks for two places) is left out, as it is in the count."""
    ranks = {"ranks_at_most": "any"} if key == "adoption-rank" else {}
    found = votes_of(read_box(recorded(key, 2, ballots, **ranks)))
    told = {f"seat-{number}": text.split() for number, text in enumerate(expected) if text is not None}
    assert {seat: list(said.values()) for seat, said in found.items()} == told


def test_the_votes_of_a_recorded_round_stand_in_the_file() -> None:
    box = read_box(recorded("adoption-item", 1, ["1+ 2-", "1-"]))
    items = tuple(ItemVote(one.number, one.name, "failed", 1, 1, 0) for one in OPTIONS)
    at = datetime(2025, 1, 16, 7, tzinfo=UTC)
    one = VotedRound(
        "r", "题", "adoption", None, None, None, at, at, "k@1", {"threshold": 2}, "ab" * 32, items,
        votes=votes_of(box), names={"seat-0": "张三"},
    )  # fmt: skip
    document = json.loads(
        popolo_of(Voted("330100", "某县", "county", 2025, False, date(2025, 10, 10), (one,)))
    )
    validator("organization").validate(document)
    assert document["vote_events"][0]["votes"] == [
        {"voter_id": "seat-0", "voter": {"name": "张三"}, "option": "yes"},
        {"voter_id": "seat-1", "voter": {"name": None}, "option": "no"},
    ]
    assert [vote["option"] for vote in document["vote_events"][1]["votes"]] == ["no", "abstain"]
