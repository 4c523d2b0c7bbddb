"""The demonstration's rounds: each sealed box is counted again, and every announced number must come out."""

import json
from typing import Any
from uuid import UUID

from dashboard.rules import chain
from dashboard.rules.boxes import Box, count_box, read_box
from dashboard.rules.counting import Outcome
from dashboard.rules.refused import Refused
from dashboard.store.loading import shapes_cycle
from dashboard.store.loading.bulk import Line
from dashboard.store.loading.gathering import Gathering, Seat, moment
from dashboard.store.loading.rows import BadRow
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.progress import Project
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import (
    Ballot,
    CheckIn,
    Count,
    Participation,
    RollEntry,
    Round,
    RoundOption,
    RoundProject,
)

CHANNEL = "paper"
RoundLine = Line[shapes_cycle.Round]


def gather_rounds(gathering: Gathering) -> None:
    """Gather the rounds with their roll, attendance, ballots, counts, and the projects that came of them."""
    open_ties: dict[str, tuple[RoundLine, Outcome]] = {}
    for line in gathering.lines(shapes_cycle.Round):
        rule_set = _rule_set(gathering, line)
        box = _box(gathering, line, rule_set)
        outcome = _counted(line, box)
        _settle_tie(line, outcome, open_ties)
        round_id = _round(gathering, line, rule_set, outcome)
        _options(gathering, line, round_id, box)
        _attendance(gathering, line, round_id)
        _ballots(gathering, line, round_id, box)
        _outcomes(gathering, line, round_id, outcome)
        _sealed(gathering, line, round_id, rule_set)
        gathering.digests[line.row.congress][str(round_id)] = line.row.box_digest
    for line, _ in open_ties.values():
        raise line.bad("box", "tie_undecided", value=line.row.id)


def _settle_tie(line: RoundLine, outcome: Outcome, open_ties: dict[str, tuple[RoundLine, Outcome]]) -> None:
    """Keep a tie open until its run-off, which is held on what was left tied, for the places that were left."""
    row = line.row
    if row.kind != "runoff":
        if row.after is not None:
            raise line.bad("after", "no_runoff", value=row.after)
        if outcome.tied:
            open_ties[f"{row.congress}/{row.id}"] = (line, outcome)
        return
    _, before = open_ties.pop(f"{row.congress}/{row.after}", (line, None))
    if before is None:
        raise line.bad("after", "no_tie", value=row.after)
    numbers = {option.number for option in outcome.options}
    if (numbers, row.places) != (set(before.tied), before.open_places):
        raise line.bad("places", "tie_differs", value=row.places, places=before.open_places)
    if outcome.tied:
        raise line.bad("box", "tied_again", value=row.id)


def _rule_set(gathering: Gathering, line: RoundLine) -> dict[str, Any]:
    """Return the round's rule set as its file holds it."""
    path = gathering.rule_sets / f"{line.row.rule_set}.json"
    if not path.is_file():
        raise line.bad("rule_set", "unknown_name", value=line.row.rule_set)
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _box(gathering: Gathering, line: RoundLine, rule_set: dict[str, Any]) -> Box:
    """Return the sealed box; it must be the announced one and say the same as the announcement."""
    row = line.row
    path = gathering.root / "boxes" / row.box
    file = f"{path.parent.name}/{path.name}"
    try:
        box = read_box(path.read_bytes(), row.box_digest)
    except FileNotFoundError as error:
        raise BadRow(file, 1, None, "no_such_box") from error
    except Refused as refused:
        raise BadRow(file, 1, None, refused.code.removeprefix("box_"), **refused.facts) from refused
    if box.rule_set.model_dump() != rule_set:
        raise line.bad("rule_set", "box_differs", value=row.rule_set)
    form = rule_set["values"]["form"]["value"]
    if form != row.form:
        raise line.bad("form", "rule_set_differs", value=row.form, rule_set=form)
    if box.purpose != row.kind:
        raise line.bad("kind", "box_differs", value=row.kind, box=box.purpose)
    for column in ("places", "entitled", "present", "issued", "recovered"):
        if getattr(box, column) != getattr(row, column):
            raise line.bad(column, "box_differs", value=getattr(row, column), box=getattr(box, column))
    if not row.recovered <= row.issued <= row.present <= row.entitled:
        raise line.bad("recovered", "attendance_differs", value=row.recovered, ballots=len(box.ballots))
    return box


def _counted(line: RoundLine, box: Box) -> Outcome:
    """Count the box by its own rules; what was announced must come out, and a list must have come of it."""
    row = line.row
    outcome = count_box(box)
    if (outcome.valid, outcome.invalid) != (row.valid, row.invalid):
        raise line.bad(
            "valid", "count_differs", value=row.valid, valid=outcome.valid, invalid=outcome.invalid
        )
    if outcome.state in {"void", "no_quorum"}:
        raise line.bad("present", outcome.state, value=row.present)
    return outcome


