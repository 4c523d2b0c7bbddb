"""The same statements as a vote makes, said by the driver alone: what the product's way is measured against."""

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import event, make_url

from dashboard.store.casting import ballot_id
from tests.hall import Hall

THREADS = 16
Statement = tuple[str, Any]


def rate(hall: Hall, url: str, votes: int) -> float:
    """Return how many votes a second the driver writes from 16 threads of this process, one commit each."""
    opened = hall.open_round()
    said, known = _heard(hall, opened)
    turns = [
        [
            _as_of(said, known, {"seat": hall.seats[number], "ballot": ballot_id(hall.receipt())})
            for number in part
        ]
        for part in (range(1 + thread, 1 + votes, THREADS) for thread in range(THREADS))
    ]
    connect = _sqlite if url.startswith("sqlite") else _postgresql
    start = threading.Barrier(THREADS + 1)
    threads = [threading.Thread(target=_work, args=(connect, url, turn, start)) for turn in turns]
    for thread in threads:
        thread.start()
    start.wait(60)
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return votes / (time.perf_counter() - begun)


def _heard(hall: Hall, opened: UUID) -> tuple[list[Statement], dict[str, object]]:
    """Let one deputy vote, and return what the driver was told, and the values in it that are the deputy's own."""
    said: list[Statement] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        said.append((statement, parameters))

    receipt = hall.receipt()
    event.listen(hall.store.writer, "before_cursor_execute", hear)
    hall.cast(opened, 0, receipt)
    event.remove(hall.store.writer, "before_cursor_execute", hear)
    # The rules are read once a process.
    once = [one for one in said if "FROM round_options" in one[0] or "rounds.rules" in one[0]]
    kept = [one for one in said if one not in once and one[0].startswith(("SELECT", "INSERT"))]
    assert len(kept) == 3
    return kept, {"seat": hall.seats[0], "ballot": ballot_id(receipt)}


def _as_of(said: Sequence[Statement], known: dict[str, object], own: dict[str, object]) -> list[Statement]:
    """Return the statements with the values of another deputy."""

    def of(value: object) -> object:
        for name, old in known.items():
            if value == old:
                return own[name]
            if isinstance(old, UUID) and value == old.hex:
                new = own[name]
                assert isinstance(new, UUID)
                return new.hex
        return value

    return [
        (
            statement,
            {name: of(one) for name, one in given.items()}
            if isinstance(given, dict)
            else tuple(map(of, given)),
        )
        for statement, given in said
    ]


def _work(
    connect: Callable[[str], Any], url: str, votes: Sequence[Sequence[Statement]], start: threading.Barrier
) -> None:
    connection = connect(url)
    cursor = connection.cursor()
    start.wait(60)
    for vote in votes:
        cursor.execute("BEGIN IMMEDIATE" if isinstance(connection, sqlite3.Connection) else "BEGIN")
        for number, (statement, parameters) in enumerate(vote):
            cursor.execute(statement, parameters)
            if number == 0:
                assert cursor.fetchone() is not None
        cursor.execute("COMMIT")
    connection.close()


def _sqlite(url: str) -> sqlite3.Connection:
    connection = sqlite3.connect(make_url(url).database or "", timeout=60, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _postgresql(url: str) -> "psycopg.Connection[Any]":
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, prepare_threshold=None)
