"""What the server answers: kept public charts beside constant bytes, a member's chart beside a bare route."""

from tests.bench import callbacks, report
from tests.bench.bed import Bed
from tests.bench.ground import PATH, tokens_of
from tests.bench.load import Request, Run, generator, run
from tests.bench.server import Server

ROUNDS = 5


def public(bed: Bed) -> None:
    """Print a kept public chart as a share of constant bytes of its size from the same server."""
    report.title("public chart: a kept callback of the public beside constant bytes of its size")
    with bed.server() as server:
        chart = callbacks.request(
            callbacks.choose(callbacks.answer(server, callbacks.request(callbacks.first())))
        )
        callbacks.answer(server, chart)
        size = callbacks.size(server, chart)
        constant = Request(f"/constant/{size}", "POST", chart.body, chart.headers)
        pairs = _pairs(server, [constant], [chart])
    report.line(
        f"{size:,} bytes compressed; asked by the same POST as the constant ones; load by {generator()}"
    )
    report.figure("constant bytes a second", [one.rate for one, _ in pairs], "1/s", digits=0)
    report.figure("kept charts a second", [one.rate for _, one in pairs], "1/s", digits=0)
    report.figure("kept chart / constant bytes, by rate", _shares(pairs), "%", least=80, digits=0)
    report.figure("constant bytes, CPU each", [one.cpu_each for one, _ in pairs], "us", digits=1)
    report.figure("kept chart, CPU each", [one.cpu_each for _, one in pairs], "us", digits=1)
    costs = [constant.cpu_each / chart.cpu_each * 100 for constant, chart in pairs]
    report.figure("kept chart / constant bytes, by CPU", costs, "%", least=80, digits=0)


def member(bed: Bed) -> None:
    """Print a signed-in chart callback with a warm frame as a multiple of a bare Flask route."""
    report.title("member's chart: a signed-in callback with a warm frame beside a bare Flask route")
    with bed.server() as server:
        tokens = tokens_of(server.folder)
        first = callbacks.answer(server, callbacks.request(callbacks.first(), tokens[0]))
        body = callbacks.choose(first)
        charts = [callbacks.request(body, one, f"192.0.2.{place}") for place, one in enumerate(tokens, 1)]
        callbacks.answer(server, charts[0])
        pairs = _pairs(server, [Request("/bare")], charts)
    report.figure("bare Flask route, CPU each", [one.cpu_each for one, _ in pairs], "us", digits=0)
    report.figure("chart callback, CPU each", [one.cpu_each for _, one in pairs], "us", digits=0)
    ratios = [chart.cpu_each / bare.cpu_each for bare, chart in pairs]
    report.figure("chart callback / bare Flask route", ratios, "times", most=3)


def visit(bed: Bed) -> None:
    """Print what one public visit costs the server."""
    report.title("public visit: page, layout, dependencies, first callback; all kept")
    accepted = {"Accept-Encoding": callbacks.HEADERS["Accept-Encoding"]}
    with bed.server() as server:
        steps = {
            "page": Request(PATH, headers=accepted),
            "layout": Request("/_dash-layout", headers=accepted),
            "dependencies": Request("/_dash-dependencies", headers=accepted),
            "first callback": callbacks.request(callbacks.first()),
        }
        run(server, *steps.values())
        whole = [run(server, *steps.values()) for _ in range(ROUNDS)]
        each = {name: run(server, step, seconds=1) for name, step in steps.items()}
    report.figure("whole visit, CPU", [one.cpu_each * len(steps) / 1000 for one in whole], "ms", most=2)
    for name, one in each.items():
        report.figure(f"  {name}", [one.cpu_each / 1000], "ms", digits=3)


def polls(bed: Bed) -> None:
    """Print what open pages that ask for changes cost."""
    report.title("open pages: 1,000 that ask every 2 s whether something changed")
    with bed.server() as server:
        page = callbacks.answer(server, callbacks.request(callbacks.first()))
        topic = callbacks.component(page, "live-topic")
        assert topic is not None
        poll = Request(topic["data-address"], headers={"If-None-Match": topic["data-etag"]})
        runs = [run(server, poll) for _ in range(ROUNDS)]
    report.figure("polls in a run", [one.answers for one in runs], "", digits=0)
    report.figure("one poll, CPU", [one.cpu_each for one in runs], "us", digits=1)
    report.figure("500 polls a second", [one.cpu_each * 500 / 1e4 for one in runs], "% of a core", most=20)


def _pairs(server: Server, one: list[Request], other: list[Request]) -> list[tuple[Run, Run]]:
    """Run two loads by turns, so that what disturbs one disturbs the other."""
    run(server, *one, seconds=1), run(server, *other, seconds=1)
    return [(run(server, *one), run(server, *other)) for _ in range(ROUNDS)]


def _shares(pairs: list[tuple[Run, Run]]) -> list[float]:
    return [chart.rate / constant.rate * 100 for constant, chart in pairs]
