"""A hall comes in: 327 deputies behind one address sign in by their cards and check in, over HTTP."""

import http.client
import json
import queue
import re
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from dashboard.commands.hall import issue_codes
from dashboard.gate import Ground
from dashboard.rules.hall import rotating_code
from dashboard.rules.hall_frames import Card
from dashboard.rules.roles import Role
from dashboard.store.tables.hall import Screen
from tests.bench import callbacks, report
from tests.bench.bed import Bed
from tests.bench.ground import CODE, opened, settings_of
from tests.bench.server import HOST, Server
from tests.commands.hall_session import check_ins, meeting_of, plant_round
from tests.commands.people import TOWNSHIP, call_of, person

DEPUTIES, AT_ONCE, WITHIN = 327, 32, 60.0
ADDRESS = "203.0.113.9"
ENTER = (
    "hall-done.href",
    ("hall-send.n_clicks", "hall-digits.n_submit"),
    ("hall-code.value", "hall-digits.value", "hall-request.data", "hall-terminal.data"),
)


@dataclass
class Phone:
    """One deputy's browser: what it keeps, and how long the press of the button took."""

    port: int
    code: str
    cookie: str = ""
    pressed: float = 0.0

    def come_in(self, number: int, card: Card, secret: str) -> None:
        """Open the way in, sign in by the card, open the round's hall, check in by the code on the screen."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        try:
            self._ask(connection, "GET", f"/{self.code}/hall")
            page = self._open(connection, f"/{self.code}/hall")
            values = [card.code, card.simulated_digits, f"{number:032x}", False]
            begun = time.monotonic()
            answer = self._send(connection, *ENTER, values, page)
            self.pressed = time.monotonic() - begun
            onward = answer["response"]["hall-done"]["href"]
            page = self._open(connection, onward)
            output = next(name for name in self._outputs(connection) if name.startswith("hall-own.children@"))
            code = rotating_code(secret, datetime.now(UTC))
            answer = self._send(
                connection,
                output,
                ("check-in-send.n_clicks", "check-in-code.n_submit"),
                ("check-in-code.value", "hall-terminal.data"),
                [code, False],
                page,
            )
            if "hall-own" not in json.dumps(answer):
                raise RuntimeError(f"not checked in: {answer}")
        finally:
            connection.close()

    def _outputs(self, connection: http.client.HTTPConnection) -> list[str]:
        known = json.loads(self._ask(connection, "GET", "/_dash-dependencies"))
        return [
            one["output"] for one in known if any(given["id"] == "check-in-send" for given in one["inputs"])
        ]

    def _open(self, connection: http.client.HTTPConnection, path: str) -> Any:
        body = json.dumps(callbacks.first(path))
        return json.loads(self._ask(connection, "POST", callbacks.CALLBACK, body))["response"]["page"]["data"]

    def _send(
        self,
        connection: http.client.HTTPConnection,
        output: str,
        inputs: tuple[str, ...],
        states: tuple[str, ...],
        values: list[Any],
        page: Any,
    ) -> Any:
        def part(names: tuple[str, ...], given: list[Any]) -> list[dict[str, Any]]:
            pairs = [(*name.split("."), value) for name, value in zip(names, given, strict=True)]
            return [{"id": one, "property": what, "value": value} for one, what, value in pairs]

        name, what = output.split(".")
        body = {
            "output": output,
            "outputs": {"id": name, "property": what},
            "inputs": part(inputs, [1, None]),
            "state": [*part(states, values), {"id": "page", "property": "data", "value": page}],
            "changedPropIds": [inputs[0]],
        }
        return json.loads(self._ask(connection, "POST", callbacks.CALLBACK, json.dumps(body)))

    def _ask(self, connection: http.client.HTTPConnection, method: str, path: str, body: str = "") -> bytes:
        headers = {"Content-Type": "application/json", "X-Forwarded-For": ADDRESS}
        connection.request(
            method, path, body or None, headers | ({"Cookie": self.cookie} if self.cookie else {})
        )
        answer = connection.getresponse()
        found = re.search(r"session=[^;]+", answer.headers.get("Set-Cookie", ""))
        self.cookie = found[0] if found else self.cookie
        given = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {given[:200]!r}")
        return given


def measure(bed: Bed) -> None:
    """Print how long a whole hall takes to come in, and how long the slowest press took."""
    report.title(f"hall: {DEPUTIES} deputies behind one address sign in by their cards and check in")
    with bed.server() as server, opened(server.folder) as ground:
        halls = [_hall(ground, server, code) for code in (CODE, TOWNSHIP)]
        cards = [(code, card, secret) for code, cards, secret, _ in halls for card in cards][:DEPUTIES]
        before = server.cpu()
        phones, took = _come(server, cards)
        cpu = server.cpu() - before
        there = sum(len(check_ins(ground.store, round_id)) for *_, round_id in halls)
    presses = sorted(phone.pressed for phone in phones)
    report.line(
        f"{AT_ONCE} at once, each with six requests: page, form, sign-in, hall, check-in, and what is pressed"
    )
    report.figure("deputies signed in and checked in", [there], "", least=DEPUTIES, digits=0)
    report.figure("the whole hall", [took], "s", most=WITHIN)
    report.figure("the server's CPU for one deputy", [cpu / len(phones) * 1e3], "ms", digits=1)
    report.figure("sign-ins a second", [len(phones) / took], "1/s", digits=1)
    report.figure(
        "the press of the button, 95th percentile", [presses[len(presses) * 95 // 100]], "s", digits=3
    )
    report.figure("the slowest press", [presses[-1]], "s", digits=3)


def _hall(ground: Ground, server: Server, code: str) -> tuple[str, tuple[Card, ...], str, Any]:
    """Freeze a round of a congress and issue everyone's card, as the clerk does."""
    store, now = ground.store, datetime.now(UTC)
    round_id = plant_round(store, code=code)
    clerk = call_of(store, person(store, Role.CLERK, code), code, now=now)
    issued = issue_codes(clerk, meeting_of(store, code), None, "printed", settings_of(server.folder).pepper)
    with store.system().reading() as session:
        secret = session.scalars(
            select(Screen.secret).where(Screen.meeting_id == meeting_of(store, code))
        ).one()
    return code, issued.cards, secret, round_id


def _come(server: Server, cards: list[tuple[str, Card, str]]) -> tuple[list[Phone], float]:
    """Let all of them in, so many at once, and return their browsers and how long it took."""
    waiting: queue.SimpleQueue[tuple[int, str, Card, str]] = queue.SimpleQueue()
    for number, (code, card, secret) in enumerate(cards):
        waiting.put((number, code, card, secret))
    phones: list[Phone] = []
    failed: list[Exception] = []

    def let_in() -> None:
        while True:
            try:
                number, code, card, secret = waiting.get_nowait()
            except queue.Empty:
                return
            phone = Phone(server.port, code)
            try:
                phone.come_in(number, card, secret)
                phones.append(phone)
            except Exception as error:
                failed.append(error)

    begun = time.monotonic()
    threads = [threading.Thread(target=let_in) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError(f"{len(failed)} of {len(cards)} did not come in: {failed[0]!r}")
    return phones, time.monotonic() - begun
