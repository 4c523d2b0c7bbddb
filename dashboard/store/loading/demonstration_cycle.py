"""The demonstration's cycles: stages, funnels, wishes, candidates and dates to come."""

from datetime import date

from dashboard.store.loading import shapes_cycle
from dashboard.store.loading.bulk import Line
from dashboard.store.loading.gathering import Gathering, Stage, covering, key_of, moment
from dashboard.store.tables.congress import Department, Term
from dashboard.store.tables.cycle import CalendarEntry, Cycle, CycleFunnel, CycleStage
from dashboard.store.tables.orders import Candidate, CandidateOrder, Order
from dashboard.store.tables.progress import Project

STAGE_OF = {
    "collection": "collect",
    "meeting": "choose",
    "report_due": "deliver",
    "inspection": "deliver",
    "assessment": "judge",
}


def gather_cycles(gathering: Gathering) -> None:
    """Gather the cycles with their stages; a cycle has ended when all of its stages have."""
    lines = gathering.lines(shapes_cycle.CycleStage)
    for line in lines:
        row = line.row
        gathering.stages[row.congress].append(Stage(row.cycle, row.stage, row.opens, row.closes, row.state))
    firsts = {(line.row.congress, line.row.cycle): line for line in reversed(lines)}
    for line in reversed(firsts.values()):
        _cycle(gathering, line)
    for line in lines:
        row = line.row
        gathering.add(
            CycleStage,
            row.congress,
            cycle_id=gathering.id(line, "cycle", Cycle, row.congress, row.cycle),
            stage=row.stage,
            opens_on=row.opens,
            closes_on=row.closes,
            state=row.state,
        )


def gather_funnels(gathering: Gathering) -> None:
    """Gather what each cycle's funnel counted; as many must be chosen as there are projects."""
    projects = [(row["congress_id"], row["cycle_id"]) for row in gathering.rows[Project]]
    for line in gathering.lines(shapes_cycle.CycleFunnel):
        row = line.row
        cycle = gathering.id(line, "cycle", Cycle, row.congress, row.cycle)
        chosen = projects.count((key_of("congress", row.congress), cycle))
        if chosen != row.chosen:
            raise line.bad("chosen", "projects_differ", value=row.chosen, projects=chosen)
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
            budget=row.budget,
            order_count=row.orders,
            state="listed",
            published_at=None if stage is None or stage.state == "upcoming" else moment(stage.opens, 9),
        )


def gather_orders(gathering: Gathering) -> None:
    """Gather the wishes; one that was only received has not been screened, so it is not public yet."""
    places: dict[tuple[str, int], int] = {}
    for line in gathering.lines(shapes_cycle.Order):
        row = line.row
        places[row.congress, row.cycle] = place = places.get((row.congress, row.cycle), 0) + 1
        screened = row.state != "received"
        published = gathering.past(row.congress, row.received) if screened else None
        order = gathering.name(
            Order,
            row.congress,
            row.id,
            cycle_id=gathering.id(line, "cycle", Cycle, row.congress, row.cycle),
            merged_into_id=None,
            number=place,
            text=row.text,
            category=row.category,
            area_code=gathering.area(line, "area", row.area),
            channel=row.channel,
            received_on=row.received,
            state=row.state,
            published_at=published,
        )
        if row.candidate is not None:
            candidate = gathering.find(line, "candidate", Candidate, row.congress, row.cycle, row.candidate)
            gathering.add(
                CandidateOrder,
                row.congress,
                candidate_id=candidate["id"],
                order_id=order["id"],
                published_at=published and candidate["published_at"],
            )


def gather_calendar(gathering: Gathering) -> None:
    """Gather the dates to come, each with the cycle whose stage is open then."""
    for line in gathering.lines(shapes_cycle.CalendarDay):
        row = line.row
        project = (
            None
            if row.project is None
            else gathering.find(line, "project", Project, row.congress, row.project)
        )
        cycle = _cycle_of(gathering, line) if project is None else project["cycle_id"]
        gathering.name(
            CalendarEntry,
            row.congress,
            row.day,
            row.text,
            cycle_id=cycle,
            project_id=None if project is None else project["id"],
            kind=row.kind,
            day=row.day,
            title=row.text,
            concerns=row.who,
            published_at=gathering.past(row.congress, row.day),
        )


def _cycle(gathering: Gathering, line: Line[shapes_cycle.CycleStage]) -> None:
    row = line.row
    own = key_of("congress", row.congress)
    term = covering((term for term in gathering.rows[Term] if term["congress_id"] == own), row.opens)
    if term is None:
        raise line.bad("opens", "outside_term", value=row.opens)
    states = {stage.state for stage in gathering.stages[row.congress] if stage.year == row.cycle}
    ended = states <= {"ended", "announced"}
    gathering.name(
        Cycle,
        row.congress,
        row.cycle,
        term_id=term["id"],
        template_id=None,
        year=row.cycle,
        state="ended" if ended else "upcoming" if states == {"upcoming"} else "running",
        digest=None,
    )


def _cycle_of(gathering: Gathering, line: Line[shapes_cycle.CalendarDay]) -> object:
    row = line.row
    for stage in gathering.stages[row.congress]:
        if stage.stage == STAGE_OF[row.kind] and stage.opens <= row.day <= stage.closes:
            return gathering.id(line, "day", Cycle, row.congress, stage.year)
    raise line.bad("day", "outside_stage", value=row.day)
