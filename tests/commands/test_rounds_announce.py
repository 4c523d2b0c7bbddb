"""The announcement: what becomes public, what becomes a project, and what a correction leaves as it was."""

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError

from dashboard.commands.rounds import propose
from dashboard.commands.rounds_announce import announce_round, correct_round
from dashboard.commands.rounds_end import settle_tie
from dashboard.commands.rounds_follow import draft_following
from dashboard.commands.rounds_prepare import (
    check_round,
    choose_options,
    confirm_rules,
    edit_round,
    record_adoption,
    thaw_round,
)
from dashboard.gate import PUBLIC
from dashboard.i18n import words
from dashboard.queries.board import board
from dashboard.queries.conduct import conduct
from dashboard.queries.voting import round_result
from dashboard.store.record import verify
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.progress import Project
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count, RoundOfficer, RoundOption, RoundProject
from dashboard.store.transactions import Store
from dashboard.web.parts.board_words import board_told
from tests.commands.people import refusal
from tests.commands.sessions import (
    CONGRESS,
    TODAY,
    Played,
    filled,
    found_problems,
    own_rules,
    session_of,
    voted_on,
)

TEN = "1 2 3 4 5 6 7 8 9 10"
ELEVEN = "2 3 4 5 6 7 8 9 10 11"
# Of 321: 1 and 11 with 170 each are level at the tenth place, 2 to 10 stand above them with 260.
TIED = {TEN: 130, ELEVEN: 130, "1 11": 40}
SHORT = {"1 2 3 4": 200, "5": 100}


def of_cycle(played: Played) -> list[tuple[int, str, str]]:
    """Return the projects of the round's cycle."""
    with played.store.system().reading() as session:
        rows = session.scalars(select(Project).where(Project.cycle_id == played.row().cycle_id))
        return sorted((row.number, row.name, row.state) for row in rows)


def states(played: Played) -> dict[int, str]:
    with played.store.system().reading() as session:
        rows = session.scalars(select(Candidate).where(Candidate.cycle_id == played.row().cycle_id))
        return {row.number: row.state for row in rows}


def test_the_chosen_become_projects_in_the_order_of_the_result(loaded_store: Store) -> None:
    played = voted_on(loaded_store, {"1 2 3": 170, "3": 10, "2 3": 5}, places=3)
    before = {one.number: (one.votes, one.state) for one in played.rows(Count)}
    played.report()
    assert {one.published_at for one in played.rows(Count) + played.rows(RoundOption)} == {None}
    assert of_cycle(played) == []
    assert played.announce() == 3
    row = played.row()
    assert (row.state, row.announcement, row.published_at) == ("announced", "主席团公告（第1号）", played.now)
    assert {one.published_at for one in played.rows(Count) + played.rows(RoundOption)} == {played.now}
    # 3 has 185 votes, 2 has 175, 1 has 170.
    assert of_cycle(played) == [
        (1, "候选项目3", "prepared"), (2, "候选项目2", "prepared"), (3, "候选项目1", "prepared"),
    ]  # fmt: skip
    assert {one.number for one in played.rows(RoundProject)} == {1, 2, 3}
    assert states(played) == {n: "chosen" if n <= 3 else "failed" for n in range(1, 13)}
    assert {one.number: (one.votes, one.state) for one in played.rows(Count)} == before
    with loaded_store.system().reading() as session:
        assert verify(session, CONGRESS) is None


@pytest.mark.parametrize(("rule_set", "public"), [("adoption-mark@1", False), ("adoption-mark-open@1", True)])
def test_the_box_is_published_as_the_rules_say(demo_store: Store, rule_set: str, public: bool) -> None:
    played = voted_on(demo_store, {TEN: 200}, rule_set=rule_set)
    played.report()
    played.announce()
    (box,) = played.rows(SealedBox)
    assert (box.published_at is not None) is public


