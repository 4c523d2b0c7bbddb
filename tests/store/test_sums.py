"""Stored sums: the same as counted from the reports, published versions only, at a cost that does not grow."""

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, select, update
from sqlalchemy.orm import Session

from dashboard.queries.projects import carried
from dashboard.rules.progress import planned_share
from dashboard.store.loading.gathering import key_of
from dashboard.store.scope import Scope
from dashboard.store.sums import refresh, refresh_all
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import CongressMonth, Plan, PlanMonth, ProjectState, Report
from dashboard.store.transactions import Store

DEMO = Path(__file__).parents[2] / "data" / "demo"
COUNTY = key_of("congress", "990121")
CYCLE = key_of("cycles", "990121", 2025)
HOUSING = key_of("projects", "990121", "2025-03")
WATER = key_of("projects", "990121", "2025-02")
CLERK = Scope(frozenset({COUNTY}), frozenset({COUNTY}), COUNTY)
SEPTEMBER, OCTOBER = date(2025, 9, 30), date(2025, 10, 31)
AT = datetime(2025, 11, 3, 9, tzinfo=UTC)


def report(project: UUID, month: date, version: int, share: int, published: bool) -> Report:
    return Report(
        congress_id=COUNTY,
        id=new_id(),
        project_id=project,
        month=month,
        version=version,
        state="published" if published else "submitted",
        share=share,
        paid=1_000_000,
        done_text="测试",
        evidence=0,
        received_on=month,
        published_at=AT if published else None,
    )


def kept(store: Store) -> tuple[Any, Any]:
    with store.system().reading() as session:
        states = session.execute(
            select(
                ProjectState.project_id,
                ProjectState.month,
                ProjectState.share,
                ProjectState.planned,
                ProjectState.paid,
                ProjectState.published_at,
            ).order_by(ProjectState.project_id)
        ).all()
        months = session.execute(
            select(
                CongressMonth.cycle_id,
                CongressMonth.month,
                CongressMonth.reported,
                CongressMonth.share_sum,
                CongressMonth.planned_sum,
                CongressMonth.paid_sum,
                CongressMonth.published_at,
            ).order_by(CongressMonth.cycle_id, CongressMonth.month)
        ).all()
    return states, months


