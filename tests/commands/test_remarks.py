"""A remark's way: answered in versions by its department, judged by who asked, published by the clerk or its week."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.commands.remarks import (
    NewRemarkAnswer,
    Verdict,
    answer_remark,
    judge_answer,
    publish_remark,
)
from dashboard.commands.supervision import NewRemark, remark
from dashboard.commands.weeks import NewWeek, open_week
from dashboard.gate import PUBLIC, Actor, Call
from dashboard.queries.remarks import remark_shown, remarks
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import verify
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project
from dashboard.store.tables.record import Act
from dashboard.store.tables.supervision import Remark, RemarkAnswer
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects, refusal, seats

YEAR, TODAY = 2025, date(2025, 10, 10)
TEXT = "楼道至今没有照明。"


class Scene:
    """A remark on the lagging project, with the deputy who made it and the department that answers."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.project: Project = projects(store)[2]
        self.deputy = person(store, Role.DEPUTY)
        self.department = person(store, Role.DEPARTMENT, department=self.project.department_id)
        self.clerk = person(store, Role.CLERK)
        self.id = self.said(self.deputy)

    def said(self, deputy: Actor, text: str = TEXT) -> UUID:
        request = new_id().hex
        remark(
            call_of(self.store, deputy), NewRemark(project_id=self.project.id, text=text, request_id=request)
        )
        with self.store.system().reading() as session:
            return session.scalars(select(Remark.id).where(Remark.request_id == request)).one()

    def answer(
        self, text: str = "已安装。", *, seen: int = 0, reason: str = "", days: int = 0, **how: str
    ) -> int:
        new = NewRemarkAnswer(
            remark_id=self.id,
            seen=seen,
            text=text,
            reason=reason,
            request_id=how.get("request", new_id().hex),
        )
        return answer_remark(on(self.store, self.department, TODAY + timedelta(days=days)), new)

    def judge(self, satisfied: bool, text: str = "", version: int = 1, by: Actor | None = None) -> None:
        verdict = Verdict(remark_id=self.id, version=version, satisfied=satisfied, text=text)
        judge_answer(call_of(self.store, by or self.deputy), verdict)

    def seen_by(self, actor: Actor, days: int = 0) -> object:
        return remark_shown(on(self.store, actor, TODAY + timedelta(days=days), writes=False), self.id)

    def versions(self) -> list[RemarkAnswer]:
        with self.store.system().reading() as session:
            held = select(RemarkAnswer).where(RemarkAnswer.remark_id == self.id)
            return list(session.scalars(held.order_by(RemarkAnswer.version)))


def on(store: Store, actor: Actor, day: date, *, writes: bool = True) -> Call:
    """Return a call on another day: the day of the demonstration stands in its congress."""
    call = call_of(store, actor, writes=writes)
    assert call.place is not None
    call.place = replace(call.place, as_of=day)
    return call


@pytest.fixture
def scene(demo_store: Store) -> Scene:
    return Scene(demo_store)


def test_a_remark_is_answered_judged_and_answered_again(loaded_store: Store) -> None:
    scene = Scene(loaded_store)
    assert scene.seen_by(scene.deputy).state == "open"  # type: ignore[attr-defined]
    assert scene.answer() == 1
    assert scene.seen_by(scene.deputy).state == "answered"  # type: ignore[attr-defined]
    assert refusal(scene.judge, False, "  ") == "remark_judge_reason"
    scene.judge(False, "只装了一半")
    again = scene.seen_by(scene.department)
    assert (again.state, again.due) == ("again", TODAY + timedelta(days=30))  # type: ignore[attr-defined]
    assert scene.seen_by(scene.department, 31).state == "overdue"  # type: ignore[attr-defined]
    assert refusal(scene.answer, "其余已装。", seen=1) == "remark_answer_reason"
    assert scene.answer("其余已装。", seen=1, reason="代表不满意", days=31) == 2
    scene.judge(True, version=2)
    shown = scene.seen_by(scene.deputy)
    assert shown.state == "answered"  # type: ignore[attr-defined]
    told = [(one.text, one.late, one.satisfied, one.judged_text) for one in shown.answers]  # type: ignore[attr-defined]
    assert told == [("已安装。", False, False, "只装了一半"), ("其余已装。", True, True, None)]
    with loaded_store.system().reading() as session:
        kinds = list(session.scalars(select(Act.kind).order_by(Act.number)))
        assert kinds[-5:] == [
            "remark_added", "remark_answered", "remark_judged", "remark_answered", "remark_judged",
        ]  # fmt: skip
        assert verify(session, key_of("congress", COUNTY)) is None


