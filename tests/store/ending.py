"""Ending a round as a command would, and what stands of it afterwards."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from dashboard.store.casting import ballot_id
from dashboard.store.closing import Closed, close, seal_uncounted, seal_with_paper
from dashboard.store.recounting import Recounted, recount
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count, Round
from tests.hall import Hall

NOW = datetime(2026, 1, 20, 2, 30, tzinfo=UTC)


def ended(hall: Hall, opened: UUID, how: str = "close") -> Closed:
    """End a round as a command would, in a transaction of its own."""
    with hall.store.system().writing() as session:
        if how == "seal_with_paper":
            return seal_with_paper(session, hall.congress, opened)
        end = close if how == "close" else seal_uncounted
        return end(session, hall.congress, opened, NOW)


def counted_again(hall: Hall, opened: UUID) -> Recounted:
    with hall.store.system().reading() as session:
        return recount(session, hall.congress, opened)


def sealed(hall: Hall, opened: UUID) -> bytes:
    with hall.store.system().reading() as session:
        return session.scalars(select(SealedBox.body).where(SealedBox.round_id == opened)).one().encode()


def row(hall: Hall, opened: UUID) -> Round:
    with hall.store.system().reading() as session:
        return session.get_one(Round, (hall.congress, opened))


def counts(hall: Hall, opened: UUID) -> dict[int, tuple[int, str]]:
    with hall.store.system().reading() as session:
        found = session.scalars(select(Count).where(Count.round_id == opened))
        return {count.number: (count.votes, count.state) for count in found}


def vote_all(hall: Hall, opened: UUID, voting: int = 60) -> dict[str, str]:
    """Let the first so many vote: deputy n marks the options 1 to n % 11, the first of them nothing."""
    cast = {}
    for number in range(voting):
        receipt, marks = hall.receipt(), " ".join(str(one) for one in range(1, number % 11 + 1))
        hall.cast(opened, number, receipt, marks)
        cast[ballot_id(receipt)] = marks
    return cast
