"""The nation's projects with plans and monthly reports, and the sums that publishing them keeps.

Reports come month by month over all congresses, as they would have come in: those of one project do not lie together.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from dashboard.rules.progress import Plan as Schedule
from dashboard.rules.progress import finished_early, grown_in, linear_plan, planned_share, stepped_plan
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle
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
from tests.bulk.batch import Batch, batch, noon
from tests.bulk.nation import LAST_YEAR, Nation, One
from tests.bulk.people import DEPARTMENTS, TRADES

WORKS = ("公办幼儿园新建", "农村供水管网改造", "老旧小区改造", "农村公路安防", "村卫生室提升",
         "养老服务中心建设", "农贸市场改造", "污水管网建设", "文化礼堂建设", "公共停车位建设")  # fmt: skip
# These carry no months of their own: the calendar is their plan.
BY_CALENDAR = frozenset({9, 10})
MONEY = 1_000_000_00


class Version(NamedTuple):
    """One version of a project's report of a month."""

    version: int
    share: int
    paid: int
    received: date
    published: datetime | None


def budget(one: One, number: int) -> int:
    """Return what a project may cost, in fen."""
    return (100 + (one.number * 17 + number * 29) % 900) * MONEY


def schedule(nation: Nation, year: int, number: int) -> Schedule:
    """Return the plan of a project, the same in every congress."""
    return _schedule(nation.month_ends(year), number)


