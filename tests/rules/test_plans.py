"""Plans: months that follow from milestones or from the calendar, what a change changes, and who may decide on it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.plan_changes import ChangeRules
from dashboard.rules.plan_problems import Ground, Problem, problems
from dashboard.rules.plans import (
    ENTERED,
    KINDS,
    LINEAR,
    MILESTONES,
    STATES,
    WHOLE,
    Content,
    Milestone,
    Month,
    bodies,
    changes,
    filled,
    kind_needed,
    kinds_in,
    linear_shares,
    milestone_shares,
    moved,
    schedule_of,
)
from dashboard.rules.progress import linear_plan, month_end, month_ends, planned_share
from tests.commands.people import refusal

START, END = date(2025, 1, 1), date(2025, 12, 31)
MIDDLE = date(2025, 7, 15)
LEAD, OTHER = uuid4(), uuid4()
PLAN = Content(
    basis=LINEAR, due=END, budget=1_000_000, target="改造24个小区", quantity=24_000, unit="个", leader="分管副局长",
    department=LEAD,
)  # fmt: skip
VOTED = ("改造24个小区", 1_000_000)


def plan(**more: object) -> Content:
    """Return a whole plan, filled in as it is saved."""
    return filled(PLAN.model_copy(update=more), START)


def ground(before: Content | None = None, today: date = MIDDLE) -> Ground:
    return Ground(START, today, VOTED, before)


def found(content: Content, kind: str = "original", reason: str = "", **more: object) -> dict[str, str]:
    """Return the first problem of each field."""
    told: dict[str, str] = {}
    for one in problems(content, kind, reason, ground(**more)):  # type: ignore[arg-type]
        told.setdefault(one.at, one.code)
    return told


days = st.dates(date(2025, 1, 2), date(2027, 6, 30))
steps = st.lists(
    st.tuples(st.dates(date(2025, 1, 2), date(2026, 12, 31)), st.integers(1, WHOLE - 1)), max_size=8
)


@st.composite
def milestones(draw: st.DrawFn) -> tuple[Milestone, ...]:
    """Draw milestones that rise to the whole, in the order of their days."""
    drawn = draw(steps)
    due = sorted({day for day, _ in drawn} | {draw(st.dates(date(2025, 1, 2), date(2026, 12, 31)))})
    shares = sorted({share for _, share in drawn})[: len(due) - 1]
    rising = [*shares, *[WHOLE]]
    return tuple(
        Milestone(due=day, share=share, name="一步")
        for day, share in zip(due[-len(rising) :], rising, strict=True)
    )


@given(milestones(), st.integers(0, 200))
def test_months_from_milestones_never_fall_and_end_at_the_whole(
    made: tuple[Milestone, ...], later: int
) -> None:
    due = max(one.due for one in made if one.due is not None) + timedelta(days=later)
    shares = milestone_shares(START, due, made)
    assert list(shares) == list(month_ends(START, due))
    values = list(shares.values())
    assert values == sorted(values)
    assert values[-1] == WHOLE
    for one in made:
        # What is due within a month stands at its end, and not at the end of the month before.
        assert one.due is not None
        assert one.share is not None
        assert shares[month_end(one.due)] >= one.share
        before = one.due.replace(day=1) - timedelta(days=1)
        if before in shares:
            assert shares[before] <= one.share


@given(days)
def test_equal_parts_are_the_calendar(due: date) -> None:
    """A linear plan that is filled in draws the same line as a project without any plan: m/12 of a year."""
    months = list(linear_shares(START, due).items())
    assert months[-1][1] == WHOLE
    assert schedule_of(START, due, LINEAR, months) == linear_plan(START, due)
    assert schedule_of(START, due, LINEAR, []) == linear_plan(START, due)


@given(days, st.integers(0, 11), st.integers(0, WHOLE), st.sampled_from([LINEAR, MILESTONES]))
def test_what_is_over_stays_as_it_was(due: date, over: int, reached: int, basis: str) -> None:
    ends = list(month_ends(START, due))
    past = {end: reached * place // max(over, 1) for place, end in enumerate(ends[:over], 1)}
    last = Milestone(due=due, share=WHOLE, name="全部完成")
    content = Content(basis=basis, due=due, milestones=(last,))
    shares = {one.month: one.share for one in filled(content, START, past).months}
    assert {end: shares[end] for end in past} == past
    values = [share for share in shares.values() if share is not None]
    assert values == sorted(values)
    if len(past) < len(ends):
        assert values[-1] == WHOLE


def test_m_twelfths() -> None:
    """张家界 prints 91.67 % for the end of November, and 三明 is 7.33 points over at the end of August with 74 %."""
    shares = linear_shares(START, END)
    assert shares[date(2025, 11, 30)] == 9_167
    assert 7_400 - shares[date(2025, 8, 31)] == 733


def test_milestones_step_at_the_months_end() -> None:
    """临安 2022: two places by March, four by June, seven by September."""
    nodes = ((date(2022, 3, 31), 2_857), (date(2022, 6, 30), 5_714), (date(2022, 9, 30), WHOLE))
    made = tuple(Milestone(due=day, share=share, name="家") for day, share in nodes)
    shares = milestone_shares(date(2022, 1, 1), date(2022, 9, 30), made)
    plan = schedule_of(date(2022, 1, 1), date(2022, 9, 30), MILESTONES, list(shares.items()))
    assert [planned_share(plan, date(2022, month, 15)) for month in (3, 4, 7, 9)] == [0, 2_857, 5_714, 5_714]
    assert planned_share(plan, date(2022, 9, 30)) == WHOLE


def test_a_whole_plan_has_no_problem() -> None:
    assert found(plan()) == {}
    assert found(plan(basis=MILESTONES, milestones=(Milestone(due=END, share=WHOLE, name="完成"),))) == {}


@pytest.mark.parametrize(
    ("more", "at", "code"),
    [
        ({"due": None}, "due", "due_missing"),
        ({"due": START}, "due", "due_early"),
        ({"due": date(2052, 12, 31)}, "due", "due_far"),
        ({"target": " "}, "target", "target_missing"),
        ({"target": "改造23个小区"}, "target", "target_voted"),
        ({"budget": 999_999}, "budget", "budget_voted"),
        ({"quantity": None, "unit": ""}, "quantity", "quantity_missing"),
        ({"quantity": 0}, "quantity", "quantity_none"),
        ({"unit": ""}, "unit", "unit_alone"),
        ({"leader": ""}, "leader", "leader_missing"),
        ({"department": None}, "department", "department_missing"),
        ({"partners": (OTHER, LEAD)}, "partners", "partner_leads"),
        ({"basis": MILESTONES}, "milestones", "milestones_missing"),
    ],
)
def test_a_problem_is_told_at_its_field(more: dict[str, object], at: str, code: str) -> None:
    assert found(plan(**more)).get(at) == code


@pytest.mark.parametrize(
    ("made", "at", "code"),
    [
        ([("2025-06-30", 5_000, "")], "milestones.0.name", "milestone_name"),
        ([(None, 5_000, "a")], "milestones.0.due", "milestone_due"),
        ([("2024-12-31", 5_000, "a")], "milestones.0.due", "milestone_outside"),
        ([("2026-01-01", WHOLE, "a")], "milestones.0.due", "milestone_outside"),
        ([("2025-06-30", 5_000, "a"), ("2025-05-31", WHOLE, "b")], "milestones.1.due", "milestone_order"),
        ([("2025-06-30", None, "a")], "milestones.0.share", "milestone_share"),
        ([("2025-06-30", 0, "a")], "milestones.0.share", "milestone_share"),
        ([("2025-05-31", 5_000, "a"), ("2025-06-30", 5_000, "b")], "milestones.1.share", "milestone_rise"),
        ([("2025-06-30", 5_000, "a")], "milestones.0.share", "milestones_whole"),
    ],
)
def test_a_milestones_problem_is_told_at_its_row(
    made: list[tuple[object, object, str]], at: str, code: str
) -> None:
    steps = tuple(
        Milestone.model_validate({"due": due, "share": share, "name": name}) for due, share, name in made
    )
    assert found(plan(basis=MILESTONES, milestones=steps)).get(at) == code


def entered(**own: int | None) -> Content:
    """Return a plan entered month by month, equal parts but for some months (m7=...)."""
    shares = {end: own.get(f"m{end.month}", share) for end, share in linear_shares(START, END).items()}
    months = tuple(Month(month=end, share=share) for end, share in shares.items())
    return PLAN.model_copy(update={"basis": ENTERED, "months": months})


@pytest.mark.parametrize(
    ("content", "at", "code"),
    [
        (entered(m5=None), "months.4.share", "month_missing"),
        (entered(m5=100), "months.4.share", "share_falls"),
        (entered(m12=9_999), "months.11.share", "share_whole"),
    ],
)
def test_an_entered_month_is_held_to_the_one_before(content: Content, at: str, code: str) -> None:
    assert found(entered()) == {}
    assert found(content) == {at: code}


def money(*sums: int | None) -> Content:
    months = tuple(
        Month(month=end, money=own) for end, own in zip(month_ends(START, END), sums, strict=False)
    )
    return plan(months=months)


@pytest.mark.parametrize(
    ("sums", "problem"),
    [
        ([None] * 12, {}),
        ([0, *[500_000] * 10, 1_000_000], {}),
        ([0, *[500_000] * 10, 1_000_001], {"months.11.money": "money_over"}),
        ([600_000, *[500_000] * 11], {f"months.{place}.money": "money_falls" for place in range(1, 12)}),
        ([0, None, *[500_000] * 10], {"months.1.money": "money_missing"}),
    ],
)
def test_money_rises_to_the_sum_and_no_further(sums: list[int | None], problem: dict[str, str]) -> None:
    assert found(money(*sums)) == problem


CHANGED = {
    "due": {"due": date(2026, 3, 31)},
    "leader": {"leader": "局长"},
    "department": {"department": OTHER},
    "partners": {"partners": (OTHER,)},
    "budget": {"budget": 900_000},
    "target": {"target": "改造22个小区"},
    "quantity": {"quantity": 22_000},
}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("due", "schedule"), ("leader", "schedule"), ("department", "schedule"), ("partners", "schedule"),
        ("budget", "amount"), ("target", "scope"), ("quantity", "scope"),
    ],
)  # fmt: skip
def test_every_change_has_its_kind(name: str, kind: str) -> None:
    """And no other kind fits it, neither a lighter nor a heavier one."""
    before = plan()
    after = filled(PLAN.model_copy(update=CHANGED[name]), START, ground(before).past())
    assert kind_needed(changes(before, after)) == kind
    for other in KINDS:
        told = found(after, other, "征迁未完", before=before)
        expected = {} if other == kind else {"kind": "cancel_changes" if other == "cancel" else "kind_unfit"}
        assert told == expected


def test_a_heavier_kind_brings_lighter_changes_with_it() -> None:
    before = plan()
    after = filled(PLAN.model_copy(update=CHANGED["target"] | CHANGED["budget"] | CHANGED["due"]), START)
    assert kinds_in("scope", changes(before, after)) == {"scope", "amount", "schedule"}


def test_a_change_of_nothing_and_one_without_reason_are_none() -> None:
    before = plan()
    assert found(before, "schedule", "无", before=before) == {"kind": "nothing_changed"}
    assert found(before, "cancel", "无", before=before) == {}
    assert found(before, "cancel", " ", before=before) == {"reason": "reason_missing"}


def test_a_change_leaves_the_months_that_are_over() -> None:
    before = plan()
    for month, problem in ((6, {"months.5.share": "past_share"}), (7, {})):
        after = entered(**{f"m{month}": linear_shares(START, END)[month_end(date(2025, month, 1))] - 100})
        assert found(after, "schedule", "汛期", before=before) == problem
    assert found(plan(due=date(2025, 5, 31)), "schedule", "提前", before=before)["due"] == "due_past"


def test_money_that_was_planned_for_a_month_over_stays() -> None:
    before = money(*[place * 80_000 for place in range(12)])
    after = money(*[place * 70_000 for place in range(12)])
    told = found(after, "schedule", "拨付推迟", before=before)
    assert told == {f"months.{place}.money": "past_money" for place in range(1, 6)}


def test_problems_say_what_they_mean() -> None:
    assert problems(plan(budget=1), "original", "", ground()) == (
        Problem("budget", "budget_voted", {"sum": 1_000_000}),
    )


@pytest.mark.parametrize(
    ("kinds", "own", "expected"),
    [
        ({"schedule"}, {}, ("government",)),
        ({"scope", "amount", "schedule"}, {}, ("standing_committee",)),
        ({"scope", "schedule"}, {"scope_county": "presidium_or_congress"}, ("presidium", "congress")),
        # A rule set that leaves the scope to the government does not let it decide on the sum as well.
        ({"scope", "amount"}, {"scope_county": "government"}, ("standing_committee",)),
        ({"amount", "scope"}, {"scope_county": "congress"}, ("congress",)),
    ],
)
def test_who_decides_may_decide_on_every_part(
    kinds: set[str], own: dict[str, str], expected: tuple[str, ...]
) -> None:
    assert bodies(kinds, ChangeRules.model_validate(own), "county") == expected


def test_a_plan_goes_from_draft_to_force() -> None:
    ways = {
        ("edit", "draft"): "draft", ("edit", "returned"): "draft", ("submit", "draft"): "submitted",
        ("submit", "returned"): "submitted", ("withdraw", "submitted"): "draft", ("return", "submitted"): "returned",
        ("decide", "submitted"): "in_force",
    }  # fmt: skip
    for act in ("edit", "submit", "withdraw", "return", "decide"):
        for state in STATES:
            if (act, state) in ways:
                assert moved(act, state) == ways[act, state]
            else:
                assert refusal(moved, act, state) == "plan_stands_elsewhere"
