"""A round as those who hold it see it: what stands, what is missing, who must act, and who sees the result."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from dashboard.gate import Call, query, relate
from dashboard.queries.conduct_acts import replacing, shown, steps, waiting
from dashboard.queries.voting import counted
from dashboard.rules.conduct_frames import Conduct, Entry, Group, Officer, Outcome, Paper
from dashboard.rules.reasons import Reason
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.round_links import follow, others_living
from dashboard.rules.round_problems import problems, quorum_of, warnings
from dashboard.rules.rounds import (
    ANNOUNCED,
    CHECKED,
    CHIEF,
    DRAFT,
    DUTIES,
    RUNNING,
    SCRUTINEER,
    SEALED,
    VOTING,
)
from dashboard.rules.rule_sets import Rules, needs_confirmation
from dashboard.store.joins import leads
from dashboard.store.round_links import links_of
from dashboard.store.rounds import facts_of, present_among, roll_of, rules_now
from dashboard.store.rule_sets import raw_of
from dashboard.store.seats import seats_in_office
from dashboard.store.tables.accounts import Appointment
from dashboard.store.tables.congress import Delegation, Department, Meeting, Membership
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.sealing import RoundDocument
from dashboard.store.tables.voting import CheckIn, Participation, Round, RoundOfficer, RoundOption

# Before the announcement the result is theirs alone, unless the rules show it at the seal.
COUNTING = frozenset({CHIEF, SCRUTINEER})
RECEIVING = frozenset({Role.CLERK, Role.PRESIDIUM})


@query("round.conduct")
def conduct(call: Call, round_id: UUID) -> Conduct:
    """Return one round to those who hold it; the asker's role decides how much of it."""
    found = call.session.execute(
        select(Round, Cycle.year, Meeting.name)
        .join(Cycle, leads(Round.cycle_id, Cycle))
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(Round.id == round_id)
    ).one_or_none()
    if found is None:
        raise Refused("not_found")
    relate(call, "round.conduct", round_id=round_id)
    row, year, meeting = found
    officers, duty = _officers(call, row), _duty(call, row)
    rules = rules_now(call.session, row)
    seats = roll_of(call.session, row, call.today)
    there = present_among(call.session, row.id, seats)
    facts = facts_of(call.session, row, call.today, call.now)
    sees = _sees_result(call, row, rules, duty)
    links = links_of(call.session, row.congress_id, row.id)
    return Conduct(
        round_id=row.id,
        year=year,
        title=row.title,
        purpose=row.purpose,
        state=row.state,
        duty=duty,
        meeting=meeting,
        meeting_id=row.meeting_id,
        rule_set=row.rule_set,
        rule_set_name=(row.rules or raw_of(call.session, row.rule_set) or {}).get("name", {}),
        places=row.places,
        version=row.version,
        on_paper=row.on_paper,
        closes_at=row.closes_at,
        checked_at=row.checked_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        method_adopted_on=row.method_adopted_on,
        officers_adopted_on=row.officers_adopted_on,
        is_confirmed=row.rules_confirmed_by is not None,
        below_law=needs_confirmation(rules) if rules is not None else (),
        problems=problems(facts, opening=row.state == CHECKED) if row.state in {DRAFT, CHECKED} else (),
        warnings=warnings(facts) if row.state in {DRAFT, *RUNNING} else (),
        entries=_entries(call, row),
        officers=officers,
        entitled=len(seats),
        present=len(there) if row.present is None else row.present,
        needed=quorum_of(facts),
        voted=_voted(call, row),
        reason=row.reason,
        is_sealed=row.box_digest is not None,
        digest=row.box_digest if sees else None,
        before=row.after_id,
        after=_after(call, follow(links, row.id)),
        is_followed=bool(others_living(links, row.id)),
        announcement=row.announcement,
        groups=_groups(call, seats, there) if call.role in {Role.CLERK, Role.LEADER} else (),
        waiting=waiting(call, row),
        replacing=replacing(call, row) if call.role is Role.CLERK or duty in COUNTING else (),
        shown=shown(call, row) if call.role is not Role.PRESIDIUM else (),
        steps=steps(call, row),
        papers=_papers(call, row) if sees else (),
        **(_result(call, row) if sees else {}),
    )


@query("round.conduct")
def conduct_mark(call: Call, round_id: UUID) -> str:
    """Return a short text that changes with who is there and how many took part, for open pages to poll."""
    relate(call, "round.conduct", round_id=round_id)
    wanted = (CheckIn.left_at.is_(None), CheckIn.confirmed_by.is_not(None))
    counts = [
        call.session.scalar(select(func.count(CheckIn.means)).where(CheckIn.round_id == round_id, one))
        for one in wanted
    ]
    took_part = select(func.count(Participation.channel)).where(Participation.round_id == round_id)
    return ".".join(map(str, (*counts, call.session.scalar(took_part))))


