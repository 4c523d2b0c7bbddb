"""The demonstration's cycles: their stages, and dates to come."""

from dashboard.store.loading import shapes_cycle
from dashboard.store.loading.bulk import Line
from dashboard.store.loading.gathering import Gathering, Stage, covering, key_of
from dashboard.store.tables.congress import Term
from dashboard.store.tables.cycle import CalendarEntry, Cycle, CycleStage
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