def test_only_the_presidium_announces_and_with_a_number(demo_store: Store) -> None:
    played = voted_on(demo_store, {TEN: 200})
    early = refusal(announce_round, played.call(played.presidium), played.round_id, "公告")
    assert early == "round_stands_elsewhere"
    played.report()
    for actor in (played.clerk, played.leader, played.chief):
        assert refusal(announce_round, played.call(actor), played.round_id, "公告") == "not_allowed"
    assert refusal(announce_round, played.call(PUBLIC), played.round_id, "公告") == "sign_in_first"
    assert (
        refusal(announce_round, played.call(played.presidium), played.round_id, " ") == "announcement_empty"
    )
    played.announce()
    again = refusal(announce_round, played.call(played.presidium), played.round_id, "公告")
    assert again == "round_stands_elsewhere"


def test_a_correction_leaves_what_was_announced(demo_store: Store) -> None:
    played = voted_on(demo_store, {TEN: 200})
    played.report()
    call = played.call(played.presidium)
    assert refusal(correct_round, call, played.round_id, "第2号", "原因") == "round_stands_elsewhere"
    played.announce()
    facts = played.row().facts or {}
    assert refusal(correct_round, call, played.round_id, "", "原因") == "announcement_empty"
    assert refusal(correct_round, call, played.round_id, "第2号", " ") == "reason_needed"
    correct_round(played.call(played.presidium), played.round_id, "主席团公告（第2号）", "编号有误")
    row = played.row()
    assert row.announcement == "主席团公告（第1号）"
    assert row.facts is not None
    assert {name: row.facts[name] for name in facts} == facts
    (corrected,) = row.facts["corrections"]
    assert (corrected["announcement"], corrected["reason"]) == ("主席团公告（第2号）", "编号有误")
    assert played.acts()[-1] == "round_corrected"


def test_a_tie_leads_to_a_run_off_and_its_winner_to_a_project(loaded_store: Store) -> None:
    first = voted_on(loaded_store, TIED)
    first.report()
    assert first.announce() == 9
    assert states(first)[1] == states(first)[11] == "tied"
    runoff = first.followed("runoff")
    row = runoff.row()
    assert (row.purpose, row.after_id, row.places, row.state) == ("runoff", first.round_id, 1, "draft")
    assert {one.number for one in runoff.rows(RoundOption)} == {1, 11}
    assert len(runoff.rows(RoundOfficer)) == 3
    edit_round(runoff.call(runoff.clerk), runoff.round_id, filled(runoff))
    runoff.check()
    runoff.check_in()
    runoff.together("open")
    runoff.vote_all({"1": 100, "11": 120})
    runoff.together("close")
    runoff.report()
    assert runoff.announce("主席团公告（第2号）") == 1
    assert (states(first)[1], states(first)[11]) == ("beyond", "chosen")
    assert of_cycle(first)[-1][:2] == (10, "候选项目11")


def test_a_second_tie_waits_for_the_presidium(demo_store: Store) -> None:
    first = voted_on(demo_store, TIED)
    first.report()
    first.announce()
    runoff = first.followed("runoff")
    edit_round(runoff.call(runoff.clerk), runoff.round_id, filled(runoff))
    runoff.check()
    runoff.check_in()
    runoff.together("open")
    runoff.vote_all({"1": 100, "11": 100})
    runoff.together("close")
    runoff.report()
    call = runoff.call(runoff.presidium)
    assert refusal(announce_round, call, runoff.round_id, "公告") == "tie_not_settled"
    settle_tie(runoff.call(runoff.presidium), runoff.round_id, [11])
    assert runoff.announce() == 1
    assert {one.number: one.state for one in runoff.rows(Count)} == {1: "tied", 11: "tied"}
    assert (states(first)[1], states(first)[11]) == ("beyond", "chosen")
    assert refusal(draft_following, runoff.call(runoff.clerk), runoff.round_id, "runoff") == "nothing_follows"


