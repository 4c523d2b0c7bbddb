"""What the nation's roll-up takes, whole and after one new report, at 30, 300 and 3,000 congresses on PostgreSQL."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import update

from dashboard.gate import PUBLIC, Call, Ground
from dashboard.queries.nation import nation
from dashboard.store.record import raise_topics
from dashboard.store.tables.progress import ProjectState
from dashboard.store.transactions import Store, open_store
from dashboard.store.versions import Versions
from tests.bench import report
from tests.bench.bed import Bed
from tests.bench.scale import SIZES, filled
from tests.bulk.nation import LAST_YEAR, Nation
from tests.postgresql_server import NoServer, running

ROUNDS = 15
MOST_WHOLE, MOST_AFTER = 1_000.0, 20.0


def measure(_bed: Bed) -> None:
    """Print the roll-up of a year at each size; the largest has the goals."""
    report.title("nation: the roll-up of all congresses, wall clock")
    try:
        with running() as server:
            for size in SIZES:
                with filled(server, Nation(size)) as address:
                    store = open_store(address)
                    _measure(store, Nation(size), is_largest=size == SIZES[-1])
                    store.close()
    except NoServer as missing:
        report.line(f"skipped: {missing}")


def _measure(store: Store, size: Nation, *, is_largest: bool) -> None:
    ground = Ground(store, Versions(store))

    def read() -> None:
        call = Call(ground, PUBLIC, None, None, datetime.now(UTC), "zh-CN")
        assert sum(one.congresses for one in nation(call, LAST_YEAR)) == size.congresses

    def publish(number: int) -> None:
        one = size.all[number].id
        with store.system().writing() as session:
            session.execute(update(ProjectState).where(ProjectState.congress_id == one).values(share=number))
            raise_topics(session, one, ["progress"])

    name = f"{size.congresses:,} congresses, {{}}"
    read()
    whole = _each(read, lambda _: ground.frames.clear())
    report.figure(name.format("nothing kept"), whole, "ms", most=MOST_WHOLE if is_largest else None)
    after = _each(read, publish)
    report.figure(name.format("after one new report"), after, "ms", most=MOST_AFTER if is_largest else None)
    report.figure(name.format("nothing new"), _each(read, lambda _: None), "ms")


def _each(read: Callable[[], None], prepare: Callable[[int], object]) -> list[float]:
    """Return what one read takes after each preparation, which is not counted."""
    taken = []
    for number in range(ROUNDS):
        prepare(number)
        begun = time.perf_counter()
        read()
        taken.append((time.perf_counter() - begun) * 1e3)
    return taken
