"""What two do together on a round: one proposes, the other assents, each with the password typed again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import delete, select

from dashboard.gate import Call, command, relate
from dashboard.rules import chain
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.round_links import follow
from dashboard.rules.round_problems import problems
from dashboard.rules.rounds import ANNULLED, CHIEF, NEEDS_REASON, check_pair, has_lapsed, moved
from dashboard.store.closing import close, seal_uncounted
from dashboard.store.confirmation import confirm
from dashboard.store.consents import ASSENTED, DECLINED, PROPOSED, WITHDRAWN, lapse, waiting_consents
from dashboard.store.own_sign_in import own_sign_in
from dashboard.store.rewriting import tidy
from dashboard.store.round_links import links_of
from dashboard.store.rounds import facts_of, taken
from dashboard.store.seats import seats_in_office
from dashboard.store.tables.accounts import Appointment
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.sealing import RoundConsent
from dashboard.store.tables.voting import CheckIn, RollEntry, Round, RoundOfficer
from dashboard.store.witness import PARTS, witness


class Proposal(BaseModel):
    """An act that two must do, and the password of the one who proposes it."""

    round_id: UUID
    kind: Literal["open", "close", "suspend", "resume", "annul"]
    reason: str = Field(default="", max_length=500)
    password: str = Field(max_length=400, repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """What an assent brought about: the act, and the state in which the round now is."""

    kind: str
    state: str


@command("round.propose")
def propose(call: Call, new: Proposal) -> UUID | Refused:
    """Propose an act to the other of the two; a wrong password is returned, not raised, so that it stays counted."""
    relate(call, "round.propose", round_id=new.round_id)
    row = _taken(call, new.round_id)
    moved(new.kind, row.state, row.purpose)
    if new.kind in NEEDS_REASON and not new.reason.strip():
        raise Refused("reason_needed")
    _check_may(call, new.kind, row)
    waiting = waiting_consents(call.session, row.id)
    lapsed = [one for one in waiting if has_lapsed(one.proposed_at, call.now)]
    if any(one.kind == new.kind for one in waiting if one not in lapsed):
        raise Refused("consent_waits")
    refused = confirm(call.session, call.actor.account_id, new.password, call.now)
    if refused is not None:
        return refused
    # Not before: what a wrong password leaves behind, no act would state.
    lapse(lapsed)
    consent = RoundConsent(
        congress_id=call.congress_id, id=new_id(), round_id=row.id, kind=new.kind,
        reason=new.reason.strip() or None, state=PROPOSED, proposed_by=call.actor.appointment_id,
        proposed_at=call.now, decided_by=None, decided_at=None,
    )  # fmt: skip
    call.session.add(consent)
    _tell(call, "proposed", row, ("consents",), act=new.kind, consent=str(consent.id))
    return consent.id


@command("round.assent")
def assent(call: Call, consent_id: UUID, password: str) -> Done | Refused:
    """Assent to what the other proposed, which is then done in this transaction."""
    # Another teller is confirmed by any scrutineer (commands/tellers.py).
    known = select(RoundConsent.round_id).where(RoundConsent.id == consent_id, RoundConsent.kind.in_(ACTS))
    round_id = call.session.scalar(known)
    if round_id is None:
        raise Refused("not_found")
    relate(call, "round.assent", round_id=round_id)
    row = _taken(call, round_id)
    consent = _standing(call, consent_id)
    moved(consent.kind, row.state, row.purpose)
    proposer = call.session.get_one(Appointment, (call.congress_id, consent.proposed_by))
    check_pair(Role(proposer.role), call.role, same_account=proposer.account_id == call.actor.account_id)
    _check_still_chief(call, row.id, proposer)
    refused = confirm(call.session, call.actor.account_id, password[:400], call.now)
    if refused is not None:
        return refused
    consent.state, consent.decided_by, consent.decided_at = ASSENTED, call.actor.appointment_id, call.now
    # Before the act, which states every consent of the round.
    lapse(waiting_consents(call.session, row.id))
    ACTS[consent.kind](call, row, consent)
    return Done(consent.kind, row.state)


@command("round.propose")
def withdraw(call: Call, consent_id: UUID) -> None:
    """Take one's own proposal back, or decline the other's."""
    found = call.session.execute(
        select(RoundConsent.round_id, RoundConsent.proposed_by).where(RoundConsent.id == consent_id)
    ).one_or_none()
    if found is None:
        raise Refused("not_found")
    relate(call, "round.propose", round_id=found.round_id)
    own_sign_in(call.session, call.actor.session_id)
    row = _taken(call, found.round_id)
    consent = _standing(call, consent_id)
    own = found.proposed_by == call.actor.appointment_id
    consent.state = WITHDRAWN if own else DECLINED
    consent.decided_by, consent.decided_at = call.actor.appointment_id, call.now
    _tell(call, consent.state, row, ("consents",), act=consent.kind, consent=str(consent.id))


def _taken(call: Call, round_id: UUID) -> Round:
    row = taken(call.session, round_id)
    if row is None:
        raise Refused("not_found")
    return row


def _standing(call: Call, consent_id: UUID) -> RoundConsent:
    """Return a proposal that still stands; the round's row is held, so nobody decides it beside us."""
    found = select(RoundConsent).where(RoundConsent.id == consent_id)
    consent = call.session.scalars(found.execution_options(populate_existing=True)).one()
    if consent.state != PROPOSED:
        raise Refused("consent_over")
    if has_lapsed(consent.proposed_at, call.now):
        raise Refused("consent_lapsed")
    return consent


