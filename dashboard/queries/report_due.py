"""Which reports are due: each project and month with its day, how it stands, and by how many days it is late."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.queries.projects import current_year
from dashboard.queries.told import told
from dashboard.relations import carried_by
from dashboard.rules.lights import CANCELLED
from dashboard.rules.report_frames import DueMonth
from dashboard.rules.roles import Role
from dashboard.store.joins import leads
from dashboard.store.report_drafts import PUBLISHED
from dashboard.store.report_due import Row, due_months
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project


@query("desk.read", "desk", "progress", "cycle", personal=True)
def reports_due(call: Call, year: int | None) -> tuple[DueMonth, ...]:
    """Return a department's reports that are due or wait to be checked, the latest first; others have none.

    Without a year they are those of the cycle that is carried out.
    """
    year = year or current_year(call.session, call.today)
    if call.role is not Role.DEPARTMENT or call.actor.department_id is None or year is None:
        return ()
    rows = projects_of(call, year, carried_by(call.actor.department_id))
    return pressing(one for one in months_of(call, rows) if one.state != PUBLISHED)


def projects_of(call: Call, year: int, *conditions: object) -> list[Row]:
    """Return projects of a cycle with who leads them, by number."""
    statement = (
        select(Project, Department.name)
        .outerjoin(Department, leads(Project.department_id, Department))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .where(Cycle.year == year, Project.state != CANCELLED, *conditions, *told(call, Project))  # type: ignore[arg-type]  # Conditions of SQL.
        .order_by(Project.number)
    )
    return [(project, name) for project, name in call.session.execute(statement)]


def pressing(months: Iterable[DueMonth]) -> tuple[DueMonth, ...]:
    """Return what is late before what is not, and of either what was due first."""
    return tuple(sorted(months, key=lambda one: (not one.late, one.due, one.number)))


def months_of(call: Call, rows: Sequence[Row]) -> list[DueMonth]:
    """Return every month due of some projects of the call's congress."""
    return due_months(call.session, call.congress_id, call.today, rows)
