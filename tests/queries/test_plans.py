"""A plan's own page and desk, its baselines, and a cancelled project: who sees what, and what counts where."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from dashboard.commands.plans import (
    Decision,
    approve_plan,
    draft_plan,
    record_approval,
    record_decision,
    return_plan,
)
from dashboard.gate import PUBLIC, Actor
from dashboard.queries.departments import department
from dashboard.queries.deputies import deputy
from dashboard.queries.desk import desk
from dashboard.queries.nation import nation
from dashboard.queries.overview import overview
from dashboard.queries.own import own
from dashboard.queries.plans import plan_desk, plans_waiting
from dashboard.queries.progress import curve, ranking
from dashboard.queries.project import project
from dashboard.queries.project_list import project_list
from dashboard.queries.rollup import rollup
from dashboard.rules.project_list import Wanted, chosen
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.progress import Plan, Project, ProjectPartner
from dashboard.store.tables.supervision import SupervisionMember
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects, refusal
from tests.commands.planning import change, first_plan, fresh_project, hand_in, lead_of
from tests.projects import OWN

YEAR = 2025
ESTATES, PARKING = 3, 9
DAY = date(2025, 10, 9)


def reading(store: Store, actor: Actor = PUBLIC, code: str = COUNTY) -> Any:
    return call_of(store, actor, code, writes=False)


def numbered(store: Store, number: int) -> Project:
    return next(one for one in projects(store) if one.number == number)


def waits(store: Store, actor: Actor) -> list[tuple[int, str]]:
    return [(one.number, one.act) for one in plans_waiting(reading(store, actor))]


def cancel(store: Store, number: int) -> Project:
    """Let the standing committee cancel a project."""
    clerk, one = person(store, Role.CLERK), numbered(store, number)
    saved = hand_in(store, clerk, change(store, one.id, "cancel"))
    record_decision(
        call_of(store, clerk),
        Decision(plan_id=saved.plan_id, revision=saved.revision, body="standing_committee", day=DAY,
                 document="禾人常〔2025〕22号", reason="选址不再具备条件。"),
    )  # fmt: skip
    return one


def test_a_change_waits_at_the_desk_of_who_deals_with_it(demo_store: Store) -> None:
    """The government's at the coordinator's; the congress's at the clerk's, and leaders and presidium see it."""
    people = {
        role: person(demo_store, role) for role in (Role.COORDINATOR, Role.LEADER, Role.PRESIDIUM, Role.CLERK)
    }
    assert {role: waits(demo_store, one) for role, one in people.items()} == {
        Role.COORDINATOR: [(PARKING, "government")], Role.LEADER: [], Role.PRESIDIUM: [], Role.CLERK: [],
    }  # fmt: skip
    one = numbered(demo_store, ESTATES)
    hand_in(demo_store, lead_of(demo_store, one), change(demo_store, one.id, "cancel"))
    assert {role: (ESTATES, "congress") in waits(demo_store, one) for role, one in people.items()} == {
        Role.COORDINATOR: False, Role.LEADER: True, Role.PRESIDIUM: True, Role.CLERK: True,
    }  # fmt: skip
    due = {one.code for one in own(reading(demo_store, people[Role.COORDINATOR]), YEAR).due}  # type: ignore[union-attr]
    assert "plan_government" in due


def test_a_first_plan_waits_where_it_is_to_be_filled_mended_and_approved(demo_store: Store) -> None:
    one = fresh_project(demo_store)
    lead, clerk = lead_of(demo_store, one), person(demo_store, Role.CLERK)
    assert waits(demo_store, lead) == [(40, "fill")]
    assert waits(demo_store, clerk) == [(40, "fill")]
    saved = draft_plan(call_of(demo_store, lead), first_plan(one, leader=""))
    assert waits(demo_store, lead) == [(40, "finish")]
    assert waits(demo_store, clerk) == []
    saved = hand_in(demo_store, lead, first_plan(one, revision=saved.revision))
    assert (waits(demo_store, lead), waits(demo_store, clerk)) == ([], [(40, "approve")])
    return_plan(call_of(demo_store, clerk), saved.plan_id, saved.revision, "请补节点")
    assert waits(demo_store, lead) == [(40, "mend")]
    saved = hand_in(demo_store, lead, first_plan(one, revision=saved.revision))
    approve_plan(call_of(demo_store, clerk), saved.plan_id, saved.revision)
    assert (waits(demo_store, lead), waits(demo_store, clerk)) == ([], [])


def test_a_draft_is_its_writers_alone(demo_store: Store) -> None:
    """What is handed in those see who decide; before it is in force the public sees nothing of it."""
    one = fresh_project(demo_store, published_at=None)
    lead, partner = lead_of(demo_store, one), key_of("departments", COUNTY, "jt")
    with demo_store.system().writing() as session:
        session.add(ProjectPartner(congress_id=OWN, project_id=one.id, department_id=partner))
    watching = {role: person(demo_store, role) for role in (Role.LEADER, Role.COORDINATOR, Role.PRESIDIUM)}
    joint = person(demo_store, Role.DEPARTMENT, department=partner)

    def sees(actor: Actor) -> bool:
        return plan_desk(reading(demo_store, actor), one.id).under_way is not None

    saved = draft_plan(call_of(demo_store, lead), first_plan(one))
    assert sees(lead)
    assert sees(person(demo_store, Role.CLERK))
    assert not any(sees(actor) for actor in watching.values())
    submitted = hand_in(demo_store, lead, first_plan(one, revision=saved.revision))
    assert submitted.revision == 2
    assert all(sees(actor) for actor in (*watching.values(), joint))
    assert not plan_desk(reading(demo_store, joint), one.id).fills
    stranger = person(demo_store, Role.DEPARTMENT, department=key_of("departments", COUNTY, "wj"))
    assert refusal(plan_desk, reading(demo_store, stranger), one.id) == "not_yours"
    assert refusal(plan_desk, reading(demo_store), one.id) == "sign_in_first"
    assert refusal(plan_desk, reading(demo_store, person(demo_store, Role.DEPUTY)), one.id) == "not_allowed"
    with demo_store.reading(reading(demo_store).scope) as session:
        seen = session.scalar(select(func.count()).select_from(Plan).where(Plan.published_at.is_(None)))
    assert seen == 0


def test_a_foreign_project_has_no_plan_here(demo_store: Store) -> None:
    clerk = person(demo_store, Role.CLERK)
    assert refusal(plan_desk, reading(demo_store, clerk), projects(demo_store, TOWNSHIP)[0].id) == "not_found"


def test_every_baseline_is_in_the_curve(demo_store: Store) -> None:
    """The one in force drawn as ever, the one before beside it; the forecast and the gap follow the one in force."""
    one = numbered(demo_store, PARKING)
    before = curve(reading(demo_store), one.id)
    assert before.past == ()
    waiting = next(iter(plan_desk(reading(demo_store, person(demo_store, Role.CLERK)), one.id).versions))
    assert waiting.number == 1
    under_way = plan_desk(reading(demo_store, person(demo_store, Role.COORDINATOR)), one.id).under_way
    assert under_way is not None
    assert under_way.bodies == ("government",)
    record_approval(
        call_of(demo_store, person(demo_store, Role.COORDINATOR)),
        Decision(
            plan_id=under_way.plan_id, revision=1, body="government", day=DAY, document="禾政〔2025〕33号"
        ),
    )
    after = curve(reading(demo_store), one.id)
    assert [(past.version, past.days, past.shares) for past in after.past] == [
        (1, before.planned_days, before.planned)
    ]
    assert after.planned_finish == date(2026, 3, 31)
    assert after.forecast is not None
    assert after.forecast.slip == (after.forecast.finish - date(2026, 3, 31)).days
    page = project(reading(demo_store), YEAR, PARKING)
    assert [(plan.number, plan.kind, plan.document) for plan in page.plans] == [
        (1, "original", None), (2, "schedule", "禾政〔2025〕33号"),
    ]  # fmt: skip
    assert (page.voted.target, page.voted.budget) == (one.target, one.budget)
    assert [step.due for step in page.steps][-2:] == [date(2025, 12, 31), date(2026, 3, 31)]


def test_the_sum_in_force_is_that_of_the_plan(demo_store: Store) -> None:
    """背街小巷 (2024): 1,460万元 were voted, 1,320万元 stand since the standing committee decided."""
    page = project(reading(demo_store), 2024, 4)
    assert (page.voted.budget, page.curve.budget, page.row.budget) == (
        1_460_000_000,
        1_320_000_000,
        1_320_000_000,
    )
    county = next(part for part in rollup(reading(demo_store), 2024).parts if part.own)
    listed = project_list(reading(demo_store), 2024).carried()
    assert county.sums.budget == sum(row.budget or 0 for row in listed)


@pytest.mark.parametrize("number", [ESTATES])
def test_a_cancelled_project_keeps_its_row_and_says_so(loaded_store: Store, number: int) -> None:
    """It is in no light, ranking, mean or sum, and each of them says how many are left out."""
    before = overview(reading(loaded_store), YEAR)
    own_before = next(part for part in rollup(reading(loaded_store), YEAR).parts if part.own).sums
    one = cancel(loaded_store, number)
    page = project(reading(loaded_store), YEAR, number)
    assert (page.row.stage, page.row.light, page.row.gap) == ("cancelled", "cancelled", None)
    assert (page.curve.gap, page.curve.forecast, page.curve.light) == (None, None, "cancelled")
    assert page.reports
    assert page.plan() is not None
    assert page.plan().document == "禾人常〔2025〕22号"  # type: ignore[union-attr]
    shown = project_list(reading(loaded_store), YEAR)
    assert [row.number for row in chosen(shown, Wanted()) if row.stage == "cancelled"] == [number]
    assert (shown.cancelled(), number in {row.number for row in shown.carried()}) == (1, False)
    assert number not in {row.number for row in ranking(reading(loaded_store), YEAR)}
    after = overview(reading(loaded_store), YEAR)
    facts = next(stage.facts for stage in after.stages if stage.key == "deliver")
    old = next(stage.facts for stage in before.stages if stage.key == "deliver")
    assert (facts["cancelled"], "cancelled" in old) == (1, False)
    assert facts["budget"] == old["budget"] - one.budget  # type: ignore[operator]
    sums = next(part for part in rollup(reading(loaded_store), YEAR).parts if part.own).sums
    assert (sums.projects, sums.lights["cancelled"]) == (own_before.projects - 1, 1)
    assert sum(sums.lights.values()) == own_before.projects
    assert (own_before.budget or 0) - (sums.budget or 0) == one.budget
    (county,) = nation(reading(loaded_store, code=None), YEAR)  # type: ignore[arg-type]
    assert county.cancelled == 1


def test_a_cancelled_project_asks_nobody_for_anything(demo_store: Store) -> None:
    one = cancel(demo_store, ESTATES)
    lead = lead_of(demo_store, one)
    assert one.id not in {choice.project_id for choice in desk(reading(demo_store, lead)).projects}
    assert one.department_id is not None
    record = department(reading(demo_store), one.department_id)
    carried = next(row for row in record.projects if (row.year, row.number) == (YEAR, ESTATES))
    assert (carried.light, carried.due) == ("cancelled", 0)
    with demo_store.system().reading() as session:
        seat = session.scalars(
            select(SupervisionMember.membership_id).where(SupervisionMember.project_id == one.id)
        ).first()
    assert seat is not None
    followed = deputy(reading(demo_store), seat).supervised
    assert next(row.light for row in followed if (row.year, row.number) == (YEAR, ESTATES)) == "cancelled"
