"""What a clerk chooses from while preparing a round."""

from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.rules.conduct_frames import Choices, Entry, RuleSetChoice, Seat
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.rounds import DRAFT
from dashboard.rules.rule_sets import ADOPTION
from dashboard.store.joins import leads
from dashboard.store.rule_sets import shipped
from dashboard.store.seats import seats_in_office
from dashboard.store.tables.congress import Delegation, Department, Meeting, Membership
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.record import OwnRuleSet
from dashboard.store.tables.voting import Round


@query("round.conduct")
def choices(call: Call, round_id: UUID | None = None) -> Choices:
    """Return to the clerk what a draft is filled in from; without a round what a new one is begun with."""
    if call.role is not Role.CLERK:
        raise Refused("not_allowed")
    if round_id is None:
        return Choices(_rule_sets(call), _meetings(call))
    cycle = call.session.scalar(select(Round.cycle_id).where(Round.id == round_id))
    if cycle is None:
        raise Refused("not_found")
    return Choices(_rule_sets(call), _meetings(call), _candidates(call, cycle), _seats(call))


def _rule_sets(call: Call) -> tuple[RuleSetChoice, ...]:
    """Return the sets that a round may be voted by: those of the product, and the own ones that were approved."""
    own = call.session.scalars(
        select(OwnRuleSet)
        .where(OwnRuleSet.kind == ADOPTION, OwnRuleSet.approved_at.is_not(None))
        .order_by(OwnRuleSet.key, OwnRuleSet.version)
    )
    found = [RuleSetChoice(f"{one.key}@{one.version}", one.body.get("name", {})) for one in own]
    return (
        *found,
        *(RuleSetChoice(one.reference, dict(one.name)) for one in shipped() if one.kind == ADOPTION),
    )


def _meetings(call: Call) -> tuple[tuple[UUID, str], ...]:
    rows = call.session.execute(select(Meeting.id, Meeting.name).order_by(Meeting.opens_on.desc()))
    return tuple((one.id, one.name) for one in rows)


def _candidates(call: Call, cycle: UUID) -> tuple[Entry, ...]:
    rows = call.session.execute(
        select(Candidate.number, Candidate.name, Candidate.id, Candidate.budget, Department.name)
        .outerjoin(Department, leads(Candidate.department_id, Department))
        .where(Candidate.cycle_id == cycle, Candidate.state != DRAFT)
        .order_by(Candidate.number)
    )
    return tuple(Entry(*one) for one in rows)


def _seats(call: Call) -> tuple[Seat, ...]:
    rows = call.session.execute(
        select(Membership.id, Membership.name, Delegation.name)
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .where(Membership.id.in_(seats_in_office(call.session, call.today)))
        .order_by(Delegation.position, Membership.position)
    )
    return tuple(Seat(*one) for one in rows)
