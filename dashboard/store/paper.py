"""Sheets of paper in the tables: handing one out closes the phone, entries stand by teller until the seal."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.refused import Refused
from dashboard.store.casting import PAPER, VOTED, insert_once, refuse_unless_voting, stand
from dashboard.store.tables.sealing import PaperSheet

# The two tellers' entries, and what a scrutineer decided where they differ.
FIRST, SECOND, SETTLED = 1, 2, 3
Entries = dict[int, dict[int, str]]


def hand_out(session: Session, congress: UUID, round_id: UUID, membership: UUID) -> None:
    """Write that a seat has a sheet: from then on its phone is refused. Whoever voted on a phone gets no sheet."""
    standing = stand(session, congress, round_id, membership, "")
    refuse_unless_voting(standing)
    if standing.channel is not None:
        raise Refused("sheet_given" if standing.channel == PAPER else "sheet_voted")
    row = {"congress_id": congress, "round_id": round_id, "membership_id": membership, "channel": PAPER}
    if not insert_once(session, VOTED, row):
        # The seat voted between this request's two statements.
        raise Refused("sheet_voted")


def entries(session: Session, round_id: UUID) -> tuple[Entries, dict[int, UUID]]:
    """Return what was entered of a round's sheets, by entry and sheet number, and whose each entry is."""
    found: Entries = defaultdict(dict)
    owners: dict[int, UUID] = {}
    for sheet in session.scalars(select(PaperSheet).where(PaperSheet.round_id == round_id)):
        found[sheet.entry][sheet.number] = sheet.marks
        owners.setdefault(sheet.entry, sheet.entered_by)
    return found, owners
