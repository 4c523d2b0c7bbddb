"""What the rounds decided, from the counts stored at their close; no page reads ballots, rolls or who took part."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from dashboard.gate import Call, query
from dashboard.i18n import SHANGHAI
from dashboard.queries.rule_values import rule_values
from dashboard.rules.frames import Bar, Source, Tally
from dashboard.rules.reasons import Reason
from dashboard.rules.refused import Refused
from dashboard.rules.round_frames import ANNOUNCED, Correction, Outcome, RoundLine, RoundResult, Rounds
from dashboard.rules.round_links import follow, rests_on
from dashboard.rules.rounds import BEYOND, CHOSEN, RUNOFF, TIED, UNDECIDED, decided_state, told_state
from dashboard.rules.rule_sets import RuleSetInvalid, needs_confirmation, read_rule_set, rules_of
from dashboard.store.joins import leads, same_line
from dashboard.store.round_links import links_of
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.cycle import Cycle, CycleStage
from dashboard.store.tables.progress import Project
from dashboard.store.tables.voting import Count, Round, RoundOption, RoundProject

TOPICS = ("voting", "cycle")


@query("round.read", *TOPICS)
def last_adoption(call: Call, year: int) -> Tally | None:
    """Return the announced result of a cycle's adoption round, or None before the announcement."""
    row = call.session.scalar(
        select(Round)
        .join(Cycle, leads(Round.cycle_id, Cycle))
        .where(
            Cycle.year == year,
            Round.purpose == "adoption",
            Round.state == ANNOUNCED,
            Round.published_at.is_not(None),
        )
        .order_by(Round.closed_at.desc())
        .limit(1)
    )
    if row is None:
        return None
    bars = _options(call.session, row, told=True)[0]
    if any(bar.state == TIED for bar in bars):
        bars = _settled(call.session, row, bars)
    return _tally(call, row, bars)


