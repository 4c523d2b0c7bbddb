"""The wishes of a cycle and their funnel: counted and paged in the database, screened ones alone.

What was only received is nobody's to read here, members included: one place, one table.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from dashboard.gate import Call, query
from dashboard.queries.candidates import documents_of
from dashboard.rules.order_frames import SORTS, Collecting, Funnel, Line, Picture, Slice, Wanted, Wish, Wishes
from dashboard.rules.round_frames import ANNOUNCED
from dashboard.rules.rounds import NOT_DECIDED, decided_state, told_state
from dashboard.store.joins import leads, same_line
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle, CycleFunnel, CycleStage
from dashboard.store.tables.orders import Candidate, CandidateDocument, CandidateOrder, Order
from dashboard.store.tables.progress import Project
from dashboard.store.tables.voting import Count, Round, RoundOption, RoundProject

TOPICS = ("orders", "voting", "cycle")
COLUMNS: dict[str, Any] = {
    **dict.fromkeys(SORTS, Order.number),
    "day": Order.received_on,
    "category": Order.category,
    "area": Order.area_code,
    "channel": Order.channel,
    "state": Order.state,
}


@query("order.read", *TOPICS)
def picture(call: Call, year: int, english: bool) -> Picture:
    """Return a cycle's funnel, how its wishes fall apart, its candidates, and which other cycle collects now."""
    own, running, kept = _collecting(call.session, year)
    candidates = _candidates(call.session, year)
    by_category = _by_category(call.session, year)
    by_area = _by_area(call.session, year, english)
    chosen = sum(line.project is not None for line in candidates)
    return Picture(
        year=year,
        funnel=_funnel(kept, chosen),
        collecting=own,
        running=running,
        published=sum(count for *_, count in by_category),
        categories=_slices(by_category, 0),
        areas=_slices(((code or "", name or "", count) for code, name, _, count in by_area), 0, named=True),
        channels=_slices(((channel, count) for _, _, channel, count in by_area), 0),
        states=_slices(by_category, 1),
        candidates=candidates,
    )


@query("order.read", *TOPICS)
def wishes(call: Call, year: int, english: bool, wanted: Wanted, first: int, rows: int) -> Wishes:
    """Return one page of a cycle's wishes, from the row `first` on; areas are named in English or in Chinese."""
    into = aliased(Order)
    statement = (
        _screened(select(Order, Area, into.number, func.count(Order.id).over()), year)
        .outerjoin(Area, Area.code == Order.area_code)
        .outerjoin(
            into,
            and_(leads(Order.merged_into_id, into), into.published_at.is_not(None)),
        )
        .where(*_asked(year, wanted))
        .order_by(*_sorted(wanted.sort), Order.number)
        .offset(first)
        .limit(rows)
    )
    found = call.session.execute(statement).all()
    behind = _behind(
        call.session, [key for order, *_ in found for key in (order.id, order.merged_into_id) if key]
    )
    return Wishes(
        tuple(
            Wish(
                number=order.number,
                text=order.text,
                category=order.category,
                area=area and (area.name_en if english else area.name_zh),
                channel=order.channel,
                day=order.received_on,
                state=order.state,
                into=number,
                candidates=behind.get(order.id) or behind.get(order.merged_into_id, ()),
            )
            for order, area, number, _ in found
        ),
        found[0][3] if found else 0,
    )


def _screened(statement: Any, year: int) -> Any:
    """Return a statement narrowed to a cycle's published wishes."""
    cycle = leads(Order.cycle_id, Cycle)
    return statement.join(Cycle, cycle).where(Cycle.year == year, Order.published_at.is_not(None))


def _asked(year: int, wanted: Wanted) -> list[Any]:
    plain = {Order.category: wanted.category, Order.channel: wanted.channel, Order.state: wanted.state}
    asked: list[Any] = [column == value for column, value in plain.items() if value]
    if wanted.area:
        asked.append(Order.area_code == wanted.area)
    if wanted.q:
        said = Order.text.contains(wanted.q, autoescape=True)
        by_number = wanted.q.isascii() and wanted.q.isdecimal() and len(wanted.q) < 9
        asked.append(or_(said, Order.number == int(wanted.q)) if by_number else said)
    if wanted.candidate is not None:
        linked = (
            select(CandidateOrder.order_id)
            .join(Candidate, leads(CandidateOrder.candidate_id, Candidate))
            .join(Cycle, leads(Candidate.cycle_id, Cycle))
            .where(Cycle.year == year, Candidate.number == wanted.candidate, *_linked())
        )
        asked.append(or_(Order.id.in_(linked), Order.merged_into_id.in_(linked)))
    return asked


def _linked() -> tuple[Any, ...]:
    """Return the conditions of a link that is published: before that, the screening goes on."""
    return CandidateOrder.published_at.is_not(None), Candidate.published_at.is_not(None)


def _sorted(wanted: str) -> list[Any]:
    column = COLUMNS.get(wanted.removeprefix("-"))
    if column is None:
        return []
    return [column.desc() if wanted.startswith("-") else column]


def _behind(session: Session, orders: list[UUID]) -> dict[UUID | None, tuple[int, ...]]:
    """Return the numbers of the candidates that each wish went into."""
    found: dict[UUID | None, list[int]] = defaultdict(list)
    if orders:
        for order, number in session.execute(
            select(CandidateOrder.order_id, Candidate.number)
            .join(Candidate, leads(CandidateOrder.candidate_id, Candidate))
            .where(CandidateOrder.order_id.in_(orders), *_linked())
            .order_by(Candidate.number)
        ):
            found[order].append(number)
    return {order: tuple(numbers) for order, numbers in found.items()}


