"""The overview of one congress and cycle: four stages, the ranking, the votes, what needs care."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.gate import Call, query
from dashboard.i18n import SHANGHAI
from dashboard.queries import progress, voting
from dashboard.queries.projects import Carried, carried
from dashboard.queries.told import told, told_askers
from dashboard.queries.warnings import warnings
from dashboard.rules.frames import Overview, Stage, Standing, Tally, Upcoming
from dashboard.rules.lights import CANCELLED, LightRules
from dashboard.rules.rates import mean
from dashboard.rules.refused import Refused
from dashboard.store.joins import leads
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.assessment import Assessment, AssessmentResult
from dashboard.store.tables.cycle import CalendarEntry, Cycle, CycleFunnel, CycleStage
from dashboard.store.tables.progress import Project

TOPICS = ("cycle", "orders", "progress", "voting", "inquiry", "assessment")


@query("overview.read", *TOPICS)
def overview(call: Call, year: int) -> Overview:
    """Return everything that the overview shows, but the chosen project's curve."""
    cycle = call.session.scalar(select(Cycle).where(Cycle.year == year))
    if cycle is None or call.place is None:
        raise Refused("no_cycle")
    found = carried(call.session, year, *told(call, Project))
    rows = progress.ranking(call, year)
    tally = voting.last_adoption(call, year)
    published = max(
        (report.published_at for one in found for report in one.reports if report.published_at), default=None
    )
    return Overview(
        congress=call.place.name,
        as_of=progress.reported_month(found),
        # In a demonstration its as-of date stands for today.
        published=min(published.astimezone(SHANGHAI).date(), call.today) if published else None,
        simulated=call.place.simulated,
        stages=_stages(call, cycle, found, rows, tally),
        ranking=rows,
        tally=tally,
        alerts=warnings(call, found, rows),
        upcoming=_upcoming(call, cycle.id),
        lights=rules_in_force(call.session, call.congress_id).lights,
    )


def _stages(
    call: Call, cycle: Cycle, found: list[Carried], rows: tuple[Standing, ...], tally: Tally | None
) -> tuple[Stage, ...]:
    dated = {
        row.stage: row
        for row in call.session.scalars(select(CycleStage).where(CycleStage.cycle_id == cycle.id))
    }
    facts = {
        "collect": _collect(call.session, cycle),
        "choose": _choose(tally),
        "deliver": _deliver(found, rows, rules_in_force(call.session, call.congress_id).lights),
        "judge": _judge(call, cycle),
    }
    stages = []
    for key, known in facts.items():
        row = dated.get(key)
        days: dict[str, object] = {"opens": row.opens_on, "closes": row.closes_on} if row else {}
        if key == "judge" and row is not None:
            days |= {"day": row.opens_on, "days_left": max((row.opens_on - call.today).days, 0)}
        if key == "choose" and row is not None:
            days["day"] = row.closes_on
        state = row.state if row else "upcoming"
        if key == "choose" and tally is not None:
            state = "announced"
        stages.append(Stage(key, cycle.year, state, {**days, **known}))
    return tuple(stages)


def _collect(session: Session, cycle: Cycle) -> dict[str, object]:
    funnel = session.scalar(
        select(CycleFunnel).where(CycleFunnel.cycle_id == cycle.id, CycleFunnel.published_at.is_not(None))
    )
    if funnel is None:
        return dict.fromkeys(("suggestions", "merged", "reserve", "candidates"))
    return {
        "suggestions": funnel.collected,
        "merged": funnel.merged,
        "reserve": funnel.reserve,
        "candidates": funnel.candidates,
    }


def _choose(tally: Tally | None) -> dict[str, object]:
    if tally is None:
        return dict.fromkeys(("candidates", "places", "present", "entitled", "highest"))
    votes = [bar.votes for bar in tally.bars if bar.votes is not None]
    return {
        "candidates": tally.candidates,
        "places": tally.places,
        "day": tally.source.day,
        "present": tally.present,
        "entitled": tally.entitled,
        "highest": max(votes, default=None),
    }


def _deliver(found: list[Carried], rows: tuple[Standing, ...], lights: LightRules) -> dict[str, object]:
    """Return plain means over the projects that reported, and money over those that have a budget."""
    known = [row for row in rows if row.actual is not None and row.planned is not None]
    counts = {colour: sum(row.light == colour for row in rows) for colour in lights.states}
    if cancelled := sum(one.is_cancelled for one in found):
        counts[CANCELLED] = cancelled
    found = [one for one in found if not one.is_cancelled]
    return {
        "actual": mean([row.actual or 0 for row in known]),
        "planned": mean([row.planned or 0 for row in known]),
        "paid": sum(one.paid() or 0 for one in found) or None,
        "budget": sum(one.budget or 0 for one in found) or None,
        **counts,
    }


def _judge(call: Call, cycle: Cycle) -> dict[str, object]:
    """Return how the cycle was judged, and last year's satisfaction over the same rows beside it."""
    rows = call.session.execute(
        select(
            Assessment.year,
            func.sum(AssessmentResult.satisfied + AssessmentResult.basically),
            func.sum(AssessmentResult.total),
        )
        .join(AssessmentResult, leads(AssessmentResult.assessment_id, Assessment))
        .where(
            Assessment.year.in_((cycle.year - 1, cycle.year)),
            Assessment.subject == "project",
            AssessmentResult.name == "overall",
            # Before it is announced, a result is nobody's: the public's and the members' overview are one.
            Assessment.published_at.is_not(None),
            AssessmentResult.published_at.is_not(None),
        )
        .group_by(Assessment.year)
    )
    found = {year: (satisfied, total) for year, satisfied, total in rows}
    last, own = found.get(cycle.year - 1, (None, None)), found.get(cycle.year, (None, None))
    return {"last_satisfied": last[0], "last_total": last[1], "satisfied": own[0], "total": own[1]}


def _upcoming(call: Call, cycle: UUID) -> tuple[Upcoming, ...]:
    today: date = call.today
    rows = call.session.scalars(
        select(CalendarEntry)
        .where(
            CalendarEntry.cycle_id == cycle,
            CalendarEntry.day >= today,
            *told_askers(call, CalendarEntry),
        )
        .order_by(CalendarEntry.day)
        .limit(6)
    )
    return tuple(Upcoming(row.day, row.title, row.concerns) for row in rows)
