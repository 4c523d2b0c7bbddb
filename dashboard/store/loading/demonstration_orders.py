"""The demonstration's wishes, the candidates that they became, and what the funnel counted of them."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from dashboard.store.loading import shapes_cycle
from dashboard.store.loading.bulk import Line
from dashboard.store.loading.gathering import Gathering, Values, key_of, moment
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle, CycleFunnel
from dashboard.store.tables.orders import Candidate, CandidateOrder, Order
from dashboard.store.tables.progress import Project


def gather_candidates(gathering: Gathering) -> None:
    """Gather the candidates; the public sees them once the choice of their cycle has opened."""
    for line in gathering.lines(shapes_cycle.Candidate):
        row = line.row
        stage = gathering.stage(row.congress, row.cycle, "choose")
        gathering.name(
            Candidate,
            row.congress,
            row.cycle,
            row.number,
            cycle_id=gathering.id(line, "cycle", Cycle, row.congress, row.cycle),
            department_id=gathering.id(line, "department", Department, row.congress, row.department),
            number=row.number,
            name=row.name,
            category=row.category,
            place=row.place,
            target=row.target,
            plan=row.plan,
            budget=row.budget,
            order_count=row.orders,
            state="listed",
            published_at=None if stage is None or stage.state == "upcoming" else moment(stage.opens, 9),
        )


def gather_orders(gathering: Gathering) -> None:
    """Gather the wishes, each merged one with the wish it went into, and link them to their candidates.

    A wish that was only received has not been screened, so neither it nor what was merged into it is public.
    """
    lines = gathering.lines(shapes_cycle.Order)
    places: Counter[tuple[str, int]] = Counter()
    for line in lines:
        places[line.row.congress, line.row.cycle] += 1
        _order(gathering, line, places[line.row.congress, line.row.cycle])
    linked: Counter[UUID] = Counter()
    candidates = {(line.row.congress, line.row.id): line.row.candidate for line in lines}
    for line in lines:
        order = _merged(gathering, line, candidates)
        if line.row.candidate is not None:
            linked[_link(gathering, line, order)] += 1
    # The wish that stands for others is written before them.
    gathering.rows[Order].sort(key=lambda order: order["merged_into_id"] is not None)
    for candidate in gathering.lines(shapes_cycle.Candidate):
        row = candidate.row
        found = linked[gathering.id(candidate, "number", Candidate, row.congress, row.cycle, row.number)]
        if found != row.orders:
            raise candidate.bad("orders", "orders_differ", value=row.orders, orders=found)


def gather_funnels(gathering: Gathering) -> None:
    """Gather what each cycle's funnel counted; every number must be the one that the rows give."""
    counted = _counted(gathering)
    for line in gathering.lines(shapes_cycle.CycleFunnel):
        row = line.row
        cycle = gathering.id(line, "cycle", Cycle, row.congress, row.cycle)
        for column, rows in (
            ("chosen", "projects"),
            ("candidates", "candidates"),
            ("collected", "orders"),
            ("merged", "merged"),
            ("reserve", "reserve"),
        ):
            found = counted[cycle, rows]
            if getattr(row, column) != found:
                raise line.bad(column, f"{rows}_differ", value=getattr(row, column), **{rows: found})
        stage = gathering.stage(row.congress, row.cycle, "collect")
        day = date.max if stage is None else stage.closes
        gathering.add(
            CycleFunnel,
            row.congress,
            cycle_id=cycle,
            collected=row.collected,
            merged=row.merged,
            reserve=row.reserve,
            candidates=row.candidates,
            published_at=gathering.past(row.congress, day),
        )


def _order(gathering: Gathering, line: Line[shapes_cycle.Order], place: int) -> None:
    row = line.row
    if (row.state == "merged") != (row.merged_into is not None):
        raise line.bad("merged_into", "state_differs", value=row.merged_into, state=row.state)
    gathering.name(
        Order,
        row.congress,
        row.id,
        cycle_id=gathering.id(line, "cycle", Cycle, row.congress, row.cycle),
        merged_into_id=None if row.merged_into is None else key_of("orders", row.congress, row.merged_into),
        number=place,
        text=row.text,
        category=row.category,
        area_code=gathering.area(line, "area", row.area),
        channel=row.channel,
        received_on=row.received,
        state=row.state,
        published_at=gathering.past(row.congress, row.received) if row.state != "received" else None,
    )


def _merged(
    gathering: Gathering, line: Line[shapes_cycle.Order], candidates: Mapping[tuple[str, str], int | None]
) -> Values:
    """Return a wish after a look at the one it went into: of its cycle, for the same candidate, itself not merged."""
    row = line.row
    order = gathering.find(line, "id", Order, row.congress, row.id)
    if row.merged_into is not None:
        into = gathering.find(line, "merged_into", Order, row.congress, row.merged_into)
        if into["merged_into_id"] is not None or into["cycle_id"] != order["cycle_id"]:
            raise line.bad("merged_into", "merged_itself", value=row.merged_into)
        if candidates[row.congress, row.merged_into] != row.candidate:
            raise line.bad("candidate", "merged_differs", value=row.candidate)
        order["published_at"] = into["published_at"] and max(into["published_at"], order["published_at"])
    return order


def _link(gathering: Gathering, line: Line[shapes_cycle.Order], order: Values) -> UUID:
    row = line.row
    if row.state not in {"candidate", "merged"}:
        raise line.bad("candidate", "state_differs", value=row.candidate, state=row.state)
    candidate = gathering.find(line, "candidate", Candidate, row.congress, row.cycle, row.candidate)
    gathering.add(
        CandidateOrder,
        row.congress,
        candidate_id=candidate["id"],
        order_id=order["id"],
        published_at=order["published_at"] and candidate["published_at"],
    )
    identity: UUID = candidate["id"]
    return identity


def _counted(gathering: Gathering) -> Counter[tuple[UUID, str]]:
    """Return what each cycle's rows give; where nothing was merged yet, the wishes are not counted as such either."""
    counted: Counter[tuple[UUID, str]] = Counter()
    standing: Counter[UUID] = Counter()
    for order in gathering.rows[Order]:
        cycle = order["cycle_id"]
        counted[cycle, "orders"] += 1
        counted[cycle, "reserve"] += order["state"] == "reserve"
        standing[cycle] += order["merged_into_id"] is None
    for cycle, found in standing.items():
        counted[cycle, "merged"] = found if found < counted[cycle, "orders"] else 0
    for candidate in gathering.rows[Candidate]:
        counted[candidate["cycle_id"], "candidates"] += 1
    for project in gathering.rows[Project]:
        counted[project["cycle_id"], "projects"] += 1
    return counted
