"""Voting on paper: a sheet is handed out instead of a vote on the phone; two tellers count and enter the sheets.

None of it is open to a session that a hall code opened: the clerk issues such codes. What a teller enters raises no
topic: a number that anybody polls would tell the other teller how far this one is.
"""

from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select

from dashboard.gate import Call, command, relate
from dashboard.rules.refused import Refused
from dashboard.rules.rounds import PRACTICE
from dashboard.rules.rule_sets import read_rule_set, rules_of
from dashboard.rules.sheets import LONGEST_TYPED, MOST_SHEETS, read_typed
from dashboard.store import paper
from dashboard.store.closing import seal_with_paper
from dashboard.store.own_sign_in import own_sign_in
from dashboard.store.paper import FIRST, SECOND, SETTLED, Entered, entered
from dashboard.store.rewriting import tidy
from dashboard.store.tables.sealing import PaperEntry, PaperSheet
from dashboard.store.tables.voting import Round
from dashboard.store.witness import PARTS, witness


class NewTotal(BaseModel):
    """How many sheets came out of the box, as one teller counted them."""

    round_id: UUID
    sheets: int = Field(ge=0, le=MOST_SHEETS)


class NewSheet(BaseModel):
    """One sheet as a teller or scrutineer reads it: its number after mixing, and what was typed of it."""

    round_id: UUID
    number: int = Field(ge=1, le=MOST_SHEETS)
    typed: str = Field(max_length=LONGEST_TYPED, repr=False)


@command("paper.issue")
def hand_out(call: Call, round_id: UUID, membership_id: UUID) -> None:
    """Hand a sheet to a deputy on the roll who is present and has not voted; no act and no time, like a vote."""
    relate(call, "paper.issue", round_id=round_id)
    own_sign_in(call.session, call.actor.session_id)
    _check_on_paper(_round(call, round_id))
    paper.hand_out(call.session, call.congress_id, round_id, membership_id)


@command("paper.enter")
def state_total(call: Call, new: NewTotal) -> int:
    """State how many sheets came out of the box, or correct it, and return this teller's entry.

    The first two tellers who state a number are the two, told apart by their seats; neither sees the other's.
    """
    relate(call, "paper.enter", round_id=new.round_id)
    row = _entering(call, new.round_id)
    # Now that the round is held: a teller who was replaced meanwhile begins no entry.
    relate(call, "paper.enter", round_id=new.round_id)
    found = _not_compared(call, row)
    seat = call.actor.membership_id
    assert seat is not None, "a relation to the round was found"
    entry = found.entry_of(seat) or next((one for one in (FIRST, SECOND) if one not in found.tellers), None)
    if entry is None:
        raise Refused("sheet_two_tellers")
    key = {"congress_id": call.congress_id, "round_id": row.id, "entry": entry}
    stated = call.session.get(PaperEntry, key)
    if stated is None:
        call.session.add(PaperEntry(**key, membership_id=seat, sheets=new.sheets))
    else:
        stated.sheets = new.sheets
    return entry


@command("paper.enter")
def enter_sheet(call: Call, new: NewSheet) -> int:
    """Write a sheet into this teller's own entry, over what the same teller wrote before, and return the entry.

    What a teller who was replaced read stays: where the other read otherwise, a scrutineer decides.
    """
    relate(call, "paper.enter", round_id=new.round_id)
    row = _entering(call, new.round_id)
    found = _not_compared(call, row)
    entry = found.entry_of(call.actor.membership_id)
    own = found.entry(entry)
    if entry is None or own is None:
        raise Refused("sheet_two_tellers" if len(found.tellers) == SECOND else "sheet_total_first")
    if new.number > own.total:
        raise Refused("sheet_beyond_total", number=new.number, total=own.total)
    if found.typed_by.get(entry, {}).get(new.number, call.actor.membership_id) != call.actor.membership_id:
        raise Refused("sheet_of_former", number=new.number)
    _write(call, row, entry, new)
    return entry


