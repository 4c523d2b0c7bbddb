"""What the demonstration holds: every congress with its years, every wish counted, and the troubles of real data."""

import hashlib
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from dashboard.rules.plan_problems import Ground, problems
from dashboard.rules.points import ranks
from dashboard.rules.report_quality import ReportFacts, quality_marks
from dashboard.store.loading.bulk import DEMONSTRATION
from dashboard.store.loading.gathering import key_of
from dashboard.store.plans import content_of
from dashboard.store.schedules import schedules
from dashboard.store.tables.areas import Area
from dashboard.store.tables.assessment import Assessment, AssessmentResult
from dashboard.store.tables.congress import Congress, Department, DepartmentSuccession, MembershipState
from dashboard.store.tables.cycle import CalendarEntry, Cycle, CycleFunnel
from dashboard.store.tables.inquiry import Promise
from dashboard.store.tables.orders import Candidate, CandidateOrder, Order
from dashboard.store.tables.progress import Milestone, Plan, Project, ProjectPartner, Report
from dashboard.store.tables.supervision import Remark, RemarkAnswer, SupervisionMember, Task
from dashboard.store.tables.voting import Ballot, Count, Round, RoundProject
from dashboard.store.transactions import Store
from tests.store.asking import ask

CODE = "990121"
COUNTY = key_of("congress", CODE)
WHOLE_YEARS = (2023, 2024, 2025)


def counted(store: Store, statement: Any) -> dict[Any, int]:
    with store.system().reading() as session:
        return {row[0]: row[1] for row in session.execute(statement)}


def names(store: Store) -> dict[Any, str]:
    return {row.id: row.short_name for row in ask(store, select(Department))}


def rank_lines(store: Store) -> dict[str, dict[int, int]]:
    """Return each department's rank by year, under the name that carries the line on today."""
    heirs = {row.from_id: row for row in ask(store, select(DepartmentSuccession))}
    called = names(store)
    lines: dict[str, dict[int, int]] = defaultdict(dict)
    years = {row.id: row.year for row in ask(store, select(Assessment))}
    for row in ask(store, select(AssessmentResult).where(AssessmentResult.rank.is_not(None))):
        heir = heirs.get(row.department_id)
        own = heir.to_id if heir is not None and heir.kind == "renamed" else row.department_id
        lines[called[own]][years[row.assessment_id]] = row.rank
    return lines


def falls(line: dict[int, int]) -> int:
    """Return how many years running the rank fell, up to the last."""
    run = 0
    for before, after in pairwise(line[year] for year in sorted(line)):
        run = run + 1 if after > before else 0
    return run


def test_every_township_has_a_congress_with_three_years_behind_it(demo_store: Store) -> None:
    areas = ask(demo_store, select(Area).where(Area.parent_code == CODE))
    congresses = {
        row.area_code: row for row in ask(demo_store, select(Congress).where(Congress.id != COUNTY))
    }
    # A street is an office of the county: it has no congress.
    assert {area.code for area in areas if not area.name_zh.endswith("街道")} == set(congresses)
    assert len(congresses) == 12
    assert {row.parent_id for row in congresses.values()} == {COUNTY}
    years = {row.id: row.year for row in ask(demo_store, select(Cycle))}
    for row in congresses.values():
        rounds = ask(
            demo_store, select(Round).where(Round.congress_id == row.id, Round.purpose == "adoption")
        )
        assert sorted(years[one.cycle_id] for one in rounds) == list(WHOLE_YEARS)
        assert all(45 <= one.entitled <= 60 and one.places == 3 for one in rounds)
        projects = ask(demo_store, select(Project).where(Project.congress_id == row.id))
        assert Counter(years[one.cycle_id] for one in projects) == dict.fromkeys(WHOLE_YEARS, 3)
        reported = ask(
            demo_store,
            select(Report.project_id).where(Report.congress_id == row.id, Report.published_at.is_not(None)),
        )
        assert set(reported) == {one.id for one in projects}
        judged = ask(demo_store, select(Assessment.year).where(Assessment.congress_id == row.id))
        assert sorted(judged) == [2023, 2024]
        assert ask(demo_store, select(CalendarEntry).where(CalendarEntry.congress_id == row.id))


