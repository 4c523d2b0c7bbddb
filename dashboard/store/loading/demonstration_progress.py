"""The demonstration's projects with their plans and monthly reports."""

from datetime import timedelta
from typing import Any

from dashboard.rules.plans import ENTERED, IN_FORCE, LINEAR, ORIGINAL, SUBMITTED, Content, Month
from dashboard.rules.plans import Milestone as Step
from dashboard.store.loading import shapes_progress
from dashboard.store.loading.bulk import Line
from dashboard.store.loading.gathering import Gathering, moment
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.progress import (
    Milestone,
    Plan,
    PlanMonth,
    PlanPartner,
    Project,
    ProjectPartner,
    Report,
)

# As long as the product's own rules say (rule set due-day).
OBJECTIONS = timedelta(days=7)


def gather_projects(gathering: Gathering) -> None:
    """Gather the projects, public once their choice is announced, and the first version of each plan.

    A plan without months is the calendar's (序时进度).
    """
    months = gathering.lines(shapes_progress.PlanMonth)
    with_months = {(line.row.congress, line.row.project) for line in months}
    for line in gathering.lines(shapes_progress.Project):
        row, project = line.row, _project(gathering, line)
        gathering.name(
            Plan,
            row.congress,
            row.id,
            1,
            **_undecided(project),
            version=1,
            kind=ORIGINAL,
            state=IN_FORCE,
            basis=ENTERED if (row.congress, row.id) in with_months else LINEAR,
            due_on=project["due_on"],
            budget=project["budget"],
            target=project["target"],
            quantity=row.quantity,
            unit=row.unit,
            reason=None,
            submitted_at=project["published_at"],
            decided_by=None,
            decided_on=None,
            document=None,
            approved_at=project["published_at"],
            published_at=project["published_at"],
        )
    for month in months:
        _month(gathering, month, 1)


def gather_plan_changes(gathering: Gathering) -> None:
    """Gather the later versions of plans: in force once approved and published, until then handed in."""
    for line in gathering.lines(shapes_progress.PlanChange):
        row = line.row
        before = gathering.find(line, "version", Plan, row.congress, row.project, row.version - 1)
        project = gathering.find(line, "project", Project, row.congress, row.project)
        if row.published is not None and (row.approved is None or row.approved > row.published):
            raise line.bad("published", "not_approved", value=row.published)
        gathering.name(
            Plan,
            row.congress,
            row.project,
            row.version,
            **_undecided(project),
            version=row.version,
            kind=row.kind,
            state=SUBMITTED if row.approved is None else IN_FORCE,
            basis=ENTERED,
            due_on=row.due,
            budget=row.budget,
            target=row.target or before["target"],
            quantity=row.quantity or before["quantity"],
            unit=row.unit or before["unit"],
            reason=row.reason,
            submitted_at=moment(row.submitted, 10),
            decided_by=row.decided_by,
            decided_on=row.approved,
            document=row.document,
            approved_at=None if row.approved is None else moment(row.approved, 17),
            published_at=None if row.published is None else moment(row.published, 17),
        )
    for month in gathering.lines(shapes_progress.PlanChangeMonth):
        _month(gathering, month, month.row.version)


def gather_milestones(gathering: Gathering) -> None:
    """Gather the steps of the plans."""
    for line in gathering.lines(shapes_progress.Milestone):
        row, version = line.row, line.row.version or 1
        plan = gathering.find(line, "project", Plan, row.congress, row.project, version)
        gathering.name(
            Milestone,
            row.congress,
            row.project,
            version,
            row.name,
            plan_id=plan["id"],
            due_on=row.due,
            share=row.share,
            name=row.name,
            evidence=row.evidence,
            published_at=plan["published_at"],
        )


def gather_drafts(gathering: Gathering) -> None:
    """Gather what is not in force into drafts: it has no rows of its own before."""
    for plan in [one for one in gathering.rows[Plan] if one["approved_at"] is None]:
        months, steps, partners = (
            _taken(gathering, table, plan["id"]) for table in (PlanMonth, Milestone, PlanPartner)
        )
        content = Content(
            basis=plan["basis"],
            due=plan["due_on"],
            budget=plan["budget"],
            target=plan["target"],
            quantity=plan["quantity"],
            unit=plan["unit"],
            leader=plan["leader"] or "",
            department=plan["department_id"],
            partners=tuple(sorted(one["department_id"] for one in partners)),
            milestones=tuple(
                Step(due=one["due_on"], share=one["share"], name=one["name"], evidence=one["evidence"] or "")
                for one in steps
            ),
            months=tuple(Month(month=one["month"], share=one["share"], money=one["money"]) for one in months),
        )
        plan["draft"] = content.model_dump(mode="json")