def _collecting(
    session: Session, year: int
) -> tuple[Collecting | None, Collecting | None, CycleFunnel | None]:
    """Return the days of a cycle's collecting, those of another that collects now, and the cycle's funnel."""
    rows = session.execute(
        select(Cycle.year, CycleStage, CycleFunnel)
        .join(CycleStage, leads(CycleStage.cycle_id, Cycle))
        .outerjoin(
            CycleFunnel,
            and_(leads(CycleFunnel.cycle_id, Cycle), CycleFunnel.published_at.is_not(None)),
        )
        .where(CycleStage.stage == "collect", or_(Cycle.year == year, CycleStage.state == "running"))
        .order_by(Cycle.year)
    ).all()
    own = next(((_days(one, stage), funnel) for one, stage, funnel in rows if one == year), (None, None))
    running = [_days(one, stage) for one, stage, _ in rows if one != year and stage.state == "running"]
    return own[0], (running[-1] if running else None), own[1]


def _days(year: int, stage: CycleStage) -> Collecting:
    return Collecting(year, stage.opens_on, stage.closes_on, stage.state)


def _funnel(kept: CycleFunnel | None, chosen: int) -> Funnel:
    """Return the funnel; a step of which nothing was counted yet stands as 0 in the store and is not known."""
    if kept is None:
        return Funnel(chosen=chosen or None)
    return Funnel(
        kept.collected or None,
        kept.merged or None,
        kept.reserve or None,
        kept.candidates or None,
        chosen or None,
    )


def _by_category(session: Session, year: int) -> list[tuple[str, str, int]]:
    statement = _screened(select(Order.category, Order.state, func.count(Order.id)), year)
    return [(*row,) for row in session.execute(statement.group_by(Order.category, Order.state))]


def _by_area(session: Session, year: int, english: bool) -> list[tuple[str | None, str | None, str, int]]:
    name = Area.name_en if english else Area.name_zh
    statement = (
        _screened(select(Order.area_code, name, Order.channel, func.count(Order.id)), year)
        .outerjoin(Area, Area.code == Order.area_code)
        .group_by(Order.area_code, name, Order.channel)
    )
    return [(*row,) for row in session.execute(statement)]


def _slices(rows: Iterable[tuple[Any, ...]], at: int, named: bool = False) -> tuple[Slice, ...]:
    """Return how many share the value at a place of each row, most first; the count stands last in a row."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        key, count = row[at], row[-1]
        counts[key] += count
        names[key] = row[at + 1] if named else key
        if at == 0 and len(row) == 3 and not named:
            states[key][row[1]] += count
    return tuple(
        Slice(key, names[key], count, tuple(states[key].items()))
        for key, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )


def _candidates(session: Session, year: int) -> tuple[Line, ...]:
    """Return a cycle's candidates by number, each with what the last announced round made of it."""
    outcomes = _outcomes(session, year)
    rows = session.execute(
        select(Candidate, Department.name, Project.number)
        .join(Cycle, leads(Candidate.cycle_id, Cycle))
        .outerjoin(Department, leads(Candidate.department_id, Department))
        .outerjoin(Project, leads(Project.candidate_id, Candidate))
        .where(Cycle.year == year, Candidate.published_at.is_not(None))
        .order_by(Candidate.number)
    ).all()
    # To those inside too: what is not announced stands on the pages of who prepares it and who votes.
    papers = documents_of(
        session,
        CandidateDocument.candidate_id.in_([row.id for row, *_ in rows]),
        CandidateDocument.published_at.is_not(None),
    )
    lines = []
    for row, department, project in rows:
        state, votes, round_id = outcomes.get(row.id, (None, None, None))
        lines.append(
            Line(
                row.number, row.name, row.category, department, row.budget, row.place, row.target,
                row.order_count, state, votes, round_id, project if round_id else None,
                row.plan if round_id else None, papers.get(row.id, ()) if round_id else (),
            )
        )  # fmt: skip
    return tuple(lines)


def _outcomes(session: Session, year: int) -> dict[UUID | None, tuple[str | None, int | None, str]]:
    """Return what became of each candidate in announced rounds; a run-off comes after the round it decides.

    Where the rules publish no votes, it was chosen, is tied, or stood on the list. A round that decided nothing
    leaves what was before.
    """
    rows = session.execute(
        select(
            RoundOption.candidate_id,
            RoundOption.number,
            Count,
            RoundProject.project_id,
            Round.id,
            Round.facts,
        )
        .outerjoin(Count, and_(same_line(Count, RoundOption), Count.published_at.is_not(None)))
        .outerjoin(RoundProject, same_line(RoundProject, RoundOption))
        .join(Round, leads(RoundOption.round_id, Round))
        .join(Cycle, leads(Round.cycle_id, Cycle))
        .where(
            Cycle.year == year,
            RoundOption.candidate_id.is_not(None),
            Round.state == ANNOUNCED,
            Round.published_at.is_not(None),
        )
        .order_by(Round.closed_at)
    )
    found: dict[UUID | None, tuple[str | None, int | None, str]] = {}
    for candidate, number, published, project, round_id, facts in rows:
        count: Count | None = published
        if count is None:
            state, votes = told_state(number, facts, became_project=project is not None), None
        else:
            state = decided_state(count.state, number, (facts or {}).get("settled"), count.reason)
            votes = count.votes
        if state == NOT_DECIDED:
            found.setdefault(candidate, (None, None, str(round_id)))
        else:
            found[candidate] = (state, votes, str(round_id))
    return found
