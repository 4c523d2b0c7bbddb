"""A round that follows from another stands and falls with it: opened, announced and annulled in their order."""

from typing import Any

from sqlalchemy import select

from dashboard.commands.rounds import propose
from dashboard.commands.rounds_announce import announce_round
from dashboard.commands.rounds_follow import draft_following
from dashboard.commands.rounds_prepare import check_round, choose_options, discard_round, edit_round
from dashboard.queries.conduct import conduct
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.voting import RoundOption
from dashboard.store.transactions import Store
from tests.commands.people import refusal
from tests.commands.sessions import Played, filled, found_problems, voted_on

TEN = "1 2 3 4 5 6 7 8 9 10"
# Of 321: 1 and 11 with 170 each are level at the tenth place, 2 to 10 stand above them with 260.
TIED = {TEN: 130, "2 3 4 5 6 7 8 9 10 11": 130, "1 11": 40}
DECIDED = {"1": 100, "11": 120}


def reported(store: Store, ballots: dict[str, int]) -> Played:
    """Return a round that was reported to the presidium."""
    played = voted_on(store, ballots)
    played.report()
    return played


def held(played: Played, ballots: dict[str, int], **changes: Any) -> None:
    """Hold a following round to its report."""
    edit_round(played.call(played.clerk), played.round_id, filled(played, **changes))
    played.open()
    played.vote_all(ballots)
    played.together("close")
    played.report()


def states(played: Played, *numbers: int) -> list[str]:
    """Return what is written of some candidates of the cycle."""
    with played.store.system().reading() as session:
        rows = session.scalars(select(Candidate).where(Candidate.cycle_id == played.row().cycle_id))
        known = {row.number: row.state for row in rows}
    return [known[number] for number in numbers]


def test_no_round_is_annulled_while_another_stands_on_it(loaded_store: Store) -> None:
    main = reported(loaded_store, TIED)
    runoff = main.followed("runoff")
    annul = main.proposal("annul", "票箱破损")
    assert refusal(propose, main.call(main.clerk), annul) == "following_lives"
    held(runoff, DECIDED)
    assert refusal(propose, main.call(main.clerk), annul) == "following_lives"
    runoff.together("annul", "票箱破损")
    main.together("annul", "票箱破损")
    assert (main.row().state, runoff.row().state) == ("annulled", "annulled")
    again = main.followed("repeat")
    assert (again.row().purpose, again.row().after_id) == ("adoption", main.round_id)


def test_a_draft_that_followed_after_the_proposal_stops_the_annulment(demo_store: Store) -> None:
    main = reported(demo_store, TIED)
    consent = propose(main.call(main.clerk), main.proposal("annul", "票箱破损"))
    runoff = main.followed("runoff")
    assert refusal(main.assent, consent) == "following_lives"
    assert main.row().state == "reported"
    discard_round(runoff.call(runoff.clerk), runoff.round_id, "不再需要")
    main.assent(consent)
    assert main.row().state == "annulled"


def test_a_run_off_is_not_opened_without_the_outcome_it_follows_from(demo_store: Store) -> None:
    main = reported(demo_store, TIED)
    runoff = main.followed("runoff")
    edit_round(runoff.call(runoff.clerk), runoff.round_id, filled(runoff))
    assert found_problems(runoff) == set()
    # No command leads there any more; a round that stands so is held by nobody.
    main.change(state="annulled")
    assert found_problems(runoff) == {"before_not_received"}
    assert refusal(check_round, runoff.call(runoff.clerk), runoff.round_id) == "round_not_ready"
    main.change(state="reported")
    runoff.check()
    runoff.check_in()
    main.change(state="annulled")
    assert refusal(propose, runoff.call(runoff.clerk), runoff.proposal("open")) == "round_not_ready"