def _taken(gathering: Gathering, table: type[Any], plan: object) -> list[dict[str, Any]]:
    """Take the rows of a plan out of a table's."""
    own = [row for row in gathering.rows[table] if row["plan_id"] == plan]
    gathering.rows[table] = [row for row in gathering.rows[table] if row["plan_id"] != plan]
    return own


def _undecided(project: dict[str, Any]) -> dict[str, Any]:
    """Return what every version of a demonstration's plan has in common."""
    return {
        "project_id": project["id"],
        "revision": 1,
        "leader": project["leader"],
        "department_id": project["department_id"],
        "draft": None,
        "edited_by": None,
        "edited_at": None,
        "returned": None,
        "decision": None,
    }


def gather_partners(gathering: Gathering) -> None:
    """Gather which departments share a project with the one that leads it."""
    for line in gathering.lines(shapes_progress.ProjectPartner):
        row = line.row
        project = gathering.find(line, "project", Project, row.congress, row.project)
        partner = gathering.id(line, "department", Department, row.congress, row.department)
        if partner == project["department_id"]:
            raise line.bad("department", "leads_itself", value=row.department)
        gathering.add(ProjectPartner, row.congress, project_id=project["id"], department_id=partner)
        for plan in gathering.rows[Plan]:
            if plan["project_id"] == project["id"]:
                own = {"plan_id": plan["id"], "published_at": plan["published_at"]}
                gathering.add(PlanPartner, row.congress, department_id=partner, **own)


def gather_reports(gathering: Gathering) -> None:
    """Gather the monthly reports and their corrections; published ones are public from the day received."""
    for line in gathering.lines(shapes_progress.Report):
        _report(gathering, line, 1, None)
    for correction in gathering.lines(shapes_progress.Correction):
        row = correction.row
        before = gathering.find(
            correction, "version", Report, row.congress, row.project, row.month, row.version - 1
        )
        if row.received < before["received_on"]:
            raise correction.bad("received", "before_first", value=row.received)
        _report(gathering, correction, row.version, row.reason)


def _report(gathering: Gathering, line: Line[Any], version: int, reason: str | None) -> None:
    row: shapes_progress.Report = line.row
    project = gathering.find(line, "project", Project, row.congress, row.project)
    if row.received <= row.month:
        raise line.bad("received", "before_month_end", value=row.received)
    gathering.name(
        Report,
        row.congress,
        row.project,
        row.month,
        version,
        project_id=project["id"],
        submitted_by=None,
        month=row.month,
        version=version,
        state=row.state,
        share=row.share,
        quantity=None,
        paid=row.paid,
        started=None,
        finished=None,
        done_text=row.text,
        next_text=row.next_steps,
        problem_text=row.problems,
        leader=project["leader"],
        evidence=row.photos,
        received_on=row.received,
        submitted_at=None if row.state == "draft" else moment(row.received, 10),
        reason=reason,
        published_at=moment(row.received, 17) if row.state == "published" else None,
        objections_until=row.received + OBJECTIONS if row.state == "published" else None,
    )


def _month(gathering: Gathering, line: Line[Any], version: int) -> None:
    row: shapes_progress.PlanMonth = line.row
    plan = gathering.find(line, "project", Plan, row.congress, row.project, version)
    gathering.add(
        PlanMonth,
        row.congress,
        plan_id=plan["id"],
        month=row.month,
        share=row.share,
        money=row.money,
        published_at=plan["published_at"],
    )


def _project(gathering: Gathering, line: Line[shapes_progress.Project]) -> dict[str, object]:
    row = line.row
    candidate = None
    if row.candidate is not None:
        candidate = gathering.id(line, "candidate", Candidate, row.congress, row.cycle, row.candidate)
    if row.planned_finish <= row.begins:
        raise line.bad("planned_finish", "before_beginning", value=row.planned_finish)
    stage = gathering.stage(row.congress, row.cycle, "choose")
    announced = stage is not None and stage.state == "announced"
    return gathering.name(
        Project,
        row.congress,
        row.id,
        cycle_id=gathering.id(line, "cycle", Cycle, row.congress, row.cycle),
        candidate_id=candidate,
        department_id=gathering.id(line, "department", Department, row.congress, row.department),
        number=row.number,
        name=row.name,
        short_name=row.short_name,
        category=row.category,
        place=row.place,
        target=row.target,
        leader=row.leader,
        budget=row.budget,
        starts_on=row.begins,
        due_on=row.planned_finish,
        state=row.state,
        published_at=moment(stage.closes, 17) if stage is not None and announced else None,
    )