def rows_of(name: str) -> list[dict[str, str]]:
    with (DEMO / f"{name}.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["congress"] == "990121"]


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_sums_are_those_of_the_files(demo_store: Store, year: int) -> None:
    """A published correction stands for the first version, an approved and published plan for the one before."""
    rows = {
        (row["project"], row["month"]): row
        for row in [*rows_of("reports"), *rows_of("corrections")]
        if row["project"].startswith(str(year)) and row["state"] == "published"
    }
    proposed = {row["project"] for row in rows_of("plan_changes") if not row["published"]}
    plans = {
        (row["project"], row["month"]): Decimal(row["planned_percent"])
        for row in [
            *rows_of("plans"),
            *(row for row in rows_of("plan_change_months") if row["project"] not in proposed),
        ]
    }
    cycle = key_of("cycles", "990121", year)
    with demo_store.system().reading() as session:
        months = session.scalars(select(CongressMonth).where(CongressMonth.cycle_id == cycle)).all()
    assert {f"{month.month:%Y-%m}" for month in months} == {month for _, month in rows}
    for month in months:
        own = [row for row in rows.values() if row["month"] == f"{month.month:%Y-%m}"]
        assert month.reported == len(own)
        assert month.share_sum == sum(Decimal(row["percent"]) * 100 for row in own)
        assert month.paid_sum == sum(Decimal(row["paid_wan_yuan"]) * 1_000_000 for row in own)
        assert month.planned_sum == sum(plans[row["project"], row["month"]] * 100 for row in own)


def test_a_project_without_months_follows_the_calendar(demo_store: Store) -> None:
    project = key_of("projects", "990121101", "2025-03")
    with demo_store.system().reading() as session:
        state = session.get_one(ProjectState, (key_of("congress", "990121101"), project))
    assert (state.month, state.share, state.planned) == (SEPTEMBER, 6000, 7500)


def test_computing_again_changes_nothing(loaded_store: Store) -> None:
    before = kept(loaded_store)
    with loaded_store.system().writing() as session:
        refresh_all(session, COUNTY)
    with loaded_store.writing(CLERK) as session:
        refresh(session, congress_id=COUNTY, cycle_id=CYCLE, project_id=HOUSING, month=SEPTEMBER)
    assert kept(loaded_store) == before


def add(store: Store, *reports: Report) -> None:
    with store.writing(CLERK) as session:
        session.add_all(reports)
        for new in reports:
            refresh(session, congress_id=COUNTY, cycle_id=CYCLE, project_id=new.project_id, month=new.month)


def test_what_is_not_published_does_not_count(loaded_store: Store) -> None:
    before = kept(loaded_store)
    add(loaded_store, report(HOUSING, OCTOBER, 1, 9999, False), report(HOUSING, SEPTEMBER, 2, 9999, False))
    assert kept(loaded_store) == before


def test_a_published_correction_takes_the_place_of_the_first(loaded_store: Store) -> None:
    with loaded_store.system().reading() as session:
        before = session.get_one(CongressMonth, (COUNTY, CYCLE, SEPTEMBER))
    add(loaded_store, report(HOUSING, SEPTEMBER, 2, 5500, True))
    with loaded_store.system().reading() as session:
        after = session.get_one(CongressMonth, (COUNTY, CYCLE, SEPTEMBER))
        state = session.get_one(ProjectState, (COUNTY, HOUSING))
    assert (state.month, state.share, state.paid, state.published_at) == (SEPTEMBER, 5500, 1_000_000, AT)
    assert (after.reported, after.planned_sum) == (before.reported, before.planned_sum)
    assert after.share_sum == before.share_sum - 5800 + 5500
    assert after.published_at == AT


def test_a_correction_of_an_early_month_leaves_the_standing(loaded_store: Store) -> None:
    add(loaded_store, report(HOUSING, date(2025, 3, 31), 2, 100, True))
    with loaded_store.system().reading() as session:
        state = session.get_one(ProjectState, (COUNTY, HOUSING))
    assert (state.month, state.share) == (SEPTEMBER, 5800)


def test_the_plan_in_force_is_the_latest_that_was_approved_and_published(loaded_store: Store) -> None:
    """What a page draws and what the sums compare with is the same plan."""

    def plan(version: int, share: int, approved: bool, published: bool) -> list[Any]:
        identity, at = new_id(), AT if approved else None
        own = {"congress_id": COUNTY, "published_at": AT if published else None}
        return [
            Plan(
                **own,
                id=identity,
                project_id=HOUSING,
                version=version,
                kind="schedule",
                state="in_force",
                revision=1,
                basis="entered",
                due_on=OCTOBER,
                approved_at=at,
            ),
            PlanMonth(**own, plan_id=identity, month=SEPTEMBER, share=share),
        ]

    with loaded_store.writing(CLERK) as session:
        session.add_all([*plan(2, 6100, True, True), *plan(3, 100, False, False), *plan(4, 200, True, False)])
        refresh(session, congress_id=COUNTY, cycle_id=CYCLE, project_id=HOUSING, month=SEPTEMBER)
    with loaded_store.system().reading() as session:
        assert session.get_one(ProjectState, (COUNTY, HOUSING)).planned == 6100
    with loaded_store.reading(CLERK) as session:
        (drawn,) = [one.plan for one in carried(session, 2025) if one.row.id == HOUSING]
    assert (planned_share(drawn, SEPTEMBER), drawn.finish) == (6100, OCTOBER)


def test_a_report_taken_back_leaves_no_sum(loaded_store: Store) -> None:
    with loaded_store.writing(CLERK) as session:
        session.execute(update(Report).where(Report.project_id == HOUSING).values(published_at=None))
        refresh(session, congress_id=COUNTY, cycle_id=CYCLE, project_id=HOUSING, month=SEPTEMBER)
    with loaded_store.system().reading() as session:
        assert session.get(ProjectState, (COUNTY, HOUSING)) is None
        assert session.get_one(CongressMonth, (COUNTY, CYCLE, SEPTEMBER)).reported == 9


def test_two_reports_published_at_once_both_count(loaded_store: Store) -> None:
    with ThreadPoolExecutor(2) as pool:
        new = [report(HOUSING, OCTOBER, 1, 6500, True), report(WATER, OCTOBER, 1, 8000, True)]
        list(pool.map(lambda one: add(loaded_store, one), new))
    with loaded_store.system().reading() as session:
        october = session.get_one(CongressMonth, (COUNTY, CYCLE, OCTOBER))
    assert (october.reported, october.share_sum) == (2, 14500)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    said: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    yield said
    event.remove(engine, "before_cursor_execute", keep)


def test_publishing_costs_few_statements(loaded_store: Store) -> None:
    def cost(session: Session, project: UUID, month: date) -> int:
        session.add(report(project, month, 9, 7000, True))
        session.flush()
        with statements(loaded_store.writer) as said:
            refresh(session, congress_id=COUNTY, cycle_id=CYCLE, project_id=project, month=month)
        return len(said)

    with loaded_store.writing(CLERK) as session:
        costs = [
            cost(session, project, month) for project in (HOUSING, WATER) for month in (SEPTEMBER, OCTOBER)
        ]
    assert max(costs) <= 8