def _check_still_chief(call: Call, round_id: UUID, proposer: Appointment) -> None:
    """Refuse an assent to what a deputy proposed who is the round's chief scrutineer no more."""
    if Role(proposer.role) is not Role.DEPUTY:
        return
    chief = select(RoundOfficer.duty).where(
        RoundOfficer.round_id == round_id,
        RoundOfficer.membership_id == proposer.membership_id,
        RoundOfficer.duty == CHIEF,
    )
    if call.session.scalar(chief) is None:
        raise Refused("consent_not_chief")


def _tell(call: Call, verb: str, row: Round, parts: tuple[str, ...], **more: str | None) -> None:
    call.act(f"round_{verb}", **witness(call.session, call.congress_id, row.id, parts), **more)
    call.changed("voting")


def _check_may(call: Call, kind: str, row: Round) -> None:
    """Refuse to propose what an assent could not bring about."""
    if kind == "open":
        _check_ready(call, row)
    elif kind == "annul":
        _check_alone(call, row)


def _check_alone(call: Call, row: Round) -> None:
    """Refuse to annul a round while another that stands on it lives.

    Annulled along with it, that one would end without a reason of its own, and unseen by its own officers.
    """
    links = links_of(call.session, call.congress_id, row.id)
    if any(links[one].state != ANNULLED for one in follow(links, row.id)):
        raise Refused("following_lives")


def _check_ready(call: Call, row: Round) -> None:
    found = problems(facts_of(call.session, row, call.today, call.now), opening=True)
    if found:
        raise Refused("round_not_ready", n=len(found))


def _open(call: Call, row: Round, consent: RoundConsent) -> None:
    """Open the voting: whoever is in office and not suspended today stands on the roll, which is frozen."""
    seats = seats_in_office(call.session, call.today)
    for seat, delegation in seats.items():
        call.session.add(
            RollEntry(
                congress_id=call.congress_id, round_id=row.id, membership_id=seat, delegation_id=delegation
            )
        )
    # Who checked in before and is not on the roll now is no part of 实到.
    strangers = CheckIn.membership_id.not_in(seats)
    call.session.execute(delete(CheckIn).where(CheckIn.round_id == row.id, strangers))
    _check_ready(call, row)
    row.state, row.opened_at, row.entitled = moved("open", row.state), call.now, len(seats)
    parts = ("round", "options", "officers", "roll", "consents")
    _tell(call, "opened", row, parts, consent=str(consent.id), rules_digest=chain.digest(dict(row.rules)))


def _suspend(call: Call, row: Round, consent: RoundConsent) -> None:
    row.state, row.reason = moved("suspend", row.state), consent.reason
    _tell(call, "suspended", row, ("round", "consents"), consent=str(consent.id))


def _resume(call: Call, row: Round, consent: RoundConsent) -> None:
    # The reason of the interruption stays with its consent.
    row.state, row.reason = moved("resume", row.state), None
    _tell(call, "resumed", row, ("round", "consents"), consent=str(consent.id))


def _close(call: Call, row: Round, consent: RoundConsent) -> None:
    """End the voting: no ballot comes after it; without paper it is sealed and counted here."""
    ended = close(call.session, call.congress_id, row.id, call.now)
    _tell_end(call, "closed", row, consent, ended.box_digest)


def _annul(call: Call, row: Round, consent: RoundConsent) -> None:
    """End a round for good: what lies in its box is sealed, and nobody counts it."""
    moved("annul", row.state, row.purpose)
    _check_alone(call, row)
    ended = seal_uncounted(call.session, call.congress_id, row.id, call.now)
    row.reason = consent.reason
    _tell_end(call, "annulled", row, consent, ended.box_digest)


def _tell_end(call: Call, verb: str, row: Round, consent: RoundConsent, digest: str | None) -> None:
    """Let the record state every part of the round, and clear what the database remembers of their order."""
    # The rule set is a part of its own in the record: it is what the count follows from.
    stated = {"consent": str(consent.id), "rules_digest": chain.digest(dict(row.rules)), "sealed": digest}
    _tell(call, verb, row, tuple(PARTS), **stated)
    call.afterwards(tidy)


ACTS: Mapping[str, Callable[[Call, Round, RoundConsent], None]] = {
    "open": _open,
    "suspend": _suspend,
    "resume": _resume,
    "close": _close,
    "annul": _annul,
}
