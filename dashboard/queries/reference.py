"""Published facts of other places, as charts and with their sources."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.gate import Call, query
from dashboard.rules.frames import Bar, Curve, Grade, Grades, Source, Tally
from dashboard.rules.lights import light
from dashboard.rules.progress import deviation, linear_plan, month_end, planned_share, stepped_plan
from dashboard.rules.refused import Refused
from dashboard.rules.tally import votes_needed
from dashboard.store.tables import reference as facts


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much is known: regions, rows, and how many rows have what."""

    regions: int
    projects: int
    elected: int
    with_budget: int
    with_votes: int
    progress: int
    ballots: int


@query("reference.read")
def coverage(call: Call) -> Coverage:
    """Return how many regions and rows there are, and how many of them have money, votes, progress."""
    session = call.session
    project = facts.ReferenceProject

    def count(*conditions: object) -> int:
        statement = select(func.count()).select_from(project).where(*conditions)  # type: ignore[arg-type]
        return session.scalar(statement) or 0

    return Coverage(
        regions=session.scalar(select(func.count(func.distinct(project.region)))) or 0,
        projects=count(),
        elected=count(project.stage == "elected"),
        with_budget=count(project.budget.is_not(None)),
        with_votes=count(project.votes_for.is_not(None)),
        progress=session.scalar(select(func.count()).select_from(facts.ReferenceProgress)) or 0,
        ballots=session.scalar(select(func.count()).select_from(facts.ReferenceSatisfaction)) or 0,
    )


@dataclass(frozen=True, slots=True)
class Charted:
    """Which regions and years have enough published numbers for a chart of their own."""

    curves: tuple[tuple[str, int], ...]
    tallies: tuple[tuple[str, int], ...]
    grades: tuple[tuple[str, int], ...]


@query("reference.read")
def charted(call: Call) -> Charted:
    """Return the regions and years with planned nodes, with printed votes, with satisfaction ballots."""

    def found(table: type[facts.Fact], *conditions: object) -> tuple[tuple[str, int], ...]:
        statement = select(table.region, table.year).where(*conditions).group_by(table.region, table.year)  # type: ignore[arg-type]
        rows = call.session.execute(statement.order_by(func.min(table.id)))
        return tuple((region, year) for region, year in rows if year is not None)

    return Charted(
        curves=found(facts.ReferenceMilestone),
        tallies=found(
            facts.ReferenceProject,
            facts.ReferenceProject.votes_for.is_not(None),
            facts.ReferenceProject.stage == "elected",
        ),
        grades=found(facts.ReferenceSatisfaction),
    )


@query("reference.read")
def published_curves(call: Call, region: str, year: int) -> tuple[Curve, ...]:
    """Return the published plan nodes of a region's year, each with the figures published for the same name."""
    milestone, reported = facts.ReferenceMilestone, facts.ReferenceProgress
    nodes: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for row in call.session.scalars(
        select(milestone).where(milestone.region == region, milestone.year == year).order_by(milestone.id)
    ):
        nodes[row.name].append((row.month, row.share))
    figures: dict[str, list[facts.ReferenceProgress]] = defaultdict(list)
    for one in call.session.scalars(
        select(reported)
        .where(reported.region == region, reported.year == year, reported.share.is_not(None))
        .order_by(reported.month)
    ):
        figures[one.name].append(one)
    return tuple(
        _curve(call.session, name, year, nodes[name], figures[name]) for name in nodes if figures[name]
    )


def _curve(
    session: Session,
    name: str,
    year: int,
    nodes: list[tuple[date, int]],
    figures: list[facts.ReferenceProgress],
) -> Curve:
    start, finish = date(year, 1, 1), max(month for month, _ in nodes)
    plan = stepped_plan(start, finish, nodes) if nodes else linear_plan(start, date(year, 12, 31))
    known = [(month_end(one.month), one.share) for one in figures if one.month is not None]
    day, actual = known[-1]
    planned = planned_share(plan, day)
    return Curve(
        project_id="",
        name=name,
        department=None,
        start=start,
        planned_finish=finish,
        as_of=day,
        planned_days=plan.days,
        planned=plan.shares,
        actual_days=tuple(month for month, _ in known),
        actual=tuple(share for _, share in known),
        light=light(actual, planned),
        gap=deviation(actual, planned),
        source=source(session, figures[-1].source, day),
    )


@query("reference.read")
def published_tally(call: Call, region: str, year: int) -> Tally:
    """Return a region's published list of chosen projects with the votes that the source prints."""
    project, funnel = facts.ReferenceProject, facts.ReferenceFunnel
    rows = call.session.scalars(
        select(project)
        .where(project.region == region, project.year == year, project.stage == "elected")
        .order_by(project.votes_for.desc().nulls_last(), project.id)
    ).all()
    if not rows:
        raise Refused("not_found")
    way = call.session.scalar(select(funnel).where(funnel.region == region, funnel.year == year))
    total = next((row.votes_total for row in rows if row.votes_total is not None), None)
    voting = total if total is not None else (way.deputies_voting if way else None)
    bars = tuple(Bar(number, row.name, row.votes_for, "chosen") for number, row in enumerate(rows, 1))
    return Tally(
        title=region,
        bars=bars,
        places=way.elected if way else len(bars),
        candidates=way.candidates if way else None,
        source=source(call.session, rows[0].source, None),
        threshold=votes_needed(voting) if voting else None,
        entitled=voting,
        method=way.method if way else None,
    )


@query("reference.read")
def published_grades(call: Call, region: str, year: int) -> Grades:
    """Return a region's published satisfaction ballots, as printed; a row that cannot be right is flagged."""
    ballot = facts.ReferenceSatisfaction
    rows = call.session.scalars(
        select(ballot).where(ballot.region == region, ballot.year == year).order_by(ballot.id)
    ).all()
    if not rows:
        raise Refused("not_found")
    totals = [row.total for row in rows]
    usual = max(set(totals), key=totals.count)
    return Grades(
        title=region,
        body=rows[0].body or "",
        rows=tuple(
            Grade(
                row.name,
                row.satisfied,
                row.basically,
                row.dissatisfied,
                row.total,
                flag=None if row.total == usual else "as_printed",
            )
            for row in rows
        ),
        source=source(call.session, rows[0].source, None),
    )


def source(session: Session, address: str, day: date | None) -> Source:
    """Return where a fact was read: linked where the host is official or named press, else the host as text."""
    host = urlsplit(address).hostname if address.startswith(("http://", "https://")) else None
    if host is None:
        return Source(address.removeprefix("no-URL:").strip(), day)
    press = session.scalars(select(facts.ReferencePress)).all()
    named = next((one.name for one in press if one.host == host), None)
    official = any(one.match == "suffix" and host.endswith("." + one.host) for one in press)
    return Source(named or host, day, address if named or official else None)
