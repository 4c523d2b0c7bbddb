"""A server killed while it takes votes: what it acknowledged is there afterwards, and nothing by halves."""

import http.client
import json
import random
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psutil
import pytest

from dashboard.store.casting import ballot_id
from dashboard.store.closing import close
from dashboard.store.transactions import Store
from tests.browser.server import Server
from tests.conftest import NOW
from tests.hall import Hall, plant_hall
from tests.store.ballots import box, voters

PHONES, KILLS, DEPUTIES = 12, 3, 400
MARKS = "1 4 7"


class Killed(Server):
    """The product's own server over a database of the test's, to be killed."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(folder)
        self._url = url

    @property
    def environment(self) -> dict[str, str]:
        own = {"DASHBOARD_DATABASE_URL": self._url, "DASHBOARD_DEMONSTRATION": "false"}
        return super().environment | own

    def kill(self) -> None:
        """Kill it and what it started by signal 9, all at once."""
        assert self._process is not None
        process = psutil.Process(self._process.pid)
        family = [process, *process.children(recursive=True)]
        for one in family:
            one.kill()
        self._process.wait(30)
        psutil.wait_procs(family, 30)
        self._process = None


class Presses:
    """What was sent and what was answered, by all phones together."""

    def __init__(self, hall: Hall, opened: UUID, port: int) -> None:
        self.hall, self.opened, self.port = hall, opened, port
        self.sent: dict[int, bytes] = {}
        self.acknowledged: set[int] = set()
        self.news = threading.Condition()
        self._left = iter(range(len(hall.seats)))

    def next(self) -> int | None:
        """Draw the next deputy's receipt."""
        with self.news:
            number = next(self._left, None)
            if number is not None:
                self.sent[number] = self.hall.receipt()
            return number

    def press(self, number: int, connection: http.client.HTTPConnection) -> str:
        """Cast a deputy's vote and return what became of it."""
        body = json.dumps({"receipt": self.sent[number].hex(), "marks": MARKS})
        headers = {"Content-Type": "application/json", "Cookie": f"session={self.hall.token(number)}"}
        connection.request("POST", f"/vote/{self.hall.code}/{self.opened}", body, headers)
        answer = connection.getresponse()
        told = json.loads(answer.read())
        assert answer.status == 200, told
        with self.news:
            self.acknowledged.add(number)
            self.news.notify_all()
        return str(told["state"])

    def go_on(self) -> None:
        """Let one deputy after the other vote, until the server is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while (number := self.next()) is not None:
            try:
                self.press(number, connection)
            except (OSError, http.client.HTTPException):
                return

    def wait_for(self, many: int) -> None:
        """Wait until so many more are acknowledged."""
        with self.news:
            wanted = len(self.acknowledged) + many
            assert self.news.wait_for(lambda: len(self.acknowledged) >= wanted, timeout=120)


@pytest.fixture
def hall(store: Store) -> Hall:
    return plant_hall(store, DEPUTIES)


@pytest.fixture
def server(store_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Killed]:
    made = Killed(tmp_path / "var", store_url)
    made.folder.mkdir()
    # Compressed files are named by what they were made from: kept between runs, as the other tests keep them.
    made.borrow(Path(request.config.cache.mkdir("site")) / "static")  # type: ignore[union-attr]
    yield made
    made.stop()


def test_a_killed_server_loses_no_acknowledged_vote(hall: Hall, server: Killed) -> None:
    opened, luck = hall.open_round(), random.Random(9)
    presses = Presses(hall, opened, server.port)
    unanswered = 0
    for _ in range(KILLS):
        server.start()
        phones = [threading.Thread(target=presses.go_on) for _ in range(PHONES)]
        for phone in phones:
            phone.start()
        presses.wait_for(luck.randint(10, 60))
        server.kill()
        for phone in phones:
            phone.join(60)
        unanswered += check(hall, presses)
    # Some presses were under way whenever it was killed.
    assert unanswered > 0
    server.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    lost = sorted(presses.sent.keys() - presses.acknowledged)
    states = {presses.press(number, connection) for number in lost}
    assert states <= {"cast", "repeated"}
    assert check(hall, presses) == 0
    with hall.store.system().writing() as session:
        done = close(session, hall.congress, opened, NOW)
    assert done.recovered == len(presses.sent)


def check(hall: Hall, presses: Presses) -> int:
    """Hold the tables against what was answered; return how many presses nobody knows of."""
    ballots, voted = box(hall.store, presses.opened), voters(hall.store, presses.opened)
    told = {ballot_id(presses.sent[number]) for number in presses.acknowledged}
    sent = {ballot_id(receipt) for receipt in presses.sent.values()}
    assert told <= ballots.keys() <= sent
    assert set(ballots.values()) == {MARKS}
    assert {hall.seats[number] for number in presses.acknowledged} <= voted.keys()
    assert len(voted) == len(ballots)
    return len(sent - told)
