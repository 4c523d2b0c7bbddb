"""What was done on a round, by which role and when; what waits for the other of the two; what scrutineers see."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from dashboard.gate import Call
from dashboard.rules.conduct_frames import Replacing, Shown, Step, Waiting
from dashboard.rules.roles import Role
from dashboard.rules.rounds import REPLACE, SHOWN, TOGETHER, has_lapsed
from dashboard.store.consents import PROPOSED
from dashboard.store.joins import leads
from dashboard.store.tables.accounts import Appointment
from dashboard.store.tables.congress import Membership
from dashboard.store.tables.record import Act
from dashboard.store.tables.sealing import RoundConsent
from dashboard.store.tables.voting import Round

# Acts of preparing are many; on the page the last of each kind stands for them.
MOST_SHOWN = 200
LEAVES, COMES = aliased(Membership), aliased(Membership)


def waiting(call: Call, row: Round) -> tuple[Waiting, ...]:
    """Return the proposals on a round that still stand."""
    if call.role not in {Role.CLERK, Role.DEPUTY}:
        return ()
    rows = call.session.execute(
        select(RoundConsent, Appointment.role)
        .join(Appointment, leads(RoundConsent.proposed_by, Appointment))
        .where(
            RoundConsent.round_id == row.id, RoundConsent.state == PROPOSED, RoundConsent.kind.in_(TOGETHER)
        )
        .order_by(RoundConsent.proposed_at)
    )
    return tuple(
        Waiting(
            consent_id=one.id,
            kind=one.kind,
            reason=one.reason,
            side=role,
            proposed_at=one.proposed_at,
            is_own=one.proposed_by == call.actor.appointment_id,
            is_own_side=role == call.role,
        )
        for one, role in rows
        if not has_lapsed(one.proposed_at, call.now)
    )


def replacing(call: Call, row: Round) -> tuple[Replacing, ...]:
    """Return the replacements of tellers that wait for a scrutineer."""
    rows = call.session.execute(
        select(RoundConsent, LEAVES.name, COMES.name)
        .join(LEAVES, leads(RoundConsent.leaves, LEAVES))
        .join(COMES, leads(RoundConsent.comes, COMES))
        .where(RoundConsent.round_id == row.id, RoundConsent.state == PROPOSED, RoundConsent.kind == REPLACE)
    )
    return tuple(
        Replacing(one.id, leaves, comes, one.reason or "", one.proposed_at)
        for one, leaves, comes in rows
        if not has_lapsed(one.proposed_at, call.now)
    )


def steps(call: Call, row: Round) -> tuple[Step, ...]:
    """Return every act on a round with its role, the earliest first; names stand in no act."""
    return tuple(Step(act.kind, act.at, role) for act, role in _acts(call, row) if act.kind not in SHOWN)


def shown(call: Call, row: Round) -> tuple[Shown, ...]:
    """Return what was done to voters' ways in and to the tellers since the freeze, the last first."""
    found = [(act, role) for act, role in reversed(_acts(call, row)) if act.kind in SHOWN][:MOST_SHOWN]
    seats = {
        UUID(seat)
        for act, _ in found
        for name in ("seat", "comes")
        if isinstance(seat := act.payload.get(name), str)
    }
    names = {
        str(one.id): one.name
        for one in call.session.execute(
            select(Membership.id, Membership.name).where(Membership.id.in_(seats))
        )
    }
    return tuple(
        Shown(
            act.kind,
            act.at,
            role,
            names.get(str(act.payload.get("seat"))),
            act.payload.get("count"),
            names.get(str(act.payload.get("comes"))),
        )
        for act, role in found
    )


def _acts(call: Call, row: Round) -> list[tuple[Act, str | None]]:
    rows = call.session.execute(
        select(Act, Appointment.role)
        .outerjoin(Appointment, leads(Act.appointment_id, Appointment))
        .where(Act.payload["round"].as_string() == str(row.id))
        .order_by(Act.number)
    )
    return [(act, role) for act, role in rows]