def test_the_round_before_is_announced_before_the_run_off(demo_store: Store) -> None:
    main = reported(demo_store, TIED)
    runoff = main.followed("runoff")
    held(runoff, DECIDED)
    early = refusal(announce_round, runoff.call(runoff.presidium), runoff.round_id, "第1号")
    assert (early, runoff.row().state) == ("before_not_announced", "reported")
    assert (main.announce("第1号"), states(main, 1, 11)) == (9, ["tied", "tied"])
    assert (runoff.announce("第2号"), states(main, 1, 11)) == (1, ["beyond", "chosen"])


def test_a_repeated_run_off_stands_on_the_tie(demo_store: Store) -> None:
    main = reported(demo_store, TIED)
    first = main.followed("runoff")
    edit_round(first.call(first.clerk), first.round_id, filled(first))
    first.open()
    first.vote_all({"1": 10})
    first.together("annul", "票箱破损")
    again = first.followed("repeat")
    assert (again.row().purpose, again.row().places) == ("runoff", 1)
    assert refusal(propose, main.call(main.clerk), main.proposal("annul", "原因")) == "following_lives"
    held(again, DECIDED)
    early = refusal(announce_round, again.call(again.presidium), again.round_id, "第1号")
    assert early == "before_not_announced"
    main.announce("第1号")
    assert (again.announce("第2号"), states(main, 1, 11)) == (1, ["beyond", "chosen"])


def test_a_tie_has_one_run_off_however_it_is_drafted(demo_store: Store) -> None:
    """Two of them, one choosing 1 and the other 11, would choose eleven for ten places."""
    main = reported(demo_store, TIED)
    first = main.followed("runoff")
    discard_round(first.call(first.clerk), first.round_id, "重新建立")
    again = first.followed("repeat")
    for before, kind in ((main, "runoff"), (first, "repeat")):
        call = before.call(before.clerk)
        assert refusal(draft_following, call, before.round_id, kind) == "following_drafted"
        shown = conduct(before.call(before.clerk, writes=False), before.round_id)
        assert (shown.is_followed, again.round_id in {key for key, *_ in shown.after}) == (True, True)
    discard_round(again.call(again.clerk), again.round_id, "重新建立")
    assert not conduct(main.call(main.clerk, writes=False), main.round_id).is_followed
    main.followed("runoff")


def test_a_void_round_is_announced_before_its_repetition(demo_store: Store) -> None:
    main = voted_on(demo_store, {TEN: 10})
    # Too few there at the close decide nothing.
    facts = {**(main.row().facts or {}), "outcome": {"state": "no_quorum"}}
    main.report()
    main.change(facts=facts)
    again = main.followed("repeat")
    held(again, {TEN: 200})
    early = refusal(announce_round, again.call(again.presidium), again.round_id, "第1号")
    assert early == "before_not_announced"
    assert main.announce("第1号") == 0
    assert again.announce("第2号") == 10


def test_places_and_rules_of_a_run_off_are_those_of_the_tie(demo_store: Store) -> None:
    """One place edited to two would choose eleven for ten places."""
    main = reported(demo_store, TIED)
    main.announce()
    runoff = main.followed("runoff")
    call = runoff.call(runoff.clerk)
    for changes in ({"places": 2}, {"rule_set": "adoption-exact@1"}, {"places": None}):
        wanted = filled(runoff, **changes)
        assert refusal(edit_round, call, runoff.round_id, wanted) == "round_places_given"
    listed = [one.candidate_id for one in runoff.rows(RoundOption)]
    assert refusal(choose_options, call, runoff.round_id, listed[:1]) == "round_list_given"
    held(runoff, DECIDED, title="再次表决")
    assert (runoff.announce("第2号"), runoff.row().places) == (1, 1)


def test_the_same_list_once_more_has_places_of_its_own(demo_store: Store) -> None:
    other = voted_on(demo_store, {TEN: 10})
    other.together("annul", "票箱破损")
    again = other.followed("repeat")
    edit_round(again.call(again.clerk), again.round_id, filled(again, places=8))
    assert again.row().places == 8
