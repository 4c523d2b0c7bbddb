"""A plan from its draft to its decision: who may, what is refused, old and new side by side, nothing overwritten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from dashboard.commands.plans import (
    Decision,
    approve_plan,
    draft_plan,
    record_approval,
    record_decision,
    return_plan,
    submit_plan,
    withdraw_plan,
)
from dashboard.gate import PUBLIC
from dashboard.queries.progress import curve
from dashboard.rules.progress import WHOLE, month_ends
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import verify
from dashboard.store.tables.cycle import CycleStage
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.progress import (
    CongressMonth,
    Milestone,
    Plan,
    PlanMonth,
    Project,
    ProjectPartner,
    ProjectState,
    Report,
)
from dashboard.store.tables.record import Act, TopicVersion
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects, refusal
from tests.commands.planning import (
    OWN,
    YEAR_END,
    change,
    first_plan,
    fresh_project,
    hand_in,
    in_force,
    lead_of,
    project_of,
    versions,
)

MARCH = date(2026, 3, 31)
OTHER = key_of("departments", COUNTY, "jt")


def everything(store: Store) -> dict[str, int]:
    """Return how many rows of plans and acts there are: what nothing refused may change."""
    with store.system().reading() as session:
        return {
            str(table.__tablename__): session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Plan, PlanMonth, Milestone, Act, ProjectPartner)
        }


def kinds_of_acts(store: Store) -> list[str]:
    with store.system().reading() as session:
        acts = session.scalars(select(Act).where(Act.congress_id == OWN).order_by(Act.number))
        return [act.kind for act in acts if act.kind.startswith("plan_")]


def parking(store: Store) -> Project:
    """Return the project whose change waits for the government's approval."""
    return next(one for one in projects(store) if one.number == 9)


def estates(store: Store) -> Project:
    """Return a project that is under way by its own plan."""
    return next(one for one in projects(store) if one.number == 3)


def decision(saved: Any, body: str = "standing_committee", **more: Any) -> Decision:
    given = {"plan_id": saved.plan_id, "revision": saved.revision, "body": body, "document": "禾人常〔2025〕21号",
             "day": date(2025, 10, 9), "reason": "征迁范围变化，同意调整。"}  # fmt: skip
    return Decision.model_validate(given | more)


def test_a_first_plan_goes_from_the_department_to_the_clerk_into_force(loaded_store: Store) -> None:
    project = fresh_project(loaded_store)
    lead, clerk = lead_of(loaded_store, project), person(loaded_store, Role.CLERK)
    saved = hand_in(loaded_store, lead, first_plan(project, partners=[OTHER]))
    (drafted,) = versions(loaded_store, project.id)
    assert (drafted.state, drafted.published_at, drafted.approved_at) == ("submitted", None, None)
    assert everything(loaded_store)["plans"] == everything_before(loaded_store) + 1
    approve_plan(call_of(loaded_store, clerk), saved.plan_id, saved.revision)
    (plan,) = versions(loaded_store, project.id)
    assert (plan.version, plan.kind, plan.state, plan.draft) == (1, "original", "in_force", None)
    assert plan.published_at == plan.approved_at is not None
    after = project_of(loaded_store, project.id)
    assert (after.state, after.leader, after.budget, after.target) == (
        "running", "分管副局长", project.budget, project.target,
    )  # fmt: skip
    held = in_force(loaded_store, project.id)
    assert [month.share for month in held.months][-2:] == [9_167, WHOLE]
    assert held.months[-1].money == project.budget
    assert held.partners == (OTHER,)
    with loaded_store.system().reading() as session:
        assert session.get(ProjectPartner, (OWN, project.id, OTHER)) is not None
        assert verify(session, OWN) is None
    assert kinds_of_acts(loaded_store) == ["plan_drafted", "plan_submitted", "plan_approved"]


def everything_before(store: Store) -> int:
    """Return how many plans the demonstration holds."""
    with store.system().reading() as session:
        return session.scalar(select(func.count()).select_from(Plan).where(Plan.edited_by.is_(None))) or 0


