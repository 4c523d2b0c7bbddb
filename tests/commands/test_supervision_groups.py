"""A supervision group: set by the clerk of deputies in office, one of whom heads; every change is an act."""

from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.commands.supervision_groups import NewGroup, set_group
from dashboard.gate import PUBLIC
from dashboard.queries.deputies import deputy
from dashboard.queries.supervision_groups import group as group_form
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import verify
from dashboard.store.tables.congress import MembershipState
from dashboard.store.tables.keys import new_id
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects, refusal, seats
from tests.commands.visiting import acts, group, outsiders, visited

KINDS = ("supervision_member_removed", "supervision_member_added", "supervision_head_named")
CONGRESS = key_of("congress", COUNTY)


def seen(store: Store, project: UUID) -> str:
    return group_form(call_of(store, person(store, Role.CLERK), writes=False), project).seen


def test_every_change_of_a_group_is_an_act(loaded_store: Store) -> None:
    project, clerk = visited(loaded_store).id, person(loaded_store, Role.CLERK)
    before = group(loaded_store, project)
    stays, fresh = (
        next(seat for seat, heads in before.items() if not heads),
        outsiders(loaded_store, project)[0],
    )
    new = NewGroup(project_id=project, members=[stays], head=fresh, seen=seen(loaded_store, project))
    assert set_group(call_of(loaded_store, clerk), new) == 2
    assert group(loaded_store, project) == {stays: False, fresh: True}
    gone = len(before) - 1
    assert acts(loaded_store, *KINDS) == [KINDS[0]] * gone + [KINDS[1], KINDS[2]]
    with loaded_store.system().reading() as session:
        assert verify(session, CONGRESS) is None
    # The deputy's own page knows it at once.
    found = deputy(call_of(loaded_store, writes=False), fresh).supervised
    assert [one.heads for one in found if one.name == visited(loaded_store).name] == [True]


def test_the_same_group_saved_again_is_no_change(demo_store: Store) -> None:
    project, clerk = visited(demo_store).id, person(demo_store, Role.CLERK)
    before = group(demo_store, project)
    head = next(seat for seat, heads in before.items() if heads)
    same = NewGroup(project_id=project, members=list(before), head=head, seen=seen(demo_store, project))
    set_group(call_of(demo_store, clerk), same)
    assert (group(demo_store, project), acts(demo_store, *KINDS)) == (before, [])


def test_another_head_is_one_act(demo_store: Store) -> None:
    project, clerk = visited(demo_store).id, person(demo_store, Role.CLERK)
    before = group(demo_store, project)
    other = next(seat for seat, heads in before.items() if not heads)
    set_group(
        call_of(demo_store, clerk),
        NewGroup(project_id=project, members=list(before), head=other, seen=seen(demo_store, project)),
    )
    assert group(demo_store, project) == {seat: seat == other for seat in before}
    assert acts(demo_store, *KINDS) == [KINDS[2]]


def test_a_group_that_changed_meanwhile_is_not_overwritten(demo_store: Store) -> None:
    project, clerk = visited(demo_store).id, person(demo_store, Role.CLERK)
    first, second = outsiders(demo_store, project)[:2]
    stood = seen(demo_store, project)
    set_group(call_of(demo_store, clerk), NewGroup(project_id=project, members=[], head=first, seen=stood))
    late = NewGroup(project_id=project, members=[], head=second, seen=stood)
    assert refusal(set_group, call_of(demo_store, clerk), late) == "group_changed_meanwhile"
    assert group(demo_store, project) == {first: True}


@pytest.mark.parametrize("state", ["suspended", "resigned"])
def test_only_deputies_in_office_supervise(loaded_store: Store, state: str) -> None:
    project, clerk = visited(loaded_store).id, person(loaded_store, Role.CLERK)
    before = group(loaded_store, project)
    with loaded_store.system().reading() as session:
        out = session.scalars(
            select(MembershipState.membership_id).where(
                MembershipState.congress_id == CONGRESS, MembershipState.state == state
            )
        ).first()
    assert out is not None
    stood, fine = seen(loaded_store, project), outsiders(loaded_store, project)[0]
    for members, head in (
        ([out], fine),
        ([fine], out),
        ([seats(loaded_store, TOWNSHIP)[0]], fine),
        ([new_id()], fine),
    ):
        new = NewGroup(project_id=project, members=members, head=head, seen=stood)
        assert refusal(set_group, call_of(loaded_store, clerk), new) == "seat_not_in_office"
    assert group(loaded_store, project) == before


def test_a_crowd_is_no_group(demo_store: Store) -> None:
    project, clerk = visited(demo_store).id, person(demo_store, Role.CLERK)
    many = seats(demo_store)[:31]
    new = NewGroup(project_id=project, members=many, head=many[0], seen=seen(demo_store, project))
    assert refusal(set_group, call_of(demo_store, clerk), new) == "group_large"


def test_a_foreign_project_and_an_absent_one_answer_alike(demo_store: Store) -> None:
    clerk, seat = person(demo_store, Role.CLERK), seats(demo_store)[0]
    for project in (projects(demo_store, TOWNSHIP)[0].id, new_id()):
        new = NewGroup(project_id=project, members=[], head=seat, seen="")
        assert refusal(set_group, call_of(demo_store, clerk), new) == "not_found"
        assert refusal(group_form, call_of(demo_store, clerk, writes=False), project) == "not_found"


def test_only_the_clerk_sets_a_group(demo_store: Store) -> None:
    project, seat = visited(demo_store).id, seats(demo_store)[0]
    new = NewGroup(project_id=project, members=[], head=seat, seen="")
    assert refusal(set_group, call_of(demo_store, PUBLIC), new) == "sign_in_first"
    for role in set(Role) - {Role.CLERK, Role.PUBLIC}:
        assert refusal(set_group, call_of(demo_store, person(demo_store, role)), new) == "not_allowed"
    foreign = person(demo_store, Role.CLERK, TOWNSHIP)
    assert refusal(set_group, call_of(demo_store, foreign), new) == "not_allowed"
