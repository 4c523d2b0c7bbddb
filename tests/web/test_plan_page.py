"""The page of a plan as a browser uses it: typed, saved, handed in, decided; nothing is lost, nothing forged."""

from typing import Any

import pytest

from dashboard.commands.plans import draft_plan
from dashboard.i18n import words
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.progress import Plan
from tests.commands.people import COUNTY, call_of
from tests.commands.planning import first_plan, fresh_project, versions
from tests.conftest import NOW
from tests.web.conftest import Makes
from tests.web.visitor import Body, Site, Visitor, is_told, notice_of, plain

ZH = words("zh-CN")
# Why the change that waits was asked for: no public page says it before it is decided.
REASON = "申请将其中320个泊位"
PARKING = key_of("projects", COUNTY, "2025-09")
ESTATES = key_of("projects", COUNTY, "2025-03")


def address(project: object) -> str:
    return f"/{COUNTY}/2025/plan/{project}"


def opened(site: Site, who: str | None, project: object) -> tuple[Visitor, Body, str]:
    visitor = site.visitor(who)
    answer = visitor.open(address(project))
    assert answer.status_code == 200, answer.text
    return visitor, answer.json["response"]["page"]["data"], plain(answer)  # type: ignore[index]


def pressed(visitor: Visitor, page: Body, verb: str, typed: dict[str, str], at: int = 1) -> Any:
    return visitor.press(
        "plan-pressed.data", page, plan_pressed__data={"verb": verb, "typed": typed, "at": at}
    )


def typed(**more: str) -> dict[str, str]:
    """Return a whole first plan as it is typed."""
    values = {
        "plan": "", "revision": "0", "kind": "original", "basis": "milestones", "due": "2025年12月31日",
        "budget": "120万元", "target": "新增停车泊位800个", "quantity": "８００", "unit": "个",
        "leader": "分管副局长", "department": str(key_of("departments", COUNTY, "zj")), "partners": "县公安局",
        "milestones.0.due": "2025.6.30", "milestones.0.share": "45%", "milestones.0.name": "建成泊位300个",
        "milestones.0.evidence": "现场照片", "milestones.1.due": "", "milestones.1.share": "",
        "milestones.1.name": " ", "milestones.1.evidence": "", "milestones.2.due": "2025/12/31",
        "milestones.2.share": "100", "milestones.2.name": "全部启用", "milestones.2.evidence": "验收单",
    }  # fmt: skip
    return values | {name.replace("__", "."): text for name, text in more.items()}


@pytest.fixture(scope="module")
def site(make_site: Makes) -> Site:
    """Of its own: other tests report the month of which this one is to be told that nothing came."""
    return make_site()


@pytest.fixture
def planned(make_site: Makes) -> tuple[Site, Any]:
    site = make_site()
    lead = site.people["department"].actor.department_id
    return site, fresh_project(site.store, department_id=lead, published_at=NOW)


def own(site: Site, **more: str) -> dict[str, str]:
    """Return a first plan of the department that is signed in."""
    return typed(department=str(site.people["department"].actor.department_id), partners="", **more)