def test_milestones_make_the_months(demo_store: Store) -> None:
    project = fresh_project(demo_store)
    clerk = person(demo_store, Role.CLERK)
    steps = [
        {"due": date(2025, 3, 15), "share": 2_000, "name": "开工", "evidence": "开工令"},
        {"due": date(2025, 12, 31), "share": WHOLE, "name": "建成", "evidence": "验收单"},
    ]
    saved = hand_in(demo_store, clerk, first_plan(project, basis="milestones", milestones=steps))
    approve_plan(call_of(demo_store, clerk), saved.plan_id, saved.revision)
    held = in_force(demo_store, project.id)
    assert [month.share for month in held.months] == [0, 0, *[2_000] * 9, WHOLE]
    assert [(one.name, one.evidence) for one in held.milestones] == [("开工", "开工令"), ("建成", "验收单")]


def test_a_draft_may_lack_what_handing_in_asks_for(demo_store: Store) -> None:
    """Half a plan is kept, by department or clerk; it stands at nobody's desk and is nobody's plan."""
    project = fresh_project(demo_store)
    half = first_plan(
        project, leader="", quantity=None, unit="", basis="milestones", milestones=[{"name": "开工"}]
    )
    saved = draft_plan(call_of(demo_store, lead_of(demo_store, project)), half)
    before = everything(demo_store)
    assert refusal(submit_plan, call_of(demo_store, lead_of(demo_store, project)), saved.plan_id, 1) == (
        "plan_incomplete"
    )
    assert everything(demo_store) == before
    (kept,) = versions(demo_store, project.id)
    assert (kept.state, kept.revision) == ("draft", 1)
    again = draft_plan(call_of(demo_store, person(demo_store, Role.CLERK)), first_plan(project, revision=1))
    assert (again.plan_id, again.revision) == (saved.plan_id, 2)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.DEPARTMENT, Role.PUBLIC}))
def test_others_draft_nothing(demo_store: Store, role: Role) -> None:
    project = fresh_project(demo_store)
    before = everything(demo_store)
    assert (
        refusal(draft_plan, call_of(demo_store, person(demo_store, role)), first_plan(project))
        == "not_allowed"
    )
    assert everything(demo_store) == before


def test_a_joint_department_and_a_strange_one_draft_nothing(loaded_store: Store) -> None:
    """The lead department fills the plan in; one that shares the project reports, and plans nothing."""
    project = fresh_project(loaded_store)
    with loaded_store.system().writing() as session:
        session.add(ProjectPartner(congress_id=OWN, project_id=project.id, department_id=OTHER))
    before = everything(loaded_store)
    for department in (OTHER, key_of("departments", COUNTY, "wj")):
        stranger = person(loaded_store, Role.DEPARTMENT, department=department)
        assert refusal(draft_plan, call_of(loaded_store, stranger), first_plan(project)) == "not_yours"
    assert refusal(draft_plan, call_of(loaded_store, PUBLIC), first_plan(project)) == "sign_in_first"
    assert everything(loaded_store) == before


def test_a_department_does_not_choose_who_leads(demo_store: Store) -> None:
    project = fresh_project(demo_store)
    other = first_plan(project, department=OTHER)
    assert (
        refusal(draft_plan, call_of(demo_store, lead_of(demo_store, project)), other) == "plan_lead_by_clerk"
    )
    draft_plan(call_of(demo_store, person(demo_store, Role.CLERK)), other)
    assert versions(demo_store, project.id)[0].department_id == OTHER


def test_the_later_of_two_overwrites_nothing(loaded_store: Store) -> None:
    """Two begin at once, and two go on from the same revision: the first is kept, the second is told."""
    project = fresh_project(loaded_store)
    lead, clerk = lead_of(loaded_store, project), person(loaded_store, Role.CLERK)

    def press(pressed: tuple[Any, str, int]) -> str:
        actor, leader, revision = pressed
        new = first_plan(project, leader=leader, revision=revision)
        try:
            return f"saved {draft_plan(call_of(loaded_store, actor), new).revision}"
        except Refused as refused:
            return refused.code

    for revision in (0, 1):
        with ThreadPoolExecutor(2) as pool:
            told = list(pool.map(press, [(lead, "局长", revision), (clerk, "副局长", revision)]))
        assert sorted(told) == ["plan_changed_meanwhile", f"saved {revision + 1}"]
        (kept,) = versions(loaded_store, project.id)
        assert kept.leader == ("局长" if told[0].startswith("saved") else "副局长")