def _settled(session: Session, row: Round, bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """Return the bars with what the announced run-offs made of those that were tied, the chosen before the others.

    A run-off that was annulled or void decides nothing; the one that repeats it does, under the same numbers.
    """
    links = links_of(session, row.congress_id, row.id)
    deciding = [one for one in follow(links, row.id) if not links[one].decides_nothing]
    runoffs = session.scalars(
        select(Round)
        .where(
            Round.id.in_(deciding),
            Round.purpose == RUNOFF,
            Round.state == ANNOUNCED,
            Round.published_at.is_not(None),
        )
        .order_by(Round.closed_at)
    )
    states = {bar.number: bar.state for one in runoffs for bar in _options(session, one, told=True)[0]}
    found = [
        replace(bar, state=states[bar.number], runoff=True)
        if bar.state == TIED and bar.number in states
        else bar
        for bar in bars
    ]
    return tuple(sorted(found, key=lambda bar: (-(bar.votes or 0), bar.state != CHOSEN)))


@query("round.read", *TOPICS)
def rounds(call: Call, year: int) -> Rounds:
    """Return a cycle's rounds in order of time: to the public those announced, to members also the others."""
    found = call.session.execute(_rounds(call).where(Cycle.year == year)).all()
    results = _results(call.session, [row for row, _ in found if _is_announced(row)])
    stage = call.session.scalar(
        select(CycleStage)
        .join(Cycle, leads(CycleStage.cycle_id, Cycle))
        .where(Cycle.year == year, CycleStage.stage == "choose")
    )
    return Rounds(
        tuple(_line(row, meeting, results) for row, meeting in found),
        None if stage is None else stage.opens_on,
        None if stage is None else stage.closes_on,
    )


@query("round.read", *TOPICS)
def round_result(call: Call, year: int, round_id: UUID) -> RoundResult:
    """Return one round of a cycle; before its announcement a member learns that it exists, the public nothing.

    The round before is the one whose outcome it stands on, those after stand on its own; what was repeated meanwhile
    lies between them.
    """
    links = {} if call.place is None else links_of(call.session, call.place.congress_id, round_id)
    if round_id not in links:
        raise Refused("not_found")
    before, after = rests_on(links, round_id), tuple(follow(links, round_id))
    around = Round.id.in_([one for one in (round_id, before, *after) if one is not None])
    found = call.session.execute(_rounds(call).where(Cycle.year == year, around)).all()
    row, meeting = next((pair for pair in found if pair[0].id == round_id), (None, None))
    if row is None:
        raise Refused("not_found")
    if not _is_announced(row):
        line = _line(row, meeting, {})
        return RoundResult(line, Tally(row.title, (), None, None, Source("")))
    results = _results(call.session, [one for one, _ in found if _is_announced(one)])
    lines = {one.id: _line(one, name, results) for one, name in found}
    return replace(
        counted(call, row, told=True),
        line=lines[row.id],
        announced_on=_day(row.published_at),
        before=lines.get(before) if before is not None else None,
        after=tuple(lines[one.id] for one, _ in found if one.id in after),
    )


def counted(call: Call, row: Round, *, told: bool = False) -> RoundResult:
    """Return what was counted in a round, or what is `told` of it: for queries whose own action lets in."""
    bars, outcomes = _options(call.session, row, told=told)
    rules = row.rules or {}
    return RoundResult(
        line=_line(row, None, {}),
        tally=_tally(call, row, bars),
        outcomes=outcomes,
        rule_set={**rules.get("name", {}), "key": row.rule_set},
        rules=rule_values(call.session, rules),
        digest=row.box_digest,
        below_law=_below_law(rules),
        settled=tuple((row.facts or {}).get("settled", ())),
        corrections=tuple(
            Correction(one["announcement"], one["reason"], datetime.fromisoformat(one["at"]))
            for one in (row.facts or {}).get("corrections", ())
        ),
    )


def _below_law(rules: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Return what frozen rules set below the law; none of rules that this version does not read."""
    try:
        return needs_confirmation(rules_of(read_rule_set(rules)))
    except RuleSetInvalid:
        return ()


def _rounds(call: Call) -> Any:
    """Return the statement of rounds with the name of their meeting, in order of time; the public's is narrower."""
    statement = (
        select(Round, Meeting.name)
        .join(Cycle, leads(Round.cycle_id, Cycle))
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .order_by(Round.closed_at.is_(None), Round.closed_at, Round.opened_at, Round.id)
    )
    if call.is_member:
        return statement
    return statement.where(Round.state == ANNOUNCED, Round.published_at.is_not(None))


def _is_announced(row: Round) -> bool:
    return row.state == ANNOUNCED and row.published_at is not None


def _results(session: Session, announced: Sequence[Round]) -> dict[UUID, dict[str, int]]:
    """Return how many options of each round ended in each state, as far as that was published."""
    known = {row.id: row for row in announced}
    found: dict[UUID, dict[str, int]] = {}
    if not known:
        return found
    for round_id, state, many in session.execute(
        select(Count.round_id, Count.state, func.count())
        .where(Count.round_id.in_(known), Count.published_at.is_not(None))
        .group_by(Count.round_id, Count.state)
    ):
        found.setdefault(round_id, {})[state] = many
    for round_id, states in found.items():
        settled = (known[round_id].facts or {}).get("settled")
        if settled is not None:
            # Level again, and decided by the presidium.
            level = states.pop(TIED, 0)
            states |= {CHOSEN: states.get(CHOSEN, 0) + len(settled), BEYOND: level - len(settled)}
    rest = [row for row in announced if row.id not in found]
    return found | _listed(session, rest) if rest else found


def _listed(session: Session, rounds: Sequence[Round]) -> dict[UUID, dict[str, int]]:
    """Return of rounds without published votes how many were chosen and tied, and how many stood beside them."""
    known = {row.id: row for row in rounds}
    rows = session.execute(
        select(RoundOption.round_id, RoundOption.number, RoundProject.number)
        .outerjoin(RoundProject, same_line(RoundProject, RoundOption))
        .where(RoundOption.round_id.in_(known))
    )
    found: dict[UUID, dict[str, int]] = {}
    for round_id, number, project in rows:
        state = told_state(number, known[round_id].facts, became_project=project is not None)
        states = found.setdefault(round_id, {})
        states[state] = states.get(state, 0) + 1
    return found


def _line(row: Round, meeting: str | None, results: dict[UUID, dict[str, int]]) -> RoundLine:
    # Announced by its state but not yet published: to a reader it is closed, no more.
    state = "closed" if row.state == ANNOUNCED and row.published_at is None else row.state
    own = (str(row.id), row.purpose, row.title, state, meeting, _day(row.closed_at or row.opened_at))
    if not _is_announced(row):
        return RoundLine(*own)
    states = results.get(row.id, {})
    return RoundLine(
        *own,
        entitled=row.entitled,
        present=row.present,
        places=row.places,
        candidates=sum(states.values()),
        chosen=states.get(CHOSEN, 0),
        tied=states.get(TIED, 0),
        announcement=row.announcement,
        undecided=_undecided(row.facts or {}),
    )


def _undecided(facts: Mapping[str, Any]) -> Reason | None:
    outcome = facts.get("outcome", {})
    return Reason(outcome["code"], outcome["facts"]) if outcome.get("state") in UNDECIDED else None


def _day(moment: datetime | None) -> Any:
    return None if moment is None else moment.astimezone(SHANGHAI).date()


def _options(session: Session, held: Round, *, told: bool) -> tuple[tuple[Bar, ...], tuple[Outcome, ...]]:
    """Return the options by votes, with why each ended as it did and which project it became.

    What is `told` has the votes that were published; without them an option was chosen in this round, was tied, or
    stood on the list. What another round made of it stands there.
    """
    seen = same_line(Count, RoundOption)
    rows = session.execute(
        select(RoundOption.number, RoundOption.name, Count, Project.number, RoundProject.project_id)
        .outerjoin(Count, and_(seen, Count.published_at.is_not(None)) if told else seen)
        .outerjoin(RoundProject, same_line(RoundProject, RoundOption))
        .outerjoin(Project, leads(RoundProject.project_id, Project))
        .where(RoundOption.round_id == held.id)
        .order_by(Count.votes.desc(), Project.number.is_(None), Project.number, RoundOption.number)
    ).all()
    settled = (held.facts or {}).get("settled")
    bars, outcomes = [], []
    for number, name, known, project, became in rows:
        count: Count | None = known
        if count is None:
            state = told_state(number, held.facts, became_project=became is not None)
            bars.append(Bar(number, name, None, state))
            outcomes.append(Outcome(number, f"tally.state.{state}", {}, project))
        else:
            state = decided_state(count.state, number, settled, count.reason)
            bars.append(Bar(number, name, count.votes, state, count.against, count.abstained))
            outcomes.append(Outcome(number, count.reason, dict(count.facts), project))
    return tuple(bars), tuple(outcomes)


def _tally(call: Call, row: Round, bars: tuple[Bar, ...]) -> Tally:
    simulated = call.place is not None and call.place.simulated
    return Tally(
        title=row.title,
        bars=bars,
        places=row.places,
        candidates=len(bars),
        source=Source(row.announcement or "", _day(row.closed_at), simulated=simulated),
        threshold=row.threshold,
        entitled=row.entitled,
        present=row.present,
        issued=row.issued,
        recovered=row.recovered,
        valid=row.valid,
        invalid=row.invalid,
        method=row.rule_set,
        round_id=str(row.id),
        runoff=row.purpose == RUNOFF,
    )
