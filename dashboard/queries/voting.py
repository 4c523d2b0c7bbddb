"""What the rounds decided, from the counts stored at their close; no page reads ballots."""

from uuid import UUID

from sqlalchemy import and_, select

from dashboard.gate import Call, query
from dashboard.i18n import SHANGHAI
from dashboard.rules.frames import Bar, Source, Tally
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.voting import Count, Round, RoundOption


@query("round.read", "voting", "cycle")
def last_adoption(call: Call, year: int) -> Tally | None:
    """Return the announced result of a cycle's adoption round, or None before the announcement."""
    row = call.session.scalar(
        select(Round)
        .join(Cycle, and_(Cycle.congress_id == Round.congress_id, Cycle.id == Round.cycle_id))
        .where(
            Cycle.year == year,
            Round.purpose == "adoption",
            Round.state == "announced",
            Round.published_at.is_not(None),
        )
        .order_by(Round.closed_at.desc())
        .limit(1)
    )
    return None if row is None else _tally(call, row)


def _tally(call: Call, row: Round) -> Tally:
    bars = _bars(call, row.id)
    closed = row.closed_at.astimezone(SHANGHAI).date() if row.closed_at else None
    simulated = call.place is not None and call.place.simulated
    return Tally(
        title=row.title,
        bars=bars,
        places=row.places,
        candidates=len(bars),
        source=Source(row.announcement or "", closed, simulated=simulated),
        threshold=row.threshold,
        entitled=row.entitled,
        present=row.present,
        issued=row.issued,
        recovered=row.recovered,
        valid=row.valid,
        invalid=row.invalid,
        method=row.rule_set,
        round_id=str(row.id),
    )


def _bars(call: Call, round_id: UUID) -> tuple[Bar, ...]:
    rows = call.session.execute(
        select(RoundOption.number, RoundOption.name, Count)
        .join(
            Count,
            and_(
                Count.congress_id == RoundOption.congress_id,
                Count.round_id == RoundOption.round_id,
                Count.number == RoundOption.number,
            ),
        )
        .where(RoundOption.round_id == round_id)
        .order_by(Count.votes.desc(), RoundOption.number)
    )
    return tuple(
        Bar(number, name, count.votes, count.state, count.against, count.abstained)
        for number, name, count in rows
    )