def test_nobody_decides_on_what_they_have_not_seen(demo_store: Store) -> None:
    """A revision is what a person looked at: handing in, approving and returning another one is refused."""
    project = fresh_project(demo_store)
    clerk = person(demo_store, Role.CLERK)
    saved = hand_in(demo_store, clerk, first_plan(project))
    for act, more in ((approve_plan, ()), (return_plan, ("写错了",)), (withdraw_plan, ())):
        call = call_of(demo_store, clerk)
        assert refusal(act, call, saved.plan_id, saved.revision + 1, *more) == "plan_changed_meanwhile"
    assert versions(demo_store, project.id)[0].state == "submitted"


def test_a_returned_plan_says_why_and_goes_on(demo_store: Store) -> None:
    project = fresh_project(demo_store)
    lead, clerk = lead_of(demo_store, project), person(demo_store, Role.CLERK)
    saved = hand_in(demo_store, lead, first_plan(project))
    assert refusal(return_plan, call_of(demo_store, clerk), saved.plan_id, 1, " ") == "reason_needed"
    return_plan(call_of(demo_store, clerk), saved.plan_id, 1, "请补节点。")
    (plan,) = versions(demo_store, project.id)
    assert (plan.state, plan.returned) == ("returned", "请补节点。")
    assert refusal(approve_plan, call_of(demo_store, clerk), saved.plan_id, 1) == "plan_stands_elsewhere"
    again = hand_in(demo_store, lead, first_plan(project, revision=1))
    assert (versions(demo_store, project.id)[0].state, again.revision) == ("submitted", 2)
    withdraw_plan(call_of(demo_store, lead), again.plan_id, again.revision)
    assert versions(demo_store, project.id)[0].state == "draft"


def test_what_is_handed_in_stands_until_it_is_decided(demo_store: Store) -> None:
    project = fresh_project(demo_store)
    lead, clerk = lead_of(demo_store, project), person(demo_store, Role.CLERK)
    saved = hand_in(demo_store, lead, first_plan(project))
    code = refusal(draft_plan, call_of(demo_store, clerk), first_plan(project, revision=1))
    assert code == "plan_stands_elsewhere"
    for role in sorted(set(Role) - {Role.CLERK, Role.PUBLIC}):
        call = call_of(demo_store, person(demo_store, role))
        assert refusal(approve_plan, call, saved.plan_id, 1) == "not_allowed"
    assert refusal(record_decision, call_of(demo_store, clerk), decision(saved)) == "plan_first_by_clerk"


def test_an_approved_plan_is_changed_by_an_adjustment_alone(demo_store: Store) -> None:
    project, clerk = estates(demo_store), person(demo_store, Role.CLERK)
    before = in_force(demo_store, project.id)
    anew = first_plan(project, **before.model_dump(exclude={"months"}))
    assert refusal(draft_plan, call_of(demo_store, clerk), anew) == "plan_kind"
    fresh = fresh_project(demo_store)
    new = first_plan(fresh, kind="schedule")
    assert refusal(draft_plan, call_of(demo_store, clerk), new) == "plan_kind"


def test_a_schedule_waits_for_the_government(loaded_store: Store) -> None:
    """Nothing is in force before the coordinator has recorded it; then both baselines stand side by side."""
    project = parking(loaded_store)
    first, waiting = versions(loaded_store, project.id)
    assert (first.state, waiting.state, waiting.kind) == ("in_force", "submitted", "schedule")
    old, drawn = in_force(loaded_store, project.id), curve(call_of(loaded_store, writes=False), project.id)
    coordinator, clerk = person(loaded_store, Role.COORDINATOR), person(loaded_store, Role.CLERK)
    new = decision_on(waiting, "government", "禾政〔2025〕33号")
    assert refusal(record_decision, call_of(loaded_store, clerk), new) == "plan_not_yours_to_decide"
    by_committee = decision_on(waiting, "standing_committee", "禾人常〔2025〕20号")
    assert refusal(record_decision, call_of(loaded_store, clerk), by_committee) == "plan_not_yours_to_decide"
    assert in_force(loaded_store, project.id) == old
    record_approval(call_of(loaded_store, coordinator), new)
    first, second = versions(loaded_store, project.id)
    assert (first.due_on, second.due_on) == (YEAR_END, MARCH)
    assert (second.document, second.decided_by, second.decided_on) == (
        "禾政〔2025〕33号", "government", date(2025, 10, 9),
    )  # fmt: skip
    with loaded_store.system().reading() as session:
        rows = select(func.count()).select_from(PlanMonth)
        assert [session.scalar(rows.where(PlanMonth.plan_id == one.id)) for one in (first, second)] == [
            12,
            15,
        ]
    again = curve(call_of(loaded_store, writes=False), project.id)
    assert (drawn.planned_finish, again.planned_finish) == (YEAR_END, MARCH)
    # What was due by the months that are over is due still: nobody plans a delay away.
    assert again.planned[: len(drawn.planned) - 3] == drawn.planned[:-3]
    assert (again.gap, again.actual) == (drawn.gap, drawn.actual)