def _duty(call: Call, row: Round) -> str | None:
    held = select(RoundOfficer.duty).where(
        RoundOfficer.round_id == row.id, RoundOfficer.membership_id == call.actor.membership_id
    )
    return call.session.scalar(held) if call.role is Role.DEPUTY else None


def _sees_result(call: Call, row: Round, rules: Rules | None, duty: str | None) -> bool:
    """Tell whether the votes are the asker's to see: nobody's before the close, then theirs who count and receive.

    Others see them where the rules show them at the seal, and once announced where the rules publish numbers.
    """
    if row.state not in {*SEALED, ANNOUNCED} or row.box_digest is None:
        return False
    if call.role in RECEIVING or duty in COUNTING:
        return True
    if rules is None:
        return False
    return rules.show_at_seal or (row.state == ANNOUNCED and rules.publish_votes == "numbers")


def _voted(call: Call, row: Round) -> int:
    """Return how many took part in a round that is going on or over; the page never says who."""
    if row.state not in VOTING:
        return row.recovered or 0
    many = select(func.count(Participation.membership_id)).where(Participation.round_id == row.id)
    return call.session.scalar(many) or 0


def _groups(call: Call, seats: Mapping[UUID, UUID | None], there: set[UUID]) -> tuple[Group, ...]:
    entitled, present = Counter(seats.values()), Counter(seats[seat] for seat in there)
    rows = call.session.execute(select(Delegation.id, Delegation.name).order_by(Delegation.position))
    named: list[tuple[UUID | None, str | None]] = [(one.id, one.name) for one in rows]
    return tuple(
        Group(name, entitled[key], present[key]) for key, name in [*named, (None, None)] if entitled[key]
    )


def _entries(call: Call, row: Round) -> tuple[Entry, ...]:
    rows = call.session.execute(
        select(
            RoundOption.number, RoundOption.name, RoundOption.candidate_id, Candidate.budget, Department.name
        )
        .outerjoin(Candidate, leads(RoundOption.candidate_id, Candidate))
        .outerjoin(Department, leads(Candidate.department_id, Department))
        .where(RoundOption.round_id == row.id)
        .order_by(RoundOption.number)
    )
    return tuple(Entry(*one) for one in rows)


def _officers(call: Call, row: Round) -> tuple[Officer, ...]:
    rows = call.session.execute(
        select(RoundOfficer, Membership.name, Delegation.name)
        .join(Membership, leads(RoundOfficer.membership_id, Membership))
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .where(RoundOfficer.round_id == row.id)
        .order_by(Membership.position)
    ).all()
    held = set(
        call.session.scalars(
            select(Appointment.membership_id).where(
                Appointment.membership_id.in_([one.membership_id for one, _, _ in rows]),
                Appointment.role == Role.DEPUTY,
            )
        )
    )
    in_office = seats_in_office(call.session, call.today)
    found = [
        Officer(
            seat=one.membership_id,
            name=name,
            delegation=delegation,
            duty=one.duty,
            in_office=one.membership_id in in_office,
            has_account=one.membership_id in held,
            signed_at=one.signed_at,
        )
        for one, name, delegation in rows
    ]
    return tuple(sorted(found, key=lambda one: DUTIES.index(one.duty)))


def _after(call: Call, follow: Iterable[UUID]) -> tuple[tuple[UUID, str, str], ...]:
    rows = call.session.execute(
        select(Round.id, Round.title, Round.state).where(Round.id.in_(list(follow))).order_by(Round.id)
    )
    return tuple((one.id, one.title, one.state) for one in rows)


def _papers(call: Call, row: Round) -> tuple[Paper, ...]:
    kept = (
        RoundDocument.id,
        RoundDocument.kind,
        RoundDocument.number,
        RoundDocument.name,
        RoundDocument.made_at,
    )
    rows = call.session.execute(
        select(*kept).where(RoundDocument.round_id == row.id).order_by(RoundDocument.made_at)
    )
    return tuple(Paper(*one) for one in rows)


def _result(call: Call, row: Round) -> dict[str, Any]:
    """Return what the count came to, with the votes of every option."""
    facts = row.facts or {}
    told = facts.get("outcome")
    outcome = None
    if told is not None:
        outcome = Outcome(
            told["state"],
            Reason(told["code"], told["facts"]),
            tuple(told["tied"]),
            told["open_places"],
            told["missing"],
            tuple(told["second"]),
        )
    return {"result": counted(call, row), "outcome": outcome}