@pytest.mark.parametrize(("days", "late", "state"), [(10, False, "open"), (11, True, "overdue")])
def test_an_answer_is_late_from_the_day_after_its_day(
    scene: Scene, days: int, late: bool, state: str
) -> None:
    assert scene.seen_by(scene.clerk, days).state == state  # type: ignore[attr-defined]
    scene.answer(days=days)
    (given,) = scene.seen_by(scene.clerk, days).answers  # type: ignore[attr-defined]
    assert given.late is late


def test_a_request_repeated_is_one_answer(scene: Scene) -> None:
    request = "ab" * 16
    assert scene.answer(request=request) == 1
    assert scene.answer(request=request) == 1
    assert [one.text for one in scene.versions()] == ["已安装。"]


def test_who_had_not_read_the_last_answer_overwrites_nothing(scene: Scene) -> None:
    scene.answer()
    assert refusal(scene.answer, "另一个答复", reason="更正") == "remark_answered_meanwhile"
    assert refusal(scene.answer, " ", seen=1, reason="更正") == "remark_answer_empty"
    assert refusal(scene.answer, "字" * 4001, seen=1, reason="更正") == "report_long"
    assert [one.text for one in scene.versions()] == ["已安装。"]


def test_a_verdict_is_given_once_and_by_who_asked(scene: Scene) -> None:
    assert refusal(scene.judge, True) == "remark_unanswered"
    scene.answer()
    other = person(scene.store, Role.DEPUTY, seat=seats(scene.store)[1])
    assert refusal(scene.judge, True, by=other) == "not_yours"
    assert refusal(scene.judge, True, by=scene.department) == "not_allowed"
    scene.judge(True)
    scene.judge(True)
    assert refusal(scene.judge, False, "反悔") == "remark_judged"
    assert refusal(scene.judge, False, "没有的", version=2) == "remark_answered_meanwhile"


def test_the_public_reads_what_the_clerk_published_and_no_verdict(scene: Scene) -> None:
    scene.answer()
    scene.judge(False, "只装了一半")
    stranger = person(scene.store, Role.DEPUTY, seat=seats(scene.store)[1])
    for reader in (PUBLIC, stranger, person(scene.store, Role.ADMIN)):
        assert refusal(scene.seen_by, reader) == "not_found"
    publish_remark(call_of(scene.store, scene.clerk), scene.id)
    publish_remark(call_of(scene.store, scene.clerk), scene.id)
    shown = scene.seen_by(PUBLIC)
    assert [one.satisfied for one in shown.answers] == [None]  # type: ignore[attr-defined]
    assert [one.judged_text for one in shown.answers] == [None]  # type: ignore[attr-defined]
    assert (shown.state, shown.due) == ("answered", None)  # type: ignore[attr-defined]
    scene.answer("其余已装。", seen=1, reason="代表不满意")
    assert len(scene.seen_by(PUBLIC).answers) == 2  # type: ignore[attr-defined]


def test_a_department_reads_and_answers_its_own_alone(scene: Scene) -> None:
    other = person(scene.store, Role.DEPARTMENT, department=projects(scene.store)[0].department_id)
    assert other.department_id != scene.department.department_id
    assert refusal(scene.seen_by, other) == "not_found"
    new = NewRemarkAnswer(remark_id=scene.id, seen=0, text="代答", reason="", request_id="0" * 32)
    assert refusal(answer_remark, call_of(scene.store, other), new) == "not_yours"
    for role in set(Role) - {Role.DEPARTMENT, Role.PUBLIC}:
        assert refusal(answer_remark, call_of(scene.store, person(scene.store, role)), new) == "not_allowed"


def test_a_remark_of_another_congress_is_as_if_absent(scene: Scene) -> None:
    department = person(
        scene.store, Role.DEPARTMENT, TOWNSHIP, department=projects(scene.store, TOWNSHIP)[0].department_id
    )
    clerk = person(scene.store, Role.CLERK, TOWNSHIP)
    new = NewRemarkAnswer(remark_id=scene.id, seen=0, text="越级", reason="", request_id="0" * 32)
    assert refusal(answer_remark, call_of(scene.store, department, TOWNSHIP), new) == "not_found"
    assert refusal(publish_remark, call_of(scene.store, clerk, TOWNSHIP), scene.id) == "not_found"
    assert refusal(publish_remark, call_of(scene.store, scene.clerk), new_id()) == "not_found"
    assert refusal(remark_shown, call_of(scene.store, clerk, TOWNSHIP, writes=False), scene.id) == "not_found"


