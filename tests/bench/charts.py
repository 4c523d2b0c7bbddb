"""What a chart costs from the request to its bytes, and how that grows with the projects of a cycle."""

import io
import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from werkzeug.test import EnvironBuilder

from dashboard.store.transactions import open_store
from dashboard.web.create import create
from dashboard.web.front import Front
from tests.bench import callbacks, report
from tests.bench.bed import Bed
from tests.bench.ground import PATH, settings_of
from tests.bench.load import Request
from tests.projects import plant_project

ROUNDS, EACH = 7, 2
# A curve: nothing kept, and kept whole. Ranking and heat map together, of the projects of a large county.
CURVE, KEPT, RANKING = 5.0, 1.0, 30.0
LARGE = 200
GROWTH = (10, 100, 1_000)
VIEWS = ("rank", "heat", "slip", "money", "curves")
GROWING = ("rank", "heat")
SHARES = (500, 1_400, None, 3_100, 4_300, 5_200, 5_900, 6_400, 7_700)


def measure(bed: Bed) -> None:
    """Print the cost of one curve, of the charts of 200 projects, and how it grows from 10 to 1,000."""
    report.title("charts: from the request to the bytes, in CPU time of the server")
    # Slow requests are told in the log; here they are what is measured.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    folder = bed.folder()
    front = create(settings_of(folder))
    _curve(front)
    front.store.close()
    _many(bed.folder())
    _growth(bed)


def _curve(front: Front) -> None:
    ask = _asked(front, callbacks.request(callbacks.first()))
    page = json.loads(ask())
    body = callbacks.choose(page)
    # The callback is told where the browser is as the routing answered it.
    curve = _asked(front, callbacks.request(body))
    report.figure("progress curve, nothing kept", _each(curve, _forget(front)), "ms", most=CURVE)
    report.figure("progress curve, frame kept", _each(curve, front._web.answers.clear), "ms")
    report.figure("progress curve, kept", _each(curve, lambda: None), "ms", most=KEPT, digits=3)
    picture = _asked(front, Request(f"/picture/project-curve{PATH}/projects/3"))
    report.figure("the same as a picture (SVG), nothing kept", _each(picture, _forget(front)), "ms")


def _many(folder: Path) -> None:
    """Print what the charts over 200 projects cost."""
    front = _filled(folder, LARGE)
    costs = {view: _each(_view(front, view), _forget(front)) for view in VIEWS}
    both = [one + other for one, other in zip(costs["rank"], costs["heat"], strict=True)]
    report.figure(f"ranking and heat map of {LARGE} projects, nothing kept", both, "ms", most=RANKING)
    for view, cost in costs.items():
        report.figure(f"  {view}, nothing kept", cost, "ms")
    kept = {view: _each(_view(front, view), front._web.answers.clear) for view in ("rank", "heat")}
    together = [one + other for one, other in zip(kept["rank"], kept["heat"], strict=True)]
    report.figure("  ranking and heat map, frame kept", together, "ms", most=RANKING)
    whole = [_each(_view(front, view), lambda: None) for view in ("rank", "heat")]
    sums = [one + other for one, other in zip(*whole, strict=True)]
    report.figure("  ranking and heat map, kept", sums, "ms", most=KEPT, digits=3)
    front.store.close()


def _growth(bed: Bed) -> None:
    """Print the cost of each chart at 1, 10 and 100 times ten projects: it may grow as they do, not faster."""
    costs: dict[tuple[str, int], float] = {}
    for many in GROWTH:
        front = _filled(bed.folder(), many)
        for view in GROWING:
            values = _each(_view(front, view), _forget(front), rounds=3, each=1)
            costs[view, many] = sorted(values)[len(values) // 2]
        curve = _asked(front, callbacks.request(callbacks.first(f"{PATH}/projects/3")))
        values = _each(curve, _forget(front), rounds=3, each=1)
        costs["one project", many] = sorted(values)[len(values) // 2]
        front.store.close()
    for view in (*GROWING, "one project"):
        line = " / ".join(f"{costs[view, many]:.1f}" for many in GROWTH)
        times = costs[view, GROWTH[-1]] / costs[view, GROWTH[0]]
        told = "as the projects or slower" if times <= GROWTH[-1] / GROWTH[0] else "FASTER than the projects"
        report.line(
            f"{view}, of {' / '.join(map(str, GROWTH))} projects: {line} ms, {times:.0f} times, {told}"
        )


def _filled(folder: Path, many: int) -> Front:
    """Return the application over the demonstration with so many projects in its cycle; it brings ten."""
    store = open_store(settings_of(folder).url)
    for number in range(11, many + 1):
        shares = tuple(None if one is None else one + number % 7 * 100 for one in SHARES)
        plant_project(
            store, number, shares, name=f"第{number}项实事工程建设与提升{number}处", budget=50_000_000
        )
    store.close()
    return create(settings_of(folder))


def _view(front: Front, view: str) -> Callable[[], bytes]:
    return _asked(front, callbacks.request(callbacks.first(f"{PATH}/projects", f"?view={view}")))


def _asked(front: Front, one: Request) -> Callable[[], bytes]:
    """Return what asks the application in this process, as its server does, and takes the whole answer."""
    made = EnvironBuilder(path=one.path, method=one.method, headers=list(one.headers.items())).get_environ()
    body = one.body.encode()
    if body:
        made |= {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/json"}

    def ask() -> bytes:
        told: list[Any] = []
        environ = {**made, "wsgi.input": io.BytesIO(body)}
        # The answer is not compressed: that is done once, when it is kept.
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        answer = b"".join(front(environ, lambda status, _headers, *_: told.append(status)))
        assert told[0].startswith("200"), (told, answer[:200])
        return answer

    return ask


def _forget(front: Front) -> Callable[[], None]:
    """Return what lets go of everything that is kept but the versions."""

    def forget() -> None:
        front._web.answers.clear()
        front._web.ground.frames.clear()

    return forget


def _each(
    ask: Callable[[], object], before: Callable[[], None], rounds: int = ROUNDS, each: int = EACH
) -> list[float]:
    """Return milliseconds of CPU for one, of rounds of some: waiting for a core is not the chart's."""
    before()
    ask()
    taken = []
    for _ in range(rounds):
        spent = 0.0
        for _ in range(each):
            before()
            started = time.thread_time()
            ask()
            spent += time.thread_time() - started
        taken.append(spent / each * 1e3)
    return taken