@lru_cache(maxsize=1024)
def _schedule(ends: tuple[date, ...], number: int) -> Schedule:
    start, finish = ends[0].replace(day=1), ends[-1]
    if number in BY_CALENDAR:
        return linear_plan(start, finish)
    whole = len(ends) ** 2 + number * len(ends)
    shares = [10_000 * (place**2 + number * place) // whole for place in range(1, len(ends) + 1)]
    return stepped_plan(start, finish, list(zip(ends, shares, strict=True)))


@lru_cache(maxsize=4096)
def _planned(ends: tuple[date, ...], number: int, place: int) -> int:
    return planned_share(_schedule(ends, number), ends[place])


def versions(nation: Nation, one: One, year: int, number: int, place: int) -> tuple[Version, ...]:
    """Return the versions of one month's report: of every project as many as it has months.

    The fourth project misses its fifth month and corrects its sixth; the seventh's last report waits at the clerk's.
    """
    ends = nation.month_ends(year)
    if number == 4 and place == 4:
        return ()
    pace = 7_000 + (one.number * 37 + year * 101 + number * 53) % 41 * 100
    # A stalled one stays where it was at half time.
    known = min(place, len(ends) // 2) if number == 6 and one.number % 5 == 0 else place
    share = _planned(ends, number, known) * pace // 10_000
    paid = budget(one, number) // 10_000 * min(share, 10_000) * 9 // 10
    received = ends[place] + timedelta(days=3 + (one.number + number + place) % 4)
    waits = number == 7 and place == len(ends) - 1 and year == LAST_YEAR
    first = Version(1, share, paid, received, None if waits else noon(received))
    if number == 4 and place == 5:
        later = received + timedelta(days=6)
        return first, Version(2, share + 150, paid, later, noon(later))
    return (first,)


def progress(nation: Nation) -> Iterator[Batch]:
    """Yield projects, plans, reports and sums."""
    yield batch(
        Project,
        "congress_id id cycle_id candidate_id department_id number name short_name category place target leader"
        " budget starts_on due_on state published_at",
        _projects(nation),
    )
    yield batch(ProjectPartner, "congress_id project_id department_id", _partners(nation))
    yield batch(
        Plan,
        "congress_id id project_id version kind state revision basis due_on budget approved_at published_at",
        _plans(nation),
    )
    yield batch(PlanMonth, "congress_id plan_id month share money published_at", _plan_months(nation))
    yield batch(
        Milestone, "congress_id id plan_id due_on share name evidence published_at", _milestones(nation)
    )
    yield batch(
        Report,
        "congress_id id project_id month version state share paid done_text next_text problem_text evidence"
        " received_on submitted_at reason published_at",
        _reports(nation),
    )
    yield batch(
        ProjectState,
        "congress_id project_id report_id month share planned grown early paid published_at",
        _states(nation),
    )
    yield batch(
        CongressMonth,
        "congress_id cycle_id month reported share_sum planned_sum paid_sum published_at",
        _months(nation),
    )


def serial(nation: Nation, year: int, number: int) -> int:
    """Return a project's number within its congress."""
    return (year - 2000) * 32 + number


def each(nation: Nation) -> Iterator[tuple[One, int, int, int]]:
    """Yield every project: its congress, its cycle, its number in it, its number in the congress."""
    for one in nation.all:
        for year in nation.years:
            for number in range(1, nation.projects + 1):
                yield one, year, number, serial(nation, year, number)


def _projects(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, year, number, own in each(nation):
        ends, work = nation.month_ends(year), WORKS[(number - 1) % len(WORKS)]
        yield (
            one.id, one.key(Project, own), one.key(Cycle, year), one.key(Candidate, year * 32 + number),
            one.key(Department, number % DEPARTMENTS + 1), number, f"{one.name}{work}{number}处", work,
            TRADES[number % len(TRADES)], f"{one.name}东片", f"完成{work}{number}处", "分管副局长",
            budget(one, number), ends[0].replace(day=1), ends[-1], "running" if year == LAST_YEAR else "accepted",
            noon(date(year, 1, 16)),
        )  # fmt: skip


def _partners(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, _, number, own in each(nation):
        if number % 5 == 0:
            yield one.id, one.key(Project, own), one.key(Department, (number + 3) % DEPARTMENTS + 1)


def _plans(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, year, number, own in each(nation):
        said = noon(date(year, 1, 16))
        due, key = nation.month_ends(year)[-1], one.key(Project, own)
        basis = "linear" if number in BY_CALENDAR else "entered"
        yield (one.id, one.key(Plan, own), key, 1, "original", "in_force", 1, basis, due, budget(one, number),
               said, said)  # fmt: skip


def _plan_months(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, year, number, own in each(nation):
        if number in BY_CALENDAR:
            continue
        key, most, said = one.key(Plan, own), budget(one, number), noon(date(year, 1, 16))
        plan = schedule(nation, year, number)
        for month, share in zip(plan.days[1:], plan.shares[1:], strict=True):
            yield one.id, key, month, share, most // 10_000 * share, said


def _milestones(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, year, number, own in each(nation):
        ends, said = nation.month_ends(year), noon(date(year, 1, 16))
        for place, name in ((len(ends) // 3, "主体完工"), (len(ends) - 1, "竣工验收")):
            share = _planned(ends, number, place)
            yield (
                one.id,
                one.key(Milestone, own * 64 + place),
                one.key(Plan, own),
                ends[place],
                share,
                name,
                "照片",
                said,
            )


def _reports(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for year in nation.years:
        for place, month in enumerate(nation.month_ends(year)):
            for one in nation.all:
                for number in range(1, nation.projects + 1):
                    yield from _reported(nation, one, year, number, place, month)


def _reported(
    nation: Nation, one: One, year: int, number: int, place: int, month: date
) -> Iterator[tuple[Any, ...]]:
    own = serial(nation, year, number)
    for said in versions(nation, one, year, number, place):
        text = f"{month.month}月完成{said.share / 100:.1f}%，{WORKS[number % len(WORKS)]}现场按计划推进，材料已进场。"
        problem = "征迁尚未完成，已请属地协调。" if number == 6 else None
        yield (
            one.id, one.key(Report, (own * 64 + place) * 4 + said.version), one.key(Project, own), month,
            said.version, "published" if said.published else "submitted", said.share, said.paid, text,
            "下月继续推进，确保按期完成。", problem, 2,
            said.received, noon(said.received), "数字更正" if said.version > 1 else None, said.published,
        )  # fmt: skip


def _latest(nation: Nation, one: One, year: int, number: int, place: int) -> Version | None:
    known = [said for said in versions(nation, one, year, number, place) if said.published]
    return known[-1] if known else None


def _states(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one, year, number, own in each(nation):
        ends = nation.month_ends(year)
        told = [(place, _latest(nation, one, year, number, place)) for place in range(len(ends))]
        known = [(place, latest) for place, latest in told if latest is not None]
        if not known:
            continue
        shares = [(ends[place], latest.share) for place, latest in known]
        place, last = known[-1]
        yield (
            one.id,
            one.key(Project, own),
            one.key(Report, (own * 64 + place) * 4 + last.version),
            ends[place],
            last.share,
            _planned(ends, number, place),
            grown_in(shares),
            finished_early(schedule(nation, year, number), shares),
            last.paid,
            last.published,
        )


def _months(nation: Nation) -> Iterator[tuple[Any, ...]]:
    for one in nation.all:
        for year in nation.years:
            ends = nation.month_ends(year)
            for place, month in enumerate(ends):
                known = [
                    (last, _planned(ends, number, place))
                    for number in range(1, nation.projects + 1)
                    if (last := _latest(nation, one, year, number, place)) is not None
                ]
                if known:
                    yield (
                        one.id, one.key(Cycle, year), month, len(known), sum(last.share for last, _ in known),
                        sum(planned for _, planned in known), sum(last.paid for last, _ in known),
                        max(last.published for last, _ in known if last.published),
                    )  # fmt: skip
