"""A department's month for the tests: drafts as a page saves them, files as they are attached, reports submitted."""

from datetime import date
from typing import Any
from uuid import UUID

from dashboard.commands.progress import NewReport
from dashboard.commands.report_drafts import DraftChange, NewAttachment
from dashboard.gate import Actor
from dashboard.rules.roles import Role
from dashboard.rules.supervision_rules import DueRules, last_day
from dashboard.rules.working_days import is_working_day
from dashboard.store.tables.progress import Project
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, person, projects

APRIL, SEPTEMBER = date(2025, 4, 30), date(2025, 9, 30)
# On which day a month is late depends on the days off that year; tests/rules/test_working_days.py holds those.
APRIL_DUE = last_day(APRIL, DueRules(), is_working_day)
ME, HER = "a" * 16, "b" * 16


def lagging(store: Store, code: str = COUNTY) -> Project:
    """Return the project of old estates, which has no report of April; elsewhere the first project."""
    return projects(store, code)[2 if code == COUNTY else 0]


def department_of(store: Store, project: Project, code: str = COUNTY) -> Actor:
    """Return a new person of the department that carries a project out."""
    return person(store, Role.DEPARTMENT, code, department=project.department_id)


def report(project: UUID, month: date = APRIL, **given: Any) -> NewReport:
    """Return a report as it is submitted."""
    values = {"share": 2_000, "done_text": "四个小区开工。", "explanation": "补报"} | given
    return NewReport.model_validate({"project_id": project, "month": month} | values)


def change(
    project: UUID, editor: str = ME, month: date = APRIL, *, seen: int = 0, base: str = "", **typed: str
) -> DraftChange:
    """Return what a page sends that saw every field empty, or as `base`, in a revision."""
    return DraftChange(
        project_id=project, month=month, editor=editor, typed=typed, base=dict.fromkeys(typed, base),
        seen=dict.fromkeys(typed, seen),
    )  # fmt: skip


def file(project: UUID, number: int = 1, month: date = APRIL, **more: Any) -> NewAttachment:
    """Return a file to be attached, told from others by its number."""
    values: dict[str, Any] = {
        "project_id": project, "month": month, "name": f"现场{number}.jpg", "media_type": "image/jpeg", "size": 1000,
        "digest": f"{number:064x}", "preview": f"{number + 100:064x}",
    }  # fmt: skip
    return NewAttachment(**values | more)
