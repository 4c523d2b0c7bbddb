"""How far the projects have come: one project's curve, and the ranking of all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from dashboard.gate import Call, query
from dashboard.queries.projects import ACCEPTED, Carried, carried, current_year
from dashboard.queries.told import told, told_askers
from dashboard.rules import progress
from dashboard.rules.frames import Curve, PastPlan, Promise, Source, Standing
from dashboard.rules.lights import CANCELLED, light
from dashboard.rules.refused import Refused
from dashboard.rules.report_quality import quality_marks
from dashboard.rules.supervision_rules import SupervisionRules
from dashboard.store.joins import leads
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.inquiry import Promise as PromiseRow
from dashboard.store.tables.inquiry import PromiseMonth
from dashboard.store.tables.progress import Project


@query("overview.read", "progress", "cycle")
def ranking(call: Call, year: int) -> tuple[Standing, ...]:
    """Return the projects of a cycle by their gap, the furthest ahead first, those without report last.

    What was cancelled is in no ranking.
    """
    found = carried(call.session, year, *told(call, Project))
    last = reported_month(found)
    rules = rules_in_force(call.session, call.congress_id)
    rows = [standing(one, last, rules) for one in found if not one.is_cancelled]
    return tuple(sorted(rows, key=lambda row: (row.gap is None, -(row.gap or 0), row.name)))


@query("project.read", "progress", "inquiry", "cycle")
def curve(call: Call, project: UUID) -> Curve:
    """Return one project's progress curve as of the last month that its cycle reported."""
    year = call.year or current_year(call.session, call.today)
    found = carried(call.session, year, *told(call, Project)) if year is not None else []
    one = next((one for one in found if one.row.id == project), None)
    if one is None:
        raise Refused("not_found")
    return curve_of(call, found, one, _promise(call, project, one))


def curve_of(call: Call, found: list[Carried], one: Carried, promise: Promise | None) -> Curve:
    """Return the curve of one project of a cycle, with what was promised of it."""
    simulated = call.place is not None and call.place.simulated
    rules = rules_in_force(call.session, call.congress_id)
    return _curve(one, reported_month(found), promise, rules, simulated=simulated)


def curve_at(call: Call, one: Carried, month: date) -> Curve:
    """Return a project's curve as a month's end left it: what was reported, asked and made public by then."""
    then = replace(
        one,
        reports=tuple(report for report in one.reports if report.month <= month),
        versions=tuple(report for report in one.versions if report.month <= month),
    )
    public = (PromiseRow.published_at.is_not(None), PromiseRow.asked_on <= month)
    promise = _promised(call, one.row.id, then, public)
    simulated = call.place is not None and call.place.simulated
    rules = rules_in_force(call.session, call.congress_id)
    return _curve(then, month, promise, rules, simulated=simulated)


def reported_month(found: list[Carried]) -> date | None:
    """Return the last month that any of the projects reported, those left out that were cancelled."""
    kept = [one for one in found if not one.is_cancelled] or found
    return max((report.month for one in kept for report in one.reports), default=None)


def standing(one: Carried, last: date | None, rules: SupervisionRules) -> Standing:
    """Return how a project stands at the last month that its cycle reported."""
    row = one.row
    if last is None:
        shown = light(None, None, rules.lights, accepted=row.state == ACCEPTED)
        if one.is_cancelled:
            shown = CANCELLED
        return Standing(str(row.id), row.name, one.department, None, None, None, shown, 0, row.number)
    now = one.stand(last, rules)
    return Standing(
        str(row.id), row.name, one.department, now.planned, now.actual, now.gap, now.light, now.months_behind,
        row.number,
    )  # fmt: skip


def _curve(
    one: Carried, last: date | None, promise: Promise | None, rules: SupervisionRules, *, simulated: bool
) -> Curve:
    day = last or one.plan.start
    months = one.months(day, rules.due) if last else []
    if months and months[-1].share is not None and months[-1].share >= progress.WHOLE:
        # Done before the others: it is compared with the plan of the month in which it was done.
        day = months[-1].month
    planned = progress.planned_share(one.plan, day)
    actual = months[-1].share if months else None
    shown = one.stand(day, rules).light if last else light(None, None, rules.lights)
    shown = CANCELLED if one.is_cancelled else shown
    reported = [(month.month, month.share) for month in months]
    return Curve(
        project_id=str(one.row.id),
        name=one.row.name,
        department=one.department,
        start=one.plan.start,
        planned_finish=one.plan.finish,
        as_of=day,
        planned_days=one.plan.days,
        planned=one.plan.shares,
        actual_days=(one.plan.start, *(month.month for month in months)),
        actual=(0, *(month.share for month in months)),
        light=shown,
        gap=None if one.is_cancelled else progress.deviation(actual, planned),
        source=Source("reports", day, simulated=simulated),
        budget=one.budget,
        paid=one.paid(),
        forecast=None if one.is_cancelled else progress.forecast(one.plan, reported),
        promise=promise,
        marks=quality_marks(months, rules.quality),
        stepped=one.plan.stepped,
        past=tuple(
            PastPlan(before.version, before.schedule.days, before.schedule.shares, before.schedule.stepped)
            for before in one.baselines[:-1]
        ),
        lights=rules.lights,
    )


def _promise(call: Call, project: UUID, one: Carried) -> Promise | None:
    return _promised(call, project, one, told_askers(call, PromiseRow))


def _promised(
    call: Call, project: UUID, one: Carried, conditions: tuple[ColumnElement[bool], ...]
) -> Promise | None:
    rows = call.session.execute(
        select(PromiseRow.id, PromiseRow.asked_on, PromiseRow.due_on, PromiseMonth.month, PromiseMonth.share)
        .join(PromiseMonth, leads(PromiseMonth.promise_id, PromiseRow))
        .where(PromiseRow.project_id == project, *conditions)
        .order_by(PromiseRow.asked_on.desc(), PromiseMonth.month)
    ).all()
    if not rows:
        return None
    newest = [(row.month, row.share) for row in rows if row.id == rows[0].id]
    return promised(rows[0].asked_on, rows[0].due_on, newest, one)


def promised(asked: date, due: date, months: Sequence[tuple[date, int]], one: Carried) -> Promise:
    """Return the promised curve: it starts at what was reported last when it was made."""
    before = [(report.month, report.share) for report in one.reports if report.month < months[0][0]]
    days = [*before[-1:], *months]
    return Promise(asked, due, tuple(day for day, _ in days), tuple(share for _, share in days))
