"""How long all published facts and the demonstration take into a database of nothing."""

import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from dashboard.config import Settings
from dashboard.store.loading.everything import load_all
from dashboard.store.migrations import migrate
from dashboard.store.transactions import open_store
from tests.bench import report
from tests.bench.bed import Bed
from tests.bench.scale import say
from tests.postgresql_server import NoServer, running

ROUNDS, MOST = 3, 20.0


def measure(bed: Bed) -> None:
    """Print the time from an empty database to a loaded one, migration included."""
    report.title("loading: tables, published facts and demonstration from nothing")
    bed.root.mkdir(exist_ok=True)
    taken = [
        _loaded(f"sqlite:///{bed.root / f'empty-{number}.sqlite3'}", bed.root) for number in range(ROUNDS)
    ]
    report.figure("SQLite", taken, "s", most=MOST)
    try:
        with running() as server:
            report.figure("PostgreSQL", [_fresh(server, bed.root) for _ in range(ROUNDS)], "s", most=MOST)
    except NoServer as missing:
        report.line(f"PostgreSQL skipped: {missing}")


def _fresh(server: str, folder: Path) -> float:
    name = f"bench_{time.monotonic_ns()}"
    say(server, f'CREATE DATABASE "{name}" TEMPLATE "template0"')
    try:
        return _loaded(make_url(server).set(database=name).render_as_string(hide_password=False), folder)
    finally:
        say(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _loaded(address: str, folder: Path) -> float:
    store, begun = open_store(address), time.monotonic()
    try:
        migrate(store.writer)
        load_all(store, Settings(database_url=address, var=folder), datetime.now(UTC))
        return time.monotonic() - begun
    finally:
        store.close()
