"""One round as commands and queries need it: taken for a change, its roll, who is there, what may refuse it."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from dashboard.rules.round_links import is_received
from dashboard.rules.round_problems import RoundFacts
from dashboard.rules.rounds import CHIEF, DRAFT, FOLLOWING, SCRUTINEER, TELLER, VOTING
from dashboard.rules.rule_sets import ADOPTION, Rules, rules_of
from dashboard.store.joins import leads
from dashboard.store.round_links import links_of
from dashboard.store.rule_sets import raw_of, rule_set_of
from dashboard.store.seats import BEFORE_OPENING, is_there, seats_in_office
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.progress import Project
from dashboard.store.tables.voting import (
    CheckIn,
    Participation,
    RollEntry,
    Round,
    RoundOfficer,
    RoundOption,
)


def taken(session: Session, round_id: UUID) -> Round | None:
    """Return a round as it is now, for this transaction alone; whoever votes or acts on it meanwhile waits."""
    statement = select(Round).where(Round.id == round_id).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def present_among(session: Session, round_id: UUID, seats: Collection[UUID]) -> set[UUID]:
    """Return which of some seats are there (实到): checked in and not gone, or having voted.

    A check-in by hand counts once a scrutineer has confirmed it.
    """
    checked_in = session.scalars(
        select(CheckIn.membership_id).where(CheckIn.round_id == round_id, is_there(CheckIn))
    )
    took_part = session.scalars(select(Participation.membership_id).where(Participation.round_id == round_id))
    return {*checked_in, *took_part} & set(seats)


def rules_now(session: Session, row: Round) -> Rules | None:
    """Return the rules of a round: those frozen into it, before that those of the set it names."""
    rule_set = rule_set_of(raw_of(session, row.rule_set) if row.state == DRAFT else dict(row.rules))
    return rules_of(rule_set) if rule_set is not None and rule_set.kind == ADOPTION else None


def roll_of(session: Session, row: Round, today: date) -> dict[UUID, UUID | None]:
    """Return who may vote, with the delegation: those in office today, from the opening on the frozen roll."""
    if row.state in BEFORE_OPENING:
        return seats_in_office(session, today)
    entries = select(RollEntry.membership_id, RollEntry.delegation_id).where(RollEntry.round_id == row.id)
    return {one.membership_id: one.delegation_id for one in session.execute(entries)}


def facts_of(session: Session, row: Round, today: date, now: datetime) -> RoundFacts:
    """Return what the problems, the warnings and the quorum of a round follow from."""
    seats = roll_of(session, row, today)
    officers: Sequence[RoundOfficer] = session.scalars(
        select(RoundOfficer).where(RoundOfficer.round_id == row.id)
    ).all()
    duties = Counter(one.duty for one in officers)
    options = (
        session.scalar(select(func.count(RoundOption.number)).where(RoundOption.round_id == row.id)) or 0
    )
    return RoundFacts(
        purpose=row.purpose,
        rules=rules_now(session, row),
        on_paper=row.on_paper,
        is_received=row.purpose in FOLLOWING
        and is_received(links_of(session, row.congress_id, row.id), row.id),
        has_meeting=row.meeting_id is not None,
        method_adopted=row.method_adopted_on is not None,
        officers_adopted=row.officers_adopted_on is not None,
        chiefs=duties[CHIEF],
        scrutineers=duties[SCRUTINEER],
        tellers=len({one.membership_id for one in officers if one.duty == TELLER}),
        officers_out=len({one.membership_id for one in officers} - seats.keys()),
        options=options,
        without_budget=_without_budget(session, row.id),
        already_chosen=already_chosen(session, row.id),
        places=row.places,
        roll=len(seats),
        present=len(present_among(session, row.id, seats)),
        closes_at=row.closes_at,
        now=now,
        confirmed=row.rules_confirmed_by is not None,
        others_open=_others_open(session, row),
        delegations=Counter(map(str, seats.values())),
    )


def already_chosen(session: Session, round_id: UUID) -> int:
    """Return how many of a round's list are projects already, by an announcement of another round."""
    found = (
        select(func.count(RoundOption.number))
        .join(
            Project,
            and_(
                Project.congress_id == RoundOption.congress_id,
                Project.candidate_id == RoundOption.candidate_id,
            ),
        )
        .where(RoundOption.round_id == round_id)
    )
    return session.scalar(found) or 0


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
