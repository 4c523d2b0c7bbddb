"""督办 by a person: opened once, read by whom it concerns, reported on, closed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.commands.escalation import close_task
from dashboard.commands.supervision import NewRemark, remark
from dashboard.commands.tasks import NewTask, NewTaskReport, open_task, report_task
from dashboard.commands.weeks import NewWeek, open_week
from dashboard.gate import Actor
from dashboard.queries.tasks import task_list, task_shown
from dashboard.queries.weeks import following, turnout, weeks
from dashboard.rules.roles import Role
from dashboard.rules.tasks import SIX
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import verify
from dashboard.store.tables.congress import MembershipState
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.supervision import Remark, Task, TaskReport
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects, refusal, seats

YEAR, TODAY = 2025, date(2025, 10, 10)


def new(**more: object) -> NewTask:
    known: dict[str, object] = {
        "kind": "on_site", "project_id": None, "department_id": None, "remark_id": None, "title": "督办楼道照明",
        "text": "十日内到现场看。", "owner": "leader", "led_by": " 王主任 ", "due_on": TODAY + timedelta(days=10),
        "request_id": new_id().hex,
    }  # fmt: skip
    return NewTask(**(known | more))  # type: ignore[arg-type]


def report(task: UUID, text: str = "已安装。", request: str | None = None) -> NewTaskReport:
    return NewTaskReport(task_id=task, text=text, request_id=request or new_id().hex)


def department(store: Store, number: int = 3) -> Actor:
    return person(store, Role.DEPARTMENT, department=projects(store)[number - 1].department_id)


def in_office(store: Store) -> int:
    """Count the county's deputies of the day by their states, one by one."""
    with store.system().reading() as session:
        held = session.scalars(
            select(MembershipState).where(MembershipState.congress_id == key_of("congress", COUNTY))
        )
        return sum(
            one.state in {"in_office", "by_elected"}
            and one.from_day <= TODAY
            and (one.to_day is None or one.to_day >= TODAY)
            for one in held
        )


def stored(store: Store, task: UUID) -> Task:
    with store.system().reading() as session:
        return session.scalars(select(Task).where(Task.id == task)).one()


def test_a_task_is_opened_reported_on_and_closed(loaded_store: Store) -> None:
    store, project = loaded_store, projects(loaded_store)[2].id
    clerk, own = person(store, Role.CLERK), department(store)
    made = open_task(call_of(store, clerk), new(project_id=project))
    shown = task_shown(call_of(store, own, writes=False), made)
    assert (shown.kind, shown.state, shown.led_by, shown.due) == (
        "on_site", "open", "王主任", TODAY + timedelta(days=10),
    )  # fmt: skip
    assert shown.department_id == str(own.department_id)
    assert refusal(report_task, call_of(store, own), report(made, " ")) == "task_report_empty"
    assert report_task(call_of(store, own), report(made, request="d" * 32)) == 1
    assert report_task(call_of(store, own), report(made, request="d" * 32)) == 1
    assert report_task(call_of(store, own), report(made, "补充：已验收。")) == 2
    assert [one.text for one in task_shown(call_of(store, clerk, writes=False), made).reports] == [
        "已安装。",
        "补充：已验收。",
    ]
    close_task(call_of(store, clerk), made, "现场核实，属实。")
    closed = task_shown(call_of(store, clerk, writes=False), made)
    assert (closed.state, closed.note, closed.closed) == ("done", "现场核实，属实。", TODAY)
    assert refusal(report_task, call_of(store, own), report(made)) == "task_not_open"
    assert refusal(task_shown, call_of(store, own, writes=False), made) == "not_found"
    with store.system().reading() as session:
        assert len(session.scalars(select(TaskReport).where(TaskReport.task_id == made)).all()) == 2
        assert verify(session, key_of("congress", COUNTY)) is None


def test_a_press_repeated_opens_one_task(demo_store: Store) -> None:
    project, request = projects(demo_store)[2].id, "e" * 32
    clerk = person(demo_store, Role.CLERK)
    first = open_task(call_of(demo_store, clerk), new(project_id=project, request_id=request))
    assert open_task(call_of(demo_store, clerk), new(project_id=project, request_id=request)) == first
    with demo_store.system().reading() as session:
        assert len(session.scalars(select(Task).where(Task.request_id == request)).all()) == 1


