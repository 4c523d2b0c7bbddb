"""The demonstration's supervision between the meetings: groups, visits, remarks with answers, and tasks."""

from datetime import date
from uuid import UUID

from dashboard.store.loading import shapes_supervision
from dashboard.store.loading.gathering import Gathering, key_of, moment
from dashboard.store.tables.congress import Delegation, Department, Membership
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import (
    Inspection,
    InspectionFinding,
    InspectionMember,
    Remark,
    RemarkAnswer,
    SupervisionMember,
    SupervisionWeek,
    Task,
)


def gather_inspections(gathering: Gathering) -> None:
    """Gather the visits, on which the project's group goes, with what was found where one has taken place."""
    groups: dict[UUID, list[UUID]] = {}
    for member in gathering.rows[SupervisionMember]:
        groups.setdefault(member["project_id"], []).append(member["membership_id"])
    for line in gathering.lines(shapes_supervision.Inspection):
        row = line.row
        if (row.state == "planned") != (row.finding is None):
            raise line.bad("finding", "finding_of_a_visit_held", state=row.state)
        project = gathering.find(line, "project", Project, row.congress, row.project)
        published = moment(row.day, 18) if row.state == "published" else None
        visit = gathering.name(
            Inspection,
            row.congress,
            row.id,
            project_id=project["id"],
            delegation_id=gathering.id(line, "delegation", Delegation, row.congress, row.delegation),
            request_id=None,
            day=row.day,
            title=row.title,
            state=row.state,
            planned_by=None,
            planned_at=None,
            reason=None,
            published_at=published,
        )["id"]
        for seat in groups[project["id"]]:
            gathering.add(
                InspectionMember,
                row.congress,
                inspection_id=visit,
                membership_id=seat,
                published_at=published,
            )
        if row.finding is not None:
            gathering.name(
                InspectionFinding,
                row.congress,
                row.id,
                inspection_id=visit,
                version=1,
                text=row.finding,
                reason=None,
                written_by=None,
                written_on=row.day,
                published_at=published,
            )


def gather_groups(gathering: Gathering) -> None:
    """Gather the deputies who follow a project together; one of each group heads it."""
    heads: dict[object, int] = {}
    lines = gathering.lines(shapes_supervision.SupervisionMember)
    for line in lines:
        row = line.row
        project = gathering.id(line, "project", Project, row.congress, row.project)
        heads[project] = heads.get(project, 0) + row.heads
        gathering.add(
            SupervisionMember,
            row.congress,
            project_id=project,
            membership_id=gathering.id(line, "deputy", Membership, row.congress, row.deputy),
            heads=row.heads,
        )
    for line in lines:
        found = heads[gathering.id(line, "project", Project, line.row.congress, line.row.project)]
        if found != 1:
            raise line.bad("heads", "one_head", heads=found)


def gather_weeks(gathering: Gathering) -> None:
    """Gather the supervision weeks, each about all projects of its cycle."""
    for line in gathering.lines(shapes_supervision.SupervisionWeek):
        row = line.row
        gathering.name(
            SupervisionWeek,
            row.congress,
            row.id,
            cycle_id=gathering.id(line, "year", Cycle, row.congress, row.year),
            title=row.title,
            from_day=row.first,
            to_day=row.last,
            publishes=False,
            request_id=key_of("request", row.congress, row.id).hex,
            opened_at=moment(row.first, 8),
        )


def _week(gathering: Gathering, cycle: UUID, day: date) -> UUID | None:
    """Return the week of a cycle that a day falls into."""
    for week in gathering.rows[SupervisionWeek]:
        if week["cycle_id"] == cycle and week["from_day"] <= day <= week["to_day"]:
            found: UUID = week["id"]
            return found
    return None


def gather_remarks(gathering: Gathering) -> None:
    """Gather the deputies' remarks and their answers; an answer is public once its remark is."""
    for line in gathering.lines(shapes_supervision.Remark):
        row = line.row
        project = gathering.find(line, "project", Project, row.congress, row.project)
        gathering.name(
            Remark,
            row.congress,
            row.id,
            project_id=project["id"],
            week_id=_week(gathering, project["cycle_id"], row.made),
            membership_id=gathering.id(line, "deputy", Membership, row.congress, row.deputy),
            request_id=key_of("request", row.congress, row.id).hex,
            text=row.text,
            made_on=row.made,
            due_on=row.due,
            created_at=moment(row.made, 10),
            published_at=None if row.published is None else moment(row.published, 17),
        )
    for answer in gathering.lines(shapes_supervision.RemarkAnswer):
        given = answer.row
        remark = gathering.find(answer, "remark", Remark, given.congress, given.remark)
        at = moment(given.given, 15)
        if at < remark["created_at"]:
            raise answer.bad("given", "before_first", value=given.given)
        gathering.name(
            RemarkAnswer,
            given.congress,
            given.remark,
            given.version,
            remark_id=remark["id"],
            version=given.version,
            text=given.text,
            given_on=given.given,
            given_at=at,
            published_at=remark["published_at"] and max(remark["published_at"], at),
        )


def gather_tasks(gathering: Gathering) -> None:
    """Gather what is due, for members of the congress alone."""
    for line in gathering.lines(shapes_supervision.Task):
        row = line.row
        project, department = None, None
        if row.project is not None:
            project = gathering.id(line, "project", Project, row.congress, row.project)
        if row.department is not None:
            department = gathering.id(line, "department", Department, row.congress, row.department)
        gathering.name(
            Task,
            row.congress,
            row.id,
            project_id=project,
            department_id=department,
            kind=row.kind,
            title=row.title,
            state=row.state,
            due_on=row.due,
            source="person",
            opened_on=row.created,
            created_at=moment(row.created, 9),
        )