def decision_on(plan: Plan, body: str, document: str, **more: Any) -> Decision:
    given = {"plan_id": plan.id, "revision": plan.revision, "body": body, "document": document,
             "day": date(2025, 10, 9)}  # fmt: skip
    return Decision.model_validate(given | more)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"document": " "}, "document_needed"),
        ({"day": date(2025, 10, 11)}, "decision_ahead"),
        ({"revision": 2}, "plan_changed_meanwhile"),
        ({"plan_id": new_id()}, "not_found"),
    ],
)
def test_an_approval_names_document_and_day(demo_store: Store, more: dict[str, Any], code: str) -> None:
    project = parking(demo_store)
    new = decision_on(versions(demo_store, project.id)[1], "government", "禾政〔2025〕33号")
    before = everything(demo_store)
    coordinator = person(demo_store, Role.COORDINATOR)
    assert refusal(record_approval, call_of(demo_store, coordinator), new.model_copy(update=more)) == code
    assert everything(demo_store) == before


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("amount", {"budget": 5_500_000_000}),
        ("scope", {"target": "改造20个小区", "quantity": 20_000}),
        ("cancel", {}),
    ],
)
def test_what_was_voted_is_decided_by_the_standing_committee(
    loaded_store: Store, kind: str, more: dict[str, Any]
) -> None:
    """The government's approval is not enough, and the text that was voted is never overwritten."""
    project = estates(loaded_store)
    clerk, coordinator = person(loaded_store, Role.CLERK), person(loaded_store, Role.COORDINATOR)
    given = cut(loaded_store, project.id, more["budget"]) | more if "budget" in more else more
    saved = hand_in(
        loaded_store, lead_of(loaded_store, project), change(loaded_store, project.id, kind, **given)
    )
    by_government = decision(saved, "government")
    assert refusal(record_approval, call_of(loaded_store, coordinator), by_government) == (
        "plan_not_yours_to_decide"
    )
    without = decision(saved, reason="")
    assert refusal(record_decision, call_of(loaded_store, clerk), without) == "reason_needed"
    old = in_force(loaded_store, project.id)
    record_decision(call_of(loaded_store, clerk), decision(saved))
    first, second = versions(loaded_store, project.id)
    assert (first.budget, first.target) == (old.budget, old.target) == (project.budget, project.target)
    after = project_of(loaded_store, project.id)
    assert (after.name, after.target, after.budget, after.due_on) == (
        project.name, project.target, project.budget, project.due_on,
    )  # fmt: skip
    assert (second.kind, second.decided_by, second.decision) == (
        kind, "standing_committee", "征迁范围变化，同意调整。",
    )  # fmt: skip
    assert after.state == ("cancelled" if kind == "cancel" else project.state)
    if kind != "cancel":
        now = in_force(loaded_store, project.id)
        assert {"budget": now.budget, "target": now.target} == {
            "budget": more.get("budget", project.budget), "target": more.get("target", project.target),
        }  # fmt: skip


def cut(store: Store, project: UUID, budget: int) -> dict[str, Any]:
    """Return months whose money to come keeps within a smaller sum."""
    months = in_force(store, project).months
    return {"months": [one.model_dump() | {"money": min(one.money or 0, budget)} for one in months]}


