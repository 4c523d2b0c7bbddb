"""Voting on paper: a sheet is handed out instead of a vote on the phone; two tellers enter the sheets."""

from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select

from dashboard.gate import Call, command, relate
from dashboard.rules.refused import Refused
from dashboard.rules.rule_sets import read_rule_set, rules_of
from dashboard.rules.sheets import LONGEST_TYPED, MOST_SHEETS, Comparison, compare, merged, read_typed
from dashboard.store import paper
from dashboard.store.closing import seal_with_paper
from dashboard.store.paper import FIRST, SECOND, SETTLED, Entries, entries
from dashboard.store.rewriting import tidy
from dashboard.store.tables.sealing import PaperSheet
from dashboard.store.tables.voting import Round
from dashboard.store.witness import PARTS, witness


class NewSheet(BaseModel):
    """One sheet as a teller or scrutineer reads it: its number after mixing, and what was typed of it."""

    round_id: UUID
    number: int = Field(ge=1, le=MOST_SHEETS)
    typed: str = Field(max_length=LONGEST_TYPED, repr=False)


@command("paper.issue")
def hand_out(call: Call, round_id: UUID, membership_id: UUID) -> None:
    """Hand a sheet to a deputy on the roll who is present and has not voted; no act and no time, like a vote."""
    relate(call, "paper.issue", round_id=round_id)
    if not _round(call, round_id).on_paper:
        raise Refused("round_without_paper")
    paper.hand_out(call.session, call.congress_id, round_id, membership_id)


@command("paper.enter")
def enter_sheet(call: Call, new: NewSheet) -> int:
    """Write a sheet into this teller's own entry, over what the same teller wrote before, and return the entry.

    The first two tellers who enter anything are the two; neither sees the other's entry before both are whole.
    """
    relate(call, "paper.enter", round_id=new.round_id)
    row = _entering(call, new.round_id)
    found, owners = entries(call.session, row.id)
    own = next((one for one in (FIRST, SECOND) if owners.get(one) == call.actor.appointment_id), None)
    entry = own or next((one for one in (FIRST, SECOND) if one not in owners), None)
    if entry is None:
        raise Refused("sheet_two_tellers")
    if SETTLED in found:
        raise Refused("sheet_settling")
    _write(call, row, entry, new)
    return entry


@command("paper.settle")
def settle_sheet(call: Call, new: NewSheet) -> None:
    """Decide, with the sheet in hand, what stands on one that the two tellers read differently."""
    relate(call, "paper.settle", round_id=new.round_id)
    row = _entering(call, new.round_id)
    found, owners = entries(call.session, row.id)
    if call.actor.appointment_id in {owners.get(FIRST), owners.get(SECOND)}:
        raise Refused("sheet_own_entry")
    compared = _compared(found)
    if compared.missing:
        raise Refused("sheets_unsettled", missing=len(compared.missing), n=len(compared.differing))
    if new.number not in compared.differing:
        raise Refused("sheet_agreed", number=new.number)
    _write(call, row, SETTLED, new)


@command("paper.seal")
def seal_sheets(call: Call, round_id: UUID) -> str | None:
    """Mix the sheets into the box, seal and count it, and return its digest; the entries are deleted."""
    relate(call, "paper.seal", round_id=round_id)
    row = _round(call, round_id, held=True)
    if not row.on_paper:
        raise Refused("round_without_paper")
    if row.box_digest is None:
        found, _ = entries(call.session, round_id)
        # Says how many are missing and how many differ, before the store takes any.
        merged(found[FIRST], found[SECOND], found[SETTLED])
        seal_with_paper(call.session, call.congress_id, round_id)
        call.act(
            "round_sealed", sealed=row.box_digest, **witness(call.session, call.congress_id, round_id, PARTS)
        )
        call.changed("voting")
        call.afterwards(tidy)
    return row.box_digest


def _compared(found: Entries) -> Comparison:
    return compare(found[FIRST], found[SECOND], found[SETTLED])


def _round(call: Call, round_id: UUID, *, held: bool = False) -> Round:
    statement = select(Round).where(Round.id == round_id)
    row = call.session.scalar(statement.with_for_update() if held else statement)
    if row is None:
        raise Refused("not_found")
    return row


def _entering(call: Call, round_id: UUID) -> Round:
    """Return a round whose sheets are being entered: closed, voted on paper, not sealed. Its row is held."""
    row = _round(call, round_id, held=True)
    if not row.on_paper:
        raise Refused("round_without_paper")
    if row.box_digest is not None:
        raise Refused("sheets_sealed")
    if row.state != "closed":
        raise Refused("sheets_before_close")
    return row


def _write(call: Call, row: Round, entry: int, new: NewSheet) -> None:
    teller = call.actor.appointment_id
    assert teller is not None, "a relation to the round was found"
    marks = read_typed(rules_of(read_rule_set(row.rules)).form, new.typed)
    sheet = call.session.get(PaperSheet, (call.congress_id, row.id, new.number, entry))
    if sheet is None:
        call.session.add(
            PaperSheet(
                congress_id=call.congress_id, round_id=row.id, number=new.number, entry=entry, marks=marks,
                entered_by=teller,
            )
        )  # fmt: skip
    else:
        sheet.marks, sheet.entered_by = marks, teller
    call.changed("voting")
