"""Starting: everything that can be wrong is found and said before the server takes the first request."""

import argparse
import errno
import gc
import os
import shutil
import socket
import sys
import threading
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import UUID

from granian import Granian
from granian.constants import Interfaces
from sqlalchemy import make_url

from dashboard.config import ROOT, Settings
from dashboard.i18n import DEFAULT, words
from dashboard.store.loading.demo_accounts import (
    create_demo_accounts,
    is_without_accounts,
    write_password_file,
)
from dashboard.store.loading.everything import load_all
from dashboard.store.migrations import migrate, stands
from dashboard.store.rewriting import uncleared
from dashboard.store.transactions import open_store
from dashboard.web.logs import configure
from dashboard.work.clearing import keep_clearing

LEAST_FREE = 50 * 1024 * 1024


class CannotServe(Exception):
    """What stands in the way of serving, in one line."""


def serve(settings: Settings, _given: argparse.Namespace) -> int:
    """Migrate, load and serve until interrupted."""
    _check_folder(settings.var)
    _check_port(settings.host, settings.port)
    prepare(settings)
    # The lines of this start stand before the server's own.
    sys.stdout.flush()
    server = Granian(
        "dashboard.web.serving:application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        backlog=2048,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        working_dir=ROOT,
    )
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    sys.stdout.write(f"Serving on http://{shown}:{settings.port} (Ctrl+C ends it)\n")
    sys.stdout.flush()
    server.serve()
    return 0


def application() -> Any:
    """Make the application in a server process."""
    # Imported in the server's process: the one that starts it needs neither Dash nor the pages.
    from dashboard.web.create import create  # noqa: PLC0415 - see above

    settings = Settings()
    configure(readable=settings.env == "development")
    made = create(settings)
    keep_clearing(made.store, threading.Event())
    # What is there now stays: looking through all of it for garbage took a tenth of a second out of every few dozen
    # pages made.
    gc.collect()
    gc.freeze()
    return made


def prepare(settings: Settings) -> None:
    """Migrate and load, saying in a line what was done."""
    store = open_store(settings.url)
    try:
        migrate(store.writer)
        now = datetime.now(UTC)
        load_all(store, settings, now)
        # Asked of the database, not of what was just loaded: a start cut short between the two left none.
        if is_without_accounts(store):
            _tell(settings, create_demo_accounts(store, now))
    finally:
        store.close()


def migrate_only(settings: Settings, _given: argparse.Namespace) -> int:
    """Bring the schema to the newest revision."""
    _check_folder(settings.var)
    store = open_store(settings.url)
    migrate(store.writer)
    store.close()
    return 0


def load_only(settings: Settings, _given: argparse.Namespace) -> int:
    """Migrate and load."""
    _check_folder(settings.var)
    prepare(settings)
    return 0


def doctor(settings: Settings, _given: argparse.Namespace) -> int:
    """Print what this installation stands on."""
    for package in ("dash", "plotly", "pandas", "sqlalchemy", "granian"):
        sys.stdout.write(f"{package} {version(package)}\n")
    sys.stdout.write(f"database {'SQLite' if settings.is_sqlite else 'PostgreSQL'}\n")
    _check_folder(settings.var)
    sys.stdout.write(f"{settings.var} writable\n")
    for round_id in _waiting(settings):
        sys.stdout.write(f"round {round_id}: the order of its votes is not cleared yet\n")
    return 0


def _waiting(settings: Settings) -> list[UUID]:
    """Return the rounds that wait to be cleared; none where the database was not made yet."""
    if settings.is_sqlite and not Path(make_url(settings.url).database or "").exists():
        return []
    store = open_store(settings.url)
    try:
        return [round_id for _, round_id in uncleared(store)] if stands(store) else []
    finally:
        store.close()


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"\0" * 4096)
        probe.unlink()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CannotServe(f"the disk of {folder} is full.") from error
        raise CannotServe(
            f"{folder} is not writable ({error.strerror}); DASHBOARD_VAR names another folder."
        ) from error
    if shutil.disk_usage(folder).free < LEAST_FREE:
        raise CannotServe(f"the disk of {folder} is nearly full: {LEAST_FREE // 2**20} MiB are needed.")


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise CannotServe(f"{host}:{port} {reason}; DASHBOARD_PORT names another port.") from error


def _tell(settings: Settings, accounts: list[tuple[str, str, str, str]]) -> None:
    path = settings.var / "demo-accounts.txt"
    write_password_file(path, accounts)
    mark = words(DEFAULT)("tag.simulated")
    sys.stdout.write(
        f"{mark}: accounts to try the demonstration, also in {path.name}, which only you can read:\n"
    )
    for name, role, congress, password in accounts:
        sys.stdout.write(f"  {name:<22} {password:<16} {role}, {congress}\n")