def test_every_wish_that_a_funnel_counts_is_there(demo_store: Store) -> None:
    orders = counted(demo_store, select(Order.cycle_id, func.count()).group_by(Order.cycle_id))
    standing = counted(
        demo_store,
        select(Order.cycle_id, func.count()).where(Order.merged_into_id.is_(None)).group_by(Order.cycle_id),
    )
    kept = counted(
        demo_store,
        select(Order.cycle_id, func.count()).where(Order.state == "reserve").group_by(Order.cycle_id),
    )
    funnels = ask(demo_store, select(CycleFunnel))
    assert {row.cycle_id for row in funnels} == set(ask(demo_store, select(Cycle.id)))
    for row in funnels:
        assert orders[row.cycle_id] == row.collected
        assert standing[row.cycle_id] == (row.merged or row.collected)
        assert kept.get(row.cycle_id, 0) == row.reserve
    assert orders[key_of("cycles", CODE, 2025)] == 1286


def test_a_candidate_keeps_every_wish_behind_it(demo_store: Store) -> None:
    links = counted(
        demo_store,
        select(CandidateOrder.candidate_id, func.count()).group_by(CandidateOrder.candidate_id),
    )
    candidates = ask(demo_store, select(Candidate))
    assert {row.id: row.order_count for row in candidates} == links
    candidate_of = {row.order_id: row.candidate_id for row in ask(demo_store, select(CandidateOrder))}
    for order in ask(demo_store, select(Order).where(Order.merged_into_id.is_not(None))):
        assert candidate_of.get(order.id) == candidate_of.get(order.merged_into_id)


def test_the_wishes_are_not_one_sentence_over_and_over(demo_store: Store) -> None:
    for cycle in ask(demo_store, select(Cycle.id)):
        texts = ask(demo_store, select(Order.text).where(Order.cycle_id == cycle))
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(("congress", "year"), [(CODE, 2024), ("990121107", 2023)])
def test_a_tie_at_the_cut_is_decided_by_a_runoff(demo_store: Store, congress: str, year: int) -> None:
    first, second = (key_of("rounds", congress, f"{year}-{kind}") for kind in ("adoption", "runoff"))
    held = {row.id: row for row in ask(demo_store, select(Round).where(Round.id.in_((first, second))))}
    assert (held[second].purpose, held[second].after_id, held[second].threshold) == ("runoff", first, None)
    tied = ask(demo_store, select(Count).where(Count.round_id == first, Count.state == "tied"))
    assert len({row.votes for row in tied}) == 1
    again = ask(demo_store, select(Count).where(Count.round_id == second).order_by(Count.votes.desc()))
    assert {row.number for row in again} == {row.number for row in tied}
    assert [row.state for row in again] == ["chosen", "beyond"]
    became = ask(demo_store, select(RoundProject).where(RoundProject.round_id == second))
    assert [row.number for row in became] == [again[0].number]
    states = counted(
        demo_store,
        select(Candidate.number, Candidate.state).where(
            Candidate.cycle_id == key_of("cycles", congress, year)
        ),
    )
    assert [states[row.number] for row in again] == ["chosen", "beyond"]


def test_departments_are_ranked_by_their_points_in_five_years(demo_store: Store) -> None:
    today = date(2025, 10, 10)
    county = ask(demo_store, select(Department).where(Department.congress_id == COUNTY))
    assert sum(row.to_day is None or row.to_day >= today for row in county) == 53
    yearly = ask(demo_store, select(Assessment).where(Assessment.subject == "department"))
    assert sorted(row.year for row in yearly) == [2020, 2021, 2022, 2023, 2024]
    for assessment in yearly:
        rows = ask(
            demo_store, select(AssessmentResult).where(AssessmentResult.assessment_id == assessment.id)
        )
        assert len(rows) == 53
        assert tuple(row.rank for row in rows) == ranks([row.points for row in rows])
        assert len({row.rank for row in rows}) < 53
        assert assessment.cycle_id is None