def test_two_presses_of_one_moment_open_one_task_and_one_week(loaded_store: Store) -> None:
    project, clerk = projects(loaded_store)[2].id, person(loaded_store, Role.CLERK)
    task = new(project_id=project, request_id="e" * 32)
    week = NewWeek(
        year=YEAR,
        title="监督周",
        from_day=TODAY,
        to_day=TODAY,
        projects=(),
        publishes=False,
        request_id="f" * 32,
    )
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_task(call_of(loaded_store, clerk), task), range(4)))
        weeks_ = list(pool.map(lambda _: open_week(call_of(loaded_store, clerk), week), range(4)))
    assert (len(set(opened)), len(set(weeks_))) == (1, 1)


@pytest.mark.parametrize("kind", SIX)
def test_each_of_the_six_kinds_is_opened_by_clerk_or_leader(demo_store: Store, kind: str) -> None:
    role = Role.LEADER if kind == "priority" else Role.CLERK
    own = department(demo_store)
    made = open_task(
        call_of(demo_store, person(demo_store, role)), new(kind=kind, department_id=own.department_id)
    )
    assert stored(demo_store, made).project_id is None
    assert str(made) in {one.id for one in task_list(call_of(demo_store, own, writes=False), YEAR)}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "task_title"),
        ({"title": "长" * 61}, "report_long"),
        ({"due_on": TODAY - timedelta(days=1)}, "task_due"),
        ({"project_id": None}, "task_about"),
        ({"project_id": new_id()}, "not_found"),
        ({"department_id": new_id()}, "not_found"),
        ({"remark_id": new_id()}, "not_found"),
    ],
)
def test_a_task_that_does_not_fit_is_refused(demo_store: Store, more: dict[str, object], code: str) -> None:
    known = {"project_id": projects(demo_store)[2].id} | more
    clerk = person(demo_store, Role.CLERK)
    assert refusal(open_task, call_of(demo_store, clerk), new(**known)) == code


def test_what_is_of_another_congress_is_as_if_absent(demo_store: Store) -> None:
    foreign = projects(demo_store, TOWNSHIP)[0]
    clerk = person(demo_store, Role.CLERK)
    assert refusal(open_task, call_of(demo_store, clerk), new(project_id=foreign.id)) == "not_found"
    assert (
        refusal(open_task, call_of(demo_store, clerk), new(department_id=foreign.department_id))
        == "not_found"
    )
    made = open_task(call_of(demo_store, clerk), new(project_id=projects(demo_store)[2].id))
    theirs = person(demo_store, Role.DEPARTMENT, TOWNSHIP, department=foreign.department_id)
    assert refusal(report_task, call_of(demo_store, theirs, TOWNSHIP), report(made)) == "not_found"
    assert refusal(task_shown, call_of(demo_store, theirs, TOWNSHIP, writes=False), made) == "not_found"
    # In the county's own place a township's clerk is the public.
    outside = person(demo_store, Role.CLERK, TOWNSHIP)
    assert refusal(task_list, call_of(demo_store, outside, writes=False), YEAR) == "not_allowed"


def test_another_department_neither_reads_nor_reports(demo_store: Store) -> None:
    clerk, other = person(demo_store, Role.CLERK), department(demo_store, 1)
    made = open_task(call_of(demo_store, clerk), new(project_id=projects(demo_store)[2].id))
    assert refusal(report_task, call_of(demo_store, other), report(made)) == "not_yours"
    assert refusal(task_shown, call_of(demo_store, other, writes=False), made) == "not_found"
    shown = task_list(call_of(demo_store, other, writes=False), YEAR)
    assert {one.department_id for one in shown} <= {str(other.department_id)}
    assert {
        one.state for one in task_list(call_of(demo_store, department(demo_store), writes=False), YEAR)
    } == {"open"}
    for role in set(Role) - {Role.CLERK, Role.LEADER, Role.PUBLIC}:
        who = call_of(demo_store, person(demo_store, role))
        assert refusal(open_task, who, new(project_id=projects(demo_store)[2].id)) == "not_allowed"


