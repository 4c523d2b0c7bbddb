"""What stands first for a member is the member's own: nobody reads another's, and what waits is there."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.gate import PUBLIC, Actor
from dashboard.queries.own import own
from dashboard.queries.tasks import tasks
from dashboard.rules.own_frames import Own
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.keys import Base, new_id
from dashboard.store.tables.progress import Report
from dashboard.store.tables.supervision import Remark, SupervisionMember, Task
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, call_of, person, projects, refusal, seats
from tests.conftest import NOW

OWN = key_of("congress", COUNTY)
TODAY = NOW.date()


def add(store: Store, *rows: Base) -> None:
    with store.system().writing() as session:
        session.add_all(rows)


def of(store: Store, actor: Actor) -> Own:
    found = own(call_of(store, actor, writes=False), 2025)
    assert found is not None
    return found


def task(title: str, days: int, state: str = "open", department: UUID | None = None) -> Task:
    return Task(
        congress_id=OWN, id=new_id(), project_id=None, department_id=department, kind="written", title=title,
        state=state, due_on=TODAY + timedelta(days=days), source="person", created_at=NOW,
    )  # fmt: skip


def remark(project: UUID, seat: UUID, text: str) -> Remark:
    return Remark(
        congress_id=OWN, id=new_id(), project_id=project, membership_id=seat, request_id=new_id().hex, text=text,
        made_on=TODAY, due_on=TODAY + timedelta(days=3), created_at=NOW, published_at=None,
    )  # fmt: skip


def titles(found: Own, code: str) -> list[str]:
    return [
        one.names.get("title") or one.names.get("text") or ""
        for one in found.due
        if one.code.startswith(code)
    ]


def test_a_deputy_has_the_projects_supervised_and_remarks_of_the_own(demo_store: Store) -> None:
    seat, other = (one for one in seats(demo_store)[40:42])
    lagging = projects(demo_store)[2]
    add(
        demo_store,
        SupervisionMember(congress_id=OWN, project_id=lagging.id, membership_id=seat, heads=True),
        remark(lagging.id, seat, "围挡何时拆除"),
        remark(lagging.id, other, "别人的意见"),
    )
    found = of(demo_store, person(demo_store, Role.DEPUTY, seat=seat))
    assert lagging.number in [one.number for one in found.projects]
    assert next(one.light for one in found.projects if one.number == lagging.number) == "red"
    assert "围挡何时拆除" in titles(found, "remark_sent")
    assert "别人的意见" not in titles(found, "remark_sent")


def test_a_department_has_its_projects_and_its_tasks_alone(demo_store: Store) -> None:
    lagging, other = projects(demo_store)[2], projects(demo_store)[0]
    add(
        demo_store,
        task("本单位整改", 5, department=lagging.department_id),
        task("别的单位整改", 5, department=other.department_id),
        task("还未确认", 5, "proposed", lagging.department_id),
        remark(lagging.id, seats(demo_store)[0], "请答复"),
    )
    actor = person(demo_store, Role.DEPARTMENT, department=lagging.department_id)
    found = of(demo_store, actor)
    assert lagging.number in [one.number for one in found.projects]
    assert other.number not in [one.number for one in found.projects]
    assert "请答复" in titles(found, "remark")
    told = [one.title for one in tasks(call_of(demo_store, actor, writes=False))]
    assert "本单位整改" in told
    assert not {"别的单位整改", "还未确认"} & set(told)


def test_a_leader_has_what_waits_for_a_decision(demo_store: Store) -> None:
    before = of(demo_store, person(demo_store, Role.LEADER))
    with demo_store.system().writing() as session:
        report = session.scalars(
            select(Report).where(Report.congress_id == OWN, Report.published_at.is_not(None))
        ).first()
        assert report is not None
        report.state, report.published_at = "submitted", None
    add(demo_store, task("逾期的督办", -5))
    found = of(demo_store, person(demo_store, Role.LEADER))
    assert found.kind == "decides"
    assert found.due[0].light == "red"
    assert "逾期的督办" in titles(found, "task")
    number = {one.code: one.facts.get("n") for one in found.due}
    earlier = {one.code: one.facts.get("n") for one in before.due}
    assert number["reports"] == (earlier.get("reports") or 0) + 1  # type: ignore[operator]


@pytest.mark.parametrize("role", [Role.LEADER, Role.CLERK, Role.DEPUTY])
def test_nobody_of_another_congress_has_anything_here(demo_store: Store, role: Role) -> None:
    actor = replace(person(demo_store, role), congress_id=key_of("congress", "990121100"))
    assert refusal(own, call_of(demo_store, actor, writes=False), 2025) in {"not_allowed", "sign_in_first"}


def test_the_public_has_none(demo_store: Store) -> None:
    assert refusal(own, call_of(demo_store, PUBLIC, writes=False), 2025) == "sign_in_first"
    assert refusal(tasks, call_of(demo_store, person(demo_store, Role.DEPUTY), writes=False)) == "not_allowed"
