"""Deputies' remarks with their answers: the public's part, one's own, all for those who supervise."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from dashboard.gate import Call, query
from dashboard.queries.told import told
from dashboard.relations import carried_by
from dashboard.rules.refused import Refused
from dashboard.rules.remark_frames import AnswerShown, RemarkShown, pressing_first
from dashboard.rules.remarks import WAITING, Given, due_day, lateness, standing
from dashboard.rules.roles import Role
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Department, Membership
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import Remark, RemarkAnswer, SupervisionWeek

# Who supervises reads every remark; the coordinating office sees to it that they are answered.
SUPERVISING = frozenset({Role.LEADER, Role.CLERK, Role.PRESIDIUM, Role.COORDINATOR})
TOPICS = ("supervision", "progress", "cycle", "people")


@query("remark.read", *TOPICS, personal=True)
def remarks(call: Call, year: int) -> tuple[RemarkShown, ...]:
    """Return the remarks of a cycle that the reader may see, what waits first: two statements."""
    return pressing_first(_shown(call, Cycle.year == year))


@query("remark.read", *TOPICS, personal=True)
def remark_shown(call: Call, remark_id: UUID) -> RemarkShown:
    """Return one remark, for those who may see it; to others it is not there."""
    found = _shown(call, Remark.id == remark_id)
    if not found:
        raise Refused("not_found")
    return found[0]


@query("remark.read", *TOPICS, personal=True)
def remarks_waiting(call: Call) -> tuple[RemarkShown, ...]:
    """Return what waits for an answer in whatever cycle and concerns the reader; of a deputy's own all of them."""
    if call.role is Role.DEPUTY:
        return pressing_first(_shown(call, _concerning(call)))
    answer = select(RemarkAnswer.id).where(leads(RemarkAnswer.remark_id, Remark))
    waits = ~answer.exists() | answer.where(RemarkAnswer.satisfied.is_(False)).exists()
    found = pressing_first(_shown(call, _concerning(call), waits))
    return tuple(row for row in found if row.state in WAITING)


def _shown(call: Call, *conditions: ColumnElement[bool]) -> list[RemarkShown]:
    inside = _concerning(call)
    rows = call.session.execute(
        select(Remark, Project, Department, Membership.name, SupervisionWeek.title, inside.label("inside"))
        .join(Project, leads(Remark.project_id, Project))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .join(Membership, leads(Remark.membership_id, Membership))
        .outerjoin(Department, leads(Project.department_id, Department))
        .outerjoin(SupervisionWeek, leads(Remark.week_id, SupervisionWeek))
        .where(
            Remark.congress_id == call.congress_id,
            *conditions,
            Remark.published_at.is_not(None) | inside,
            *told(call, Project),
        )
        .order_by(Remark.created_at, Remark.id)
    ).all()
    given = _given(call, [row for row, *_ in rows])
    return [_frame(call, *row, given[row[0].id]) for row in rows]


def _concerning(call: Call) -> ColumnElement[bool]:
    """Return the condition that a remark concerns the reader, who then reads it whatever is published of it."""
    if call.role in SUPERVISING:
        return Remark.id.is_not(None)
    if call.role is Role.DEPUTY:
        return Remark.membership_id == call.actor.membership_id
    if call.role is Role.DEPARTMENT and call.actor.department_id is not None:
        return carried_by(call.actor.department_id)
    return Remark.id.is_(None)


def _given(call: Call, rows: Sequence[Remark]) -> dict[UUID, list[RemarkAnswer]]:
    found: dict[UUID, list[RemarkAnswer]] = defaultdict(list)
    wanted = (
        select(RemarkAnswer)
        .where(
            RemarkAnswer.congress_id == call.congress_id, RemarkAnswer.remark_id.in_([row.id for row in rows])
        )
        .order_by(RemarkAnswer.version)
    )
    for answer in call.session.scalars(wanted) if rows else ():
        found[answer.remark_id].append(answer)
    return found


def _frame(
    call: Call,
    row: Remark,
    project: Project,
    department: Department | None,
    deputy: str,
    week: str | None,
    inside: Any,
    answers: list[RemarkAnswer],
) -> RemarkShown:
    is_inside = bool(inside)
    seen = [one for one in answers if is_inside or one.published_at is not None]
    # What the deputy made of an answer is not published by any act: to others it is as if there were none yet.
    facts = [
        Given(one.given_on, one.satisfied if is_inside else None, one.redo_by if is_inside else None)
        for one in seen
    ]
    late = lateness(row.due_on, [Given(one.given_on, one.satisfied, one.redo_by) for one in answers])
    return RemarkShown(
        id=str(row.id),
        number=project.number,
        project=project.name,
        project_id=str(project.id),
        department=department.name if department else None,
        department_id=str(department.id) if department else None,
        deputy=deputy,
        seat=str(row.membership_id),
        week=str(row.week_id) if row.week_id else None,
        week_title=week,
        text=row.text,
        made=row.made_on,
        due=due_day(row.due_on, facts),
        state=standing(row.due_on, facts, call.today),
        published=row.published_at is not None,
        inside=is_inside,
        answers=tuple(_answers(seen, dict(zip(answers, late, strict=True)), is_inside)),
    )


def _answers(
    seen: Sequence[RemarkAnswer], late: dict[RemarkAnswer, bool], inside: bool
) -> Iterable[AnswerShown]:
    for one in seen:
        yield AnswerShown(
            one.version,
            one.text,
            one.reason,
            one.given_on,
            late[one],
            one.satisfied if inside else None,
            one.judged_on if inside else None,
            one.judged_text if inside else None,
        )
