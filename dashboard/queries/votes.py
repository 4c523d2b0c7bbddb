"""What the announced rounds of a cycle made of every candidate: one statement for the list and for one project."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.rounds import NOT_DECIDED_BY, settled_state
from dashboard.store.joins import leads, same_line
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.voting import Count, Round, RoundOption


@dataclass(frozen=True, slots=True)
class Result:
    """One candidate's count in one announced round."""

    round: Round
    candidate_id: UUID | None
    number: int
    name: str
    votes: int
    state: str


def results(session: Session, year: int) -> list[Result]:
    """Return the counts of the announced rounds that chose a cycle's projects, the earliest round first."""
    rows = session.execute(
        select(Round, RoundOption, Count)
        .join(Cycle, leads(Round.cycle_id, Cycle))
        .join(RoundOption, leads(RoundOption.round_id, Round))
        .join(Count, same_line(Count, RoundOption))
        .where(
            Cycle.year == year,
            Round.purpose.in_(("adoption", "runoff", "second")),
            Round.state == "announced",
            Round.published_at.is_not(None),
            Count.published_at.is_not(None),
            # A round that decided nothing made nothing of anybody: the one that repeats it does.
            Count.reason.not_in(NOT_DECIDED_BY),
        )
        .order_by(Round.closed_at, Count.votes.desc(), RoundOption.number)
    )
    return [
        Result(held, option.candidate_id, option.number, option.name, count.votes, _state(held, count))
        for held, option, count in rows
    ]


def _state(held: Round, count: Count) -> str:
    return settled_state(count.state, count.number, (held.facts or {}).get("settled"))


def counted(found: list[Result]) -> dict[UUID | None, tuple[int, str]]:
    """Return each candidate's votes in the first round it stood in, and what the last one made of it."""
    votes: dict[UUID | None, tuple[int, str]] = {}
    for one in found:
        first = votes.get(one.candidate_id, (one.votes, one.state))
        votes[one.candidate_id] = (first[0], one.state)
    return votes
