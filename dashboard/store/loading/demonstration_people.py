"""The demonstration's congresses with their terms, meetings, delegations, departments and seats."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from dashboard.store.loading import shapes_people
from dashboard.store.loading.bulk import Line
from dashboard.store.loading.gathering import Gathering, Period, Seat, Values, covering, key_of
from dashboard.store.tables.congress import (
    Congress,
    Delegation,
    Department,
    DepartmentSuccession,
    Meeting,
    Membership,
    MembershipContact,
    MembershipState,
    Term,
)

LEVELS = ("province", "city", "county", "township")


def gather_people(gathering: Gathering, now: datetime, parents: dict[str, str | None]) -> None:
    """Gather the congresses and everything that does not change with a cycle."""
    _congresses(gathering, now, parents)
    for term in (line.row for line in gathering.lines(shapes_people.Term)):
        gathering.name(
            Term, term.congress, term.number, number=term.number, from_day=term.begins, to_day=term.ends
        )
    for line in gathering.lines(shapes_people.Meeting):
        _meeting(gathering, line)
    places = _Places()
    for delegation in gathering.lines(shapes_people.Delegation):
        _delegation(gathering, delegation, places.next(delegation.row.congress))
    places = _Places()
    for department in (line.row for line in gathering.lines(shapes_people.Department)):
        gathering.name(
            Department,
            department.congress,
            department.id,
            name=department.name,
            short_name=department.short_name,
            position=places.next(department.congress),
            from_day=department.from_day,
            to_day=department.to_day,
        )
    for succession in gathering.lines(shapes_people.DepartmentSuccession):
        _succession(gathering, succession)
    places = _Places()
    for deputy in gathering.lines(shapes_people.Deputy):
        _deputy(gathering, deputy, places.next(deputy.row.congress))


class _Places:
    """Counts rows within each congress, in the clerk's order."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def next(self, congress: str) -> int:
        self._last[congress] = place = self._last.get(congress, 0) + 1
        return place


def _congresses(gathering: Gathering, now: datetime, parents: dict[str, str | None]) -> None:
    lines = gathering.lines(shapes_people.Congress)
    by_area = {line.row.area: line.row.code for line in lines}
    for line in sorted(lines, key=lambda line: LEVELS.index(line.row.level)):
        row = line.row
        if row.provenance != "simulated":
            raise line.bad("provenance", "not_simulated", value=row.provenance)
        area = gathering.area(line, "area", row.area)
        above = parents.get(row.area)
        while above is not None and above not in by_area:
            above = parents.get(above)
        gathering.as_of[row.code] = row.as_of
        gathering.rows[Congress].append(
            {
                "id": key_of("congress", row.code),
                "code": row.code,
                "area_code": area,
                "parent_id": None if above is None else key_of("congress", by_area[above]),
                "level": row.level,
                "name_zh": row.name_zh,
                "name_en": row.name_en,
                "provenance": row.provenance,
                "as_of": row.as_of,
                "created_at": now,
            }
        )


def _meeting(gathering: Gathering, line: Line[shapes_people.Meeting]) -> None:
    row = line.row
    if row.closes < row.opens:
        raise line.bad("closes", "before_opening", value=row.closes)
    gathering.name(
        Meeting,
        row.congress,
        row.id,
        term_id=gathering.id(line, "term", Term, row.congress, row.term),
        number=row.number,
        name=row.name,
        opens_on=row.opens,
        closes_on=row.closes,
    )


def _delegation(gathering: Gathering, line: Line[shapes_people.Delegation], position: int) -> None:
    row = line.row
    gathering.area(line, "area", row.area)
    terms = _terms(gathering, row.congress)
    if not terms:
        raise line.bad("congress", "no_term", value=row.congress)
    gathering.name(
        Delegation, row.congress, row.id, term_id=terms[-1]["id"], name=row.name, position=position
    )


def _succession(gathering: Gathering, line: Line[shapes_people.DepartmentSuccession]) -> None:
    row = line.row
    before = gathering.find(line, "predecessor", Department, row.congress, row.predecessor)
    if before["to_day"] is None or before["to_day"] >= row.day:
        raise line.bad("day", "not_ended", value=row.day)
    gathering.add(
        DepartmentSuccession,
        row.congress,
        from_id=before["id"],
        to_id=gathering.id(line, "successor", Department, row.congress, row.successor),
        day=row.day,
        kind=row.kind,
        document=row.document,
    )


def _deputy(gathering: Gathering, line: Line[shapes_people.Deputy], position: int) -> None:
    row = line.row
    term = covering(_terms(gathering, row.congress), row.begins)
    if term is None:
        raise line.bad("begins", "outside_term", value=row.begins)
    if row.state_since < row.begins:
        raise line.bad("state_since", "before_beginning", value=row.state_since)
    delegation = gathering.id(line, "delegation", Delegation, row.congress, row.delegation)
    seat = gathering.name(
        Membership,
        row.congress,
        row.id,
        term_id=term["id"],
        delegation_id=delegation,
        group_id=None,
        name=row.name,
        position=position,
        ended_on=row.state_since if row.state == "resigned" else None,
    )
    periods = _periods(row)
    for state, begins, ends in periods:
        gathering.name(
            MembershipState,
            row.congress,
            row.id,
            begins,
            membership_id=seat["id"],
            state=state,
            from_day=begins,
            to_day=ends,
            reason=None,
        )
    gathering.add(
        MembershipContact,
        row.congress,
        membership_id=seat["id"],
        phone_last_four=_simulated_digits(seat["id"]),
    )
    gathering.seats[row.congress].append(Seat(seat["id"], delegation, periods))


def _simulated_digits(seat: UUID) -> str:
    """Return the last four digits of an invented phone: the same at every load, and of nobody."""
    return f"{int.from_bytes(hashlib.sha256(seat.bytes).digest()[:4], 'big') % 10_000:04d}"


def _periods(row: shapes_people.Deputy) -> tuple[Period, ...]:
    """Return a seat's states: in office from its beginning until the state that the file gives."""
    given: Period = (row.state, row.state_since, None)
    if row.state_since == row.begins:
        return (given,)
    return ("in_office", row.begins, row.state_since - timedelta(days=1)), given


def _terms(gathering: Gathering, congress: str) -> list[Values]:
    own = key_of("congress", congress)
    terms = [row for row in gathering.rows[Term] if row["congress_id"] == own]
    return sorted(terms, key=lambda row: row["number"])
