"""A round's paper for its officers: nobody sees another teller's entry before both are whole, nobody else any."""

from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query, relate
from dashboard.rules.marks import limit
from dashboard.rules.paper_frames import Differing, PaperRound, Seat, SheetLine
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.rule_sets import read_rule_set, rules_of
from dashboard.rules.sheets import compare
from dashboard.store.casting import PAPER
from dashboard.store.joins import leads
from dashboard.store.paper import FIRST, SECOND, SETTLED, Entries, entries
from dashboard.store.seats import is_there
from dashboard.store.tables.congress import Delegation, Department, Meeting, Membership
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.voting import CheckIn, Participation, Round, RoundOfficer, RoundOption

SCRUTINEERS = frozenset({"chief", "scrutineer"})


@query("paper.read")
def paper_round(call: Call, round_id: UUID) -> PaperRound:
    """Return a round's paper as the actor may see it: the clerk prints, officers hand out, enter and settle."""
    relate(call, "paper.read", round_id=round_id)
    found = call.session.execute(
        select(Round, Meeting.name)
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(Round.id == round_id)
    ).one_or_none()
    if found is None or found[0].state == "draft":
        raise Refused("not_found")
    row, meeting = found
    rules, lines = rules_of(read_rule_set(row.rules)), _lines(call, round_id)
    duties = _duties(call, round_id)
    places = len(lines) if row.places is None else row.places
    sheets, owners = entries(call.session, round_id) if row.box_digest is None else ({}, {})
    own = next((one for one in (FIRST, SECOND) if owners.get(one) == call.actor.appointment_id), None)
    first, second, settled = (sheets.get(one, {}) for one in (FIRST, SECOND, SETTLED))
    # Both have entered, and the same sheets: before that a teller who saw a difference could follow the other.
    issued = _seats(call, round_id, issued=True)
    whole = bool(first or not issued) and set(first) == set(second) == set(range(1, len(first) + 1))
    return PaperRound(
        round_id=str(row.id), title=row.title, purpose=row.purpose, state=row.state, version=row.version,
        form=rules.form, places=places, most=limit(rules, len(lines), places), exactly=rules.marks_exactly,
        secret=rules.secret, on_paper=row.on_paper, sealed=row.box_digest is not None, meeting=meeting,
        lines=lines, duties=duties,
        issued=issued,
        seats=_seats(call, round_id, issued=False) if duties and row.state == "open" else (),
        own_entry=own, own=dict(sheets.get(own, {})) if own else {}, entered=(len(first), len(second)),
        compared=compare(first, second, settled) if whole else None,
        differing=_differing(sheets) if whole and duties & SCRUTINEERS else (),
    )  # fmt: skip


def _differing(sheets: Entries) -> tuple[Differing, ...]:
    first, second, settled = (sheets.get(one, {}) for one in (FIRST, SECOND, SETTLED))
    return tuple(
        Differing(number, first[number], second[number], settled.get(number))
        for number in compare(first, second, settled).differing
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
