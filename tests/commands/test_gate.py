"""No command runs without a writing action, under a reading call, or without looking at its relation."""

from dataclasses import replace
from types import ModuleType

import pytest
from sqlalchemy import select, update

from dashboard import commands
from dashboard.gate import Actor, Call, Ground, command, query, relate
from dashboard.rules.refused import Refused
from dashboard.rules.roles import ACTIONS, Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import topic_versions
from dashboard.store.tables.congress import MembershipState
from dashboard.store.tables.cycle import CycleStage
from dashboard.store.tables.progress import Project, ProjectPartner
from dashboard.store.tables.record import Act
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects, refusal, seats
from tests.conftest import NOW
from tests.queries.walk import modules_of, public_functions, without_action

CONGRESS = key_of("congress", COUNTY)
PROJECT = key_of("projects", COUNTY, "2025-01")


def test_every_public_command_names_a_writing_action() -> None:
    modules = modules_of(commands)
    assert without_action(modules) == set()
    actions = [one.action for module in modules for _, one in public_functions(module)]  # type: ignore[attr-defined]
    assert len(actions) >= 7
    assert {action for action in actions if not ACTIONS[action].writes} == set()


def test_every_writing_action_has_a_command() -> None:
    actions = {one.action for module in modules_of(commands) for _, one in public_functions(module)}  # type: ignore[attr-defined]
    assert actions == {name for name, action in ACTIONS.items() if action.writes}


def test_the_walk_sees_a_command_without_action() -> None:
    module = ModuleType("dashboard.commands.open_door")
    exec("def wipe(call): call.session.delete(1)", vars(module))
    assert without_action([module]) == {"dashboard.commands.open_door.wipe"}


@command("report.publish")
def touch(call: Call, *topics: str) -> None:
    """Raise topics and record an act, about a project whose stage is running."""
    relate(call, "report.publish", project_id=PROJECT)
    call.act("touched", topics=len(topics))
    call.changed(*topics)


@command("remark.add")
def careless(call: Call) -> None:
    """Write without asking whether the deputy is in office."""
    call.act("careless")


@command("remark.add")
def careful(call: Call) -> bool:
    """Ask whether the deputy is in office, and no more."""
    relate(call, "remark.add", project_id=PROJECT)
    return True


@command("report.submit")
def careful_report(call: Call, project: Project) -> bool:
    """Ask whether the project is the department's, and no more."""
    relate(call, "report.submit", project_id=project.id)
    return True


@query("overview.read")
def acts(call: Call) -> int:
    """Count the acts."""
    return len(call.session.scalars(select(Act)).all())


def kinds(store: Store) -> list[str]:
    """Return the acts after the loading of the demonstration."""
    with store.system().reading() as session:
        found = session.scalars(
            select(Act.kind).where(Act.congress_id == CONGRESS).order_by(Act.number)
        ).all()
    return [kind for kind in found if not kind.endswith("_loaded")]


def versions_of(store: Store) -> dict[str, int]:
    with store.system().reading() as session:
        return topic_versions(session, [CONGRESS])[CONGRESS]


def test_a_command_under_a_reading_call_is_a_bug(demo_store: Store) -> None:
    clerk = person(demo_store, Role.CLERK)
    with pytest.raises(RuntimeError, match="the call only reads"):
        touch(call_of(demo_store, clerk, writes=False))
    assert kinds(demo_store) == []


def test_a_command_that_never_looks_at_its_relation_writes_nothing(demo_store: Store) -> None:
    deputy = person(demo_store, Role.DEPUTY)
    with pytest.raises(RuntimeError, match="never looked at the relation"):
        careless(call_of(demo_store, deputy))
    # A relation looked at by the command before does not count for this one.
    call = call_of(demo_store, deputy)
    careful(call)
    with pytest.raises(RuntimeError, match="never looked at the relation"):
        careless(call)
    assert kinds(demo_store) == []


def test_another_departments_project_is_not_yours(demo_store: Store) -> None:
    first, second = projects(demo_store)[:2]
    department = person(demo_store, Role.DEPARTMENT, department=first.department_id)
    assert careful_report(call_of(demo_store, department), first)
    assert refusal(careful_report, call_of(demo_store, department), second) == "not_yours"
    shared = ProjectPartner(
        congress_id=CONGRESS, project_id=second.id, department_id=department.department_id
    )
    with demo_store.system().writing() as session:
        session.add(shared)
    assert careful_report(call_of(demo_store, department), second)


def test_a_department_without_department_has_no_project(demo_store: Store) -> None:
    nobody = person(demo_store, Role.DEPARTMENT)
    assert refusal(careful_report, call_of(demo_store, nobody), projects(demo_store)[0]) == "not_yours"