def test_who_falls_and_who_rises(demo_store: Store) -> None:
    lines = rank_lines(demo_store)
    assert {name: falls(line) for name, line in lines.items() if falls(line) >= 3} == {
        "住建局": 4, "综合执法局": 3, "供销社": 3,
    }  # fmt: skip
    assert [lines["教育局"][year] for year in sorted(lines["教育局"])] == [34, 27, 19, 12, 6]
    # The line of a body that was merged ends; that of a renamed one goes on.
    assert sorted(lines["乡村振兴局"]) == [2020, 2021, 2022, 2023]
    assert sorted(lines["数据局"]) == [2020, 2021, 2022, 2023, 2024]
    kinds = {row.kind for row in ask(demo_store, select(DepartmentSuccession))}
    assert kinds == {"merged", "renamed"}


def marks_of(store: Store) -> Counter[str]:
    """Return how often each mark of quality stands at a month of a published report."""
    reports: dict[Any, dict[date, Report]] = defaultdict(dict)
    for row in ask(store, select(Report).where(Report.published_at.is_not(None)).order_by(Report.version)):
        reports[row.project_id][row.month] = row
    found: Counter[str] = Counter()
    for months in reports.values():
        year, last = min(months).year, max(months)
        ends = [date(year, m + 1, 1).toordinal() - 1 for m in range(1, 12)] + [date(year, 12, 31).toordinal()]
        listed = []
        for end in map(date.fromordinal, ends):
            row = months.get(end)
            if end <= last:
                due = date(end.year + end.month // 12, end.month % 12 + 1, 5)
                listed.append(
                    ReportFacts(end, row.share, text=row.done_text, filed=row.received_on, due=due)
                    if row
                    else ReportFacts(end, None)
                )
        found.update(mark for _, marks in quality_marks(listed) for mark in marks)
    return found


def test_the_reports_have_the_troubles_of_real_ones(demo_store: Store) -> None:
    marks = marks_of(demo_store)
    assert set(marks) == {"late", "missing", "jump", "fall", "repeated", "round"}
    # Copied text is the one case that stands there on purpose.
    assert marks["repeated"] == 1
    assert marks["late"] > marks["missing"] > 5
    published = ask(demo_store, select(Report).where(Report.published_at.is_not(None)))
    assert max(row.share for row in published) > 11_000
    corrections = [row for row in published if row.version == 2]
    assert len(corrections) >= 5
    assert all(row.reason for row in corrections)
    stalled = key_of("projects", CODE, "2023-01")
    assert [row.share for row in published if row.project_id == stalled][-4:] == [5600] * 4
    states = Counter(row.state for row in ask(demo_store, select(Report)) if row.published_at is None)
    assert states == {"submitted": 4, "draft": 2, "returned": 2}


def test_promises_end_in_every_way(demo_store: Store) -> None:
    promises = ask(demo_store, select(Promise))
    verdicts = Counter(row.verdict for row in promises)
    assert set(verdicts) == {None, "kept", "late", "broken"}
    broken = [row for row in promises if row.verdict == "broken"]
    # One was published by an act, one waits for it.
    assert sorted((row.due_on.year, row.verdict_published_at is not None) for row in broken) == [
        (2023, True),
        (2024, False),
    ]
    assert all(row.verdict for row in promises if row.due_on < date(2025, 10, 10))
    assert not any(row.verdict_published_at for row in promises if row.verdict is None)


def test_a_changed_plan_is_in_force_and_a_proposed_one_is_not(demo_store: Store) -> None:
    changed, proposed = (key_of("projects", CODE, name) for name in ("2024-04", "2025-09"))
    with demo_store.system().reading() as session:
        plans = schedules(session, COUNTY, [changed, proposed])
    versions = {
        (row.project_id, row.version): row
        for row in ask(demo_store, select(Plan).where(Plan.version == 2, Plan.congress_id == COUNTY))
    }
    assert versions[changed, 2].document
    assert versions[changed, 2].reason
    assert versions[changed, 2].budget == 1320 * 1_000_000
    assert dict(zip(plans[changed].days, plans[changed].shares, strict=True))[date(2024, 8, 31)] == 6200
    assert (versions[proposed, 2].approved_at, versions[proposed, 2].published_at) == (None, None)
    assert plans[proposed].finish == date(2025, 12, 31)


def test_changed_plans_leave_what_was_over_as_it_was(demo_store: Store) -> None:
    """And the one that waits has nothing in its way: whoever decides on it can."""
    plans = ask(demo_store, select(Plan).order_by(Plan.congress_id, Plan.project_id, Plan.version))
    later = [row for row in plans if row.version > 1]
    assert [row.state for row in later].count("submitted") == 1
    assert len(later) == 4
    for row in later:
        with demo_store.system().reading() as session:
            project = session.get_one(Project, (row.congress_id, row.project_id))
            first = next(one for one in plans if (one.project_id, one.version) == (row.project_id, 1))
            before = content_of(session, first, project.starts_on)
            after = content_of(session, row, project.starts_on)
        assert row.submitted_at is not None
        ground = Ground(project.starts_on, row.submitted_at.date(), ("", None), before)
        assert problems(after, row.kind, row.reason or "", ground) == ()


def test_projects_have_steps_partners_and_groups(demo_store: Store) -> None:
    assert len(set(ask(demo_store, select(Milestone.plan_id)))) >= 12
    assert len(set(ask(demo_store, select(ProjectPartner.project_id)))) >= 15
    groups = Counter(row.project_id for row in ask(demo_store, select(SupervisionMember)))
    assert set(groups) == set(ask(demo_store, select(Project.id)))
    heads = ask(demo_store, select(SupervisionMember.project_id).where(SupervisionMember.heads))
    assert sorted(heads) == sorted(groups)


def test_seats_change_within_a_term(demo_store: Store) -> None:
    states = set(ask(demo_store, select(MembershipState.state)))
    assert states == {"in_office", "suspended", "resigned", "by_elected"}


def test_nothing_internal_is_published(demo_store: Store) -> None:
    departments = ask(demo_store, select(Assessment).where(Assessment.subject == "department"))
    assert [row for row in departments if row.published_at] == []
    graded = select(AssessmentResult).where(AssessmentResult.department_id.is_not(None))
    assert [row for row in ask(demo_store, graded) if row.published_at] == []
    waiting = ask(demo_store, select(Report).where(Report.state != "published"))
    assert [row for row in waiting if row.published_at] == []
    public = {row.id: row.published_at for row in ask(demo_store, select(Remark))}
    assert None in public.values()
    for answer in ask(demo_store, select(RemarkAnswer)):
        assert (answer.published_at is None) == (public[answer.remark_id] is None)
    assert {row.state for row in ask(demo_store, select(Task))} == {"proposed", "open", "done"}
    late = [row for row in ask(demo_store, select(Promise)) if row.verdict in {"late", "broken"}]
    assert any(row.verdict_published_at is None for row in late)


def test_everything_is_simulated(demo_store: Store) -> None:
    assert set(ask(demo_store, select(Congress.provenance))) == {"simulated"}
    assert set(ask(demo_store, select(Congress.as_of))) == {date(2025, 10, 10)}


def test_the_receipts_to_try_are_in_the_boxes(demo_store: Store) -> None:
    receipts = re.findall("`([0-9a-f]{32})`", (DEMONSTRATION / "README.md").read_text("utf-8"))
    assert len(receipts) == 7
    ballots = {hashlib.sha256(bytes.fromhex(receipt)).hexdigest() for receipt in receipts}
    assert ballots <= set(ask(demo_store, select(Ballot.id)))
