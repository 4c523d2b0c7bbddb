"""Rows planted into the demonstration, and taken back: departments and those they became, their ranks, drafts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from dashboard.gate import PUBLIC, Actor, Call
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.assessment import Assessment, AssessmentResult
from dashboard.store.tables.congress import Department, DepartmentSuccession
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import Base, new_id
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, call_of, person, projects

CONGRESS = key_of("congress", COUNTY)


def plant_departments(store: Store, names: Sequence[str], **days: date) -> list[UUID]:
    """Add departments, in the order given, after those that are there."""
    rows = [
        Department(congress_id=CONGRESS, id=new_id(), name=name, short_name=name, position=900 + n,
                   from_day=days.get("from_day"), to_day=days.get("to_day"))
        for n, name in enumerate(names)
    ]  # fmt: skip
    with store.system().writing() as session:
        session.add_all(rows)
    return [row.id for row in rows]


def plant_succession(store: Store, before: UUID, after: UUID, kind: str = "merged") -> None:
    """Let one department go on as another."""
    with store.system().writing() as session:
        session.add(
            DepartmentSuccession(
                congress_id=CONGRESS,
                from_id=before,
                to_id=after,
                day=date(2023, 1, 1),
                kind=kind,
                document=None,
            )
        )


def forget_ranks(store: Store) -> None:
    """Take the demonstration's own departments' assessments away."""
    with store.system().writing() as session:
        kept = session.query(Assessment.id).where(Assessment.subject == "department")
        session.execute(delete(AssessmentResult).where(AssessmentResult.assessment_id.in_(kept)))
        session.execute(delete(Assessment).where(Assessment.subject == "department"))


def plant_ranks(
    store: Store,
    year: int,
    ranks: Mapping[UUID, int | None],
    published: datetime | None = None,
    **points: int,
) -> None:
    """Add one year's assessment of departments; where a rank is None the points make it."""
    assessment = Assessment(
        congress_id=CONGRESS, id=new_id(), cycle_id=None, year=year, round_id=None, subject="department",
        body="全体县人大代表", rule_set="department-points@1", day=date(year, 12, 20), published_at=published,
    )  # fmt: skip
    rows = [
        AssessmentResult(
            congress_id=CONGRESS, id=new_id(), assessment_id=assessment.id, project_id=None, department_id=key,
            name=str(key), satisfied=200, basically=80, dissatisfied=31, total=311,
            points=points.get(f"p{n}", 9000 - 10 * (rank or 0)), rank=rank, published_at=published,
        )
        for n, (key, rank) in enumerate(ranks.items())
    ]  # fmt: skip
    with store.system().writing() as session:
        session.add(assessment)
        session.flush()
        session.add_all(rows)


def actor(store: Store, role: Role) -> Actor:
    """Return a person of a role; the department is the one that carries the third project out."""
    if role is Role.PUBLIC:
        return PUBLIC
    return person(
        store, role, department=projects(store)[2].department_id if role is Role.DEPARTMENT else None
    )


def reading(store: Store, role: Role) -> Call:
    """Return a call of a person of a role that only reads."""
    return call_of(store, actor(store, role), writes=False)


def add(store: Store, *rows: Base) -> None:
    """Add rows in their order."""
    with store.system().writing() as session:
        for row in rows:
            session.add(row)
            session.flush()


def cycle_of(store: Store, year: int = 2025) -> UUID:
    """Return the cycle of a year."""
    with store.system().reading() as session:
        return session.scalars(
            select(Cycle.id).where(Cycle.congress_id == CONGRESS, Cycle.year == year)
        ).one()


def hide(store: Store, table: type[Base], *conditions: object) -> None:
    """Take back that rows of the county were published."""
    with store.system().writing() as session:
        session.execute(
            update(table).where(table.congress_id == CONGRESS, *conditions).values(published_at=None)  # type: ignore[attr-defined]
        )
