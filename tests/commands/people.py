"""Who acts in the tests, and the calls that they make: real rows, real appointments, no clock of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import PUBLIC, Actor, Call, Ground, Place
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store.accounts import Live
from dashboard.store.loading.gathering import key_of
from dashboard.store.passwords import hashed
from dashboard.store.tables.accounts import Account, Appointment
from dashboard.store.tables.congress import Congress, Membership, MembershipState
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions
from tests.conftest import NOW

COUNTY, TOWNSHIP = "990121", "990121100"
PASSWORD = "correct horse battery"
TERM_BEGAN = date(2022, 1, 5)


@cache
def stored_password() -> str:
    """Return the hash of PASSWORD, made once: Argon2 is slow on purpose."""
    return hashed(PASSWORD)


def add_account(store: Store, name: str, *, must_change: bool = False) -> UUID:
    """Add an account whose password is PASSWORD."""
    account = Account(
        id=new_id(), name=name, display_name=f"{name}'s name", password_hash=stored_password(),
        must_change=must_change, created_at=NOW,
    )  # fmt: skip
    with store.system().writing() as session:
        session.add(account)
    return account.id


def appoint(
    store: Store,
    account: UUID,
    role: Role,
    code: str = COUNTY,
    *,
    seat: UUID | None = None,
    department: UUID | None = None,
    from_day: date = TERM_BEGAN,
    to_day: date | None = None,
) -> UUID:
    """Give an account a role in a congress."""
    appointment = Appointment(
        congress_id=key_of("congress", code), id=new_id(), account_id=account, role=str(role),
        membership_id=seat, department_id=department, from_day=from_day, to_day=to_day,
    )  # fmt: skip
    with store.system().writing() as session:
        session.add(appointment)
    return appointment.id


def person(
    store: Store, role: Role, code: str = COUNTY, *, seat: UUID | None = None, department: UUID | None = None
) -> Actor:
    """Return a new person who holds one role in one congress."""
    if role is Role.DEPUTY and seat is None:
        seat = seats(store, code)[0]
    account = add_account(store, f"{role}-{new_id().hex}")
    appointment = appoint(store, account, role, code, seat=seat, department=department)
    return Actor(
        role=role, account_id=account, appointment_id=appointment, congress_id=key_of("congress", code),
        membership_id=seat, department_id=department, name="a person",
    )  # fmt: skip


def signed_in(actor: Actor, live: Live) -> Actor:
    """Return an actor as a session makes it."""
    return replace(actor, account_id=live.account_id, session_id=live.session_id)


def seats(store: Store, code: str = COUNTY) -> list[UUID]:
    """Return the seats in office in their order."""
    congress = key_of("congress", code)
    with store.system().reading() as session:
        return list(
            session.scalars(
                select(Membership.id)
                .join(MembershipState, MembershipState.membership_id == Membership.id)
                .where(Membership.congress_id == congress, MembershipState.state == "in_office")
                .order_by(Membership.position)
            )
        )


def projects(store: Store, code: str = COUNTY) -> list[Project]:
    """Return a congress's projects of 2025 in their order."""
    congress = key_of("congress", code)
    with store.system().reading() as session:
        return list(
            session.scalars(
                select(Project)
                .where(Project.congress_id == congress, Project.starts_on >= date(2025, 1, 1))
                .order_by(Project.number)
            )
        )


def place(store: Store, code: str = COUNTY) -> Place:
    """Return a congress as a request's address names it."""
    with store.system().reading() as session:
        row = session.scalars(select(Congress).where(Congress.code == code)).one()
    return Place(row.id, row.code, row.name_zh, row.level, row.provenance == "simulated", row.as_of)


def call_of(
    store: Store,
    actor: Actor = PUBLIC,
    code: str | None = COUNTY,
    *,
    writes: bool = True,
    now: datetime = NOW,
    ground: Ground | None = None,
) -> Call:
    """Return a call; without a code it stands beside all congresses."""
    stands = place(store, code) if code is not None else None
    grounded = ground or Ground(store, Versions(store))
    return Call(grounded, actor, stands, None, now, "zh-CN", writes=writes)


def refusal(function: Callable[..., Any], *arguments: Any, **named: Any) -> str:
    """Return the code with which a call is refused."""
    try:
        result = function(*arguments, **named)
    except Refused as refused:
        return refused.code
    raise AssertionError(f"not refused: {result!r}")
