"""Tasks by rule: proposed once a cause, confirmed or dismissed by a leader, read by whom they concern once open."""

from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.commands.escalation import close_task, confirm_task, dismiss_task, propose_tasks
from dashboard.commands.rule_sets import NewValue, approve_rule_set, copy_rule_set, edit_rule_set
from dashboard.commands.rules_in_force import choose_rules, confirm_rules
from dashboard.gate import Call
from dashboard.queries.escalation import Asked, escalation
from dashboard.queries.tasks import tasks
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import verify
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import Task
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal
from tests.statements import heard

YEAR = 2025


def acting(store: Store, role: Role, code: str = COUNTY) -> Call:
    return call_of(store, person(store, role, code), code)


def asked(store: Store, role: Role = Role.LEADER) -> tuple[Asked, ...]:
    return escalation(call_of(store, person(store, role), writes=False))


def by_rules(store: Store) -> list[Task]:
    with store.system().reading() as session:
        return list(session.scalars(select(Task).where(Task.source == "rules").order_by(Task.created_at)))


def close_the_talk_of_the_demonstration(store: Store) -> UUID:
    """Close the talk that a person proposed about the lagging project, and return the project's id."""
    with store.system().writing() as session:
        row = session.scalars(
            select(Task)
            .join(Project, Project.id == Task.project_id)
            .where(
                Task.kind == "talk", Task.state == "proposed", Task.congress_id == key_of("congress", COUNTY)
            )
        ).one()
        row.state = "done"
        assert row.project_id is not None
        return row.project_id


def test_what_a_person_proposed_is_not_proposed_again_beside_it(demo_store: Store) -> None:
    """The lagging project: 18 points behind at the end of September, and a talk that waits already."""
    assert [one.kind for one in asked(demo_store)] == ["notice"]
    assert propose_tasks(acting(demo_store, Role.CLERK), YEAR) == 1
    assert [(row.kind, row.state) for row in by_rules(demo_store)] == [("notice", "proposed")]


def test_tasks_are_proposed_once_a_cause_with_reason_owner_and_day(loaded_store: Store) -> None:
    project = close_the_talk_of_the_demonstration(loaded_store)
    clerk = acting(loaded_store, Role.CLERK)
    assert propose_tasks(clerk, YEAR) == 2
    assert propose_tasks(acting(loaded_store, Role.CLERK), YEAR) == 0
    rows = {row.kind: row for row in by_rules(loaded_store)}
    talk = rows["talk"]
    assert (talk.project_id, talk.state, talk.owner, talk.rule) == (
        project,
        "proposed",
        "leader",
        "escalation@1",
    )
    assert talk.due_on is not None
    assert (talk.due_on - clerk.today).days == 10
    assert talk.reason is not None
    assert talk.reason["code"] == "escalation.talk"
    assert talk.reason["facts"]["points"] == 1800
    assert talk.title == "老旧小区改造连续滞后，约谈承办单位"
    assert rows["notice"].owner == "clerk"
    with loaded_store.system().reading() as session:
        assert verify(session, key_of("congress", COUNTY)) is None


def test_a_leader_confirms_and_then_the_department_reads_it(demo_store: Store) -> None:
    propose_tasks(acting(demo_store, Role.CLERK), YEAR)
    (row,) = by_rules(demo_store)
    department = call_of(
        demo_store, person(demo_store, Role.DEPARTMENT, department=row.department_id), writes=False
    )
    assert row.title not in {one.title for one in tasks(department)}
    leader = acting(demo_store, Role.LEADER)
    confirm_task(leader, row.id)
    (row,) = by_rules(demo_store)
    assert (row.state, row.confirmed_by) == ("open", leader.actor.appointment_id)
    department = call_of(
        demo_store, person(demo_store, Role.DEPARTMENT, department=row.department_id), writes=False
    )
    assert row.title in {one.title for one in tasks(department)}
    assert refusal(confirm_task, acting(demo_store, Role.LEADER), row.id) == "task_decided"
    assert refusal(dismiss_task, acting(demo_store, Role.LEADER), row.id, "迟了") == "task_decided"
    assert [one.state for one in asked(demo_store)] == ["open"]
    assert refusal(close_task, acting(demo_store, Role.CLERK), row.id, " ") == "task_note"
    close_task(acting(demo_store, Role.CLERK), row.id, "已通报各单位")
    (row,) = by_rules(demo_store)
    assert (row.state, row.note) == ("done", "已通报各单位")
    assert refusal(close_task, acting(demo_store, Role.CLERK), row.id, "再办") == "task_not_open"
    assert asked(demo_store) == ()


def test_what_was_dismissed_is_not_proposed_again_for_the_same_cause(demo_store: Store) -> None:
    propose_tasks(acting(demo_store, Role.CLERK), YEAR)
    (row,) = by_rules(demo_store)
    assert refusal(dismiss_task, acting(demo_store, Role.LEADER), row.id, " ") == "task_reason"
    dismiss_task(acting(demo_store, Role.LEADER), row.id, "征迁已经谈妥，十月可以追上")
    (row,) = by_rules(demo_store)
    assert (row.state, row.note) == ("dismissed", "征迁已经谈妥，十月可以追上")
    assert propose_tasks(acting(demo_store, Role.CLERK), YEAR) == 0
    assert asked(demo_store) == ()


def test_the_rules_in_force_decide_what_is_proposed(demo_store: Store) -> None:
    made = copy_rule_set(acting(demo_store, Role.CLERK), "escalation@1")
    edit = NewValue(name="behind_below", value="-3", source="县人大常委会决定")
    edit_rule_set(acting(demo_store, Role.CLERK), made, edit)
    approve_rule_set(acting(demo_store, Role.LEADER), made)
    before = len(asked(demo_store))
    confirm_rules(
        acting(demo_store, Role.LEADER), choose_rules(acting(demo_store, Role.CLERK), "own-escalation@1")
    )
    assert len(asked(demo_store)) > before
    propose_tasks(acting(demo_store, Role.CLERK), YEAR)
    assert {row.rule for row in by_rules(demo_store)} == {"own-escalation@1"}


def test_few_statements_whatever_the_cycle_holds(demo_store: Store) -> None:
    call = call_of(demo_store, person(demo_store, Role.LEADER), writes=False)
    with heard(demo_store) as said:
        escalation(call)
    # Versions, cycles, tasks, rules, projects, reports, plans, tasks of the projects, departments.
    assert len(said) == 9


@pytest.mark.parametrize(
    "role", [Role.LEADER, Role.PRESIDIUM, Role.COORDINATOR, Role.DEPARTMENT, Role.DEPUTY]
)
def test_the_clerk_alone_proposes(demo_store: Store, role: Role) -> None:
    assert refusal(propose_tasks, acting(demo_store, role), YEAR) == "not_allowed"


def test_who_decides_and_of_which_congress(demo_store: Store) -> None:
    propose_tasks(acting(demo_store, Role.CLERK), YEAR)
    (row,) = by_rules(demo_store)
    assert refusal(confirm_task, acting(demo_store, Role.CLERK), row.id) == "not_allowed"
    assert refusal(confirm_task, acting(demo_store, Role.LEADER, TOWNSHIP), row.id) == "not_found"
    assert refusal(confirm_task, acting(demo_store, Role.LEADER), new_id()) == "not_found"
    assert (
        refusal(escalation, call_of(demo_store, person(demo_store, Role.DEPUTY), writes=False))
        == "not_allowed"
    )