def stretched(store: Store, project: UUID, due: date) -> dict[str, Any]:
    """Return a later last day, with the months to it: nothing more is paid in them."""
    held = in_force(store, project)
    later = [month for month in month_ends(held.months[-1].month, due) if month > held.months[-1].month]
    months = [one.model_dump() for one in held.months]
    return {"due": due, "months": months + [{"month": end, "money": held.months[-1].money} for end in later]}


def test_in_a_township_the_presidium_or_the_congress_decides(loaded_store: Store) -> None:
    project = projects(loaded_store, TOWNSHIP)[0]
    clerk = person(loaded_store, Role.CLERK, TOWNSHIP)
    new = change(loaded_store, project.id, "cancel")
    saved = draft_plan(call_of(loaded_store, clerk, TOWNSHIP), new)
    submit_plan(call_of(loaded_store, clerk, TOWNSHIP), saved.plan_id, saved.revision)
    committee = decision(saved)
    assert refusal(record_decision, call_of(loaded_store, clerk, TOWNSHIP), committee) == (
        "plan_not_yours_to_decide"
    )
    record_decision(call_of(loaded_store, clerk, TOWNSHIP), decision(saved, "presidium"))
    assert project_of(loaded_store, project.id).state == "cancelled"


def test_a_kind_that_does_not_fit_the_changes_is_refused(demo_store: Store) -> None:
    project = estates(demo_store)
    lead = lead_of(demo_store, project)
    revision = 0
    for kind, more in (
        ("schedule", {"target": "改造20个小区"}),
        ("schedule", {"quantity": 20_000}),
        ("amount", {"due": MARCH}),
        ("scope", {"leader": "局长"}),
        ("schedule", {}),
    ):
        saved = draft_plan(call_of(demo_store, lead), change(demo_store, project.id, kind, revision, **more))
        revision = saved.revision
        assert refusal(submit_plan, call_of(demo_store, lead), saved.plan_id, revision) == "plan_incomplete"
    assert versions(demo_store, project.id)[1].state == "draft"


def test_one_change_at_a_time(demo_store: Store) -> None:
    project = parking(demo_store)
    new = change(demo_store, project.id, "schedule", due=MARCH)
    code = refusal(draft_plan, call_of(demo_store, lead_of(demo_store, project)), new)
    assert code == "plan_changed_meanwhile"
    new = change(demo_store, project.id, "schedule", revision=1, due=MARCH)
    code = refusal(draft_plan, call_of(demo_store, lead_of(demo_store, project)), new)
    assert code == "plan_stands_elsewhere"


def test_re_basing_changes_no_past_report(loaded_store: Store) -> None:
    """Reports, standings and the month sums up to today are what they were."""

    def published() -> tuple[Any, ...]:
        with loaded_store.system().reading() as session:
            reports = session.execute(
                select(Report.id, Report.share, Report.paid, Report.done_text, Report.version)
                .where(Report.congress_id == OWN)
                .order_by(Report.id)
            ).all()
            states = session.execute(
                select(ProjectState.project_id, ProjectState.share, ProjectState.planned)
                .where(ProjectState.congress_id == OWN)
                .order_by(ProjectState.project_id)
            ).all()
            months = session.execute(
                select(CongressMonth.month, CongressMonth.share_sum, CongressMonth.planned_sum)
                .where(CongressMonth.congress_id == OWN)
                .order_by(CongressMonth.cycle_id, CongressMonth.month)
            ).all()
        return [*reports], [*states], [*months]

    project, before = estates(loaded_store), published()
    lead, coordinator = lead_of(loaded_store, project), person(loaded_store, Role.COORDINATOR)
    longer = stretched(loaded_store, project.id, MARCH)
    saved = hand_in(
        loaded_store, lead, change(loaded_store, project.id, "schedule", basis="linear", **longer)
    )
    record_approval(call_of(loaded_store, coordinator), decision(saved, "government"))
    assert in_force(loaded_store, project.id).due == MARCH
    assert published() == before


