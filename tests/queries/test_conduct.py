"""What the page of a round's life is made from: what is missing, who must act, what scrutineers are shown."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from dashboard.commands.hall import issue_codes, set_last_four
from dashboard.commands.rounds import propose
from dashboard.commands.rounds_prepare import Officers, name_officers
from dashboard.gate import PUBLIC
from dashboard.queries.attendance import review
from dashboard.queries.conduct import conduct, conduct_mark
from dashboard.queries.conduct_choices import choices
from dashboard.queries.own_rounds import held_rounds, rounds_due
from dashboard.rules.conduct_frames import Conduct
from dashboard.rules.roles import Role
from dashboard.store.record import verify
from dashboard.store.tables.congress import Membership, MembershipState
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.voting import RollEntry
from dashboard.store.transactions import Store
from dashboard.store.way_in import tell_way_in
from tests.commands.hall_session import meeting_of as hall_meeting
from tests.commands.people import TOWNSHIP, add_account, appoint, call_of, person, refusal
from tests.commands.sessions import CONGRESS, YEAR, Played, session_of, voted_on
from tests.conftest import NOW

TEN = "1 2 3 4 5 6 7 8 9 10"


def seen(played: Played, name: str = "clerk") -> Conduct:
    """Return the round as one who holds it sees it."""
    return conduct(played.call(getattr(played, name), writes=False), played.round_id)


def test_a_draft_tells_what_is_missing_and_who_is_named(loaded_store: Store) -> None:
    played = session_of(loaded_store)
    one = seen(played)
    assert (one.state, one.problems, one.entitled, one.needed, one.present) == ("draft", (), 321, 214, 0)
    assert [(officer.duty, officer.has_account) for officer in one.officers] == [
        ("chief", True), ("scrutineer", True), ("teller", True),
    ]  # fmt: skip
    assert [entry.name for entry in one.entries][:2] == ["候选项目1", "候选项目2"]
    stranger = Officers(chief=played.seats[30], scrutineers=[played.seats[31]])
    name_officers(played.call(played.clerk), played.round_id, stranger)
    again = seen(played)
    assert [reason.code for reason in again.problems] == ["conduct.problem.officers_not_adopted"]
    assert [officer.has_account for officer in again.officers] == [False, False]


def test_the_steps_tell_what_was_done_by_which_role_and_no_name(loaded_store: Store) -> None:
    played = voted_on(loaded_store, {TEN: 200})
    steps = [(step.kind, step.role) for step in seen(played).steps]
    assert steps[0] == ("round_drafted", "clerk")
    # What the chief assented to was done by the chief.
    assert steps[-1] == ("round_closed", "deputy")
    assert not any("check_in" in kind for kind, _ in steps)


def test_what_touches_a_voters_way_in_is_shown_to_who_looks_after_it(loaded_store: Store) -> None:
    played = session_of(loaded_store)
    played.check()
    account = add_account(loaded_store, "voter")
    appoint(loaded_store, account, Role.DEPUTY, seat=played.seats[9])
    with loaded_store.system().writing() as session:
        tell_way_in(session, account, "round_password_reset", NOW)
    for name in ("scrutineer", "chief", "clerk", "leader"):
        (act,) = seen(played, name).shown
        assert (act.kind, act.role) == ("round_password_reset", None)
        assert act.name
    assert seen(played, "presidium").shown == ()
    assert "round_password_reset" not in {step.kind for step in seen(played).steps}


def way_in(played: Played, name: str = "scrutineer") -> list[tuple[str, str | None, int | None]]:
    """Return what a scrutineer is shown, the earliest first."""
    return [(act.kind, act.name, act.count) for act in reversed(seen(played, name).shown)]


def test_a_changed_phone_number_and_a_new_code_are_shown_on_each_running_round(loaded_store: Store) -> None:
    first, second = session_of(loaded_store), session_of(loaded_store)
    clerk, meeting = first.call(first.clerk), first.row().meeting_id
    on, off = first.seats[20:22]
    set_last_four(clerk, on, "1111")
    first.open()
    second.check()
    with loaded_store.system().writing() as session:
        # Not on the roll of the first: its seat says nothing to the scrutineers of that round.
        session.execute(
            delete(RollEntry).where(RollEntry.round_id == first.round_id, RollEntry.membership_id == off)
        )
        names = dict(session.execute(select(Membership.id, Membership.name)).all())
    for seat in (on, off):
        set_last_four(clerk, seat, "4321")
    issue_codes(clerk, meeting, [on, off], "seat", b"x" * 32)
    changed, issued = "hall_contact_changed", "hall_codes_issued"
    assert way_in(first) == [(changed, names[on], None), (issued, None, 1)]
    assert way_in(second) == [(changed, names[on], None), (changed, names[off], None), (issued, None, 2)]
    assert way_in(second, "presidium") == []
    first.together("close")
    set_last_four(clerk, on, "9999")
    assert [len(way_in(one)) for one in (first, second)] == [2, 4]
    with loaded_store.system().reading() as session:
        assert verify(session, CONGRESS) is None


def test_codes_of_another_meeting_are_shown_too(demo_store: Store) -> None:
    played = session_of(demo_store)
    played.check()
    clerk, seat = played.call(played.clerk), played.seats[20]
    set_last_four(clerk, seat, "4321")
    other = hall_meeting(demo_store, latest=1)
    assert other != played.row().meeting_id
    issue_codes(clerk, other, [seat], "printed", b"x" * 32)
    assert [kind for kind, _, _ in way_in(played)] == ["hall_contact_changed", "hall_codes_issued"]
    told = review(played.call(played.scrutineer, writes=False), played.round_id)
    assert [code.means for code in told.codes] == ["printed"]


def test_a_proposal_waits_for_the_other_side_until_it_lapses(loaded_store: Store) -> None:
    played = session_of(loaded_store)
    played.check()
    played.check_in()
    propose(played.call(played.clerk), played.proposal("open"))
    (own,), (theirs,) = seen(played).waiting, seen(played, "chief").waiting
    assert (own.is_own, own.is_own_side, theirs.is_own, theirs.is_own_side) == (True, True, False, False)
    assert (own.kind, own.side) == ("open", "clerk")
    second = seen(played, "second_clerk").waiting[0]
    assert (second.is_own, second.is_own_side) == (False, True)
    for name in ("leader", "presidium"):
        assert seen(played, name).waiting == ()
    late = played.call(played.chief, NOW + timedelta(minutes=11), writes=False)
    assert conduct(late, played.round_id).waiting == ()


def test_quorum_and_warnings_are_those_of_the_frozen_roll(loaded_store: Store) -> None:
    """Who leaves office while the vote runs changes neither: 321 stood on the roll, two thirds are 214."""
    played = session_of(loaded_store, rule_set="adoption-mark-open@1")
    played.open()
    with loaded_store.system().writing() as session:
        session.execute(
            update(MembershipState)
            .where(MembershipState.membership_id.in_(played.seats[200:260]))
            .values(state="suspended")
        )
    one = seen(played)
    assert (one.entitled, one.present, one.needed) == (321, 319, 214)
    ballots = {reason.facts.get("ballots") for reason in one.warnings if reason.code.endswith("signature")}
    assert ballots == {321}


def test_delegations_are_told_to_clerk_and_leaders_alone(demo_store: Store) -> None:
    played = session_of(demo_store)
    played.check()
    played.check_in(100)
    groups = seen(played).groups
    assert (sum(group.entitled for group in groups), sum(group.present for group in groups)) == (321, 100)
    assert seen(played, "leader").groups == groups
    for name in ("presidium", "chief", "scrutineer", "teller"):
        assert seen(played, name).groups == ()


@pytest.mark.parametrize(
    ("name", "sees"),
    [("clerk", True), ("presidium", True), ("chief", True), ("scrutineer", True), ("teller", False),
     ("leader", False)],
)  # fmt: skip
def test_the_count_is_theirs_who_count_and_receive_it(demo_store: Store, name: str, sees: bool) -> None:
    played = voted_on(demo_store, {TEN: 200})
    one = seen(played, name)
    assert (one.result is not None, one.outcome is not None, one.digest is not None) == (sees,) * 3
    # How many came back is nobody's secret.
    assert (one.voted, one.is_sealed) == (200, True)


@pytest.mark.parametrize("state", ["draft", "checked", "open", "suspended"])
def test_nothing_of_the_content_before_the_close(demo_store: Store, state: str) -> None:
    played = session_of(demo_store)
    played.open()
    played.vote_all({TEN: 200})
    played.change(state=state)
    for name in ("clerk", "presidium", "chief", "scrutineer", "teller", "leader"):
        one = seen(played, name)
        assert (one.result, one.outcome, one.digest) == (None, None, None)


def test_who_is_neither_officer_nor_preparing_reads_nothing(demo_store: Store) -> None:
    played = session_of(demo_store)
    plain = person(demo_store, Role.DEPUTY, seat=played.seats[20])
    for query in (conduct, conduct_mark):
        assert refusal(query, played.call(plain, writes=False), played.round_id) == "not_yours"
        assert refusal(query, played.call(PUBLIC, writes=False), played.round_id) == "sign_in_first"
        stranger = call_of(demo_store, person(demo_store, Role.CLERK, TOWNSHIP), TOWNSHIP, writes=False)
        assert refusal(conduct, stranger, played.round_id) == "not_found"
        assert refusal(conduct, stranger, new_id()) == "not_found"


def test_only_the_clerk_is_given_what_a_draft_is_filled_from(demo_store: Store) -> None:
    played = session_of(demo_store)
    known = choices(played.call(played.clerk, writes=False), played.round_id)
    assert (len(known.candidates), len(known.seats)) == (12, 321)
    assert "adoption-mark@1" in {one.reference for one in known.rule_sets}
    assert "grades-zhenhai@1" not in {one.reference for one in known.rule_sets}
    for actor in (played.leader, played.presidium, played.chief):
        assert refusal(choices, played.call(actor, writes=False), played.round_id) == "not_allowed"


def due(played: Played, name: str) -> list[tuple[str, str]]:
    found = rounds_due(played.call(getattr(played, name), writes=False))
    return [(one.code, one.round[0]) for one in found if one.round and one.round[1] == played.round_id]


def test_a_round_waits_for_whom_it_concerns(demo_store: Store) -> None:
    played = session_of(demo_store)
    assert due(played, "clerk") == [("round_draft", "conduct")]
    assert due(played, "chief") == due(played, "presidium") == due(played, "leader") == []
    played.open()
    assert due(played, "chief") == [("vote", "vote"), ("round_open", "conduct")]
    assert due(played, "presidium") == []
    played.together("suspend", "原因")
    assert due(played, "chief") == [("vote_suspended", "vote"), ("round_suspended", "conduct")]
    played.together("resume")
    played.vote_all({TEN: 200})
    played.together("close")
    assert due(played, "chief") == [("round_closed", "conduct")]
    played.report()
    assert due(played, "presidium") == [("round_reported", "conduct")]
    assert due(played, "clerk") == due(played, "chief") == []


def test_a_round_is_led_to_by_who_holds_it(demo_store: Store) -> None:
    played = session_of(demo_store)
    for name in ("clerk", "leader", "presidium", "chief", "teller"):
        assert played.round_id in held_rounds(played.call(getattr(played, name), writes=False), YEAR)
    plain = person(demo_store, Role.DEPUTY, seat=played.seats[20])
    for actor in (plain, person(demo_store, Role.DEPARTMENT), PUBLIC):
        assert held_rounds(played.call(actor, writes=False), YEAR) == frozenset()
