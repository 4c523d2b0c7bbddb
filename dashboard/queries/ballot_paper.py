"""What the voting page shows a deputy: the list and the rules of a round, and whether the deputy may vote in it."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from dashboard.gate import Call, query, relate
from dashboard.queries.candidates import documents_of
from dashboard.rules.ballot_papers import (
    NOT_YET,
    BallotPaper,
    PaperLine,
    PaperRules,
    Standing,
    door_of,
)
from dashboard.rules.candidates import Attached
from dashboard.rules.hall import is_there
from dashboard.rules.marks import limit
from dashboard.rules.refused import Refused
from dashboard.rules.rounds import DRAFT
from dashboard.rules.rule_sets import read_rule_set, rules_of
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Department, Meeting
from dashboard.store.tables.orders import Candidate, CandidateDocument
from dashboard.store.tables.progress import Project
from dashboard.store.tables.voting import CheckIn, Participation, RollEntry, Round, RoundOption

TOPICS = ("voting", "orders", "progress")


@query("vote.read", *TOPICS)
def ballot_paper(call: Call, round_id: UUID) -> BallotPaper:
    """Return the list of a round in its official order; nothing in it is the voter's own.

    A draft, given up or not, is not there: neither its rules nor its list stand yet.
    """
    found = call.session.execute(
        select(Round, Meeting.name)
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(Round.id == round_id)
    ).one_or_none()
    if found is None:
        raise Refused("not_found")
    row, meeting = found
    if row.state == DRAFT or not row.rules:
        raise Refused("not_found")
    lines = _lines(call.session, round_id)
    return BallotPaper(
        round_id=row.id,
        title=row.title,
        meeting=meeting,
        purpose=row.purpose,
        state=row.state,
        places=row.places,
        rules=_rules(row, len(lines)),
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        on_paper=row.on_paper,
        lines=lines,
    )


@query("vote.read")
def own_standing(call: Call, round_id: UUID) -> Standing:
    """Return how the signed-in deputy stands to a round: read anew each time, since voting changes no version."""
    seat = call.actor.membership_id
    state = call.session.scalar(select(Round.state).where(Round.id == round_id))
    if state is None:
        raise Refused("not_found")
    if state not in NOT_YET:
        # Before the opening there is no roll yet.
        try:
            relate(call, "vote.read", round_id=round_id)
        except Refused:
            return Standing(door_of(state, on_roll=False, present=False, channel=None))
    own = call.session.execute(
        select(CheckIn, Participation.channel)
        .select_from(RollEntry)
        .outerjoin(CheckIn, _same_seat(CheckIn))
        .outerjoin(Participation, _same_seat(Participation))
        .where(RollEntry.round_id == round_id, RollEntry.membership_id == seat)
    ).one_or_none()
    check_in, channel = own if own is not None else (None, None)
    door = door_of(state, on_roll=own is not None, present=_is_present(check_in), channel=channel)
    return Standing(door, channel is not None)


@query("vote.read", "voting")
def running_rounds(call: Call) -> tuple[tuple[UUID, str, str], ...]:
    """Return id, title and state of the rounds that are voted on, or about to be, the earliest first."""
    rows = call.session.execute(
        select(Round.id, Round.title, Round.state)
        .where(Round.state.in_(("checked", "open", "suspended")))
        .order_by(Round.opened_at.is_(None), Round.opened_at, Round.id)
    )
    return tuple((row.id, row.title, row.state) for row in rows)


def _is_present(check_in: CheckIn | None) -> bool:
    """Tell whether a check-in holds: one by hand is confirmed first, and who left is not there."""
    return check_in is not None and is_there(check_in.means, check_in.confirmed_by, check_in.left_at)


def _same_seat(table: Any) -> Any:
    return and_(
        table.congress_id == RollEntry.congress_id,
        table.round_id == RollEntry.round_id,
        table.membership_id == RollEntry.membership_id,
    )


def _rules(row: Round, options: int) -> PaperRules:
    rules = rules_of(read_rule_set(row.rules))
    # A list without places has one for every line.
    most = limit(rules, options, options if row.places is None else row.places)
    return PaperRules(
        form=rules.form,
        secret=rules.secret,
        most=most,
        exactly=rules.marks_exactly,
        limited=most < options,
        blank=rules.blank_ballot == "valid" and not rules.marks_exactly,
        change=rules.change_allowed,
        receipt=rules.receipt,
        shuffled=rules.shuffled,
        publish_box=rules.publish_box,
    )


def _lines(session: Session, round_id: UUID) -> tuple[PaperLine, ...]:
    """Return the lines of a list with what is known of each: a candidate's own, or the project's it asks about."""
    named, carried, asked = aliased(Department), aliased(Department), aliased(Department)
    rows = session.execute(
        select(RoundOption, Candidate, Project, named.name, carried.name, asked.name)
        .outerjoin(Candidate, leads(RoundOption.candidate_id, Candidate))
        .outerjoin(Project, leads(RoundOption.project_id, Project))
        .outerjoin(named, leads(Candidate.department_id, named))
        .outerjoin(carried, leads(Project.department_id, carried))
        .outerjoin(asked, leads(RoundOption.department_id, asked))
        .where(RoundOption.round_id == round_id)
        .order_by(RoundOption.number)
    ).all()
    listed = [option.candidate_id for option, *_ in rows if option.candidate_id is not None]
    papers = documents_of(session, CandidateDocument.candidate_id.in_(listed)) if listed else {}
    return tuple(
        _line(
            option, candidate or project, candidate, next((one for one in names if one), None),
            papers.get(option.candidate_id, ()) if option.candidate_id else (),
        )
        for option, candidate, project, *names in rows
    )  # fmt: skip


def _line(
    option: RoundOption,
    about: Any,
    candidate: Candidate | None,
    department: str | None,
    documents: tuple[Attached, ...],
) -> PaperLine:
    if about is None:
        return PaperLine(option.number, option.name, department)
    return PaperLine(
        number=option.number,
        name=option.name,
        department=department,
        budget=about.budget,
        place=about.place,
        target=about.target,
        category=about.category,
        orders=candidate.order_count if candidate is not None else None,
        candidate=candidate.number if candidate is not None else None,
        plan=candidate.plan if candidate is not None else None,
        documents=documents,
    )
