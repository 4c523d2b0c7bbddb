"""Deputies as the public knows them: by delegation, what they supervise, ask and remark; never how they vote."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from dashboard.gate import Call, query
from dashboard.queries.states import state_light
from dashboard.queries.told import told, told_askers
from dashboard.rules.refused import Refused
from dashboard.store.joins import leads
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.congress import Delegation, Membership, Term
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.inquiry import Inquiry, Question, QuestionAsker
from dashboard.store.tables.progress import Project, ProjectState
from dashboard.store.tables.supervision import Remark, RemarkAnswer, SupervisionMember


@dataclass(frozen=True, slots=True)
class Delegated:
    """One delegation of the term, with how many deputies sit in it."""

    id: UUID
    name: str
    deputies: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One deputy of the list, in the clerk's order; `supervises` counts projects of the cycle shown."""

    id: UUID
    name: str
    delegation: str | None
    supervises: int


@dataclass(frozen=True, slots=True)
class Deputies:
    """One page of a term's deputies; `total` is how many fit what was asked."""

    term: int | None
    delegations: tuple[Delegated, ...]
    rows: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Supervised:
    """One project whose supervision group the deputy belongs to."""

    year: int
    number: int
    name: str
    heads: bool
    light: str
    share: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put at an inquiry."""

    inquiry: UUID
    year: int
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """A published remark on a project, with the day by which it is answered, and the answer."""

    year: int
    number: int
    project: str
    day: date
    text: str
    due: date
    answer: str | None


@dataclass(frozen=True, slots=True)
class Deputy:
    """One deputy and the public part of the work."""

    name: str
    delegation: str | None
    term: int
    ended: date | None
    supervised: tuple[Supervised, ...]
    asked: tuple[Asked, ...]
    remarked: tuple[Remarked, ...]


@query("deputy.read", "people", "progress", "cycle")
def deputies(call: Call, year: int, name: str, delegation: str, first: int, rows: int) -> Deputies:
    """Return one page of the deputies of the term that holds today, by delegation and in the clerk's order."""
    session = call.session
    term = session.scalar(
        select(Term).where(Term.from_day <= call.today).order_by(Term.from_day.desc()).limit(1)
    )
    if term is None:
        return Deputies(None, (), (), 0)
    seated = (Membership.term_id == term.id, _seated(Membership.ended_on, call.today))
    known = _delegations(call, *seated)
    wanted = [*seated]
    if name:
        wanted.append(Membership.name.contains(name, autoescape=True))
    chosen = next((one.id for one in known if str(one.id) == delegation), None)
    if chosen is not None:
        wanted.append(Membership.delegation_id == chosen)
    total = session.scalar(select(func.count()).select_from(Membership).where(*wanted)) or 0
    found = session.execute(
        select(Membership.id, Membership.name, Delegation.name)
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .where(*wanted)
        .order_by(Delegation.position, Membership.position)
        .offset(first)
        .limit(rows)
    ).all()
    groups = _supervising(call, year, [row[0] for row in found])
    return Deputies(
        term.number,
        known,
        tuple(Listed(identity, person, where, groups.get(identity, 0)) for identity, person, where in found),
        total,
    )


@query("deputy.read", "people", "progress", "inquiry", "supervision", "cycle")
def deputy(call: Call, seat: UUID) -> Deputy:
    """Return one deputy: the seat, the projects supervised, questions asked, published remarks with their answers."""
    row = call.session.execute(
        select(Membership, Delegation.name, Term.number)
        .join(Term, leads(Membership.term_id, Term))
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .where(Membership.id == seat)
    ).one_or_none()
    if row is None:
        raise Refused("not_found")
    person, delegation, term = row
    return Deputy(
        person.name,
        delegation,
        term,
        person.ended_on,
        _supervised(call, seat),
        _asked(call, seat),
        _remarked(call, seat),
    )


def _delegations(call: Call, *seated: ColumnElement[bool]) -> tuple[Delegated, ...]:
    counted = call.session.execute(
        select(Delegation.id, Delegation.name, func.count(Membership.id))
        .join(Membership, leads(Membership.delegation_id, Delegation))
        .where(*seated)
        .group_by(Delegation.id, Delegation.name, Delegation.position)
        .order_by(Delegation.position)
    )
    return tuple(Delegated(*row) for row in counted)


def _seated(ended: InstrumentedAttribute[date | None], today: date) -> ColumnElement[bool]:
    return or_(ended.is_(None), ended > today)


def _supervising(call: Call, year: int, seats: list[UUID]) -> dict[UUID, int]:
    rows = call.session.execute(
        select(SupervisionMember.membership_id, func.count(Project.id))
        .join(Project, leads(SupervisionMember.project_id, Project))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .where(Cycle.year == year, SupervisionMember.membership_id.in_(seats), *told(call, Project))
        .group_by(SupervisionMember.membership_id)
    )
    return {row[0]: row[1] for row in rows}


def _supervised(call: Call, seat: UUID) -> tuple[Supervised, ...]:
    rows = call.session.execute(
        select(Project, SupervisionMember.heads, Cycle.year, ProjectState)
        .join(SupervisionMember, leads(SupervisionMember.project_id, Project))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .outerjoin(ProjectState, leads(ProjectState.project_id, Project))
        .where(SupervisionMember.membership_id == seat, *told(call, Project))
        .order_by(Cycle.year.desc(), Project.number)
    )
    rules = rules_in_force(call.session, call.congress_id)
    return tuple(
        Supervised(
            year,
            project.number,
            project.name,
            heads,
            state_light(project, state, None, rules),
            state.share if state else None,
        )
        for project, heads, year, state in rows
    )


def _asked(call: Call, seat: UUID) -> tuple[Asked, ...]:
    rows = call.session.execute(
        select(Inquiry.id, Cycle.year, Inquiry.day, Question.text)
        .join(Question, leads(Question.inquiry_id, Inquiry))
        .join(QuestionAsker, leads(QuestionAsker.question_id, Question))
        .join(Cycle, leads(Inquiry.cycle_id, Cycle))
        .where(QuestionAsker.membership_id == seat, *told_askers(call, Question, Inquiry))
        .order_by(Inquiry.day.desc(), Question.number)
    )
    return tuple(Asked(*row) for row in rows)


def _remarked(call: Call, seat: UUID) -> tuple[Remarked, ...]:
    rows = call.session.execute(
        select(Cycle.year, Project.number, Project.name, Remark, RemarkAnswer.text)
        .join(Project, leads(Remark.project_id, Project))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .outerjoin(
            RemarkAnswer,
            and_(leads(RemarkAnswer.remark_id, Remark), RemarkAnswer.published_at.is_not(None)),
        )
        # A colleague of the congress reads here what the public reads, not what is still on its way.
        .where(Remark.membership_id == seat, Remark.published_at.is_not(None))
        .order_by(Remark.made_on.desc(), Remark.created_at.desc(), RemarkAnswer.version)
    )
    # A later version of an answer takes the place of the one before it.
    latest = {
        remark.id: Remarked(
            year,
            number,
            project,
            remark.made_on,
            remark.text,
            remark.due_on,
            answer,
        )
        for year, number, project, remark, answer in rows
    }
    return tuple(latest.values())
