"""What a read costs: the versions, an uncached overview, and how many statements each takes."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

import structlog
from werkzeug.test import Client

from dashboard.queries.overview import overview
from dashboard.web.create import create
from tests.bench import callbacks, report
from tests.bench.bed import Bed
from tests.bench.ground import YEAR, call, opened, settings_of
from tests.statements import heard

ROUNDS = 15


def measure(bed: Bed) -> None:
    """Print times and statement counts."""
    report.title("reads, in CPU time")
    # Slow requests are told in the log; here they are what is measured.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    folder = bed.folder()
    with opened(folder) as ground:
        asked = call(ground)
        congress = asked.congress_id
        ground.versions.of(congress)
        report.figure("versions, known", _each(lambda: ground.versions.of(congress), 1000), "us")

        def fresh() -> None:
            ground.versions.forget(congress)
            ground.versions.of(congress)

        def uncached() -> None:
            ground.frames.clear()
            overview(asked, YEAR)

        report.figure("versions, read from the database", _each(fresh, 50), "us", digits=0)
        uncached()
        report.figure("overview, uncached", _each(uncached, 2, 1e3), "ms")
        report.figure("overview, kept frame", _each(lambda: overview(asked, YEAR), 500), "us", digits=1)
        with heard(ground.store) as said:
            uncached()
        report.line(f"statements of an uncached overview: {len(said)}")
    _page(folder)


def _page(folder: Path) -> None:
    """Print what the first callback of a page costs when nothing is kept, straight through the application."""
    front = create(settings_of(folder))
    web, asked = front._web, callbacks.request(callbacks.first())
    client = Client(front)

    def unkept(frames: bool = False) -> None:
        web.answers.clear()
        if not frames:
            web.ground.frames.clear()
        answer = client.post(asked.path, data=asked.body, headers=asked.headers)
        assert answer.status_code == 200

    with heard(web.ground.store) as said:
        unkept()
    report.line(f"statements of the page's first callback, nothing kept: {len(said)}")
    report.figure("page's first callback, nothing kept", _each(unkept, 2, 1e3), "ms")
    report.figure("page's first callback, frames kept", _each(lambda: unkept(frames=True), 2, 1e3), "ms")
    web.ground.store.close()


def _each(read: Callable[[], object], times: int, unit: float = 1e6) -> list[float]:
    """Return the CPU time of one, of rounds of some: waiting for a core is not the product's."""
    taken = []
    for _ in range(ROUNDS):
        started = time.thread_time()
        for _ in range(times):
            read()
        taken.append((time.thread_time() - started) / times * unit)
    return taken