def _round(gathering: Gathering, line: RoundLine, rule_set: dict[str, Any], outcome: Outcome) -> UUID:
    row = line.row
    # A run-off follows on the same day.
    opens = 16 if row.kind == "runoff" else 15
    added = gathering.name(
        Round,
        row.congress,
        row.id,
        meeting_id=gathering.id(line, "meeting", Meeting, row.congress, row.meeting),
        cycle_id=gathering.id(line, "cycle", Cycle, row.congress, row.cycle),
        after_id=None if row.after is None else gathering.id(line, "after", Round, row.congress, row.after),
        purpose=row.kind,
        title=row.title,
        state="announced",
        rule_set=row.rule_set,
        rules=rule_set,
        places=row.places,
        on_paper=True,
        opened_at=moment(row.day, opens),
        closed_at=moment(row.day, opens + 1),
        **row.model_dump(include={"entitled", "present", "issued", "recovered", "valid", "invalid"}),
        threshold=outcome.needed,
        box_digest=row.box_digest,
        announcement=row.announcement,
        reason=None,
        published_at=moment(row.day, 17),
    )
    identity: UUID = added["id"]
    return identity


def _options(gathering: Gathering, line: RoundLine, round_id: UUID, box: Box) -> None:
    row = line.row
    for option in box.options:
        candidate = gathering.find(line, "box", Candidate, row.congress, row.cycle, option.number)
        if candidate["name"] != option.name:
            raise line.bad("box", "candidate_differs", value=option.name, candidate=candidate["name"])
        gathering.add(
            RoundOption,
            row.congress,
            round_id=round_id,
            number=option.number,
            name=option.name,
            candidate_id=candidate["id"],
            project_id=None,
            department_id=None,
            answer_id=None,
            published_at=moment(row.day, 17),
        )


def _attendance(gathering: Gathering, line: RoundLine, round_id: UUID) -> None:
    """Add the roll, who was present and who voted.

    The files count the present and the voters without naming them: the first of the roll in key order stand for
    them. That says nothing of who marked what, because ballots are keyed by their own digests.
    """
    row = line.row
    roll: list[Seat] = sorted(
        (seat for seat in gathering.seats[row.congress] if seat.in_office(row.day)),
        key=lambda seat: seat.membership_id,
    )
    if len(roll) != row.entitled:
        raise line.bad("entitled", "roll_differs", value=row.entitled, roll=len(roll))
    for place, seat in enumerate(roll):
        own = {"round_id": round_id, "membership_id": seat.membership_id}
        gathering.add(RollEntry, row.congress, **own, delegation_id=seat.delegation_id)
        if place < row.present:
            gathering.add(CheckIn, row.congress, **own, confirmed_by=None, means="file", left_at=None)
        if place < row.recovered:
            gathering.add(Participation, row.congress, **own, channel=CHANNEL)


def _ballots(gathering: Gathering, line: RoundLine, round_id: UUID, box: Box) -> None:
    for ballot in box.ballots:
        gathering.add(
            Ballot,
            line.row.congress,
            round_id=round_id,
            id=ballot.id,
            marks=ballot.marks,
            membership_id=None,
        )


def _sealed(gathering: Gathering, line: RoundLine, round_id: UUID, rule_set: dict[str, Any]) -> None:
    """Add the box as it was sealed; the public's only where the rule set opens it to them."""
    row = line.row
    is_public = rule_set["values"]["publish_box"]["value"] == "public"
    gathering.add(
        SealedBox,
        row.congress,
        round_id=round_id,
        algorithm=chain.ALGORITHM,
        digest=row.box_digest,
        body=(gathering.root / "boxes" / row.box).read_bytes().decode(),
        published_at=moment(row.day, 17) if is_public else None,
    )


def _outcomes(gathering: Gathering, line: RoundLine, round_id: UUID, counted: Outcome) -> None:
    """Add what became of every option; each chosen one must be a project, and no other, once ties are decided."""
    row = line.row
    published = moment(row.day, 17)
    projects = {project["candidate_id"]: project["id"] for project in gathering.rows[Project]}
    for outcome in counted.options:
        candidate = gathering.find(line, "box", Candidate, row.congress, row.cycle, outcome.number)
        candidate["state"] = outcome.state
        gathering.add(
            Count,
            row.congress,
            round_id=round_id,
            number=outcome.number,
            votes=outcome.votes,
            against=outcome.against,
            abstained=outcome.abstained,
            rank_sum=outcome.rank_sum,
            state=outcome.state,
            reason=outcome.reason.code,
            facts=dict(outcome.reason.facts),
            published_at=published,
        )
        if outcome.state == "tied":
            continue
        project = projects.get(candidate["id"])
        if (outcome.state == "chosen") != (project is not None):
            raise line.bad("box", "projects_differ", value=candidate["name"], state=outcome.state)
        if project is not None:
            gathering.add(
                RoundProject,
                row.congress,
                round_id=round_id,
                number=outcome.number,
                project_id=project,
                published_at=published,
            )
