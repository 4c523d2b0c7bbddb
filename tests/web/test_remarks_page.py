"""The pages of remarks, weeks and tasks as a browser uses them: listed by address, answered, opened, never lost."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.commands.supervision import NewRemark, remark
from dashboard.i18n import words
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.supervision import Remark, RemarkAnswer, SupervisionWeek, Task, TaskReport
from tests.commands.people import COUNTY, TOWNSHIP, call_of, projects
from tests.conftest import NOW
from tests.web.conftest import Makes
from tests.web.visitor import Body, Site, Visitor, is_told, notice_of, plain

ZH = words("zh-CN")
BASE = f"/{COUNTY}/2025"
TEXT = "只有这里说的楼道照明"
DUE = (NOW.date() + timedelta(days=10)).isoformat()


@pytest.fixture
def own(make_site: Makes) -> tuple[Site, UUID]:
    """A site of its own with a fresh remark on the lagging project."""
    site = make_site()
    return site, said(site)


def said(site: Site, text: str = TEXT) -> UUID:
    request, project = new_id().hex, projects(site.store)[2].id
    deputy = site.people["deputy"].actor
    remark(call_of(site.store, deputy), NewRemark(project_id=project, text=text, request_id=request))
    site.raise_topics(key_of("congress", COUNTY), "supervision", "desk")
    with site.store.system().reading() as session:
        return session.scalars(select(Remark.id).where(Remark.request_id == request)).one()


def rows(site: Site, table: Any) -> list[Any]:
    with site.store.system().reading() as session:
        return list(session.scalars(select(table).where(table.congress_id == key_of("congress", COUNTY))))


def opened(site: Site, who: str | None, path: str, search: str = "") -> tuple[Visitor, Body, str]:
    visitor = site.visitor(who)
    answer = visitor.open(f"{BASE}/{path}", search)
    assert answer.status_code == 200, answer.text
    return visitor, answer.json["response"]["page"]["data"], plain(answer)  # type: ignore[index]


def answering(visitor: Visitor, page: Body, text: str, request: str, seen: int = 0, reason: str = "") -> Any:
    return visitor.press(
        "remark-answer-send.n_clicks", page, remark_answer_text__value=text, remark_answer_reason__value=reason,
        remark_answer_request__data=request, remark_answer_seen__data=seen,
    )  # fmt: skip


def test_a_department_answers_and_a_repeated_request_is_one_answer(own: tuple[Site, UUID]) -> None:
    site, made = own
    before = len(rows(site, RemarkAnswer))
    visitor, page, text = opened(site, "department", f"remarks/{made}")
    assert TEXT in text
    assert '"remark-answer-text"' in text
    for _ in range(2):
        assert ZH("remark.told.answered") in plain(answering(visitor, page, "灯已装好", "a" * 32))
    assert len(rows(site, RemarkAnswer)) == before + 1
    refused = answering(visitor, page, "再写一次", "b" * 32, seen=1)
    assert is_told(refused, "remark_answer_reason")
    # Nothing that is typed is taken out of the form: the answer updates the notice alone.
    assert refused.json.get("response", {}) == {}  # type: ignore[union-attr]
    assert len(rows(site, RemarkAnswer)) == before + 1
    deputy, page, text = opened(site, "deputy", f"remarks/{made}")
    assert "灯已装好" in text
    told = deputy.press(
        "remark-unsatisfied.n_clicks", page, remark_verdict_text__value="", remark_verdict_version__data=1
    )
    assert is_told(told, "remark_judge_reason")
    told = deputy.press(
        "remark-unsatisfied.n_clicks",
        page,
        remark_verdict_text__value="二楼没有灯",
        remark_verdict_version__data=1,
    )
    assert ZH("remark.told.unsatisfied") in plain(told)
    assert "二楼没有灯" in opened(site, "department", f"remarks/{made}")[2]


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        (None, False), ("another deputy", False), ("another department", False), ("admin", False),
        ("township clerk", False), ("deputy", True), ("department", True), ("clerk", True), ("leader", True),
        ("presidium", True), ("coordinator", True),
    ],
)  # fmt: skip
def test_an_unpublished_remark_is_seen_by_those_whom_it_concerns(
    own: tuple[Site, UUID], who: str | None, shown: bool
) -> None:
    site, made = own
    for path in (f"remarks/{made}", "remarks", "desk" if who else "projects/3"):
        text = opened(site, who, path)[2]
        if path != "desk":
            assert (TEXT in text) is (shown and path != "projects/3")
        elif not shown:
            assert TEXT not in text


def test_the_clerk_publishes_and_then_everyone_reads(own: tuple[Site, UUID]) -> None:
    site, made = own
    deputy, page, _ = opened(site, "deputy", f"remarks/{made}")
    assert is_told(deputy.press("remark-publish.n_clicks", page), "not_allowed")
    clerk, page, _ = opened(site, "clerk", f"remarks/{made}")
    assert ZH("remark.told.published") in plain(clerk.press("remark-publish.n_clicks", page))
    assert TEXT in opened(site, None, "remarks")[2]
    assert TEXT in opened(site, None, f"remarks/{made}")[2]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("?state=open&project=3", True), ("?state=overdue", False), ("?state=answered", False),
        ("?project=3", True), ("?project=1", False),
    ],
)  # fmt: skip
def test_the_list_shows_what_its_address_asks_for(own: tuple[Site, UUID], search: str, found: bool) -> None:
    site, _ = own
    text = opened(site, "clerk", "remarks", search)[2]
    assert (TEXT in text) is found
    assert ZH("filter.dropped.do") not in text


def test_what_the_list_does_not_know_is_told(own: tuple[Site, UUID]) -> None:
    assert ZH("filter.dropped.do") in opened(own[0], "clerk", "remarks", "?state=lost&week=x")[2]


def week(visitor: Visitor, page: Body, **more: Any) -> Any:
    values: dict[str, Any] = {
        "week_title__value": "只有这里的监督周", "week_from__value": "２０２５年１０月９日",
        "week_to__value": "2025.10.12",
        "week_projects__value": [], "week_publishes__value": [], "week_request__data": "c" * 32,
    }  # fmt: skip
    return visitor.press("week-send.n_clicks", page, **(values | more))


def test_the_clerk_opens_a_week_and_its_page_counts(own: tuple[Site, UUID]) -> None:
    site, made = own
    clerk, page, _ = opened(site, "clerk", "weeks")
    assert is_told(week(clerk, page, week_title__value=" "), "week_title")
    assert is_told(week(clerk, page, week_from__value="十月"), "typed_day")
    for _ in range(2):
        assert ZH("week.told") in plain(week(clerk, page))
    (held,) = [one for one in rows(site, SupervisionWeek) if one.title == "只有这里的监督周"]
    said(site, "第二条")
    text = opened(site, "clerk", f"weeks/{held.id}")[2]
    assert ZH("week.by_delegation") in text
    assert TEXT in text
    public = opened(site, None, f"weeks/{held.id}")[2]
    assert ZH("week.published_only") in public
    assert TEXT not in public
    assert ZH("week.by_delegation") not in public
    assert TEXT in opened(site, "clerk", "remarks", f"?week={held.id}")[2]
    assert "没有找到这个页面" in plain(site.visitor().open(f"/{TOWNSHIP}/2025/weeks/{held.id}"))
    deputy, page, text = opened(site, "deputy", "weeks")
    assert '"week-send"' not in text
    assert is_told(week(deputy, page, week_request__data="d" * 32), "not_allowed")
    assert made in {one.id for one in rows(site, Remark) if one.week_id == held.id}


def task(visitor: Visitor, page: Body, project: object, **more: Any) -> Any:
    values: dict[str, Any] = {
        "task_kind__value": "questioning", "task_project__value": str(project), "task_department__value": None,
        "task_remark__data": None, "task_title__value": "只有这里的督办", "task_text__value": "请说明",
        "task_led__value": "",
        "task_owner__value": "clerk", "task_due__value": DUE, "task_request__data": "e" * 32,
    }  # fmt: skip
    return visitor.press("task-send.n_clicks", page, **(values | more))


def test_a_task_that_follows_a_remark_is_opened_reported_on_and_closed(own: tuple[Site, UUID]) -> None:
    site, made = own
    project = projects(site.store)[2].id
    clerk, page, text = opened(site, "clerk", "tasks", f"?remark={made}")
    assert TEXT in text
    assert is_told(task(clerk, page, project, task_due__value="明天"), "typed_day")
    assert is_told(task(clerk, page, project, task_title__value=""), "task_title")
    for _ in range(2):
        told = task(clerk, page, project, task_remark__data=str(made))
        assert ZH("task.told.opened") in plain(told)
    (held,) = [one for one in rows(site, Task) if one.title == "只有这里的督办"]
    for path in ("tasks", "desk", f"tasks/{held.id}"):
        assert "只有这里的督办" in opened(site, "department", path)[2]
    department, page, _ = opened(site, "department", f"tasks/{held.id}")
    empty = department.press(
        "task-report-send.n_clicks", page, task_report_text__value=" ", task_report_request__data="f" * 32
    )
    assert is_told(empty, "task_report_empty")
    told = department.press(
        "task-report-send.n_clicks",
        page,
        task_report_text__value="已到场说明",
        task_report_request__data="f" * 32,
    )
    assert ZH("task.told.reported") in plain(told)
    assert [one.text for one in rows(site, TaskReport)] == ["已到场说明"]
    clerk, page, text = opened(site, "clerk", f"tasks/{held.id}")
    assert "已到场说明" in text
    assert is_told(clerk.press("task-close-send.n_clicks", page, task_close_note__value=""), "task_note")
    told = clerk.press("task-close-send.n_clicks", page, task_close_note__value="属实，办结")
    assert ZH("task.told.closed") in plain(told)
    assert "只有这里的督办" in opened(site, "clerk", "tasks", "?state=done")[2]
    assert "只有这里的督办" not in opened(site, "department", "tasks")[2]


@pytest.mark.parametrize("who", [None, "deputy", "another department", "admin"])
def test_tasks_are_internal_and_for_whom_they_concern(site: Site, who: str | None) -> None:
    """The demonstration's task of the lagging project."""
    held = key_of("tasks", COUNTY, "2025-t1")
    for path in (f"tasks/{held}", "tasks"):
        assert "督办老旧小区改造进度" not in opened(site, who, path)[2]
    assert "督办老旧小区改造进度" in opened(site, "department", f"tasks/{held}")[2]