def week(first: int, last: int, **more: object) -> NewWeek:
    known: dict[str, object] = {
        "year": YEAR, "title": "十月集中监督周", "from_day": TODAY + timedelta(days=first),
        "to_day": TODAY + timedelta(days=last), "projects": (), "publishes": False, "request_id": new_id().hex,
    }  # fmt: skip
    return NewWeek(**(known | more))  # type: ignore[arg-type]


def weeks_of(scene: Scene) -> dict[str, UUID | None]:
    with scene.store.system().reading() as session:
        rows = session.scalars(select(Remark).where(Remark.project_id == scene.project.id))
        return {row.text: row.week_id for row in rows}


def test_remarks_within_a_week_carry_it_those_made_before_too(loaded_store: Store) -> None:
    scene = Scene(loaded_store)
    made = open_week(call_of(scene.store, scene.clerk), week(0, 4))
    scene.said(scene.deputy, "本周的第二条")
    carried = weeks_of(scene)
    assert (carried[TEXT], carried["本周的第二条"]) == (made, made)
    # What was remarked long before stays outside.
    assert list(carried.values()).count(made) == 2
    assert None in carried.values()
    remark(
        on(scene.store, scene.deputy, TODAY + timedelta(days=5)),
        NewRemark(project_id=scene.project.id, text="周后", request_id="c" * 32),
    )
    assert weeks_of(scene)["周后"] is None


def test_a_week_about_one_project_leaves_the_others_out(scene: Scene) -> None:
    other = projects(scene.store)[0].id
    open_week(call_of(scene.store, scene.clerk), week(0, 4, projects=(other,)))
    assert weeks_of(scene)[TEXT] is None
    scene.said(scene.deputy, "别的项目")
    assert weeks_of(scene)["别的项目"] is None


def test_a_week_may_publish_what_is_answered(scene: Scene) -> None:
    open_week(call_of(scene.store, scene.clerk), week(0, 4, publishes=True))
    scene.id = scene.said(scene.deputy, "答复后公布")
    assert refusal(scene.seen_by, PUBLIC) == "not_found"
    scene.answer()
    assert [one.text for one in scene.seen_by(PUBLIC).answers] == ["已安装。"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "week_title"),
        ({"title": "长" * 61}, "report_long"),
        ({"to_day": TODAY - timedelta(days=1)}, "week_days"),
        ({"to_day": TODAY + timedelta(days=31)}, "week_days"),
        ({"year": 1999}, "not_found"),
        ({"projects": (new_id(),)}, "not_found"),
    ],
)
def test_a_week_that_does_not_fit_is_refused(scene: Scene, more: dict[str, object], code: str) -> None:
    assert refusal(open_week, call_of(scene.store, scene.clerk), week(0, 4, **more)) == code


def test_weeks_do_not_overlap_and_one_press_opens_one(scene: Scene) -> None:
    new = week(0, 4)
    first = open_week(call_of(scene.store, scene.clerk), new)
    assert open_week(call_of(scene.store, scene.clerk), new) == first
    assert refusal(open_week, call_of(scene.store, scene.clerk), week(4, 8)) == "week_overlaps"
    open_week(call_of(scene.store, scene.clerk), week(5, 8))
    foreign = projects(scene.store, TOWNSHIP)[0].id
    assert (
        refusal(open_week, call_of(scene.store, scene.clerk), week(20, 21, projects=(foreign,)))
        == "not_found"
    )
    for role in set(Role) - {Role.CLERK, Role.PUBLIC}:
        assert (
            refusal(open_week, call_of(scene.store, person(scene.store, role)), week(20, 21)) == "not_allowed"
        )


def test_the_list_stands_with_what_waits_first(scene: Scene) -> None:
    rows = remarks(call_of(scene.store, scene.clerk, writes=False), YEAR)
    states = [row.state for row in rows]
    assert {"answered", "open"} <= set(states)
    assert states == sorted(states, key=lambda state: state == "answered")
    assert isinstance(rows[0].made, date)
    assert not isinstance(rows[0].made, datetime)
