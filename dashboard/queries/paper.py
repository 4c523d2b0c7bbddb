"""A round's paper for its officers: nobody sees another teller's entry before both are compared, nobody else any."""

import hashlib
from uuid import UUID

import orjson
from sqlalchemy import select

from dashboard.gate import Call, query, relate
from dashboard.rules.marks import limit
from dashboard.rules.paper_frames import Differing, PaperRound, Seat, SheetLine
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.rounds import CHIEF, SCRUTINEER, TELLER
from dashboard.rules.rule_sets import read_rule_set, rules_of
from dashboard.store.casting import PAPER
from dashboard.store.joins import leads
from dashboard.store.paper import SECOND, Entered, entered
from dashboard.store.seats import is_there
from dashboard.store.tables.congress import Delegation, Department, Meeting, Membership
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.voting import CheckIn, Participation, Round, RoundOfficer, RoundOption

SCRUTINEERS = frozenset({CHIEF, SCRUTINEER})


@query("paper.read")
def paper_round(call: Call, round_id: UUID) -> PaperRound:
    """Return a round's paper as the actor may see it: the clerk prints, officers hand out, enter and settle."""
    relate(call, "paper.read", round_id=round_id)
    read = call.session.execute(
        select(Round, Meeting.name)
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(Round.id == round_id)
    ).one_or_none()
    if read is None or read[0].state == "draft":
        raise Refused("not_found")
    row, meeting = read
    rules, lines = rules_of(read_rule_set(row.rules)), _lines(call, round_id)
    duties = _duties(call, round_id)
    places = len(lines) if row.places is None else row.places
    found = entered(call.session, call.congress_id, row.id) if row.box_digest is None else Entered()
    own = found.entry_of(call.actor.membership_id)
    former, inherited = _inherited(call, found, own)
    return PaperRound(
        round_id=str(row.id), title=row.title, purpose=row.purpose, state=row.state, version=row.version,
        form=rules.form, places=places, most=limit(rules, len(lines), places), exactly=rules.marks_exactly,
        secret=rules.secret, on_paper=row.on_paper, sealed=row.box_digest is not None, meeting=meeting,
        lines=lines, duties=duties,
        issued=_seats(call, round_id, issued=True),
        seats=_seats(call, round_id, issued=False) if duties and row.state == "open" else (),
        own=found.entry(own), others_enter=own is None and len(found.tellers) == SECOND,
        former=former, inherited=inherited,
        entered=_entered(found) if TELLER not in duties or found.compared else None,
        totals_differ=found.totals_differ, compared=found.compared,
        differing=_differing(found) if duties & SCRUTINEERS else (),
    )  # fmt: skip


@query("paper.read")
def paper_mark(call: Call, round_id: UUID) -> str:
    """Return a short text that changes with what the actor may see of a round's paper, for open pages to poll.

    With nothing else: by a number of all changes a teller would learn how many sheets the other has entered.
    """
    seen = orjson.dumps(paper_round(call, round_id), default=sorted, option=orjson.OPT_NON_STR_KEYS)
    return hashlib.sha256(seen).hexdigest()[:20]


def _inherited(call: Call, found: Entered, own: int | None) -> tuple[str | None, tuple[int, ...]]:
    """Return the name of whom the actor replaced as a teller, and which sheets of the entry that one typed."""
    typed = {} if own is None else found.typed_by.get(own, {})
    theirs = {number: seat for number, seat in typed.items() if seat != call.actor.membership_id}
    if not theirs:
        return None, ()
    names = call.session.scalars(
        select(Membership.name).where(Membership.id.in_(theirs.values())).order_by(Membership.position)
    )
    return "、".join(names), tuple(sorted(theirs))


def _entered(found: Entered) -> tuple[int, int]:
    """Return how many sheets each entry has."""
    first, second = (len(one.sheets) if one is not None else 0 for one in (found.first, found.second))
    return first, second


def _differing(found: Entered) -> tuple[Differing, ...]:
    """Return what each read on the sheets that differ; nothing before both are compared."""
    compared, first, second = found.compared, found.first, found.second
    if compared is None or first is None or second is None:
        return ()
    return tuple(
        Differing(number, first.sheets[number], second.sheets[number], found.settled.get(number))
        for number in compared.differing
    )


def _duties(call: Call, round_id: UUID) -> frozenset[str]:
    if call.role is not Role.DEPUTY or call.actor.membership_id is None:
        return frozenset()
    held = select(RoundOfficer.duty).where(
        RoundOfficer.round_id == round_id, RoundOfficer.membership_id == call.actor.membership_id
    )
    return frozenset(call.session.scalars(held))


def _lines(call: Call, round_id: UUID) -> tuple[SheetLine, ...]:
    rows = call.session.execute(
        select(RoundOption, Candidate, Department.name)
        .outerjoin(Candidate, leads(RoundOption.candidate_id, Candidate))
        .outerjoin(Department, leads(Candidate.department_id, Department))
        .where(RoundOption.round_id == round_id)
        .order_by(RoundOption.number)
    )
    return tuple(
        SheetLine(
            option.number, option.name, department, one.budget if one else None, one.target if one else None
        )
        for option, one, department in rows
    )


def _seats(call: Call, round_id: UUID, *, issued: bool) -> tuple[Seat, ...]:
    """Return who has a sheet, or who could be handed one: all who are present, whether they have voted or not."""
    statement = (
        select(Membership.id, Membership.name, Delegation.name)
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .order_by(Delegation.position, Membership.position)
    )
    if issued:
        statement = statement.join(Participation, leads(Participation.membership_id, Membership)).where(
            Participation.round_id == round_id, Participation.channel == PAPER
        )
    else:
        statement = statement.join(CheckIn, leads(CheckIn.membership_id, Membership)).where(
            CheckIn.round_id == round_id,
            is_there(CheckIn),
        )
    return tuple(
        Seat(str(seat), name, delegation) for seat, name, delegation in call.session.execute(statement)
    )