def test_a_leader_decides_a_proposed_task_on_its_page(make_site: Makes) -> None:
    site = make_site()
    proposed = key_of("tasks", COUNTY, "2025-t2")
    clerk, page, text = opened(site, "clerk", f"tasks/{proposed}")
    assert '"task-confirm"' not in text
    assert is_told(clerk.press("task-confirm.n_clicks", page), "not_allowed")
    leader, page, _ = opened(site, "leader", f"tasks/{proposed}")
    assert ZH("task.told.confirmed") in plain(leader.press("task-confirm.n_clicks", page))
    assert '"task-report-text"' in opened(site, "department", f"tasks/{proposed}")[2]


@pytest.mark.parametrize(
    "values",
    [
        {"task_kind__value": "hanging"}, {"task_owner__value": "department"}, {"task_request__data": "x"},
        {"task_project__value": "no id"}, {"task_title__value": "长" * 401},
    ],
)  # fmt: skip
def test_a_forged_task_is_malformed(site: Site, values: dict[str, str]) -> None:
    clerk, page, _ = opened(site, "clerk", "tasks")
    answer = task(clerk, page, projects(site.store)[2].id, **values)
    assert (answer.status_code, answer.json["refused"]) == (400, "malformed")


@pytest.mark.parametrize("page_name", ["remarks", "weeks", "tasks"])
@pytest.mark.parametrize("item", ["nothing", "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_there_is_not_found(site: Site, page_name: str, item: str) -> None:
    assert "没有找到这个页面" in opened(site, "clerk", f"{page_name}/{item}")[2]


def test_english_pages_say_the_same(site: Site) -> None:
    for who, path, title in (
        (None, "remarks", "remark"), (None, "weeks", "Supervision weeks"), ("clerk", "tasks", "overdue"),
    ):  # fmt: skip
        assert title in plain(site.visitor(who).open(f"/en{BASE}/{path}"))
    assert notice_of(site.visitor("clerk").open(f"/en{BASE}/tasks")) == "{}"
