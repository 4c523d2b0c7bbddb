"""One round as commands and queries need it: taken for a change, its roll, who is there, what may refuse it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from dashboard.rules.round_problems import RoundFacts
from dashboard.rules.rounds import CHIEF, DRAFT, RUNNING, SCRUTINEER, VOTING
from dashboard.rules.rule_sets import ADOPTION, Rules, rules_of
from dashboard.store.joins import leads
from dashboard.store.rule_sets import raw_of, rule_set_of
from dashboard.store.tables.congress import Membership, MembershipState
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.voting import (
    CheckIn,
    Participation,
    RollEntry,
    Round,
    RoundOfficer,
    RoundOption,
)

IN_OFFICE = ("in_office", "by_elected")
HAND = "hand"


def taken(session: Session, round_id: UUID) -> Round | None:
    """Return a round as it is now, for this transaction alone; whoever votes or acts on it meanwhile waits."""
    statement = select(Round).where(Round.id == round_id).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def seats_in_office(session: Session, today: date) -> dict[UUID, UUID | None]:
    """Return the seats in office and not suspended on a day (应到), each with its delegation."""
    rows = session.execute(
        select(Membership.id, Membership.delegation_id)
        .join(MembershipState, leads(MembershipState.membership_id, Membership))
        .where(
            MembershipState.state.in_(IN_OFFICE),
            MembershipState.from_day <= today,
            or_(MembershipState.to_day.is_(None), MembershipState.to_day >= today),
        )
    )
    return {row.id: row.delegation_id for row in rows}


def roll_of(session: Session, round_id: UUID) -> dict[UUID, UUID | None]:
    """Return the seats on a round's roll, each with its delegation."""
    rows = session.execute(
        select(RollEntry.membership_id, RollEntry.delegation_id).where(RollEntry.round_id == round_id)
    )
    return {row.membership_id: row.delegation_id for row in rows}


def present_by_delegation(session: Session, round_id: UUID) -> Counter[UUID | None]:
    """Return how many of each delegation are there (实到): checked in and not gone, or having voted.

    A check-in by hand counts once a scrutineer has confirmed it.
    """
    rows = session.execute(
        select(RollEntry.delegation_id, func.count().label("many"))
        .outerjoin(
            CheckIn,
            and_(
                CheckIn.congress_id == RollEntry.congress_id,
                CheckIn.round_id == RollEntry.round_id,
                CheckIn.membership_id == RollEntry.membership_id,
            ),
        )
        .outerjoin(
            Participation,
            and_(
                Participation.congress_id == RollEntry.congress_id,
                Participation.round_id == RollEntry.round_id,
                Participation.membership_id == RollEntry.membership_id,
            ),
        )
        .where(
            RollEntry.round_id == round_id,
            or_(
                Participation.membership_id.is_not(None),
                and_(
                    CheckIn.membership_id.is_not(None),
                    CheckIn.left_at.is_(None),
                    or_(CheckIn.means != HAND, CheckIn.confirmed_by.is_not(None)),
                ),
            ),
        )
        .group_by(RollEntry.delegation_id)
    )
    return Counter({row.delegation_id: row.many for row in rows})


def voted(session: Session, round_id: UUID) -> int:
    """Return how many took part; never who, never what."""
    return (
        session.scalar(
            select(func.count(Participation.membership_id)).where(Participation.round_id == round_id)
        )
        or 0
    )


def rules_now(session: Session, row: Round) -> Rules | None:
    """Return the rules of a round: those frozen into it, before that those of the set it names."""
    rule_set = rule_set_of(raw_of(session, row.rule_set) if row.state == DRAFT else dict(row.rules))
    return rules_of(rule_set) if rule_set is not None and rule_set.kind == ADOPTION else None


def facts_of(session: Session, row: Round, today: date, now: datetime) -> RoundFacts:
    """Return what the problems and warnings of a round that is not open yet follow from."""
    seats = seats_in_office(session, today)
    officers: Sequence[RoundOfficer] = session.scalars(
        select(RoundOfficer).where(RoundOfficer.round_id == row.id)
    ).all()
    duties = Counter(one.duty for one in officers)
    options = (
        session.scalar(select(func.count(RoundOption.number)).where(RoundOption.round_id == row.id)) or 0
    )
    present = sum(present_by_delegation(session, row.id).values()) if row.state in RUNNING else 0
    return RoundFacts(
        purpose=row.purpose,
        rules=rules_now(session, row),
        has_meeting=row.meeting_id is not None,
        method_adopted=row.method_adopted_on is not None,
        officers_adopted=row.officers_adopted_on is not None,
        chiefs=duties[CHIEF],
        scrutineers=duties[SCRUTINEER],
        officers_out=len({one.membership_id for one in officers} - seats.keys()),
        options=options,
        without_budget=_without_budget(session, row.id),
        places=row.places,
        roll=len(seats),
        present=present,
        closes_at=row.closes_at,
        now=now,
        confirmed=row.rules_confirmed_by is not None,
        others_open=_others_open(session, row),
        delegations=Counter(map(str, seats.values())),
    )


def _without_budget(session: Session, round_id: UUID) -> int:
    found = (
        select(func.count(RoundOption.number))
        .join(Candidate, leads(RoundOption.candidate_id, Candidate))
        .where(RoundOption.round_id == round_id, Candidate.budget.is_(None))
    )
    return session.scalar(found) or 0


def _others_open(session: Session, row: Round) -> int:
    """Return how many other rounds of the meeting are being voted on; of a round without one, of its cycle."""
    where = Round.meeting_id == row.meeting_id if row.meeting_id else Round.cycle_id == row.cycle_id
    found = select(func.count(Round.id)).where(Round.id != row.id, Round.state.in_(VOTING), where)
    return session.scalar(found) or 0