def test_nothing_follows_from_a_clear_or_unreported_round(demo_store: Store) -> None:
    clear = voted_on(demo_store, {TEN: 200})
    clear.report()
    for kind in ("runoff", "second", "repeat"):
        assert refusal(draft_following, clear.call(clear.clerk), clear.round_id, kind) == "nothing_follows"


def test_a_run_off_is_drafted_once_its_count_was_received(demo_store: Store) -> None:
    tied = voted_on(demo_store, TIED)
    assert refusal(draft_following, tied.call(tied.clerk), tied.round_id, "runoff") == "nothing_follows"
    tied.report()
    tied.followed("runoff")
    assert refusal(draft_following, tied.call(tied.clerk), tied.round_id, "runoff") == "following_drafted"
    assert refusal(draft_following, tied.call(tied.presidium), tied.round_id, "runoff") == "not_allowed"


def test_places_left_vacant_lead_to_a_second_ballot_where_the_rules_say_so(demo_store: Store) -> None:
    vacant = voted_on(demo_store, SHORT)
    vacant.report()
    assert refusal(draft_following, vacant.call(vacant.clerk), vacant.round_id, "second") == "nothing_follows"


def test_an_annulled_round_is_held_again_on_the_same_list(demo_store: Store) -> None:
    played = voted_on(demo_store, SHORT)
    played.together("annul", "票箱破损")
    again = played.followed("repeat")
    row = again.row()
    assert (row.purpose, row.after_id, row.places) == ("adoption", played.round_id, 10)
    assert len(again.rows(RoundOption)) == 12


def voted_by(store: Store, publish: str) -> Played:
    """Return a round that was voted on under rules that publish numbers, the order, or the list alone."""
    reference = own_rules(store, publish_votes=publish)
    # 3 has 185 votes, 2 has 175, 1 has 170.
    played = voted_on(store, {"1 2 3": 170, "3": 10, "2 3": 5}, places=3, rule_set=reference)
    played.report()
    assert played.announce() == 3
    return played


@pytest.mark.parametrize(
    ("publish", "order", "published"), [("order", [3, 2, 1], False), ("list", [1, 2, 3], False)]
)
def test_votes_are_told_as_far_as_the_rules_publish_them(
    demo_store: Store, publish: str, order: list[int], published: bool
) -> None:
    played = voted_by(demo_store, publish)
    assert [name for _, name, _ in of_cycle(played)] == [f"候选项目{number}" for number in order]
    assert {one.published_at is not None for one in played.rows(Count)} == {published}
    assert states(played) == {n: "chosen" if n <= 3 else "listed" for n in range(1, 13)}
    for who in (PUBLIC, played.leader, played.chief):
        call = played.call(who, writes=False)
        shown = round_result(call, 2026, played.round_id)
        assert [bar.number for bar in shown.tally.bars][:3] == order
        assert {bar.votes for bar in shown.tally.bars} == {None}
        assert [bar.state for bar in shown.tally.bars] == ["chosen"] * 3 + ["listed"] * 9
        assert (shown.line.candidates, shown.line.chosen) == (12, 3)
        assert {outcome.facts.get("votes") for outcome in shown.outcomes} == {None}
    # On the board of the hall and on everybody's own as well.
    for hall in (True, False):
        told = board(played.call(played.leader, writes=False), played.round_id, hall=hall)
        assert told.view == "result"
        assert told.result is not None
        assert [(bar.number, bar.votes, bar.state) for bar in told.result.bars] == [
            *[(number, None, "chosen") for number in order], *[(number, None, "listed") for number in range(4, 13)],
        ]  # fmt: skip
        drawn = board_told(told, words("zh-CN"))
        assert (drawn["result"]["threshold"], drawn["result"]["places"]) == (None, None)
        bars = [(one["counts"], one["shares"]) for one in drawn["result"]["options"]]
        assert bars == [(["—"], [0.0])] * 12
    # Who counted and who received it knows the numbers all the same.
    for actor, sees in ((played.chief, True), (played.presidium, True), (played.leader, False)):
        result = conduct(played.call(actor, writes=False), played.round_id).result
        assert (result is not None) is sees


