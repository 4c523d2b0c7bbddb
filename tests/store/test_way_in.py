"""A reset of a voter's password while a round runs is an act on the round, and the chain still holds."""

import argparse
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.config import Settings
from dashboard.rules.roles import Role
from dashboard.rules.rounds import SHOWN
from dashboard.store.record import verify
from dashboard.store.tables.accounts import Account
from dashboard.store.tables.congress import Membership
from dashboard.store.tables.record import Act
from dashboard.store.transactions import Store
from dashboard.store.way_in import tell_way_in
from dashboard.web import users
from tests.commands.people import TOWNSHIP, add_account, appoint, seats
from tests.commands.sessions import CONGRESS, Played, session_of
from tests.conftest import NOW

RESET = "round_password_reset"


def reset(store: Store, account: UUID, kind: str = RESET) -> int:
    with store.system().writing() as session:
        return tell_way_in(session, account, kind, NOW)


def voter(played: Played, place: int = 9) -> UUID:
    """Return the account of a seat on the roll."""
    account = add_account(played.store, f"voter-{place}")
    appoint(played.store, account, Role.DEPUTY, seat=played.seats[place])
    return account


def test_a_reset_is_an_act_from_the_freeze_to_the_close(loaded_store: Store) -> None:
    played = session_of(loaded_store)
    account = voter(played)
    assert reset(loaded_store, account) == 0
    played.check()
    assert reset(loaded_store, account) == 1
    played.check_in()
    played.together("open")
    assert reset(loaded_store, account) == 1
    played.together("suspend", "原因")
    assert reset(loaded_store, account) == 1
    played.together("close")
    assert reset(loaded_store, account) == 0
    assert played.acts().count(RESET) == 3
    with loaded_store.system().reading() as session:
        told = session.scalars(select(Act).where(Act.kind == RESET)).first()
        assert verify(session, CONGRESS) is None
    assert told is not None
    assert told.payload == {"round": str(played.round_id), "seat": str(played.seats[9])}
    assert RESET in SHOWN


def test_who_is_on_no_roll_is_no_matter_of_a_round(demo_store: Store) -> None:
    played = session_of(demo_store)
    played.open()
    clerk = played.clerk.account_id
    assert clerk is not None
    assert reset(demo_store, clerk) == 0
    elsewhere = add_account(demo_store, "elsewhere")
    appoint(demo_store, elsewhere, Role.DEPUTY, TOWNSHIP, seat=seats(demo_store, TOWNSHIP)[0])
    assert reset(demo_store, elsewhere) == 0
    resigned = next(seat for seat in seats(demo_store) if seat not in played.seats)
    gone = add_account(demo_store, "gone")
    appoint(demo_store, gone, Role.DEPUTY, seat=resigned)
    assert reset(demo_store, gone) == 0


def test_only_what_is_shown_can_be_told(demo_store: Store) -> None:
    account = add_account(demo_store, "anna")
    with pytest.raises(ValueError, match="report_published"):
        reset(demo_store, account, "report_published")


@pytest.mark.parametrize(
    ("command", "kind"), [(users._reset, RESET), (users._disable, "round_account_disabled")]
)
def test_the_command_line_tells_it(
    demo_store: Store, tmp_path: Path, command: Callable[[Settings, argparse.Namespace], int], kind: str
) -> None:
    played = session_of(demo_store)
    played.check()
    account = voter(played)
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
    with demo_store.system().reading() as session:
        name = session.get_one(Account, account).name
    assert command(settings, argparse.Namespace(name=name)) == 0
    assert played.acts()[-1] == kind


def test_an_account_made_for_a_voter_is_told(demo_store: Store, tmp_path: Path) -> None:
    played = session_of(demo_store)
    played.check()
    with demo_store.system().reading() as session:
        name = session.scalars(select(Membership.name).where(Membership.id == played.seats[9])).one()
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
    given = argparse.Namespace(
        name="second", display=None, role="deputy", congress="990121", seat=name, department=None
    )
    assert users._add(settings, given) == 0
    assert played.acts()[-1] == "round_account_added"
