"""What the bench stands on: the demonstration in a folder of its own, with sessions to sign in by."""

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from dashboard.config import Settings
from dashboard.gate import PUBLIC, Actor, Call, Ground
from dashboard.queries.congresses import congress_of
from dashboard.rules.roles import Role
from dashboard.store.loading.demo_accounts import create_demo_accounts
from dashboard.store.loading.everything import load_all
from dashboard.store.migrations import migrate
from dashboard.store.passwords import token_digest
from dashboard.store.tables.accounts import Account, Appointment, SignInSession
from dashboard.store.transactions import Store, open_store
from dashboard.store.versions import Versions

CODE, YEAR = "990121", 2025
PATH = f"/{CODE}/{YEAR}"
# Each session's rate is limited; so many together are not refused within one run.
SESSIONS = 100


def settings_of(folder: Path) -> Settings:
    """Return the settings of a folder that holds its own database."""
    return Settings(var=folder, database_url=f"sqlite:///{folder / 'bench.sqlite3'}")


def make(folder: Path) -> None:
    """Fill a folder with the demonstration and with open sessions of its clerk."""
    settings, now = settings_of(folder), datetime.now(UTC)
    store = open_store(settings.url)
    migrate(store.writer)
    load_all(store, settings, now)
    create_demo_accounts(store, now)
    tokens = [secrets.token_urlsafe(32) for _ in range(SESSIONS)]
    with store.system().writing() as session:
        account = session.scalars(select(Account).where(Account.name == "clerk")).one()
        held = session.scalars(select(Appointment).where(Appointment.account_id == account.id)).one()
        session.add_all(
            SignInSession(
                id=token_digest(token),
                account_id=account.id,
                congress_id=held.congress_id,
                appointment_id=held.id,
                created_at=now,
                expires_at=now + timedelta(hours=12),
            )
            for token in tokens
        )
    (folder / "tokens.json").write_text(json.dumps(tokens))
    # Without open connections SQLite leaves one file behind, which can be copied.
    store.close()


def tokens_of(folder: Path) -> list[str]:
    """Return the tokens of the sessions that are open in a folder."""
    tokens: list[str] = json.loads((folder / "tokens.json").read_text())
    return tokens


def copy(template: Path, folder: Path) -> Path:
    """Copy a filled folder, compressed assets included."""
    return Path(shutil.copytree(template, folder))


@contextmanager
def opened(folder: Path) -> Iterator[Ground]:
    """Open a folder's database in this process."""
    store = open_store(settings_of(folder).url)
    try:
        yield Ground(store, Versions(store))
    finally:
        store.close()


def call(ground: Ground, role: Role = Role.PUBLIC, *, writes: bool = False) -> Call:
    """Return a call on the county, as the public or as the demonstration's holder of a role."""
    now = datetime.now(UTC)
    listed = congress_of(Call(ground, PUBLIC, None, None, now, "zh-CN"), CODE)
    assert listed is not None
    place = listed.place("zh-CN")
    actor = PUBLIC if role is Role.PUBLIC else _actor(ground.store, place.congress_id, role)
    return Call(ground, actor, place, YEAR, now, "zh-CN", writes=writes)


def _actor(store: Store, congress: UUID, role: Role) -> Actor:
    with store.system().reading() as session:
        held = session.scalars(
            select(Appointment).where(Appointment.congress_id == congress, Appointment.role == role)
        ).first()
    assert held is not None
    return Actor(
        role, held.account_id, held.id, congress, held.membership_id, held.department_id, name=str(role)
    )
