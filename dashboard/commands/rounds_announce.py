"""Announcing a round: it is published as its rules say, and the chosen candidates become projects of the cycle."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from dashboard.gate import Call, command
from dashboard.rules.refused import Refused
from dashboard.rules.round_links import is_told
from dashboard.rules.rounds import CHOSEN, FOLLOWING, LISTED, RUNOFF, TIED, UNDECIDED, moved, settled_state
from dashboard.rules.rule_sets import Rules, read_rule_set, rules_of
from dashboard.store.round_links import links_of
from dashboard.store.rounds import already_chosen, taken
from dashboard.store.tables.cycle import Cycle, CycleStage
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.orders import Candidate, CandidateDocument
from dashboard.store.tables.progress import Project
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count, Round, RoundOption, RoundProject
from dashboard.store.witness import witness

LONGEST = 200


@command("round.announce")
def announce_round(call: Call, round_id: UUID, announcement: str) -> int:
    """Announce a reported round under a numbered announcement, and return how many projects came of it."""
    row = taken(call.session, round_id)
    if row is None:
        raise Refused("not_found")
    after = moved("announce", row.state, row.purpose)
    if not announcement.strip():
        raise Refused("announcement_empty")
    facts = dict(row.facts or {})
    tied = facts.get("outcome", {}).get("state") == TIED
    if row.purpose == RUNOFF and tied and "settled" not in facts:
        raise Refused("tie_not_settled")
    links = links_of(call.session, call.congress_id, row.id)
    if not is_told(links, row.id, rests=row.purpose in FOLLOWING):
        # Announced after it, the one before would say of the chosen once more that they are tied.
        raise Refused("before_not_announced")
    decided = facts.get("outcome", {}).get("state") not in UNDECIDED
    if decided and (chosen_before := already_chosen(call.session, row.id)):
        # By a round that was announced since this one was opened.
        raise Refused("already_chosen", n=chosen_before)
    row.state, row.announcement = after, announcement.strip()[:LONGEST]
    listed = select(RoundOption).where(RoundOption.round_id == row.id).order_by(RoundOption.number)
    options = call.session.scalars(listed).all()
    rules, states = rules_of(read_rule_set(row.rules)), _states(call, row)
    _publish(call, row, options, rules)
    if decided:
        _tell_candidates(call, options, states, rules)
    chosen = [one for one in options if states.get(one.number) == CHOSEN]
    if rules.publish_votes != "list":
        # In the order of the result; where only the list is told, their numbers would tell the order.
        votes = _votes(call, row.id)
        chosen.sort(key=lambda one: (-votes[one.number], one.number))
    made = _make_projects(call, row, chosen)
    parts = ("round", "options", "counts", "box", "projects")
    _tell(call, "announced", row, *parts, sealed=row.box_digest)
    call.changed("voting", "orders", "progress", "cycle")
    return made


@command("round.announce")
def correct_round(call: Call, round_id: UUID, announcement: str, reason: str) -> None:
    """Correct what was announced by another announcement with its reason; what was announced before stays."""
    row = taken(call.session, round_id)
    if row is None:
        raise Refused("not_found")
    moved("correct", row.state, row.purpose)
    if not announcement.strip():
        raise Refused("announcement_empty")
    if not reason.strip():
        raise Refused("reason_needed")
    facts = dict(row.facts or {})
    added = {
        "announcement": announcement.strip()[:LONGEST],
        "reason": reason.strip()[:500],
        "at": call.now.isoformat(),
    }
    row.facts = {**facts, "corrections": [*facts.get("corrections", []), added]}
    _tell(call, "corrected", row, "round")


def _states(call: Call, row: Round) -> dict[int, str]:
    """Return what each option came to: as counted, and a second tie as the presidium decided it."""
    settled = (row.facts or {}).get("settled")
    counts = call.session.scalars(select(Count).where(Count.round_id == row.id))
    return {one.number: settled_state(one.state, one.number, settled) for one in counts}


def _publish(call: Call, row: Round, options: Iterable[RoundOption], rules: Rules) -> None:
    """Publish the round, its list and what voters were told; counts and box as far as the frozen rules open them."""
    row.published_at = call.now
    for option in options:
        option.published_at = call.now
    told = [option.candidate_id for option in options if option.candidate_id is not None]
    papers = select(CandidateDocument).where(CandidateDocument.candidate_id.in_(told))
    for paper in call.session.scalars(papers.where(CandidateDocument.published_at.is_(None))):
        paper.published_at = call.now
    if rules.publish_votes == "numbers":
        for count in call.session.scalars(select(Count).where(Count.round_id == row.id)):
            count.published_at = call.now
    if rules.publish_box == "public":
        for box in call.session.scalars(select(SealedBox).where(SealedBox.round_id == row.id)):
            box.published_at = call.now


def _tell_candidates(
    call: Call, options: Iterable[RoundOption], states: Mapping[int, str], rules: Rules
) -> None:
    """Write into each candidate what became of it; who stood on an announced list is no secret."""
    for option in options:
        if option.candidate_id is not None:
            candidate = call.session.get_one(Candidate, (call.congress_id, option.candidate_id))
            state = states[option.number]
            told = rules.publish_votes == "numbers" or state in {CHOSEN, TIED}
            candidate.state = state if told else LISTED
            candidate.published_at = candidate.published_at or call.now


def _make_projects(call: Call, row: Round, chosen: Iterable[RoundOption]) -> int:
    """Make each chosen candidate a project with the next number of the cycle; its plan is still to be filled in."""
    of_cycle = select(func.max(Project.number)).where(Project.cycle_id == row.cycle_id)
    number = call.session.scalar(of_cycle) or 0
    starts, due = _days(call, row.cycle_id)
    made = 0
    for option in chosen:
        if option.candidate_id is None:
            continue
        one = call.session.get_one(Candidate, (call.congress_id, option.candidate_id))
        made += 1
        project = Project(
            congress_id=call.congress_id, id=new_id(), cycle_id=row.cycle_id, candidate_id=one.id,
            department_id=one.department_id, number=number + made, name=one.name, short_name=one.name,
            category=one.category, place=one.place, target=one.target, leader=None, budget=one.budget,
            starts_on=starts, due_on=due, state="prepared", published_at=call.now,
        )  # fmt: skip
        call.session.add(project)
        call.session.flush()
        own = {"round_id": row.id, "number": option.number, "project_id": project.id}
        call.session.add(RoundProject(congress_id=call.congress_id, published_at=call.now, **own))
    return made


def _votes(call: Call, round_id: UUID) -> dict[int, int]:
    counts = call.session.scalars(select(Count).where(Count.round_id == round_id))
    return {one.number: one.votes for one in counts}


def _days(call: Call, cycle_id: UUID) -> tuple[date, date]:
    """Return from when to when the cycle's projects are carried out: its stage, else its year."""
    stage = call.session.scalar(
        select(CycleStage).where(CycleStage.cycle_id == cycle_id, CycleStage.stage == "deliver")
    )
    if stage is not None:
        return stage.opens_on, stage.closes_on
    year = call.session.scalars(select(Cycle.year).where(Cycle.id == cycle_id)).one()
    return date(year, 1, 1), date(year, 12, 31)


def _tell(call: Call, verb: str, row: Round, *parts: str, **more: str | None) -> None:
    call.act(f"round_{verb}", **witness(call.session, call.congress_id, row.id, parts), **more)
    call.changed("voting")
