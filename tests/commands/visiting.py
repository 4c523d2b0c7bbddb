"""Groups and inspections for tests: who heads, who goes, and a visit on its way from a plan to its publication."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from dashboard.commands.inspection_findings import NewPicture, record_findings
from dashboard.commands.inspections import NewInspection, plan_inspection, publish_inspection
from dashboard.gate import Actor
from dashboard.queries.inspections import inspection
from dashboard.rules.roles import Role
from dashboard.store.tables import Base
from dashboard.store.tables.progress import Project
from dashboard.store.tables.record import Act
from dashboard.store.tables.supervision import SupervisionMember
from dashboard.store.transactions import Store
from tests.commands.people import call_of, person, projects, seats

TODAY, TOMORROW = date(2025, 10, 10), date(2025, 10, 11)
REQUEST = "0123456789abcdef" * 2
FOUND = "看了3个小区，2个已经完工。"


def visited(store: Store) -> Project:
    """Return the project that the tests visit: the deputies that they know best are not of its group."""
    return projects(store)[1]


def group(store: Store, project: UUID) -> dict[UUID, bool]:
    """Return a project's group: who heads and who does not."""
    with store.system().reading() as session:
        rows = session.scalars(select(SupervisionMember).where(SupervisionMember.project_id == project))
        return {one.membership_id: one.heads for one in rows}


def head_of(store: Store, project: UUID) -> Actor:
    """Return a deputy who heads a project's group."""
    seat = next(seat for seat, heads in group(store, project).items() if heads)
    return person(store, Role.DEPUTY, seat=seat)


def outsiders(store: Store, project: UUID) -> list[UUID]:
    """Return seats in office that are not of a project's group."""
    return [seat for seat in seats(store) if seat not in group(store, project)]


def new(
    project: UUID, *members: UUID, day: date = TODAY, title: str = "视察老旧小区", request: str = REQUEST
) -> NewInspection:
    """Return a visit to be planned."""
    return NewInspection(project_id=project, day=day, title=title, members=list(members), request_id=request)


def held(store: Store, *, request: str = REQUEST) -> tuple[UUID, Actor]:
    """Return a visit that was planned and held, and who went."""
    project, goes = visited(store).id, person(store, Role.DEPUTY, seat=outsiders(store, visited(store).id)[0])
    assert goes.membership_id is not None
    made = plan_inspection(
        call_of(store, person(store, Role.CLERK)), new(project, goes.membership_id, request=request)
    )
    record_findings(call_of(store, goes), made, FOUND, "")
    return made, goes


def publish(store: Store, made: UUID) -> Actor:
    """Publish a visit as a clerk who has read it."""
    clerk = person(store, Role.CLERK)
    digest = inspection(call_of(store, clerk, writes=False), made).digest
    publish_inspection(call_of(store, clerk), made, digest or "")
    return clerk


def picture(made: UUID, number: int = 1) -> NewPicture:
    """Return a file that was looked through."""
    return NewPicture(
        inspection_id=made, name=f"现场{number}.jpg", media_type="image/jpeg", size=9, digest=f"{number:064x}"
    )


def acts(store: Store, *kinds: str) -> list[str]:
    """Return the kinds of the acts of some kinds, in their order."""
    with store.system().reading() as session:
        return list(session.scalars(select(Act.kind).where(Act.kind.in_(kinds)).order_by(Act.number)))


def rows(store: Store, entity: type[Base], **where: object) -> list[Base]:
    """Return rows of a table."""
    with store.system().reading() as session:
        return list(session.scalars(select(entity).filter_by(**where)))