def test_a_cancelled_project_keeps_its_row_and_leaves_the_sums(loaded_store: Store) -> None:
    project, clerk = estates(loaded_store), person(loaded_store, Role.CLERK)

    def september() -> tuple[int, int]:
        with loaded_store.system().reading() as session:
            row = session.get_one(CongressMonth, (OWN, project.cycle_id, date(2025, 9, 30)))
            return row.reported, row.share_sum

    reported, shares = september()
    saved = hand_in(loaded_store, clerk, change(loaded_store, project.id, "cancel"))
    record_decision(call_of(loaded_store, clerk), decision(saved))
    with loaded_store.system().reading() as session:
        own = session.get_one(ProjectState, (OWN, project.id))
    assert september() == (reported - 1, shares - own.share)
    again = change(loaded_store, project.id, "schedule", due=MARCH)
    assert refusal(draft_plan, call_of(loaded_store, clerk), again) == "project_cancelled"


def test_a_year_that_is_over_is_not_planned_anew(demo_store: Store) -> None:
    project = fresh_project(demo_store)
    with demo_store.system().writing() as session:
        session.get_one(CycleStage, (OWN, project.cycle_id, "deliver")).state = "ended"
    code = refusal(draft_plan, call_of(demo_store, person(demo_store, Role.CLERK)), first_plan(project))
    assert code == "stage_closed"


def test_a_foreign_plan_and_an_absent_one_answer_alike(loaded_store: Store) -> None:
    foreign = projects(loaded_store, TOWNSHIP)[0]
    clerk = person(loaded_store, Role.CLERK)
    theirs = versions(loaded_store, foreign.id)[0]
    for plan in (theirs.id, new_id()):
        assert refusal(submit_plan, call_of(loaded_store, clerk), plan, 1) == "not_found"
        assert refusal(approve_plan, call_of(loaded_store, clerk), plan, 1) == "not_found"
    for project in (foreign.id, new_id()):
        new = change(loaded_store, foreign.id, "cancel").model_copy(update={"project_id": project})
        assert refusal(draft_plan, call_of(loaded_store, clerk), new) == "not_found"


def test_the_candidates_text_stays(loaded_store: Store) -> None:
    project, clerk = estates(loaded_store), person(loaded_store, Role.CLERK)

    def voted() -> tuple[Any, ...]:
        with loaded_store.system().reading() as session:
            row = session.get_one(Candidate, (OWN, project.candidate_id))
            return row.name, row.target, row.budget, row.state

    before = voted()
    new = change(loaded_store, project.id, "scope", target="改造20个小区", quantity=20_000)
    saved = hand_in(loaded_store, clerk, new)
    record_decision(call_of(loaded_store, clerk), decision(saved))
    assert voted() == before


def test_every_act_raises_the_desk_and_a_decision_the_pages(demo_store: Store) -> None:
    project, clerk = fresh_project(demo_store), person(demo_store, Role.CLERK)

    def stamps() -> dict[str, int]:
        with demo_store.system().reading() as session:
            rows = session.scalars(select(TopicVersion).where(TopicVersion.congress_id == OWN))
            return {row.topic: row.version for row in rows}

    before = stamps()
    saved = draft_plan(call_of(demo_store, clerk), first_plan(project))
    drafted = stamps()
    assert drafted["desk"] == before.get("desk", 0) + 1
    assert drafted["progress"] == before["progress"]
    submit_plan(call_of(demo_store, clerk), saved.plan_id, saved.revision)
    approve_plan(call_of(demo_store, clerk), saved.plan_id, saved.revision)
    after = stamps()
    assert after["desk"] == before.get("desk", 0) + 3
    assert after["progress"] == before["progress"] + 1


@pytest.mark.parametrize(
    "more",
    [
        {"basis": "sometimes"}, {"budget": -1}, {"budget": 10**15 + 1}, {"quantity": -1}, {"target": "字" * 501},
        {"months": [{"month": YEAR_END, "share": WHOLE + 1}]}, {"months": [{"month": YEAR_END, "share": -1}]},
        {"milestones": [{"share": 12.5}]}, {"milestones": [{"name": "字" * 81}]}, {"milestones": [{}] * 25},
        {"kind": "rename"}, {"revision": -1}, {"reason": "字" * 501}, {"due": "2025-02-30"},
    ],
)  # fmt: skip
def test_values_out_of_bounds_are_no_plan(more: dict[str, Any]) -> None:
    project = Project(
        id=new_id(),
        department_id=OTHER,
        due_on=YEAR_END,
        starts_on=date(2025, 1, 1),
        budget=None,
        target="目标",
    )
    with pytest.raises(ValidationError):
        first_plan(project, **more)