def test_a_department_types_a_plan_and_the_clerk_approves_it(planned: tuple[Site, Any]) -> None:
    site, project = planned
    department, page, text = opened(site, "department", project.id)
    assert ZH("plan.told.none") in text
    answer = pressed(department, page, "submit", own(site))
    assert ZH("plan.told.submit") in plain(answer)
    (plan,) = versions(site.store, project.id)
    assert (plan.state, plan.quantity, plan.budget) == ("submitted", 800_000, 120_000_000)
    assert plan.draft is not None
    assert [step["name"] for step in plan.draft["milestones"]] == ["建成泊位300个", "全部启用"]
    clerk, page, text = opened(site, "clerk", project.id)
    assert ZH("plan.waits.clerk.do") in text
    answer = pressed(clerk, page, "approve", {"plan": str(plan.id), "revision": "1"})
    assert ZH("plan.told.approve") in plain(answer)
    (plan,) = versions(site.store, project.id)
    assert plan.state == "in_force"
    assert "建成泊位300个" in plain(site.visitor().open(f"/{COUNTY}/2025/projects/40"))


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("due", "2025-02-30", "typed_day_none"),
        ("due", "年底", "typed_day"),
        ("budget", "一百", "typed_money"),
        ("budget", "-5", "typed_money_below"),
        ("quantity", "1e309", "typed_quantity"),
        ("milestones.0.share", "九成", "typed_share"),
        ("milestones.0.share", "-1", "typed_share_below"),
        ("months.2025-03.money", "=HYPERLINK(1)", "typed_money"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_stays(
    planned: tuple[Site, Any], name: str, text: str, code: str
) -> None:
    """Nothing is saved, and everything that was typed still stands in the form."""
    site, project = planned
    department, page, _ = opened(site, "department", project.id)
    given = own(site) | {name: text}
    answer = plain(pressed(department, page, "save", given))
    facts = {"day": text} if code == "typed_day_none" else {}
    assert ZH(f"refused.{code}", **facts) in answer
    kept = [
        given[one]
        for one in given
        if one.startswith("milestones.0") or one in {"leader", "budget", "quantity"}
    ]
    assert all(f'"value": "{one}"' in answer for one in (text, *kept))
    assert versions(site.store, project.id) == []


def test_over_a_hundred_and_unknown_departments_are_told(planned: tuple[Site, Any]) -> None:
    site, project = planned
    department, page, _ = opened(site, "department", project.id)
    given = own(site) | {"milestones.0.share": "101", "partners": "县公安局、县没有局"}
    answer = plain(pressed(department, page, "submit", given))
    assert ZH("plan.problem.share_over") in answer
    assert ZH("plan.problem.department_unknown", name="县没有局") in answer


def test_what_is_missing_is_told_at_handing_in_and_the_draft_is_kept(planned: tuple[Site, Any]) -> None:
    site, project = planned
    department, page, _ = opened(site, "department", project.id)
    answer = plain(pressed(department, page, "submit", own(site, leader="", quantity="", unit="")))
    for code in ("leader_missing", "quantity_missing"):
        assert ZH(f"plan.problem.{code}") in answer
    assert '"href": "#plan-leader"' in answer
    (plan,) = versions(site.store, project.id)
    assert (plan.state, plan.revision) == ("draft", 1)


def test_the_later_of_two_is_shown_the_others_change(planned: tuple[Site, Any]) -> None:
    """Both opened the same draft; what the later one typed stands beside what was saved, and nothing is lost."""
    site, project = planned
    department, page, _ = opened(site, "department", project.id)
    clerk, clerk_page, _ = opened(site, "clerk", project.id)
    pressed(clerk, clerk_page, "save", own(site, leader="王局长"))
    answer = plain(pressed(department, page, "save", own(site, leader="李局长", unit="处")))
    assert ZH("plan.conflict.caption") in answer
    assert "王局长" in answer
    assert '"value": "李局长"' in answer
    (plan,) = versions(site.store, project.id)
    assert (plan.leader, plan.revision) == ("王局长", 1)
    # Shown the other's, the person may keep the own text, or take what is saved.
    taken = plain(pressed(department, page, "take", own(site, leader="李局长")))
    assert '"value": "王局长"' in taken
    pressed(department, page, "keep", own(site, leader="李局长") | {"shown": "1"})
    (plan,) = versions(site.store, project.id)
    assert (plan.leader, plan.revision) == ("李局长", 2)
    again = plain(pressed(clerk, clerk_page, "keep", own(site, leader="王局长") | {"shown": "1"}))
    assert ZH("plan.conflict.caption") in again
    assert versions(site.store, project.id)[0].leader == "李局长"


def test_the_coordinator_records_the_government_and_the_second_baseline_is_drawn(make_site: Makes) -> None:
    site = make_site()
    waiting = versions(site.store, PARKING)[1]
    _, _, text = opened(site, "clerk", PARKING)
    assert ZH("plan.record.approval") not in text
    coordinator, page, text = opened(site, "coordinator", PARKING)
    assert ZH("plan.record.approval") in text
    given = {
        "plan": str(waiting.id),
        "revision": "1",
        "body": "government",
        "document": "",
        "day": "2025-10-09",
    }
    refused = pressed(coordinator, page, "approval", given)
    assert is_told(refused, "document_needed")
    refused = pressed(coordinator, page, "approval", given | {"document": "禾政〔2025〕33号", "day": "昨天"})
    assert is_told(refused, "typed_day")
    done = pressed(coordinator, page, "approval", given | {"document": "禾政〔2025〕33号"})
    assert ZH("plan.told.approval") in plain(done)
    public = plain(site.visitor().open(f"/{COUNTY}/2025/projects/9"))
    assert '"name": "v1"' in public
    assert "禾政〔2025〕33号" in public


@pytest.mark.parametrize(
    "who", [None, *sorted(set(Role) - {Role.PUBLIC, Role.COORDINATOR}), "another department"]
)
def test_a_forged_approval_writes_nothing(site: Site, who: str | None) -> None:
    waiting = versions(site.store, PARKING)[1]
    visitor = site.visitor(who)
    page = visitor.page(f"/{COUNTY}/2025/desk") | {"path": address(PARKING)}
    given = {"plan": str(waiting.id), "revision": "1", "body": "government", "document": "禾政〔2025〕33号",
             "day": "2025-10-09"}  # fmt: skip
    answer = pressed(visitor, page, "approval", given)
    assert notice_of(answer) != "{}"
    assert versions(site.store, PARKING)[1].approved_at is None


@pytest.mark.parametrize("who", [None, "deputy", "leader", "coordinator", "presidium", "another department"])
def test_a_forged_draft_writes_nothing(site: Site, who: str | None) -> None:
    before = len(versions(site.store, ESTATES))
    visitor = site.visitor(who)
    page = visitor.page(f"/{COUNTY}/2025/desk") | {"path": address(ESTATES)}
    answer = pressed(visitor, page, "save", typed(kind="schedule", reason="试"))
    assert notice_of(answer) != "{}"
    assert len(versions(site.store, ESTATES)) == before


@pytest.mark.parametrize(
    "value",
    [
        {"verb": "drop", "typed": {}, "at": 1}, {"verb": "save", "typed": {"A!": "x"}, "at": 1}, {"verb": "save"},
        {"verb": "save", "typed": {"due": 7}, "at": 1}, {"verb": "save", "typed": {"due": "x" * 2001}, "at": 1},
        {"verb": "save", "typed": {}, "at": 1, "more": 1}, "save", 7,
    ],
)  # fmt: skip
def test_a_press_of_another_shape_is_malformed(site: Site, value: object) -> None:
    visitor, page, _ = opened(site, "clerk", ESTATES)
    answer = visitor.press("plan-pressed.data", page, plan_pressed__data=value)
    assert (answer.status_code, answer.json["refused"]) == (400, "malformed")  # type: ignore[index]


def test_the_rows_follow_what_is_asked(site: Site) -> None:
    """One milestone more, the months to another last day, the money by the planned share; nothing is written."""
    visitor, page, _ = opened(site, "clerk", ESTATES)

    def asked(verb: str, given: dict[str, str]) -> str:
        answer = visitor.press(
            "plan-asked.data", page, plan_asked__data={"verb": verb, "typed": given, "at": 1}
        )
        return plain(answer)

    given = typed(kind="schedule", due="2026-03-31", budget="12,000")
    assert '"name": "milestones.3.due"' in asked("row", given)
    assert '"name": "months.2026-03.money"' in asked("shape", given)
    spread = asked("spread", given | {"basis": "linear"})
    assert '"value": "12000"' in spread
    assert len(versions(site.store, ESTATES)) == 1


def test_the_preview_draws_what_is_typed_over_what_is_in_force(site: Site) -> None:
    visitor, page, _ = opened(site, "clerk", ESTATES)
    answer = visitor.press("plan-typed.data", page, plan_typed__data=typed(kind="schedule", due="2026-03-31"))
    text = plain(answer)
    assert '"name": "v1"' in text
    assert "2026-03-31" in text
    nothing = visitor.press("plan-typed.data", page, plan_typed__data=typed(due="不知道", basis="entered"))
    assert ZH("plan.preview.none") in plain(nothing)


def test_a_plan_is_not_for_the_public_nor_for_strangers(site: Site) -> None:
    text = plain(site.visitor().open(address(PARKING)))
    assert ZH("refused.sign_in_first") in text
    assert REASON not in text
    for who in ("deputy", "another department", "township clerk"):
        assert REASON not in plain(site.visitor(who).open(address(PARKING)))
    assert REASON not in plain(site.visitor().open(f"/{COUNTY}/2025/projects/9"))


def test_the_desk_and_the_project_lead_to_the_plan(site: Site) -> None:
    for path in ("desk", "projects/9"):
        assert address(PARKING) in plain(site.visitor("coordinator").open(f"/{COUNTY}/2025/{path}"))
    assert address(PARKING) not in plain(site.visitor().open(f"/{COUNTY}/2025/projects/9"))


@pytest.mark.parametrize(
    ("month", "found", "missing"),
    [
        ("2025-06", "正在协调管线迁改", "问政后加快施工"),
        ("2025-07", "问政后加快施工", "首批6个小区进场，2个"),
    ],
)
def test_a_point_of_the_curve_opens_its_report_by_address_and_by_press(
    site: Site, month: str, found: str, missing: str
) -> None:
    visitor = site.visitor()
    page = visitor.page(f"/{COUNTY}/2025/projects/3")
    told = plain(visitor.press("project-point.data", page, project_point__data=month, url__search=""))
    assert found in told
    assert missing not in told
    opened_by_address = visitor.ask(f"/{COUNTY}/2025/projects/3?report={month}").text
    assert opened_by_address.count(found) > visitor.ask(f"/{COUNTY}/2025/projects/3").text.count(found)


def test_a_month_without_report_says_so_and_an_unknown_one_is_told(site: Site) -> None:
    visitor = site.visitor()
    assert ZH("project.point.silent") in visitor.ask(f"/{COUNTY}/2025/projects/3?report=2025-04").text
    assert ZH("project.point.ahead") in visitor.ask(f"/{COUNTY}/2025/projects/3?report=2025-11").text
    assert ZH("filter.dropped.do") in visitor.ask(f"/{COUNTY}/2025/projects/3?report=2031-11").text


def test_the_money_goes_under_the_curve_and_is_on_no_axis_of_it(site: Site) -> None:
    visitor = site.visitor()
    answer = visitor.open(f"/{COUNTY}/2025/projects/3", "?money=1")
    text = plain(answer)
    assert ZH("project.money.away") in text
    assert text.count('"id": "project-money"') == 1
    assert ZH("project.money.under") in plain(visitor.open(f"/{COUNTY}/2025/projects/3"))


def test_two_who_hold_one_draft_see_the_same_revision(site: Site) -> None:
    """The revision stands in the form, so that a page that lay open too long is told."""
    project = fresh_project(site.store, number=41)
    clerk = site.people["clerk"].actor
    draft_plan(call_of(site.store, clerk), first_plan(project))
    _, _, text = opened(site, "clerk", project.id)
    assert '"name": "revision", "type": "hidden", "value": "1"' in text or '"value": "1"' in text
    assert isinstance(versions(site.store, project.id)[0], Plan)
