"""A session of the congress as the tests play it: who acts, a round that is ready, and each step to its end."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dashboard.commands.rounds import Done, Proposal, assent, propose
from dashboard.commands.rounds_announce import announce_round
from dashboard.commands.rounds_end import recount_round, report_round, sign_round
from dashboard.commands.rounds_follow import draft_following
from dashboard.commands.rounds_prepare import (
    Changes,
    NewRound,
    Officers,
    check_round,
    draft_round,
    edit_round,
    name_officers,
    record_adoption,
)
from dashboard.commands.voting import NewVote, cast
from dashboard.gate import Actor, Call
from dashboard.rules.roles import Role
from dashboard.rules.round_problems import problems
from dashboard.store.loading.gathering import key_of
from dashboard.store.rounds import facts_of
from dashboard.store.seats import seats_in_office
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import Base, new_id
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.record import Act, OwnRuleSet
from dashboard.store.tables.voting import Ballot, CheckIn, Participation, Round
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, PASSWORD, call_of, person, seats
from tests.conftest import NOW
from tests.rules.adoption import raw

CONGRESS = key_of("congress", COUNTY)
YEAR, TODAY = 2026, NOW.date()
RULES = "adoption-mark@1"
CANDIDATES, PLACES = 12, 10
CLOSES = NOW + timedelta(hours=1)


def plant_candidates(store: Store, many: int = CANDIDATES, **changes: object) -> list[UUID]:
    """Add candidates to the cycle that the county is collecting for, unless it has some."""
    with store.system().writing() as session:
        cycle = session.scalars(
            select(Cycle.id).where(Cycle.congress_id == CONGRESS, Cycle.year == YEAR)
        ).one()
        known = select(Candidate).where(Candidate.cycle_id == cycle).order_by(Candidate.number)
        rows = list(session.scalars(known)) or [
            Candidate(**{
                "congress_id": CONGRESS, "id": new_id(), "cycle_id": cycle, "department_id": None, "number": number,
                "name": f"候选项目{number}", "category": "交通", "place": None, "target": "目标",
                "budget": 100_000_00, "order_count": 0, "state": "listed", "published_at": None, **changes,
            })
            for number in range(1, many + 1)
        ]  # fmt: skip
        session.add_all(rows)
    return [row.id for row in rows]


@dataclass
class Played:
    """One round and those who act on it; `seats` are those of the chief, a scrutineer and a teller, then others'.

    A round on paper has a second teller, on the fourth seat.
    """

    store: Store
    clerk: Actor
    second_clerk: Actor
    leader: Actor
    presidium: Actor
    chief: Actor
    scrutineer: Actor
    teller: Actor
    round_id: UUID
    seats: Sequence[UUID]
    now: datetime = NOW
    keep: dict[str, Any] = field(default_factory=dict)

    def call(self, actor: Actor, now: datetime | None = None, *, writes: bool = True) -> Call:
        """Return a call of an actor in the county."""
        return call_of(self.store, actor, now=now or self.now, writes=writes)

    def row(self) -> Round:
        """Return the round as it is stored."""
        with self.store.system().reading() as session:
            return session.scalars(select(Round).where(Round.id == self.round_id)).one()

    def rows(self, table: type[Base]) -> list[Any]:
        """Return the rows of a part of the round."""
        with self.store.system().reading() as session:
            return list(session.scalars(select(table).where(table.round_id == self.round_id)))  # type: ignore[attr-defined]

    def acts(self) -> list[str]:
        """Return the kinds of the acts on the round, in their order."""
        with self.store.system().reading() as session:
            found = session.scalars(select(Act).where(Act.congress_id == CONGRESS).order_by(Act.number)).all()
        return [act.kind for act in found if act.payload.get("round") == str(self.round_id)]

    def change(self, **values: object) -> None:
        """Change the stored round, as no command does."""
        with self.store.system().writing() as session:
            row = session.scalars(select(Round).where(Round.id == self.round_id)).one()
            for name, value in values.items():
                setattr(row, name, value)

    def proposal(self, kind: str, reason: str = "", password: str = PASSWORD) -> Proposal:
        """Return a proposal on the round."""
        return Proposal(round_id=self.round_id, kind=kind, reason=reason, password=password)  # type: ignore[arg-type]

    def together(self, kind: str, reason: str = "") -> Done:
        """Let the clerk propose and the chief scrutineer assent."""
        consent = propose(self.call(self.clerk), self.proposal(kind, reason))
        assert isinstance(consent, UUID), consent
        return self.assent(consent)

    def assent(self, consent: UUID) -> Done:
        """Let the chief scrutineer assent."""
        done = assent(self.call(self.chief), consent, PASSWORD)
        assert isinstance(done, Done), done
        return done

    def check_in(self, many: int | None = None) -> None:
        """Let the first seats be there: all, or so many."""
        with self.store.system().writing() as session:
            for seat in self.seats[:many]:
                session.add(self.there(self.seats.index(seat)))

    def there(self, place: int) -> CheckIn:
        """Return the check-in of a seat by its place."""
        seat = self.seats[place]
        return CheckIn(congress_id=CONGRESS, round_id=self.round_id, membership_id=seat, means="seat")

    def leave(self, seat: UUID) -> None:
        """Let a seat leave."""
        with self.store.system().writing() as session:
            session.get_one(CheckIn, (CONGRESS, self.round_id, seat)).left_at = self.now

    def vote(self, seat: UUID, marks: str) -> str:
        """Let a seat vote, and return the receipt."""
        receipt = secrets.token_hex(16)
        voter = person(self.store, Role.DEPUTY, seat=seat)
        cast(self.call(voter), self.round_id, NewVote(receipt=receipt, marks=marks))
        return receipt

    def check(self) -> None:
        """Freeze the round."""
        check_round(self.call(self.clerk), self.round_id)

    def open(self) -> Done:
        """Freeze the round, let all be there, and open it."""
        self.check()
        self.check_in()
        return self.together("open")

    def vote_all(self, ballots: Mapping[str, int]) -> None:
        """Put ballots into the box as the store keeps them: so many of each kind of marks."""
        marks = [text for text, many in ballots.items() for _ in range(many)]
        with self.store.system().writing() as session:
            own = {"congress_id": CONGRESS, "round_id": self.round_id}
            for seat, text in zip(self.seats, marks, strict=False):
                session.add(Participation(**own, membership_id=seat, channel="electronic"))
                session.add(Ballot(**own, id=secrets.token_hex(32), marks=text, membership_id=None))

    def sign_all(self) -> None:
        """Let the scrutineer sign, then the chief."""
        digest = self.row().box_digest or ""
        for actor in (self.scrutineer, self.chief):
            assert sign_round(self.call(actor), self.round_id, digest, PASSWORD) is None

    def count(self) -> None:
        """Compare the second count of a closed round."""
        assert recount_round(self.call(self.clerk), self.round_id) is None

    def report(self) -> None:
        """Count, sign and report a closed round."""
        self.count()
        self.sign_all()
        report_round(self.call(self.clerk), self.round_id)

    def followed(self, kind: str) -> "Played":
        """Return the round that is drafted after this one, with the same people."""
        made = draft_following(self.call(self.clerk), self.round_id, kind)  # type: ignore[arg-type]
        return replace(self, round_id=made)

    def announce(self, text: str = "主席团公告（第1号）") -> int:
        """Announce the round."""
        return announce_round(self.call(self.presidium), self.round_id, text)


def voted_on(store: Store, ballots: Mapping[str, int], **how: Any) -> Played:
    """Return a round of the county that was voted on and closed."""
    played = session_of(store, **how)
    played.open()
    played.vote_all(ballots)
    played.together("close")
    return played


def session_of(
    store: Store, purpose: str = "adoption", rule_set: str = RULES, first: int = 0, **how: Any
) -> Played:
    """Return a round of the county that is ready to be frozen; the officers sit from the `first` seat on."""
    if purpose == "adoption":
        plant_candidates(store)
    with store.system().reading() as session:
        entitled = seats_in_office(session, TODAY)
    held = [seat for seat in seats(store) if seat in entitled]
    held = held[first:] + held[:first]
    actors = {
        name: person(store, role)
        for name, role in (
            ("clerk", Role.CLERK),
            ("second_clerk", Role.CLERK),
            ("leader", Role.LEADER),
            ("presidium", Role.PRESIDIUM),
        )
    }
    officers = {
        name: person(store, Role.DEPUTY, seat=held[place])
        for place, name in enumerate(("chief", "scrutineer", "teller"))
    }
    new = NewRound(year=YEAR, purpose=purpose, rule_set=rule_set, meeting_id=meeting_of(store))  # type: ignore[arg-type]
    round_id = draft_round(call_of(store, actors["clerk"]), new)
    played = Played(store=store, **actors, **officers, round_id=round_id, seats=held)
    prepare(played, rule_set, **how)
    return played


def own_rules(store: Store, **values: object) -> str:
    """Give the county an approved rule set of its own, adoption-mark with other values, and return its name."""
    body = raw("adoption-mark", **values) | {"key": "own-mark"}
    with store.system().writing() as session:
        session.add(
            OwnRuleSet(
                congress_id=CONGRESS, id=new_id(), key="own-mark", version=1, kind="adoption", body=body,
                approved_by=None, approved_at=NOW,
            )
        )  # fmt: skip
    return "own-mark@1"


def prepare(played: Played, rule_set: str = RULES, **changes: Any) -> None:
    """Fill a draft in, name its officers, and let the meeting adopt both."""
    clerk = played.clerk
    edit_round(played.call(clerk), played.round_id, filled(played, rule_set=rule_set, **changes))
    tellers = list(played.seats[2 : 4 if changes.get("on_paper") else 3])
    officers = Officers(chief=played.seats[0], scrutineers=[played.seats[1]], tellers=tellers)
    name_officers(played.call(clerk), played.round_id, officers)
    record_adoption(played.call(clerk), played.round_id, "method", TODAY)
    record_adoption(played.call(clerk), played.round_id, "officers", TODAY)


def filled(played: Played, **changes: Any) -> Changes:
    """Return what a draft says once it is filled in."""
    row = played.row()
    values = {
        "title": "票决", "rule_set": row.rule_set, "places": row.places or PLACES, "closes_at": CLOSES,
        "on_paper": False, "meeting_id": row.meeting_id,
    }  # fmt: skip
    return Changes(**values | changes)


def found_problems(played: Played, *, opening: bool = False) -> set[str]:
    """Return the names of what refuses the round's freeze, with `opening` also of what refuses its opening."""
    row = played.row()
    with played.store.reading(played.call(played.clerk).scope) as session:
        facts = facts_of(session, row, TODAY, NOW)
    return {one.code.removeprefix("conduct.problem.") for one in problems(facts, opening=opening)}


def meeting_of(store: Store) -> UUID:
    """Return the county's last meeting."""
    with store.system().reading() as session:
        found = select(Meeting.id).where(Meeting.congress_id == CONGRESS).order_by(Meeting.opens_on.desc())
        meeting = session.scalars(found).first()
    assert meeting is not None
    return meeting


def named(actor: Actor, seat: UUID) -> Actor:
    """Return a deputy with another seat."""
    return replace(actor, membership_id=seat)


def yesterday() -> date:
    return TODAY - timedelta(days=1)