def test_the_result_says_what_was_corrected_and_what_is_below_the_law(demo_store: Store) -> None:
    played = session_of(demo_store, rule_set="adoption-present@1")
    confirm_rules(played.call(played.leader), played.round_id)
    played.open()
    played.vote_all({TEN: 200})
    played.together("close")
    played.report()
    played.announce()
    correct_round(played.call(played.presidium), played.round_id, "主席团公告（第2号）", "编号有误")
    shown = round_result(played.call(PUBLIC, writes=False), 2026, played.round_id)
    assert [reason.code for reason in shown.below_law] == ["rule_set.below.base_present"]
    assert [(one.announcement, one.reason) for one in shown.corrections] == [
        ("主席团公告（第2号）", "编号有误")
    ]
    assert shown.line.announcement == "主席团公告（第1号）"


def test_what_was_chosen_is_not_put_to_the_vote_again(loaded_store: Store) -> None:
    first, beside = voted_on(loaded_store, {TEN: 200}), session_of(loaded_store)
    candidates = [one.candidate_id for one in sorted(beside.rows(RoundOption), key=lambda one: one.number)]
    first.report()
    beside.check()
    beside.check_in()
    assert first.announce() == 10
    # Announced since the other was frozen: it is not opened any more, and not frozen again.
    assert found_problems(beside, opening=True) == {"already_chosen"}
    assert refusal(propose, beside.call(beside.clerk), beside.proposal("open")) == "round_not_ready"
    thaw_round(beside.call(beside.clerk), beside.round_id)
    assert refusal(check_round, beside.call(beside.clerk), beside.round_id) == "round_not_ready"
    # A second round begins with what is left.
    left = session_of(loaded_store, places=1)
    assert sorted(one.candidate_id for one in left.rows(RoundOption)) == sorted(candidates[10:])
    assert found_problems(left) == set()
    choose_options(left.call(left.clerk), left.round_id, candidates[8:])
    record_adoption(left.call(left.clerk), left.round_id, "method", TODAY)
    assert found_problems(left) == {"already_chosen"}


def test_two_rounds_on_one_list_choose_nothing_twice(demo_store: Store) -> None:
    first, second = voted_on(demo_store, {TEN: 200}), voted_on(demo_store, {ELEVEN: 200})
    for played in (first, second):
        played.report()
    first.announce()
    kept, told = of_cycle(first), states(first)
    early = refusal(announce_round, second.call(second.presidium), second.round_id, "第2号")
    assert (early, second.row().state) == ("already_chosen", "reported")
    assert (of_cycle(first), states(first)) == (kept, told)
    # It can be ended all the same.
    second.together("annul", "同一名单已经另行表决")
    assert second.row().state == "annulled"


def test_the_table_holds_one_project_a_candidate(loaded_store: Store) -> None:
    played = voted_on(loaded_store, {TEN: 200})
    played.report()
    played.announce()
    with loaded_store.system().reading() as session:
        project = session.scalars(select(Project).where(Project.candidate_id.is_not(None))).first()
        assert project is not None
        columns = {one.key: getattr(project, one.key) for one in inspect(Project).column_attrs}
    for candidate, refused in ((None, False), (None, False), (project.candidate_id, True)):
        copy = Project(
            **columns | {"id": new_id(), "candidate_id": candidate, "number": new_id().int % 10**9}
        )
        if refused:
            with (
                pytest.raises(IntegrityError, match="candidate_id"),
                loaded_store.system().writing() as session,
            ):
                session.add(copy)
        else:
            with loaded_store.system().writing() as session:
                session.add(copy)
