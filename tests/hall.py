"""A small congress in its hall: seats, accounts, sessions and an open round, as the product would have made them."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from dashboard.commands import voting
from dashboard.commands.voting import NewVote
from dashboard.config import ROOT
from dashboard.gate import Actor, Call, Ground, Place
from dashboard.rules.roles import Role
from dashboard.store.casting import Cast
from dashboard.store.passwords import token_digest
from dashboard.store.tables.accounts import Account, Appointment, SignInSession
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import (
    Congress,
    Delegation,
    Meeting,
    Membership,
    MembershipState,
    Term,
)
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import Base
from dashboard.store.tables.voting import CheckIn, RollEntry, Round, RoundOption
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions

CODE, ELSEWHERE = "990301", "990302"
OPTIONS, PLACES = 12, 10
BEGAN, DAY = date(2026, 1, 5), date(2026, 1, 20)


@dataclass
class Hall:
    """One congress with its seats in order; every id is drawn by lot from the code, so that runs are alike."""

    store: Store
    code: str
    luck: random.Random
    congress: UUID
    meeting: UUID
    cycle: UUID
    seats: list[UUID] = field(default_factory=list)
    accounts: list[UUID] = field(default_factory=list)
    appointments: list[UUID] = field(default_factory=list)
    ground: Ground = field(init=False)

    def __post_init__(self) -> None:
        self.ground = Ground(self.store, Versions(self.store))

    def call(self, number: int, now: datetime | None = None) -> Call:
        """Return a deputy's call that writes."""
        place = Place(self.congress, self.code, self.code, "county", True, None)
        return Call(
            self.ground, self.actor(number), place, 2026, now or datetime.now(UTC), "zh-CN", writes=True
        )

    def cast(self, round_id: UUID, number: int, receipt: bytes, marks: str = "1 2 5") -> Cast:
        """Let a deputy cast a ballot."""
        return voting.cast(self.call(number), round_id, NewVote(receipt=receipt.hex(), marks=marks))

    def change(self, round_id: UUID, number: int, receipt: bytes, marks: str) -> Cast:
        """Let a deputy change a ballot."""
        return voting.change(self.call(number), round_id, NewVote(receipt=receipt.hex(), marks=marks))

    def actor(self, number: int) -> Actor:
        """Return the deputy of a seat, signed in."""
        return Actor(
            role=Role.DEPUTY, account_id=self.accounts[number], appointment_id=self.appointments[number],
            congress_id=self.congress, membership_id=self.seats[number], name="a deputy",
        )  # fmt: skip

    def token(self, number: int) -> str:
        """Return what the cookie of a deputy holds."""
        return f"{self.code}-{number}"

    def receipt(self) -> bytes:
        """Draw a receipt."""
        return self.luck.randbytes(16)

    def id(self) -> UUID:
        """Draw an id."""
        return UUID(int=self.luck.getrandbits(128), version=4)

    def open_round(
        self,
        rule_set: str = "adoption-mark@1",
        *,
        state: str = "open",
        purpose: str = "adoption",
        on_paper: bool = False,
        present: bool = True,
        options: int = OPTIONS,
        **rules: object,
    ) -> UUID:
        """Add a round with its roll, everybody checked in where `present`; `rules` replace values of the rule set."""
        key, now = self.id(), datetime.now(UTC)
        own = {"congress_id": self.congress, "round_id": key}
        self.add(
            Round(
                congress_id=self.congress, id=key, meeting_id=self.meeting, cycle_id=self.cycle, purpose=purpose,
                title="票决2026年度民生实事项目", state=state, rule_set=rule_set, rules=frozen_rules(rule_set, rules),
                places=PLACES, version=1, on_paper=on_paper, checked_at=now, opened_at=now,
            ),
            [RoundOption(**own, number=number, name=f"项目{number}") for number in range(1, options + 1)],
            [RollEntry(**own, membership_id=seat) for seat in self.seats],
            [CheckIn(**own, membership_id=seat, means="seat") for seat in self.seats if present],
        )  # fmt: skip
        return key

    def add(self, *rows: Base | Sequence[Base]) -> None:
        """Add rows, and after them those that refer to them."""
        with self.store.system().writing() as session:
            for one in rows:
                session.add_all(one if isinstance(one, Sequence) else [one])
                session.flush()


def frozen_rules(rule_set: str, changes: dict[str, object]) -> dict[str, Any]:
    """Return a rule set as it is frozen into a round, some of its values replaced."""
    path = ROOT / "data" / "reference" / "rule_sets" / f"{rule_set}.json"
    rules: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for name, value in changes.items():
        rules["values"][name] |= {"value": value}
    return rules


def plant_hall(store: Store, deputies: int = 60, code: str = CODE) -> Hall:
    """Found a congress whose deputies each have a seat, an account and an open session."""
    luck = random.Random(code)
    hall = Hall(store, code, luck, *(UUID(int=luck.getrandbits(128), version=4) for _ in range(3)))
    term, delegation, now = hall.id(), hall.id(), datetime.now(UTC)
    own = {"congress_id": hall.congress}
    hall.seats = [hall.id() for _ in range(deputies)]
    hall.accounts = [hall.id() for _ in range(deputies)]
    hall.appointments = [hall.id() for _ in range(deputies)]
    hall.add(
        Area(code=code, level="county", name_zh=f"{code}县", name_en=f"{code} County"),
        Congress(
            id=hall.congress, code=code, area_code=code, level="county", name_zh=f"{code}县人民代表大会",
            name_en=f"{code} County Congress", provenance="simulated", created_at=now,
        ),
        Term(**own, id=term, number=1, from_day=BEGAN),
        Meeting(**own, id=hall.meeting, term_id=term, number=1, name="第一次会议", opens_on=DAY, closes_on=DAY),
        Cycle(**own, id=hall.cycle, term_id=term, year=2026, state="running"),
        Delegation(**own, id=delegation, term_id=term, name="第一代表团", position=1),
        [
            Membership(
                **own, id=seat, term_id=term, delegation_id=delegation, name=f"代表{number}", position=number
            )
            for number, seat in enumerate(hall.seats)
        ],
        [
            MembershipState(**own, id=hall.id(), membership_id=seat, state="in_office", from_day=BEGAN)
            for seat in hall.seats
        ],
        [
            Account(
                id=account, name=hall.token(number), display_name=f"代表{number}", password_hash="-",
                must_change=False, created_at=now,
            )
            for number, account in enumerate(hall.accounts)
        ],
        [
            Appointment(**own, id=key, account_id=account, role="deputy", membership_id=seat, from_day=BEGAN)
            for key, account, seat in zip(hall.appointments, hall.accounts, hall.seats, strict=True)
        ],
        [
            SignInSession(
                **own, id=token_digest(hall.token(number)), account_id=hall.accounts[number],
                appointment_id=hall.appointments[number], created_at=now, expires_at=now + timedelta(hours=12),
            )
            for number in range(deputies)
        ],
    )  # fmt: skip
    return hall
