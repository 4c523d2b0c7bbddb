"""The steps of a round as its acts tell them, and the officers who watched and signed; read within a query."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from dashboard.rules.round_papers import Officer, Step
from dashboard.rules.rounds import REPLACE
from dashboard.store.consents import ASSENTED
from dashboard.store.joins import leads
from dashboard.store.tables.accounts import Appointment
from dashboard.store.tables.congress import Membership
from dashboard.store.tables.record import Act
from dashboard.store.tables.sealing import RoundConsent
from dashboard.store.tables.voting import Round, RoundOfficer

DUTIES = ("chief", "scrutineer", "teller")
PREFIX = "round_"
# What the minutes tell of; drafting, editing and proposing are preparation.
TOLD = (
    "method_adopted", "officers_adopted", "rules_confirmed", "checked", "opened", "suspended", "resumed", "closed",
    "sealed", "counted", "recount_differs", "signed", "reported", "tie_settled", "announced", "corrected",
    "annulled",
)  # fmt: skip


def officers(session: Session, round_id: UUID) -> tuple[Officer, ...]:
    """Return the officers of a round, the chief scrutineer first, then in the order of the seats."""
    rows = session.execute(
        select(RoundOfficer.duty, Membership.name, RoundOfficer.signed_at)
        .join(Membership, leads(RoundOfficer.membership_id, Membership))
        .where(RoundOfficer.round_id == round_id)
        .order_by(Membership.position)
    ).all()
    return tuple(
        Officer(duty, name, signed) for wanted in DUTIES for duty, name, signed in rows if duty == wanted
    )


def replaced(session: Session, round_id: UUID) -> tuple[tuple[str, str], ...]:
    """Return the names of the tellers who dropped out of a round, each with who took over, in their order."""
    leaves, comes = aliased(Membership), aliased(Membership)
    rows = session.execute(
        select(leaves.name, comes.name)
        .select_from(RoundConsent)
        .join(leaves, leads(RoundConsent.leaves, leaves))
        .join(comes, leads(RoundConsent.comes, comes))
        .where(
            RoundConsent.round_id == round_id,
            RoundConsent.kind == REPLACE,
            RoundConsent.state == ASSENTED,
        )
        .order_by(RoundConsent.decided_at)
    )
    return tuple((left, came) for left, came in rows)


def steps(session: Session, row: Round) -> tuple[Step, ...]:
    """Return the steps of a round in their order; of one that was loaded, when it was held and announced."""
    acts = session.execute(
        select(Act.kind, Act.at, Act.payload, Appointment.role)
        .outerjoin(Appointment, leads(Act.appointment_id, Appointment))
        .where(
            Act.kind.in_([f"{PREFIX}{one}" for one in TOLD]),
            Act.payload["round"].as_string() == str(row.id),
        )
        .order_by(Act.number)
    ).all()
    if not acts:
        times = (("opened", row.opened_at), ("closed", row.closed_at), ("announced", row.published_at))
        return tuple(Step(kind, at) for kind, at in times if at is not None)
    pairs = _pairs(session, row.id)
    return tuple(
        Step(
            kind.removeprefix(PREFIX),
            at,
            # Who signed is told by the duty, else by the role.
            *pairs.get(str(payload.get("consent")), (_who(payload.get("duty"), role), None)),
        )
        for kind, at, payload, role in acts
    )


def _who(duty: str | None, role: str | None) -> tuple[str, ...]:
    return (duty,) if duty in DUTIES else ((role,) if role else ())


def _pairs(session: Session, round_id: UUID) -> dict[str, tuple[tuple[str, ...], str | None]]:
    """Return by consent the roles of the two who did an act together, and the reason that they gave."""
    first, second = aliased(Appointment), aliased(Appointment)
    rows = session.execute(
        select(RoundConsent.id, first.role, second.role, RoundConsent.reason)
        .join(first, leads(RoundConsent.proposed_by, first))
        .outerjoin(second, leads(RoundConsent.decided_by, second))
        .where(RoundConsent.round_id == round_id)
    )
    return {
        str(consent): (tuple(role for role in (proposer, decider) if role), reason)
        for consent, proposer, decider, reason in rows
    }
