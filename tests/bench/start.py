"""Fifty requests at once to a server that has just started: none may fail."""

import threading
import time
import urllib.error
import urllib.request
from collections import Counter

from tests.bench import callbacks, report
from tests.bench.bed import Bed
from tests.bench.ground import PATH
from tests.bench.load import Request
from tests.bench.server import Server, served

ROUNDS, AT_ONCE = 3, 50


def measure(bed: Bed) -> None:
    """Print how many of the first requests fail, and how long starting takes."""
    report.title("start: fifty requests at once to a fresh server")
    failed, started, worked, answered = [], [], [], []
    for _ in range(ROUNDS):
        begun = time.monotonic()
        with served(bed.folder()) as server:
            server.wait()
            started.append(time.monotonic() - begun)
            worked.append(server.cpu())
            states, took = _storm(server)
            failed.append(sum(count for state, count in states.items() if state >= 500 or state == 0))
            answered.append(took * 1000)
    report.figure("answers 5xx or none, of fifty", failed, "", most=0, digits=0)
    report.figure("start to first connection, assets compressed before", started, "s")
    report.figure("  CPU until then", worked, "s")
    report.figure("all fifty answered after", answered, "ms", digits=0)


def _storm(server: Server) -> tuple[Counter[int], float]:
    steps = (
        Request("/"),
        Request(PATH),
        Request("/_dash-layout"),
        Request("/_dash-dependencies"),
        callbacks.request(callbacks.first()),
        callbacks.request(callbacks.first("/en" + PATH)),
    )
    states: Counter[int] = Counter()
    gate, lock = threading.Barrier(AT_ONCE + 1), threading.Lock()

    def ask(one: Request) -> None:
        gate.wait()
        state = _state(server, one)
        with lock:
            states[state] += 1

    askers = [threading.Thread(target=ask, args=(steps[n % len(steps)],)) for n in range(AT_ONCE)]
    for asker in askers:
        asker.start()
    gate.wait()
    begun = time.monotonic()
    for asker in askers:
        asker.join(60)
    return states, time.monotonic() - begun


def _state(server: Server, one: Request) -> int:
    body = one.body.encode() if one.method == "POST" else None
    asked = urllib.request.Request(server.origin + one.path, body, one.headers, method=one.method)
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
