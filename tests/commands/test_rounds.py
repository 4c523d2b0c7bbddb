"""What two do together: who may propose and assent, when a proposal stands, and what the assent brings about."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from dashboard.commands.rounds import Proposal, assent, propose, withdraw
from dashboard.commands.rounds_prepare import thaw_round
from dashboard.gate import PUBLIC, Actor
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.rounds import LAPSES_AFTER
from dashboard.store.record import verify
from dashboard.store.tables.congress import MembershipState
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.record import Act
from dashboard.store.tables.sealing import RoundConsent, SealedBox
from dashboard.store.tables.voting import Ballot, CheckIn, Count, Participation, RollEntry, RoundOfficer
from dashboard.store.transactions import Store
from dashboard.store.verifying import Holds
from dashboard.store.verifying import verify as verify_all
from dashboard.store.witness import PARTS, part_digest
from tests.commands.people import PASSWORD, TOWNSHIP, appoint, call_of, person, refusal
from tests.commands.sessions import CONGRESS, Played, session_of
from tests.conftest import NOW

WRONG = "wrong horse"


def proposed(played: Played, kind: str = "open", actor: Actor | None = None) -> RoundConsent:
    """Propose as the clerk, and return the proposal."""
    found = propose(played.call(actor or played.clerk), played.proposal(kind, "原因"))
    assert not isinstance(found, Refused), found.code
    return next(one for one in played.rows(RoundConsent) if one.id == found)


def ready(store: Store) -> Played:
    """Return a frozen round at which all are there."""
    played = session_of(store)
    played.check()
    played.check_in()
    return played


def stated(store: Store, played: Played) -> dict[str, str]:
    """Return the digest that the record states last of each part of a round."""
    with store.system().reading() as session:
        acts = session.scalars(select(Act).where(Act.congress_id == CONGRESS).order_by(Act.number)).all()
    found: dict[str, str] = {}
    for act in acts:
        if act.payload.get("round") == str(played.round_id):
            found |= {
                name: act.payload[f"{name}_digest"] for name in PARTS if f"{name}_digest" in act.payload
            }
    return found


def test_clerk_and_chief_open_together_and_the_roll_is_frozen(loaded_store: Store) -> None:
    played = ready(loaded_store)
    with loaded_store.system().writing() as session:
        # Suspended after the freeze: the roll is that of the opening.
        session.execute(
            update(MembershipState)
            .where(MembershipState.membership_id == played.seats[5])
            .values(state="suspended")
        )
    assert played.together("open").state == "open"
    row = played.row()
    assert (row.state, row.opened_at) == ("open", NOW)
    roll = {one.membership_id for one in played.rows(RollEntry)}
    # data/demo/deputies.csv, the county: 319 in office and 2 by-elected; 3 resigned, 1 is suspended; now one more.
    assert len(roll) == 320
    assert played.seats[5] not in roll
    assert played.seats[5] not in {one.membership_id for one in played.rows(CheckIn)}
    (consent,) = played.rows(RoundConsent)
    assert (consent.state, consent.proposed_by, consent.decided_by) == (
        "assented", played.clerk.appointment_id, played.chief.appointment_id,
    )  # fmt: skip
    assert played.acts()[-2:] == ["round_proposed", "round_opened"]
    with loaded_store.system().reading() as session:
        assert verify(session, CONGRESS) is None


def test_a_round_is_suspended_resumed_and_closed(loaded_store: Store) -> None:
    played = ready(loaded_store)
    played.together("open")
    assert played.together("suspend", "系统故障").state == "suspended"
    assert played.row().reason == "系统故障"
    assert played.together("resume").state == "open"
    assert played.row().reason is None
    assert played.together("close").state == "closed"
    row = played.row()
    assert (row.entitled, row.present, row.issued, row.recovered) == (321, 319, 319, 0)
    assert row.box_digest is not None
    assert {one.published_at for one in played.rows(Count)} == {None}
    assert len(played.rows(Count)) == 12


def test_the_record_states_every_part_as_it_stands(loaded_store: Store) -> None:
    played = ready(loaded_store)
    for kind in ("open", "suspend", "resume", "close"):
        played.together(kind, "原因")
        known = stated(loaded_store, played)
        with loaded_store.system().reading() as session:
            now = {part: part_digest(session, CONGRESS, played.round_id, part) for part in known}
        assert known == now
    assert known.keys() == PARTS.keys()


def test_the_chief_proposes_as_well(demo_store: Store) -> None:
    played = ready(demo_store)
    consent = proposed(played, actor=played.chief)
    assert not isinstance(assent(played.call(played.clerk), consent.id, PASSWORD), Refused)
    assert played.row().state == "open"


def test_one_account_is_never_two(demo_store: Store) -> None:
    """Not under the same appointment, nor as clerk and chief scrutineer in one person."""
    played = ready(demo_store)
    consent = proposed(played)
    assert refusal(assent, played.call(played.clerk), consent.id, PASSWORD) == "consent_own"
    assert played.clerk.account_id is not None
    both = appoint(demo_store, played.clerk.account_id, Role.DEPUTY, seat=played.seats[0])
    chief = replace(played.chief, account_id=played.clerk.account_id, appointment_id=both)
    assert refusal(assent, played.call(chief), consent.id, PASSWORD) == "consent_own"
    assert played.row().state == "checked"


def test_two_clerks_are_one_side(demo_store: Store) -> None:
    played = ready(demo_store)
    consent = proposed(played)
    assert refusal(assent, played.call(played.second_clerk), consent.id, PASSWORD) == "consent_same_side"
    assert played.row().state == "checked"


def test_only_the_chief_assents_among_deputies(demo_store: Store) -> None:
    played = ready(demo_store)
    consent = proposed(played)
    plain = person(demo_store, Role.DEPUTY, seat=played.seats[9])
    for deputy in (played.scrutineer, played.teller, plain):
        assert refusal(assent, played.call(deputy), consent.id, PASSWORD) == "not_yours"
        assert refusal(propose, played.call(deputy), played.proposal("open")) == "not_yours"
        assert refusal(withdraw, played.call(deputy), consent.id) == "not_yours"
    for other in (played.leader, played.presidium):
        assert refusal(assent, played.call(other), consent.id, PASSWORD) == "not_allowed"
        assert refusal(propose, played.call(other), played.proposal("open")) == "not_allowed"
    assert refusal(propose, played.call(PUBLIC), played.proposal("open")) == "sign_in_first"


def test_the_chief_of_another_round_has_no_say(demo_store: Store) -> None:
    played = ready(demo_store)
    consent = proposed(played)
    other = session_of(demo_store, "practice")
    stranger = person(demo_store, Role.DEPUTY, seat=other.seats[1])
    assert refusal(assent, played.call(stranger), consent.id, PASSWORD) == "not_yours"


def test_a_wrong_password_is_counted_and_then_delays(demo_store: Store) -> None:
    played = ready(demo_store)
    consent = proposed(played)
    for _ in range(3):
        answer = assent(played.call(played.chief), consent.id, WRONG)
        assert isinstance(answer, Refused)
        assert answer.code == "confirm_wrong"
    for password in (WRONG, PASSWORD):
        answer = assent(played.call(played.chief), consent.id, password)
        assert isinstance(answer, Refused)
        assert (answer.code, answer.facts) == ("confirm_wait", {"seconds": 1})
    assert played.row().state == "checked"
    # Only delayed, never locked out; and only this account.
    later = NOW + timedelta(seconds=2)
    assert not isinstance(assent(played.call(played.chief, later), consent.id, PASSWORD), Refused)
    assert played.row().state == "open"


def test_a_wrong_password_proposes_nothing(demo_store: Store) -> None:
    played = ready(demo_store)
    answer = propose(played.call(played.clerk), played.proposal("open", password=WRONG))
    assert isinstance(answer, Refused)
    assert answer.code == "confirm_wrong"
    assert played.rows(RoundConsent) == []


def test_a_proposal_lapses_after_ten_minutes(demo_store: Store) -> None:
    played = ready(demo_store)
    consent = proposed(played)
    in_time, late = NOW + LAPSES_AFTER, NOW + LAPSES_AFTER + timedelta(seconds=1)
    assert timedelta(minutes=10) == LAPSES_AFTER
    assert refusal(assent, played.call(played.chief, late), consent.id, PASSWORD) == "consent_lapsed"
    assert refusal(propose, played.call(played.clerk, in_time), played.proposal("open")) == "consent_waits"
    again = propose(played.call(played.clerk, late), played.proposal("open"))
    assert not isinstance(again, Refused)
    states = {one.id: one.state for one in played.rows(RoundConsent)}
    assert states == {consent.id: "lapsed", again: "proposed"}
    assert refusal(assent, played.call(played.chief, late), consent.id, PASSWORD) == "consent_over"
    assert not isinstance(assent(played.call(played.chief, late), again, PASSWORD), Refused)


def test_a_proposal_is_withdrawn_or_declined(demo_store: Store) -> None:
    played = ready(demo_store)
    for actor, state in ((played.clerk, "withdrawn"), (played.chief, "declined")):
        consent = proposed(played)
        withdraw(played.call(actor), consent.id)
        assert {one.state for one in played.rows(RoundConsent) if one.id == consent.id} == {state}
        assert refusal(assent, played.call(played.chief), consent.id, PASSWORD) == "consent_over"
        assert refusal(withdraw, played.call(played.clerk), consent.id) == "consent_over"


def test_what_is_done_ends_the_other_proposals(demo_store: Store) -> None:
    played = ready(demo_store)
    annul = proposed(played, "annul", played.chief)
    played.together("open")
    assert {one.state for one in played.rows(RoundConsent) if one.id == annul.id} == {"lapsed"}


def test_a_thaw_ends_what_was_proposed_of_the_version_before(loaded_store: Store) -> None:
    """Or a chief who was replaced had consented to another list, under other rules, than was opened."""
    played = ready(loaded_store)
    consent = proposed(played, actor=played.chief)
    annul = proposed(played, "annul")
    thaw_round(played.call(played.clerk), played.round_id)
    assert {one.id: one.state for one in played.rows(RoundConsent)} == {
        consent.id: "lapsed", annul.id: "lapsed",
    }  # fmt: skip
    with loaded_store.system().reading() as session:
        assert isinstance(next(iter(verify_all(session))), Holds)
    played.check()
    assert refusal(assent, played.call(played.clerk), consent.id, PASSWORD) == "consent_over"
    assert played.row().state == "checked"


def test_what_a_former_chief_proposed_is_not_assented_to(demo_store: Store) -> None:
    played = ready(demo_store)
    consent = proposed(played, actor=played.chief)
    with demo_store.system().writing() as session:
        chief = session.get_one(RoundOfficer, (CONGRESS, played.round_id, played.seats[0], "chief"))
        session.delete(chief)
        session.flush()
        session.add(
            RoundOfficer(
                congress_id=CONGRESS, round_id=played.round_id, membership_id=played.seats[0], duty="teller"
            )
        )
    assert refusal(assent, played.call(played.clerk), consent.id, PASSWORD) == "consent_not_chief"
    assert played.row().state == "checked"


def test_a_round_without_quorum_is_not_opened(demo_store: Store) -> None:
    played = session_of(demo_store)
    played.check()
    # Two thirds of 321 are 214 (地方组织法 14).
    played.check_in(213)
    assert refusal(propose, played.call(played.clerk), played.proposal("open")) == "round_not_ready"
    with demo_store.system().writing() as session:
        session.add(played.there(213))
    assert played.together("open").state == "open"


def test_who_left_before_the_opening_is_missed_at_the_assent(demo_store: Store) -> None:
    played = session_of(demo_store)
    played.check()
    played.check_in(214)
    consent = proposed(played)
    played.leave(played.seats[0])
    assert refusal(assent, played.call(played.chief), consent.id, PASSWORD) == "round_not_ready"
    assert (played.row().state, {one.state for one in played.rows(RoundConsent)}) == ("checked", {"proposed"})


@pytest.mark.parametrize("kind", ["suspend", "annul"])
def test_an_interruption_needs_a_reason(demo_store: Store, kind: str) -> None:
    played = ready(demo_store)
    played.together("open")
    assert refusal(propose, played.call(played.clerk), played.proposal(kind, " ")) == "reason_needed"


@pytest.mark.parametrize(
    ("kind", "state"),
    [("close", "checked"), ("resume", "checked"), ("suspend", "checked"), ("open", "draft")],
)
def test_an_act_has_its_time(demo_store: Store, kind: str, state: str) -> None:
    played = session_of(demo_store)
    if state == "checked":
        played.check()
    assert (
        refusal(propose, played.call(played.clerk), played.proposal(kind, "原因")) == "round_stands_elsewhere"
    )


def test_an_annulled_round_is_sealed_uncounted(loaded_store: Store) -> None:
    played = ready(loaded_store)
    played.together("open")
    played.vote(played.seats[3], "1 2")
    assert played.together("annul", "名单有误").state == "annulled"
    row = played.row()
    assert (row.reason, row.valid, row.facts) == ("名单有误", None, None)
    assert played.rows(Count) == []
    (box,) = played.rows(SealedBox)
    assert box.digest == row.box_digest
    for kind in ("open", "close", "annul"):
        code = refusal(propose, played.call(played.clerk), played.proposal(kind, "原因"))
        assert code == "round_stands_elsewhere"


def test_a_counted_round_is_annulled_and_its_count_goes(demo_store: Store) -> None:
    played = ready(demo_store)
    played.together("open")
    played.vote(played.seats[3], "1 2")
    played.together("close")
    assert played.rows(Count)
    played.together("annul", "程序有误")
    assert played.rows(Count) == []
    assert len(played.rows(SealedBox)) == 1


def test_the_ballots_of_a_practice_are_deleted_unread(loaded_store: Store) -> None:
    played = session_of(loaded_store, "practice")
    played.check()
    played.check_in()
    played.together("open")
    played.vote(played.seats[3], "1 2")
    played.together("close")
    assert (played.rows(Ballot), played.rows(Count), played.rows(SealedBox)) == ([], [], [])
    assert len(played.rows(Participation)) == 1


def test_another_congress_and_an_absent_id_answer_alike(demo_store: Store) -> None:
    played = ready(demo_store)
    consent = proposed(played)
    clerk = person(demo_store, Role.CLERK, TOWNSHIP)
    for wanted in (consent.id, new_id()):
        assert refusal(assent, call_of(demo_store, clerk, TOWNSHIP), wanted, PASSWORD) == "not_found"
        assert refusal(withdraw, call_of(demo_store, clerk, TOWNSHIP), wanted) == "not_found"
    for wanted in (played.round_id, new_id()):
        foreign = Proposal(round_id=wanted, kind="open", password=PASSWORD)
        assert refusal(propose, call_of(demo_store, clerk, TOWNSHIP), foreign) == "not_found"
    assert played.row().state == "checked"


def test_a_password_is_in_no_text_of_a_proposal() -> None:
    assert PASSWORD not in repr(Proposal(round_id=new_id(), kind="open", password=PASSWORD))
