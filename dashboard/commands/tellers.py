"""Replacing a teller who drops out: the clerk names another deputy and says why, a scrutineer confirms it.

Each types the password again. What the one who leaves has entered stays under that name; the other goes on.
"""

from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import delete, select

from dashboard.gate import Call, command, relate
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.rounds import REPLACE, REPLACING, TELLER, check_pair, has_lapsed
from dashboard.store.confirmation import confirm
from dashboard.store.consents import ASSENTED, PROPOSED, lapse, waiting_consents
from dashboard.store.paper import entered
from dashboard.store.rounds import roll_of, taken
from dashboard.store.tables.accounts import Appointment
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.sealing import PaperEntry, RoundConsent
from dashboard.store.tables.voting import Round, RoundOfficer
from dashboard.store.witness import witness

# Who do not see each other's entry.
FEWEST = 2


class Replacement(BaseModel):
    """Which teller leaves, which deputy comes, why, and the password of the clerk who says so."""

    round_id: UUID
    leaves: UUID
    comes: UUID
    reason: str = Field(default="", max_length=500)
    password: str = Field(max_length=400, repr=False)


@command("teller.replace")
def propose_replacement(call: Call, new: Replacement) -> UUID | Refused:
    """Propose another teller for one who dropped out, and return the proposal: nothing changes before its assent.

    A wrong password is returned, not raised, so that it stays counted.
    """
    row = _taken(call, new.round_id)
    if not new.reason.strip():
        raise Refused("reason_needed")
    _check(call, row, new.leaves, new.comes)
    waiting = [one for one in waiting_consents(call.session, row.id) if one.kind == REPLACE]
    if not all(has_lapsed(one.proposed_at, call.now) for one in waiting):
        raise Refused("consent_waits")
    refused = confirm(call.session, call.actor.account_id, new.password, call.now)
    if refused is not None:
        return refused
    lapse(waiting)
    consent = RoundConsent(
        congress_id=call.congress_id, id=new_id(), round_id=row.id, kind=REPLACE, reason=new.reason.strip(),
        leaves=new.leaves, comes=new.comes, state=PROPOSED, proposed_by=call.actor.appointment_id,
        proposed_at=call.now, decided_by=None, decided_at=None,
    )  # fmt: skip
    call.session.add(consent)
    _tell(call, "round_teller_replacement", consent, "consents")
    return consent.id


@command("teller.confirm")
def confirm_replacement(call: Call, consent_id: UUID, password: str) -> Refused | None:
    """Confirm as a scrutineer that a teller dropped out: from then on the other one is the teller."""
    found = select(RoundConsent).where(RoundConsent.id == consent_id, RoundConsent.kind == REPLACE)
    consent = call.session.scalar(found)
    if consent is None:
        raise Refused("not_found")
    relate(call, "teller.confirm", round_id=consent.round_id)
    row = _taken(call, consent.round_id)
    # Read again now that the round is held: nobody decides it beside us.
    consent = call.session.scalars(found.execution_options(populate_existing=True)).one()
    if consent.state != PROPOSED:
        raise Refused("consent_over")
    if has_lapsed(consent.proposed_at, call.now):
        raise Refused("consent_lapsed")
    proposer = call.session.get_one(Appointment, (call.congress_id, consent.proposed_by))
    check_pair(Role(proposer.role), call.role, same_account=proposer.account_id == call.actor.account_id)
    assert consent.leaves is not None, "a replacement names both"
    assert consent.comes is not None, "a replacement names both"
    _check(call, row, consent.leaves, consent.comes)
    refused = confirm(call.session, call.actor.account_id, password[:400], call.now)
    if refused is not None:
        return refused
    consent.state, consent.decided_by, consent.decided_at = ASSENTED, call.actor.appointment_id, call.now
    _hand_over(call, row, consent.leaves, consent.comes)
    _tell(call, "round_teller_replaced", consent, "officers", "consents")
    return None


def _taken(call: Call, round_id: UUID) -> Round:
    row = taken(call.session, round_id)
    if row is None:
        raise Refused("not_found")
    return row


def _check(call: Call, row: Round, leaves: UUID, comes: UUID) -> None:
    """Refuse whom the round knows: a teller who left has seen one of the two entries and comes back to neither."""
    if row.state not in REPLACING or row.box_digest is not None:
        raise Refused("teller_no_more")
    rows = call.session.scalars(select(RoundOfficer).where(RoundOfficer.round_id == row.id))
    duties = {one.membership_id: one.duty for one in rows}
    if duties.get(leaves) != TELLER:
        raise Refused("teller_not_one")
    if comes in duties and not _is_spare(call, row, comes, list(duties.values()).count(TELLER)):
        raise Refused("officer_twice")
    if comes not in roll_of(call.session, row, call.today):
        raise Refused("officer_not_in_office")
    left = select(RoundConsent.id).where(
        RoundConsent.round_id == row.id,
        RoundConsent.kind == REPLACE,
        RoundConsent.state == ASSENTED,
        RoundConsent.leaves == comes,
    )
    if call.session.scalar(left.limit(1)) is not None:
        raise Refused("teller_left_before")


def _is_spare(call: Call, row: Round, seat: UUID, tellers: int) -> bool:
    """Tell whether a seat is one of more than two tellers, and has entered nothing."""
    duty = select(RoundOfficer.duty).where(
        RoundOfficer.round_id == row.id, RoundOfficer.membership_id == seat
    )
    if tellers <= FEWEST or call.session.scalar(duty) != TELLER:
        return False
    return entered(call.session, call.congress_id, row.id).entry_of(seat) is None


def _hand_over(call: Call, row: Round, leaves: UUID, comes: UUID) -> None:
    """Make one teller of the other; an entry that is not compared yet is gone on with, one that is stays as it is."""
    own = {"congress_id": call.congress_id, "round_id": row.id}
    call.session.execute(
        delete(RoundOfficer).where(RoundOfficer.round_id == row.id, RoundOfficer.membership_id == leaves)
    )
    key = {**own, "membership_id": comes}
    if call.session.get(RoundOfficer, key | {"duty": TELLER}) is None:
        call.session.add(RoundOfficer(**key, duty=TELLER))
    found = entered(call.session, call.congress_id, row.id)
    entry = found.entry_of(leaves)
    if entry is not None and found.compared is None:
        call.session.get_one(PaperEntry, own | {"entry": entry}).taken_over_by = comes


def _tell(call: Call, kind: str, consent: RoundConsent, *parts: str) -> None:
    call.act(
        kind,
        **witness(call.session, call.congress_id, consent.round_id, parts),
        consent=str(consent.id),
        seat=str(consent.leaves),
        comes=str(consent.comes),
    )
    call.changed("voting")
