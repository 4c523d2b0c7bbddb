"""Supervision weeks (集中监督周): the clerk opens one, and what deputies remark within it carries it."""

from datetime import date, timedelta
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select, update

from dashboard.gate import Call, command
from dashboard.rules.refused import Refused
from dashboard.rules.topics import DESK
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import Remark, SupervisionWeek, SupervisionWeekProject

LONGEST_TITLE = 60
LONGEST = timedelta(days=31)


class NewWeek(BaseModel):
    """A week to be opened; without projects it is about all of the cycle's."""

    year: int
    title: str = Field(max_length=400)
    from_day: date
    to_day: date
    projects: tuple[UUID, ...] = Field(max_length=500)
    publishes: bool
    request_id: str = Field(pattern=r"^[0-9a-f]{32}$")


@command("week.open")
def open_week(call: Call, new: NewWeek) -> UUID:
    """Open a supervision week; remarks that were made within it already carry it from now on."""
    # Presses of one moment wait here for each other, so that the second finds what the first opened.
    cycle = call.session.scalar(select(Cycle).where(Cycle.year == new.year).with_for_update())
    if cycle is None:
        raise Refused("not_found")
    again = call.session.scalar(
        select(SupervisionWeek.id).where(SupervisionWeek.request_id == new.request_id)
    )
    if again is not None:
        return again
    title = new.title.strip()
    if not title:
        raise Refused("week_title")
    if len(title) > LONGEST_TITLE:
        raise Refused("report_long", n=len(title), most=LONGEST_TITLE)
    if not new.from_day <= new.to_day < new.from_day + LONGEST:
        raise Refused("week_days", most=LONGEST.days)
    chosen = _chosen(call, cycle.id, new.projects)
    _refuse_overlap(call, cycle.id, new)
    row = SupervisionWeek(
        congress_id=call.congress_id, id=new_id(), cycle_id=cycle.id, title=title, from_day=new.from_day,
        to_day=new.to_day, publishes=new.publishes, request_id=new.request_id, opened_by=call.actor.appointment_id,
        opened_at=call.now,
    )  # fmt: skip
    call.session.add(row)
    call.session.flush()
    call.session.add_all(
        SupervisionWeekProject(congress_id=call.congress_id, week_id=row.id, project_id=one) for one in chosen
    )
    _take_in(call, row, chosen)
    call.act("week_opened", week=str(row.id), year=new.year, projects=len(chosen))
    call.changed("supervision", DESK)
    return row.id


def _chosen(call: Call, cycle: UUID, wanted: tuple[UUID, ...]) -> list[UUID]:
    """Return the projects that a week is about; one of another cycle or congress is not there."""
    if not wanted:
        return []
    found = set(
        call.session.scalars(select(Project.id).where(Project.cycle_id == cycle, Project.id.in_(wanted)))
    )
    if found != set(wanted):
        raise Refused("not_found")
    return sorted(found)


def _refuse_overlap(call: Call, cycle: UUID, new: NewWeek) -> None:
    """Refuse days that another week of the cycle has: a remark is made in one."""
    other = call.session.scalar(
        select(SupervisionWeek.title).where(
            SupervisionWeek.cycle_id == cycle,
            SupervisionWeek.from_day <= new.to_day,
            SupervisionWeek.to_day >= new.from_day,
        )
    )
    if other is not None:
        raise Refused("week_overlaps", title=other)


def _take_in(call: Call, week: SupervisionWeek, chosen: list[UUID]) -> None:
    of_cycle = select(Project.id).where(
        Project.congress_id == call.congress_id, Project.cycle_id == week.cycle_id
    )
    about = Remark.project_id.in_(chosen or of_cycle)
    call.session.execute(
        update(Remark)
        .where(
            Remark.congress_id == call.congress_id,
            about,
            Remark.made_on.between(week.from_day, week.to_day),
            Remark.week_id.is_(None),
        )
        .values(week_id=week.id)
        .execution_options(synchronize_session=False)
    )
