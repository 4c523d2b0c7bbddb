"""Casting: a whole vote over HTTP from 64 phones at once, beside the bare driver, on both databases."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from dashboard.store.migrations import migrate
from dashboard.store.transactions import open_store
from tests.bench import bare, report
from tests.bench.bed import Bed
from tests.bench.pressing import Pressed, press_all, press_within
from tests.bench.scale import percentile
from tests.bench.server import HOST, Server, served
from tests.hall import Hall, plant_hall
from tests.postgresql_server import DURABLE, NoServer, running

DEPUTIES, CLIENTS, ROUNDS, WARM = 1_200, 64, 3, 128
HALL, SECONDS = 327, 10.0
LEAST = {"SQLite, synchronous=FULL": 300, "PostgreSQL, synchronous_commit=on": 400}


def measure(bed: Bed) -> None:
    """Print how many votes a second are taken, how long one waits, and the share of what the driver does."""
    report.title(
        f"casting: the full path of a vote, {CLIENTS} clients at once, each vote a deputy's own session"
    )
    for name, least in LEAST.items():
        try:
            with _database(bed, name) as (folder, url):
                _measure(folder, url, name, least)
        except NoServer as missing:
            report.line(f"skipped: {missing}")


@contextmanager
def _database(bed: Bed, name: str) -> Iterator[tuple[Path, str]]:
    folder = bed.folder()
    if name.startswith("SQLite"):
        yield folder, f"sqlite:///{folder / 'hall.sqlite3'}"
        return
    with running(DURABLE) as url:
        yield folder, url


def _measure(folder: Path, url: str, name: str, least: int) -> None:
    report.line(name)
    store = open_store(url)
    try:
        migrate(store.writer)
        hall = plant_hall(store, DEPUTIES)
        with served(folder, database=url) as server:
            server.wait()
            server.get("/health")
            _press(hall, server, hall.open_round(), range(WARM))
            # By turns, so that what disturbs one disturbs the other.
            votes, drivers, waits = list[float](), list[float](), list[float]()
            for _ in range(ROUNDS):
                pressed = _press(hall, server, hall.open_round(), range(DEPUTIES))
                votes.append(pressed.rate)
                waits.append(percentile(pressed.waits) * 1e3)
                drivers.append(bare.rate(hall, url, DEPUTIES - 1))
            report.figure("votes taken", votes, "/s", least=least, digits=0)
            report.figure("95th percentile of a vote", waits, "ms", most=250, digits=0)
            report.figure(
                f"the bare driver, {bare.THREADS} threads, one commit each", drivers, "/s", digits=0
            )
            shares = [100 * one / other for one, other in zip(votes, drivers, strict=True)]
            report.figure("share of the bare driver", shares, "%", least=10, digits=0)
            requests = _requests(hall, hall.open_round(), range(HALL))
            longest = max(_whole(press_within(server.port, requests, SECONDS)).waits)
            report.figure(f"longest wait of {HALL} deputies within {SECONDS:g} s", [longest], "s", most=1)
    finally:
        store.close()


def _press(hall: Hall, server: Server, opened: UUID, deputies: Sequence[int]) -> Pressed:
    return _whole(press_all(server.port, _requests(hall, opened, deputies), CLIENTS))


def _whole(pressed: Pressed) -> Pressed:
    if pressed.refused:
        raise RuntimeError(f"{len(pressed.refused)} votes were not taken: {pressed.refused[0]!r}")
    return pressed


def _requests(hall: Hall, opened: UUID, deputies: Sequence[int]) -> list[bytes]:
    """Return the presses as they go over the wire, each with its deputy's cookie; all come from one address."""
    found = []
    for number in deputies:
        body = json.dumps({"receipt": hall.receipt().hex(), "marks": "1 2 3 5 8 9"})
        lines = (
            f"POST /vote/{hall.code}/{opened} HTTP/1.1",
            f"Host: {HOST}",
            "Content-Type: application/json",
            "Sec-Fetch-Site: same-origin",
            "Accept-Language: zh-CN,zh;q=0.9",
            f"Cookie: session={hall.token(number)}",
            f"Content-Length: {len(body)}",
        )
        found.append(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
    return found