@command("paper.enter")
def withdraw_sheet(call: Call, round_id: UUID, number: int) -> None:
    """Take a number back that this teller entered by mistake; a former teller's only where no sheet has it."""
    relate(call, "paper.enter", round_id=round_id)
    row = _entering(call, round_id)
    found = _not_compared(call, row)
    entry = found.entry_of(call.actor.membership_id)
    own = found.entry(entry)
    sheet = call.session.get(PaperSheet, (call.congress_id, row.id, number, entry)) if entry else None
    if sheet is None or own is None:
        raise Refused("sheet_not_entered", number=number)
    if sheet.membership_id != call.actor.membership_id and number <= own.total:
        raise Refused("sheet_of_former", number=number)
    call.session.delete(sheet)


@command("paper.settle")
def settle_sheet(call: Call, new: NewSheet) -> None:
    """Decide, with the sheet in hand, what stands on one that the two tellers read differently.

    The act says of which sheet and by whom, never what stands on it.
    """
    relate(call, "paper.settle", round_id=new.round_id)
    row = _entering(call, new.round_id)
    found = entered(call.session, call.congress_id, row.id)
    if found.entry_of(call.actor.membership_id) is not None:
        raise Refused("sheet_own_entry")
    compared = found.compared
    if compared is None:
        raise Refused("sheets_not_compared")
    if new.number not in compared.differing:
        raise Refused("sheet_agreed", number=new.number)
    _write(call, row, SETTLED, new)
    call.act("round_sheet_settled", round=str(row.id), number=new.number)
    call.changed("voting")


@command("paper.seal")
def seal_sheets(call: Call, round_id: UUID) -> str | None:
    """Mix the sheets into the box, seal and count it, and return its digest; the entries are deleted."""
    relate(call, "paper.seal", round_id=round_id)
    own_sign_in(call.session, call.actor.session_id)
    row = _round(call, round_id, held=True)
    _check_on_paper(row)
    if row.box_digest is None:
        seal_with_paper(call.session, call.congress_id, round_id)
        call.act(
            "round_sealed", sealed=row.box_digest, **witness(call.session, call.congress_id, round_id, PARTS)
        )
        call.changed("voting")
        call.afterwards(tidy)
    return row.box_digest


def _round(call: Call, round_id: UUID, *, held: bool = False) -> Round:
    statement = select(Round).where(Round.id == round_id)
    row = call.session.scalar(statement.with_for_update() if held else statement)
    if row is None:
        raise Refused("not_found")
    return row


def _check_on_paper(row: Round) -> None:
    if not row.on_paper:
        raise Refused("round_without_paper")
    # Its ballots are deleted unread, and so would its sheets have to be: none is written down.
    if row.purpose == PRACTICE:
        raise Refused("practice_without_sheets")


def _entering(call: Call, round_id: UUID) -> Round:
    """Return a round whose sheets are being entered: closed, voted on paper, not sealed. Its row is held."""
    own_sign_in(call.session, call.actor.session_id)
    row = _round(call, round_id, held=True)
    _check_on_paper(row)
    if row.box_digest is not None:
        raise Refused("sheets_sealed")
    if row.state != "closed":
        raise Refused("sheets_before_close")
    return row


def _not_compared(call: Call, row: Round) -> Entered:
    """Return what was entered, as long as a teller may change the own entry: until both are compared."""
    found = entered(call.session, call.congress_id, row.id)
    if found.compared is not None:
        raise Refused("sheets_compared")
    return found


def _write(call: Call, row: Round, entry: int, new: NewSheet) -> None:
    marks = read_typed(rules_of(read_rule_set(row.rules)).form, new.typed)
    key = {"congress_id": call.congress_id, "round_id": row.id, "number": new.number, "entry": entry}
    seat = call.actor.membership_id
    assert seat is not None, "a relation to the round was found"
    sheet = call.session.get(PaperSheet, key)
    if sheet is None:
        call.session.add(PaperSheet(**key, marks=marks, membership_id=seat))
    else:
        sheet.marks, sheet.membership_id = marks, seat
