"""A real election taken in as a round: its voters are the seats, and it is closed, sealed and counted like any other.

The congress is a scratch one: its seats have numbers for names, and everything in it says that it is simulated.
"""

import re
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dashboard.i18n import SHANGHAI
from dashboard.rules.elections import Election
from dashboard.rules.pabulib_rounds import AsRound, as_round
from dashboard.rules.refused import Refused
from dashboard.rules.rule_sets import RuleSet, rules_of
from dashboard.store.casting import ELECTRONIC, OPEN, ballot_id
from dashboard.store.closing import Closed, close
from dashboard.store.core import table_of
from dashboard.store.record import NewAct, append, raise_topics
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress, Meeting, Membership, MembershipState, Term
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import Base, new_id
from dashboard.store.tables.voting import Ballot, CheckIn, Participation, RollEntry, Round, RoundOption
from dashboard.store.witness import PARTS, witness

# A file with one of these has lost ballots, or has some too many: nothing of it is loaded.
NOT_WHOLE = frozenset(
    {"num_votes_differs", "num_projects_differs", "columns_differ", "no_voter", "duplicate_voter"}
)
SCRATCH = range(999_001, 1_000_000)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
LONGEST_NAME, AT_ONCE = 2_000, 5_000


@dataclass(frozen=True, slots=True)
class Imported:
    """The scratch congress, its cycle's year, the round, and its numbers as every close tells them."""

    code: str
    year: int
    congress: UUID
    round_id: UUID
    closed: Closed


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a round stands on."""

    code: str
    congress: UUID
    term: UUID
    meeting: UUID
    cycle: UUID
    day: date


def import_election(session: Session, election: Election, rule_set: RuleSet, now: datetime) -> Imported:
    """Load an election that was read one by one, and close it as a round under a rule set.

    A file of which ballots are missing, or a voter stands twice, is Refused with the line.
    """
    for fault in election.faults:
        if fault.code in NOT_WHOLE:
            raise Refused("pb_not_whole", line=fault.line, reason=fault.code)
    found = as_round(election, rules_of(rule_set).form, rule_set.reference)
    ground = _ground(session, election, now)
    round_id = _open_round(session, ground, election, rule_set, found, now)
    _fill(session, ground, round_id, found)
    closed = close(session, ground.congress, round_id, now)
    stated = witness(session, ground.congress, round_id, PARTS)
    append(session, ground.congress, None, now, [NewAct("round_imported", stated)])
    raise_topics(session, ground.congress, ["voting"])
    return Imported(ground.code, ground.day.year, ground.congress, round_id, closed)


def _ground(session: Session, election: Election, now: datetime) -> _Ground:
    """Found a scratch congress with one term, one meeting and one cycle."""
    day, name = _day(election, now), _name(election)
    ground = _Ground(_scratch_code(session), new_id(), new_id(), new_id(), new_id(), day)
    own = {"congress_id": ground.congress}
    known = {"level": "county", "name_zh": name, "name_en": name}
    for row in (
        Area(code=ground.code, **known),
        Congress(
            id=ground.congress,
            code=ground.code,
            area_code=ground.code,
            provenance="simulated",
            created_at=now,
            **known,
        ),
        Term(**own, id=ground.term, number=1, from_day=day),
        Meeting(
            **own, id=ground.meeting, term_id=ground.term, number=1, name=name, opens_on=day, closes_on=day
        ),
        Cycle(**own, id=ground.cycle, term_id=ground.term, year=day.year, state="running"),
    ):
        session.add(row)
        session.flush()
    return ground


def _open_round(
    session: Session, ground: _Ground, election: Election, rule_set: RuleSet, found: AsRound, now: datetime
) -> UUID:
    """Open a round on the list of the election."""
    round_id, own = new_id(), {"congress_id": ground.congress}
    session.add(
        Round(
            **own,
            id=round_id,
            meeting_id=ground.meeting,
            cycle_id=ground.cycle,
            purpose="adoption",
            title=_name(election),
            state=OPEN,
            rule_set=rule_set.reference,
            rules=rule_set.model_dump(),
            places=found.places,
            checked_at=now,
            opened_at=now,
        )
    )
    session.flush()
    session.add_all(
        RoundOption(**own, round_id=round_id, number=one.number, name=one.name[:LONGEST_NAME])
        for one in found.options
    )
    session.flush()
    return round_id


def _fill(session: Session, ground: _Ground, round_id: UUID, found: AsRound) -> None:
    """Seat the voters, check them in, note that each voted, and put their ballots under ids drawn by lot."""
    seats = [new_id() for _ in found.marks]
    of_round = {"congress_id": ground.congress, "round_id": round_id}
    own = {"congress_id": ground.congress}
    _insert(
        session,
        Membership,
        (
            own | {"id": seat, "term_id": ground.term, "name": str(place), "position": place}
            for place, seat in enumerate(seats, start=1)
        ),
    )
    in_office = own | {"state": "in_office", "from_day": ground.day}
    _insert(session, MembershipState, (in_office | {"id": new_id(), "membership_id": one} for one in seats))
    _insert(session, RollEntry, (of_round | {"membership_id": one} for one in seats))
    _insert(session, CheckIn, (of_round | {"membership_id": one, "means": "file"} for one in seats))
    _insert(
        session, Participation, (of_round | {"membership_id": one, "channel": ELECTRONIC} for one in seats)
    )
    _insert(
        session,
        Ballot,
        (of_round | {"id": ballot_id(secrets.token_bytes(16)), "marks": marks} for marks in found.marks),
    )


def _insert(session: Session, table: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, a few thousand at a time: there may be a hundred thousand of them."""
    left = iter(rows)
    while many := list(islice(left, AT_ONCE)):
        session.connection().execute(insert(table_of(table)), many)


def _scratch_code(session: Session) -> str:
    """Return the first code of a scratch congress that was never given away."""
    taken = {*session.scalars(select(Congress.code)), *session.scalars(select(Area.code))}
    free = next((str(code) for code in SCRATCH if str(code) not in taken), None)
    if free is None:
        raise Refused("no_scratch_code")
    return free


def _name(election: Election) -> str:
    return election.meta.get("description", "").strip()[:LONGEST_NAME] or "Pabulib"


def _day(election: Election, now: datetime) -> date:
    """Return the last day of voting, or the first of its year, or today."""
    with suppress(ValueError):
        return datetime.strptime(election.meta.get("date_end", ""), "%d.%m.%Y").replace(tzinfo=UTC).date()
    year = _YEAR.search(election.meta.get("instance", ""))
    return now.astimezone(SHANGHAI).date() if year is None else date(int(year[0]), 1, 1)