def test_a_department_that_is_not_the_projects_does_not_read_the_remark_behind_its_task(
    demo_store: Store,
) -> None:
    project, other = projects(demo_store)[2], department(demo_store, 1)
    deputy = person(demo_store, Role.DEPUTY)
    remark(
        call_of(demo_store, deputy), NewRemark(project_id=project.id, text="内部的话", request_id="a" * 32)
    )
    with demo_store.system().reading() as session:
        said = session.scalars(select(Remark.id).where(Remark.request_id == "a" * 32)).one()
    clerk = person(demo_store, Role.CLERK)
    about = new(project_id=project.id, remark_id=said, department_id=other.department_id)
    made = open_task(call_of(demo_store, clerk), about)
    assert task_shown(call_of(demo_store, clerk, writes=False), made).remark_text == "内部的话"
    shown = task_shown(call_of(demo_store, other, writes=False), made)
    assert (shown.remark, shown.remark_text) == (None, None)


def test_what_is_only_proposed_is_not_there_for_the_department(demo_store: Store) -> None:
    """The demonstration's talk with the lagging project's department waits for a leader."""
    proposed, own = key_of("tasks", COUNTY, "2025-t2"), department(demo_store)
    assert stored(demo_store, proposed).department_id == own.department_id
    assert refusal(report_task, call_of(demo_store, own), report(proposed)) == "not_found"
    assert refusal(task_shown, call_of(demo_store, own, writes=False), proposed) == "not_found"


def test_the_list_tells_what_is_overdue_first(demo_store: Store) -> None:
    clerk = person(demo_store, Role.CLERK)
    rows = task_list(call_of(demo_store, clerk, writes=False), YEAR)
    states = [row.state for row in rows]
    assert states == sorted(states, key=lambda state: {"open": 0, "proposed": 1}.get(state, 2))
    days = [row.due for row in rows if row.state == "open"]
    assert len(days) >= 3
    assert days == sorted(days, key=lambda day: day or date.max)
    # Tasks of 2024 stand in its own list.
    assert "督办农村饮水工程进度" not in {row.title for row in rows}
    assert "督办农村饮水工程进度" in {
        row.title for row in task_list(call_of(demo_store, clerk, writes=False), 2024)
    }


def test_a_week_counts_its_deputies_by_delegation_and_what_followed(loaded_store: Store) -> None:
    store, project = loaded_store, projects(loaded_store)[2]
    clerk = person(store, Role.CLERK)
    week = open_week(
        call_of(store, clerk),
        NewWeek(
            year=YEAR, title="监督周", from_day=TODAY, to_day=TODAY, projects=(project.id,), publishes=False,
            request_id="f" * 32,
        ),
    )  # fmt: skip
    first, second = seats(store)[:2]
    for seat in (first, first, second):
        deputy = person(store, Role.DEPUTY, seat=seat)
        request = new_id().hex
        remark(call_of(store, deputy), NewRemark(project_id=project.id, text="看了", request_id=request))
    rows = turnout(call_of(store, clerk, writes=False), week)
    assert (sum(one.deputies for one in rows), sum(one.remarks for one in rows)) == (2, 3)
    assert sum(one.seats for one in rows) == in_office(store)
    # Beside the demonstration's own, the newest first.
    assert [one.title for one in weeks(call_of(store, writes=False), YEAR)] == ["监督周", "九月集中监督周"]
    with store.system().reading() as session:
        said = session.scalars(select(Remark.id).where(Remark.week_id == week)).first()
    made = open_task(call_of(store, clerk), new(project_id=project.id, remark_id=said))
    counted = following(call_of(store, clerk, writes=False), week)
    assert {number: (one.tasks, one.done) for number, one in counted.items()} == {3: (1, 0)}
    close_task(call_of(store, clerk), made, "办结")
    counted = following(call_of(store, clerk, writes=False), week)
    assert {number: (one.tasks, one.done) for number, one in counted.items()} == {3: (1, 1)}
    assert refusal(turnout, call_of(store, department(store), writes=False), week) == "not_allowed"
    foreign = person(store, Role.CLERK, TOWNSHIP)
    assert refusal(turnout, call_of(store, foreign, TOWNSHIP, writes=False), week) == "not_found"
