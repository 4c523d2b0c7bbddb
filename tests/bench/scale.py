"""How the product holds its speed at national size: every page among 30, 300 and 3,000 congresses on PostgreSQL."""

import http.client
import json
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import create_engine, make_url

from dashboard.i18n import words
from dashboard.store.loading.reference import load_reference
from dashboard.store.migrations import migrate
from dashboard.store.transactions import open_store
from dashboard.web.routing import REFUSED_PAGES
from tests.bench import callbacks, report
from tests.bench.bed import Bed
from tests.bench.places import Place, places, untold
from tests.bench.served import CPU
from tests.bench.server import HOST, Server, served
from tests.bulk.filling import fill
from tests.bulk.nation import Nation, One
from tests.bulk.people import token_of
from tests.postgresql_server import NoServer, running

SIZES = (30, 300, 3_000)
ASKED = 30
REFUSALS = {words(language)(f"refused.{code}") for language in ("zh-CN", "en") for code in REFUSED_PAGES}
KINDS = ("index", "callback", "leader", "kept")


def measure(bed: Bed) -> None:
    """Print what every page takes at each size, and how it grows."""
    report.title("scale: every page uncached, a fresh congress each time, wall clock in ms")
    try:
        with running() as server, ExitStack() as stack:
            databases = {size: stack.enter_context(filled(server, Nation(size))) for size in SIZES}
            compare(bed, databases)
    except NoServer as missing:
        report.line(f"skipped: {missing}")


@contextmanager
def filled(server: str, nation: Nation) -> Iterator[str]:
    """Fill a database of its own with a nation and the published facts; drop it at the end."""
    name = f"bench_{uuid.uuid4().hex}"
    say(server, f'CREATE DATABASE "{name}" TEMPLATE "template0"')
    address = make_url(server).set(database=name).render_as_string(hide_password=False)
    try:
        begun, store, now = time.monotonic(), open_store(address), datetime.now(UTC)
        migrate(store.writer)
        load_reference(store, now)
        rows = fill(store, nation, now)
        store.close()
        report.line(
            f"{nation.congresses:,} congresses, {rows['reports']:,} reports, {sum(rows.values()):,} rows:"
            f" filled in {time.monotonic() - begun:.0f} s"
        )
        yield address
    finally:
        say(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def say(server: str, statement: str) -> None:
    """Say one statement to a server outside of any transaction."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@dataclass
class Asker:
    """One server on a nation of one size, asked over one connection."""

    nation: Nation
    server: Server
    luck: Random = field(default_factory=lambda: Random(20_250_115))
    taken: dict[tuple[str, str], list[tuple[float, float]]] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def ask(self, place: Place) -> None:
        """Ask for a page in a congress that was drawn by lot, each time as from a server that knows nothing."""
        one = self._drawn()
        path, search = place.path(self.nation, one, self.luck), place.search(self.luck)
        body = callbacks.first(path, search)
        if place.is_public:
            self._keep(place, "index", "GET", path + callbacks.quoted(search))
        if place.is_file:
            return
        if place.is_public:
            self._keep(place, "callback", "POST", callbacks.CALLBACK, body)
            self._keep(place, "kept", "POST", callbacks.CALLBACK, body, forget=False)
        self._keep(place, "leader", "POST", callbacks.CALLBACK, body, token_of(one))

    def _drawn(self) -> One:
        """Return a congress of any level, each level as often as the others."""
        level = self.luck.choice(("province", "city", "county", "township"))
        return self.luck.choice([one for one in self.nation.all if one.level == level])

    def _keep(
        self,
        place: Place,
        kind: str,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        token: str | None = None,
        forget: bool = True,
    ) -> None:
        if forget:
            self._send("GET", "/forget", None, None)
        text = json.dumps(body, separators=(",", ":")) if body else None
        begun = time.perf_counter()
        status, answer, cpu = self._send(method, path, text, token)
        took = (time.perf_counter() - begun) * 1e3
        if status != 200 or _is_refusal(answer):
            raise RuntimeError(f"{place.name} as {kind} at {path}: {status}")
        self.taken.setdefault((place.name, kind), []).append((took, cpu))

    def _send(self, method: str, path: str, body: str | None, token: str | None) -> tuple[int, bytes, float]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(HOST, self.server.port, timeout=60)
        # A load comes from one machine and stands for many senders, whose rates are limited each.
        headers = {"X-Forwarded-For": f"192.0.2.{self.luck.randint(1, 250)}", CPU: "asked"}
        if body:
            headers["Content-Type"] = "application/json"
        if token:
            headers["Cookie"] = f"session={token}"
        self._connection.request(method, path, body and body.encode(), headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read(), float(answer.headers.get(CPU, 0))


def compare(bed: Bed, databases: dict[int, str]) -> None:
    """Ask every page of servers of every size by turns, so that what disturbs one disturbs the others."""
    with ExitStack() as stack:
        askers = []
        for size, address in databases.items():
            server = stack.enter_context(served(bed.folder(), database=address))
            server.wait()
            askers.append(Asker(Nation(size), server))
        for missing in sorted(untold()):
            report.line(f"no sample of one thing on {missing}: not measured")
        known = list(places())
        for _ in range(1 + ASKED):
            for place in known:
                for asker in askers:
                    asker.ask(place)
    _print(known, askers)


def _print(known: Sequence[Place], askers: Sequence[Asker]) -> None:
    sizes = "".join(f"{asker.nation.congresses:>9,}" for asker in askers)
    report.line(f"{'95th percentile among congresses':<34}{sizes}  CPU at most  median grows")
    for kind in KINDS:
        report.line(_MEANS[kind])
        for place in known:
            found = [asker.taken.get((place.name, kind), []) for asker in askers]
            # The first of a process compiles its statements.
            taken = [values[1:] for values in found if values]
            if taken:
                report.line(_row(place, kind, taken))


_MEANS = {
    "index": "the index with its first paint, or the file, public",
    "callback": "the routing callback, public",
    "leader": "the routing callback, the congress's leader",
    "kept": "the routing callback again, kept",
}


def _row(place: Place, kind: str, taken: Sequence[Sequence[tuple[float, float]]]) -> str:
    walls = [[wall for wall, _ in values] for values in taken]
    highest = [percentile(values) for values in walls]
    cpu = max(percentile([cpu for _, cpu in values]) for values in taken)
    goal = "" if kind == "kept" else f"goal <= {place.most:g}  {_reached(max(highest) <= place.most)}"
    shown = "".join(f"{value:>9,.1f}" for value in highest)
    grows = median(walls[-1]) / median(walls[0])
    return f"  {place.name:<32}{shown}  {cpu:>11,.1f}  {grows:>6.2f} times  {goal}".rstrip()


def _reached(is_reached: bool) -> str:
    return "reached" if is_reached else "MISSED"


def percentile(values: Sequence[float], share: float = 0.95) -> float:
    """Return the value that a share of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)]


def _is_refusal(answer: bytes) -> bool:
    if not answer.startswith(b'{"') or b'"response"' not in answer[:2000]:
        return False
    title = json.loads(answer).get("response", {}).get("title", {}).get("data")
    return title in REFUSALS
