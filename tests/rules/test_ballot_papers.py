"""Which door is shut for whom, and orders of a voter's own."""

from dataclasses import replace
from uuid import UUID

import pytest

from dashboard.rules.ballot_papers import BallotPaper, PaperLine, PaperRules, door_of, in_order_for

ROUND = UUID("00000000-0000-7000-8000-000000000001")
VOTERS = [UUID(int=number << 64 | 7 << 76 | number) for number in range(1, 41)]
RULES = PaperRules("mark", True, 3, False, True, True, True, "counted_only", True, "scrutineers")
LINES = tuple(PaperLine(number, f"项目{number}") for number in range(1, 13))
PAPER = BallotPaper(ROUND, "票决", None, "adoption", "open", 3, RULES, None, None, False, LINES)


@pytest.mark.parametrize(
    ("state", "on_roll", "present", "channel", "door"),
    [
        ("draft", False, False, None, "not_yet"),
        ("checked", True, True, None, "not_yet"),
        ("open", True, True, None, None),
        ("open", True, False, None, "absent"),
        # Who has voted and left may still look at the receipt and change the vote as the rules say.
        ("open", True, False, "electronic", None),
        ("open", False, True, None, "off_roll"),
        ("open", True, True, "paper", "paper"),
        ("suspended", True, True, None, "suspended"),
        ("suspended", True, False, None, "absent"),
        ("closed", True, True, None, "closed"),
        ("signed", False, False, None, "closed"),
        ("annulled", True, True, "electronic", "annulled"),
    ],
)
def test_a_door_is_shut_for_a_reason(
    state: str, on_roll: bool, present: bool, channel: str | None, door: str | None
) -> None:
    assert door_of(state, on_roll=on_roll, present=present, channel=channel) == door


def test_the_official_order_stands_where_the_rule_does_not_shuffle() -> None:
    paper = replace(PAPER, rules=replace(RULES, shuffled=False))
    assert in_order_for(paper, VOTERS[0]) == LINES
    assert in_order_for(PAPER, None) == LINES


def test_each_voter_has_an_order_that_stays() -> None:
    orders = [in_order_for(PAPER, voter) for voter in VOTERS]
    assert orders == [in_order_for(PAPER, voter) for voter in VOTERS]
    assert len({tuple(line.number for line in order) for order in orders}) == len(VOTERS)
    assert all(set(order) == set(LINES) for order in orders)


def test_no_line_is_favoured_by_the_orders() -> None:
    """Over 40 voters each of 12 lines comes first at most 10 times; a fixed start would come 40 times."""
    firsts = [in_order_for(PAPER, voter)[0].number for voter in VOTERS]
    assert max(firsts.count(number) for number in range(1, 13)) <= 10


def test_another_round_gives_another_order() -> None:
    other = replace(PAPER, round_id=UUID(int=9))
    assert in_order_for(PAPER, VOTERS[0]) != in_order_for(other, VOTERS[0])
