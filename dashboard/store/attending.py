"""Who could vote in a round and who did: the numbers that are kept when it ends."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from dashboard.rules.hall import is_there
from dashboard.rules.outcomes import Attendance
from dashboard.store.casting import BALLOTS, ELECTRONIC, PAPER, PRESENT, ROLLS, VOTED


@dataclass(frozen=True, slots=True)
class Attended:
    """应到, 实到, how many took a sheet, how many voted electronically, and how many ballots lie in the box."""

    entitled: int
    present: int
    on_paper: int
    voted: int
    cast: int

    def attendance(self, sheets: int = 0) -> Attendance:
        """Return the numbers of the round, given how many sheets came back."""
        return Attendance(
            self.entitled, self.present, self.present, self.cast + sheets, self.on_paper, sheets
        )

    def channels(self, sheets: int = 0) -> dict[str, tuple[int, int]]:
        """Return issued and recovered on each way: whoever is there and took no sheet could vote electronically."""
        return {
            ELECTRONIC: (self.present - self.on_paper, self.cast),
            PAPER: (self.on_paper, sheets),
        }


def attended(session: Session, congress: UUID, round_id: UUID) -> Attended:
    """Count a round's roll, those there and those who voted.

    There (实到) is who is checked in, by hand only once confirmed, and has not left; and whoever voted.
    """

    def of_round(table: Table, *columns: str) -> list[tuple[Any, ...]]:
        statement = select(*(table.c[name] for name in columns)).where(
            table.c.congress_id == congress, table.c.round_id == round_id
        )
        return [tuple(row) for row in session.connection().execute(statement)]

    checked_in = of_round(PRESENT, "membership_id", "means", "confirmed_by", "left_at")
    voted = of_round(VOTED, "membership_id", "channel")
    there = {
        seat for seat, means, confirmed_by, left_at in checked_in if is_there(means, confirmed_by, left_at)
    }
    channels = Counter(channel for _, channel in voted)
    cast = session.connection().execute(
        select(func.count())
        .select_from(BALLOTS)
        .where(BALLOTS.c.congress_id == congress, BALLOTS.c.round_id == round_id)
    )
    return Attended(
        entitled=len(of_round(ROLLS, "membership_id")),
        present=len(there | {seat for seat, _ in voted}),
        on_paper=channels[PAPER],
        voted=channels.total() - channels[PAPER],
        cast=cast.scalar_one(),
    )
