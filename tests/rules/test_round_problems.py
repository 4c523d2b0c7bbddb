"""What refuses a freeze, at its limits, and what weakens secrecy or stands below the law."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dashboard.rules.round_problems import RoundFacts, problems, quorum_of, warnings
from tests.conftest import NOW
from tests.rules.adoption import rules

# 12 candidates for 10 places, 327 in office.
READY = RoundFacts(
    purpose="adoption", rules=rules(), has_meeting=True, method_adopted=True, officers_adopted=True, chiefs=1,
    scrutineers=1, tellers=2, officers_out=0, options=12, without_budget=0, places=10, roll=327, present=327,
    closes_at=NOW + timedelta(minutes=1), now=NOW, confirmed=False, others_open=0, delegations={"first": 327},
)  # fmt: skip


def facts(**changes: Any) -> RoundFacts:
    """Return what is known of a round that is ready, with some of it changed."""
    return replace(READY, **changes)


def codes(found: tuple[Any, ...]) -> list[str]:
    return [one.code.rpartition(".")[2] for one in found]


def test_a_ready_round_has_no_problem() -> None:
    assert problems(facts(), opening=True) == ()


@pytest.mark.parametrize(
    ("entitled", "needed"),
    # 地方组织法 14: two thirds or more. 327 -> 218 exactly, 326 -> 217.33, 1 -> 0.67.
    [(327, 218), (326, 218), (325, 217), (3, 2), (1, 1), (0, 0)],
)
def test_two_thirds_must_be_there(entitled: int, needed: int) -> None:
    assert quorum_of(facts(roll=entitled)) == needed
    if needed:
        assert codes(problems(facts(roll=entitled, present=needed), opening=True)) == []
        assert codes(problems(facts(roll=entitled, present=needed - 1), opening=True)) == ["no_quorum"]
        # Who is there is asked for at the opening, not at the freeze.
        assert codes(problems(facts(roll=entitled, present=0))) == []


def test_a_recorded_round_is_not_held_on_paper() -> None:
    """A sheet names nobody, so its box could not be sealed: said at the freeze, not after the vote."""
    recorded = rules(secret=False)
    assert codes(problems(facts(rules=recorded, on_paper=True))) == ["recorded_on_paper"]
    assert codes(problems(facts(rules=recorded))) == []
    assert codes(problems(facts(on_paper=True))) == []


@pytest.mark.parametrize(("tellers", "found"), [(0, ["few_tellers"]), (1, ["few_tellers"]), (2, []), (3, [])])
def test_a_round_on_paper_has_two_tellers(tellers: int, found: list[str]) -> None:
    """With fewer it would open, and never be sealed."""
    for opening in (False, True):
        assert codes(problems(facts(on_paper=True, tellers=tellers), opening=opening)) == found
    assert codes(problems(facts(tellers=tellers))) == []
    # A practice keeps no sheets.
    assert codes(problems(facts(on_paper=True, tellers=tellers, purpose="practice"))) == []


def test_more_candidates_than_places_unless_the_round_follows_from_another() -> None:
    level = {"options": 10, "places": 10}
    assert codes(problems(facts(**level))) == ["not_more_than_places"]
    assert codes(problems(facts(options=11, places=10))) == []
    for purpose in ("runoff", "second", "practice"):
        assert codes(problems(facts(purpose=purpose, **level))) == []


@pytest.mark.parametrize("purpose", ["adoption", "runoff", "second", "practice"])
def test_what_was_chosen_before_is_a_problem_of_every_list(purpose: str) -> None:
    (found,) = problems(facts(purpose=purpose, already_chosen=2))
    assert (found.code, found.facts) == ("conduct.problem.already_chosen", {"n": 2})


@pytest.mark.parametrize("purpose", ["adoption", "runoff", "second", "practice"])
def test_only_what_follows_from_an_outcome_needs_one(purpose: str) -> None:
    found = codes(problems(facts(purpose=purpose, is_received=False)))
    assert found == (["before_not_received"] if purpose in {"runoff", "second"} else [])


def test_a_marked_pattern_can_be_ordered_where_ways_exceed_ballots() -> None:
    # Exactly 1 of 12 can be marked in 12 ways; up to 10 of 12 in thousands.
    public = rules(publish_box="public")
    assert codes(warnings(facts(rules=public))) == ["signature"]
    assert codes(warnings(facts(rules=rules(publish_box="deputies")))) == ["signature"]
    assert codes(warnings(facts(rules=rules(publish_box="scrutineers")))) == []
    one = rules(
        publish_box="public",
        marks_at_most="places",
        marks_exactly=True,
        under_marked="void",
        blank_ballot="void",
    )
    assert codes(warnings(facts(rules=one, places=1, roll=12))) == []
    (found,) = warnings(facts(rules=one, places=1, roll=11))
    assert (found.code, found.facts) == ("conduct.warning.signature", {"ways": 12, "ballots": 11})


def test_a_receipt_with_marks_proves_where_the_box_is_public() -> None:
    assert "receipt_proves" in codes(warnings(facts(rules=rules(receipt="with_marks", publish_box="public"))))
    assert codes(warnings(facts(rules=rules(receipt="with_marks")))) == ["receipt_shows"]
    assert codes(warnings(facts(rules=rules(receipt="none", change_allowed=False)))) == []


def test_small_delegations_are_told() -> None:
    (found,) = warnings(facts(delegations={"a": 4, "b": 5, "c": 1, "d": 0}))
    assert (found.code, found.facts) == ("conduct.warning.small_delegations", {"n": 2, "fewest": 1})
    assert warnings(facts(delegations={"a": 5})) == ()


def test_a_recorded_round_is_told_as_such() -> None:
    assert codes(warnings(facts(rules=rules(secret=False), delegations={"a": 1}))) == ["recorded"]


def test_rules_below_the_law_are_confirmed_and_told_all_the_same() -> None:
    below = rules(threshold_base="present")
    assert codes(problems(facts(rules=below))) == ["below_law"]
    assert codes(problems(facts(rules=below, confirmed=True))) == []
    assert codes(warnings(facts(rules=below, confirmed=True))) == ["base_present"]
    assert codes(problems(facts(rules=below, purpose="practice"))) == []


def test_rules_that_cannot_be_used_are_a_problem_and_no_warning() -> None:
    assert codes(problems(facts(rules=None), opening=True)) == ["rule_set_invalid"]
    assert warnings(facts(rules=None)) == ()
