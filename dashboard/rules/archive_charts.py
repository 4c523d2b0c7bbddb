"""Published rows of one place and year as the frames of the charts: curve, votes, satisfaction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from dashboard.rules.archive_frames import Balloted, Cited, Figure, Listing, Node, Way
from dashboard.rules.deciding import votes_needed
from dashboard.rules.frames import Bar, Curve, Grade, Grades, Source, Tally
from dashboard.rules.lights import light
from dashboard.rules.progress import deviation, month_end, planned_share, stepped_plan


def source(cited: Cited, day: date | None = None) -> Source:
    """Return where a chart's numbers were read."""
    return Source(cited.text, day, cited.link)


def curves(nodes: Sequence[Node], figures: Sequence[Figure]) -> tuple[Curve, ...]:
    """Return the published plans, each with the shares of the task published for the same name.

    A share of the investment is not put beside a plan of the task.
    """
    plans: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        plans[node.name].append(node)
    known: dict[str, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda one: one.month or date.min):
        if figure.share is not None and figure.month is not None and figure.share_of == "task":
            known[figure.name].append(figure)
    return tuple(_curve(name, plan, known[name]) for name, plan in plans.items() if known[name])


def _curve(name: str, nodes: Sequence[Node], figures: Sequence[Figure]) -> Curve:
    finish = max(node.month for node in nodes)
    start = date(nodes[0].year or finish.year, 1, 1)
    plan = stepped_plan(start, finish, [(node.month, node.share) for node in nodes])
    shares = [(month_end(one.month), one.share) for one in figures if one.month is not None]
    day, actual = shares[-1]
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
        actual_days=tuple(month for month, _ in shares),
        actual=tuple(share for _, share in shares),
        light=light(actual, planned),
        gap=deviation(actual, planned),
        source=source(figures[-1].cited, day),
    )


def tally(place: str, projects: Sequence[Listing], ways: Sequence[Way]) -> Tally | None:
    """Return the chosen projects with the votes that the source prints; None where it prints none."""
    chosen = [row for row in projects if row.stage == "elected"]
    if all(row.votes is None for row in chosen):
        return None
    chosen.sort(key=lambda row: (row.votes is None, -(row.votes or 0)))
    way = next(iter(ways), None)
    total = next((row.voting for row in chosen if row.voting is not None), None)
    voting = total if total is not None else (way.deputies if way else None)
    bars = tuple(Bar(number, row.name, row.votes, "chosen") for number, row in enumerate(chosen, 1))
    return Tally(
        title=place,
        bars=bars,
        places=way.chosen if way else len(bars),
        candidates=way.candidates if way else None,
        source=source(chosen[0].cited),
        threshold=votes_needed(voting) if voting else None,
        entitled=voting,
        method=way.method if way else None,
    )


def grades(place: str, ballots: Sequence[Balloted]) -> tuple[Grades, ...]:
    """Return the satisfaction ballots of each body as printed; a row that cannot be right is flagged."""
    bodies: dict[tuple[str, Cited], list[Balloted]] = defaultdict(list)
    for ballot in ballots:
        bodies[ballot.body, ballot.cited].append(ballot)
    found = []
    for (body, cited), rows in bodies.items():
        totals = [row.total for row in rows]
        usual = max(set(totals), key=totals.count)
        grade = tuple(
            Grade(
                row.name,
                row.satisfied,
                row.basically,
                row.dissatisfied,
                row.total,
                flag=None if row.total == usual else "as_printed",
            )
            for row in rows
        )
        found.append(Grades(place, body, grade, source(cited)))
    return tuple(found)
