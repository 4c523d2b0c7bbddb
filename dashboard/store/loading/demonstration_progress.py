"""The demonstration's projects with their plans and monthly reports."""

from dashboard.store.loading import shapes_progress
from dashboard.store.loading.bulk import Line
from dashboard.store.loading.gathering import Gathering, moment
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.progress import Plan, PlanMonth, Project, Report


def gather_projects(gathering: Gathering) -> None:
    """Gather the projects, public once their choice is announced, and the first version of each plan.

    A plan without months is the calendar's (序时进度).
    """
    for line in gathering.lines(shapes_progress.Project):
        project = _project(gathering, line)
        gathering.name(
            Plan,
            line.row.congress,
            line.row.id,
            1,
            project_id=project["id"],
            version=1,
            kind="original",
            due_on=project["due_on"],
            budget=project["budget"],
            document=None,
            reason=None,
            approved_at=project["published_at"],
            published_at=project["published_at"],
        )
    for month in gathering.lines(shapes_progress.PlanMonth):
        plan = gathering.find(month, "project", Plan, month.row.congress, month.row.project, 1)
        gathering.add(
            PlanMonth,
            month.row.congress,
            plan_id=plan["id"],
            month=month.row.month,
            share=month.row.share,
            money=month.row.money,
            published_at=plan["published_at"],
        )


def gather_reports(gathering: Gathering) -> None:
    """Gather the monthly reports, each in its first version; published ones are public from the day received."""
    for line in gathering.lines(shapes_progress.Report):
        row = line.row
        project = gathering.find(line, "project", Project, row.congress, row.project)
        if row.received <= row.month:
            raise line.bad("received", "before_month_end", value=row.received)
        gathering.name(
            Report,
            row.congress,
            row.project,
            row.month,
            1,
            project_id=project["id"],
            submitted_by=None,
            month=row.month,
            version=1,
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
            reason=None,
            published_at=moment(row.received, 17) if row.state == "published" else None,
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
