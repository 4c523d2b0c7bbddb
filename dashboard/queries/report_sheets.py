"""A month's reports as one table: what stands in it now, and what a filled one would change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query, relate
from dashboard.queries.report_due import projects_of
from dashboard.relations import carried_by
from dashboard.rules.progress import month_end
from dashboard.rules.refused import Refused
from dashboard.rules.report_form import FIELDS
from dashboard.rules.report_sheets import (
    Changed,
    ReportSheet,
    SheetProject,
    SheetRead,
    WrongCell,
    column_of,
    read_rows,
)
from dashboard.rules.roles import Relation, Role
from dashboard.store.report_drafts import kept_fields, prefilled
from dashboard.store.report_due import due_months
from dashboard.store.report_grounds import Said, grounds
from dashboard.store.report_months import MonthKept, kept_month
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.progress import Project

Rows = Sequence[tuple[int, Mapping[str, str]]]


@query("report.form")
def report_sheet(call: Call, year: int, day: date) -> ReportSheet:
    """Return the reports of the month of a day: a department's own projects, all of them to the clerk.

    A month that is not over is refused, as one of which none of the projects owes a report.
    """
    return _sheet(call, year, day)


@query("report.form")
def checked_sheet(call: Call, year: int, day: date, rows: Rows) -> SheetRead:
    """Return what a filled table would change, with what is wrong in it, by cell; nothing is written."""
    sheet = _sheet(call, year, day)
    read = read_rows(sheet, rows)
    unexplained = tuple(_unexplained(call, sheet.month, read.changes))
    wrong = sorted((*read.wrong, *unexplained), key=lambda one: (one.row, one.column))
    return SheetRead(read.changes, tuple(wrong), read.unchanged)


def _sheet(call: Call, year: int, day: date) -> ReportSheet:
    place, month = call.place, month_end(day)
    if place is None:
        raise Refused("not_found")
    if month > call.today:
        raise Refused("month_not_over", month=month.month)
    known = projects_of(call, year, *_own(call))
    owed = {
        one.project_id
        for one in due_months(call.session, call.congress_id, call.today, known)
        if one.month == month
    }
    projects = [project for project, _ in known if str(project.id) in owed]
    if not projects:
        raise Refused("sheet_nothing_due", month=month.month)
    for project in projects:
        # A department's were read by what it carries out.
        relate(call, "report.form", read=Relation.RESPONSIBLE, project_id=project.id)
    kept = kept_month(call.session, [project.id for project in projects], month)
    rows = tuple(_project(kept, project, month) for project in projects)
    return ReportSheet(year, month, place.name, place.simulated, rows)


def _own(call: Call) -> tuple[Any, ...]:
    if call.role is not Role.DEPARTMENT:
        return ()
    if call.actor.department_id is None:
        raise Refused("not_allowed")
    return (carried_by(call.actor.department_id),)


def _project(kept: MonthKept, project: Project, month: date) -> SheetProject:
    versions, draft, plan = (
        kept.versions[project.id],
        kept.drafts.get(project.id),
        kept.plans.get(project.id),
    )
    last = versions[-1] if versions else None
    fields = {name: one.value for name, one in kept_fields(draft).items()} if draft is not None else {}
    version, revision = last.version if last is not None else 0, draft.revision if draft is not None else None
    return SheetProject(
        project_id=str(project.id),
        number=project.number,
        name=project.name,
        fields=dict.fromkeys(FIELDS, "") | (fields if draft is not None else prefilled(project, last)),
        base=f"{month:%Y%m}-{version}-{'' if revision is None else revision}",
        version=version,
        revision=revision,
        unit=plan.unit if plan is not None else None,
        has_target=plan is not None and plan.quantity is not None,
        corrects=any(one.published_at is not None for one in versions),
    )


def _unexplained(call: Call, month: date, changes: Sequence[Changed]) -> list[WrongCell]:
    """Return a cell for each row that the rules find remarkable and that does not explain it."""
    ids = [UUID(one.project.project_id) for one in changes]
    projects = call.session.scalars(select(Project).where(Project.id.in_(ids))).all()
    kept = kept_month(call.session, ids, month)
    known = grounds(call.session, call.congress_id, projects)
    rules = rules_in_force(call.session, call.congress_id)
    found = []
    for change in changes:
        identity, values = UUID(change.project.project_id), change.values
        said = Said(
            month, values["share"], values["paid"], values["done_text"], kept.evidence(identity),
            values["expected_on"], call.today,
        )  # fmt: skip
        warnings = known[identity].warnings(said, rules)
        if warnings and not values["explanation"]:
            facts = {"n": len(warnings)}
            found.append(WrongCell(change.row, column_of("explanation"), "report_explanation_needed", facts))
    return found