@pytest.mark.parametrize("state", ["suspended", "resigned"])
def test_a_deputy_out_of_office_is_refused(demo_store: Store, state: str) -> None:
    with demo_store.system().reading() as session:
        seat = session.scalars(
            select(MembershipState.membership_id).where(
                MembershipState.congress_id == CONGRESS,
                MembershipState.state == state,
                MembershipState.from_day <= NOW.date(),
            )
        ).first()
    deputy = person(demo_store, Role.DEPUTY, seat=seat)
    assert refusal(careful, call_of(demo_store, deputy)) == "not_yours"


def test_a_deputy_in_office_today_may(demo_store: Store) -> None:
    deputy = person(demo_store, Role.DEPUTY)
    assert careful(call_of(demo_store, deputy))
    without_seat = replace(deputy, membership_id=None)
    assert refusal(careful, call_of(demo_store, without_seat)) == "not_yours"


@pytest.mark.parametrize("state", ["upcoming", "ended"])
def test_nothing_is_delivered_before_or_after_its_stage(demo_store: Store, state: str) -> None:
    project = projects(demo_store)[0]
    deputy, clerk = person(demo_store, Role.DEPUTY), person(demo_store, Role.CLERK)
    department = person(demo_store, Role.DEPARTMENT, department=project.department_id)
    assert careful(call_of(demo_store, deputy))
    with demo_store.system().writing() as session:
        session.execute(
            update(CycleStage)
            .where(CycleStage.congress_id == CONGRESS, CycleStage.stage == "deliver")
            .values(state=state)
        )
    assert refusal(careful, call_of(demo_store, deputy)) == "stage_closed"
    assert refusal(touch, call_of(demo_store, clerk)) == "stage_closed"
    assert refusal(careful_report, call_of(demo_store, department), project) == "stage_closed"
    assert kinds(demo_store) == []


def test_an_appointment_of_another_congress_is_the_public_here(demo_store: Store) -> None:
    deputy = person(demo_store, Role.DEPUTY, TOWNSHIP)
    clerk = person(demo_store, Role.CLERK, TOWNSHIP)
    assert refusal(careful, call_of(demo_store, deputy)) == "not_allowed"
    assert refusal(touch, call_of(demo_store, clerk)) == "not_allowed"
    assert kinds(demo_store) == []


def test_a_seat_of_another_congress_is_not_in_office_here(demo_store: Store) -> None:
    """Even an actor with the role here and a seat there, which no row allows, is refused by the row filter."""
    deputy = replace(person(demo_store, Role.DEPUTY), membership_id=seats(demo_store, TOWNSHIP)[0])
    assert refusal(careful, call_of(demo_store, deputy)) == "not_yours"


def test_a_call_of_two_commands_records_each_once(demo_store: Store) -> None:
    call = call_of(demo_store, person(demo_store, Role.CLERK))
    before = versions_of(demo_store)
    touch(call, "progress")
    touch(call, "cycle", "voting")
    assert kinds(demo_store) == ["touched", "touched"]
    raised = {topic: before.get(topic, 0) + 1 for topic in ("progress", "cycle", "voting")}
    assert versions_of(demo_store) == before | raised


def test_a_query_after_a_command_records_nothing_again(demo_store: Store) -> None:
    """A page shows its desk again after the act, with the same call."""
    call = call_of(demo_store, person(demo_store, Role.CLERK))
    touch(call, "progress")
    assert acts(call) == acts(call)
    assert kinds(demo_store) == ["touched"]


def test_a_refused_command_leaves_no_act_for_the_next(demo_store: Store) -> None:
    @command("report.publish")
    def refuses(call: Call) -> None:
        relate(call, "report.publish", project_id=PROJECT)
        call.act("never")
        call.changed("progress")
        raise Refused("malformed")

    call = call_of(demo_store, person(demo_store, Role.CLERK))
    assert refusal(refuses, call) == "malformed"
    touch(call)
    assert kinds(demo_store) == ["touched"]


def test_a_command_writes_into_the_congress_of_the_address_alone(demo_store: Store) -> None:
    """The public's scope of writing is the address's congress too, but no action lets it in."""
    call = call_of(demo_store, Actor())
    assert call.scope.writes == CONGRESS
    assert refusal(touch, call) == "sign_in_first"


def test_versions_show_at_once_to_the_process_that_wrote(demo_store: Store) -> None:
    ground = Ground(demo_store, Versions(demo_store))
    before = ground.versions.stamp(CONGRESS, ["progress"])
    touch(call_of(demo_store, person(demo_store, Role.CLERK), ground=ground), "progress")
    assert ground.versions.stamp(CONGRESS, ["progress"])[0] == before[0] + 1
