"""Sheets of paper in the tables: handing one out closes the phone, entries stand by teller until the seal."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.refused import Refused
from dashboard.rules.sheets import Comparison, Entry, compare, merged, totals_differ
from dashboard.store.casting import PAPER, VOTED, Voter, insert_once, refuse_unless_voting, stand
from dashboard.store.tables.sealing import PaperEntry, PaperSheet

# The two tellers' entries, and what a scrutineer decided where they differ.
FIRST, SECOND, SETTLED = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered of a round's sheets: by each of the two tellers, and settled; `tellers` are their seats.

    `typed_by` says of each entry who typed which sheet: a teller who was replaced stands there beside the other.
    """

    first: Entry | None = None
    second: Entry | None = None
    settled: dict[int, str] = field(default_factory=dict, repr=False)
    tellers: dict[int, UUID] = field(default_factory=dict)
    typed_by: dict[int, dict[int, UUID]] = field(default_factory=dict)

    @property
    def compared(self) -> Comparison | None:
        """Return how the two entries compare, or None while they cannot be compared."""
        return compare(self.first, self.second, self.settled)

    @property
    def totals_differ(self) -> bool:
        """Tell whether both tellers are done and did not count as many sheets."""
        return totals_differ(self.first, self.second)

    def merged(self) -> list[str]:
        """Return the marks of every sheet, or refuse while something is missing or open."""
        return merged(self.first, self.second, self.settled)

    def entry_of(self, seat: UUID | None) -> int | None:
        """Return which of the two entries is a seat's own."""
        return next((entry for entry, teller in self.tellers.items() if teller == seat), None)

    def entry(self, number: int | None) -> Entry | None:
        """Return an entry by its number."""
        return {FIRST: self.first, SECOND: self.second}.get(number or 0)


def hand_out(session: Session, congress: UUID, round_id: UUID, membership: UUID) -> None:
    """Write that a seat has a sheet: from then on its phone is refused. Whoever voted on a phone gets no sheet."""
    standing = stand(session, congress, round_id, Voter(membership, None), "")
    refuse_unless_voting(standing)
    if standing.channel is not None:
        raise Refused("sheet_given" if standing.channel == PAPER else "sheet_voted")
    row = {"congress_id": congress, "round_id": round_id, "membership_id": membership, "channel": PAPER}
    if not insert_once(session, VOTED, row):
        # The seat voted between this request's two statements.
        raise Refused("sheet_voted")


def entered(session: Session, congress: UUID, round_id: UUID) -> Entered:
    """Return what was entered of a round's sheets so far."""
    sheets: dict[int, dict[int, str]] = defaultdict(dict)
    typed_by: dict[int, dict[int, UUID]] = defaultdict(dict)
    for sheet in session.scalars(
        select(PaperSheet).where(PaperSheet.congress_id == congress, PaperSheet.round_id == round_id)
    ):
        sheets[sheet.entry][sheet.number] = sheet.marks
        typed_by[sheet.entry][sheet.number] = sheet.membership_id
    stated = session.scalars(
        select(PaperEntry)
        .where(PaperEntry.congress_id == congress, PaperEntry.round_id == round_id)
        .order_by(PaperEntry.entry)
    ).all()
    found = {one.entry: Entry(one.sheets, sheets[one.entry]) for one in stated}
    tellers = {one.entry: one.taken_over_by or one.membership_id for one in stated}
    return Entered(found.get(FIRST), found.get(SECOND), sheets[SETTLED], tellers, dict(typed_by))
