"""How long a chart takes to build from its ready frame."""

import time
from collections.abc import Callable
from uuid import UUID

from dashboard.figures.grade_bars import grade_bars
from dashboard.figures.progress_curve import progress_curve
from dashboard.figures.tally_bars import tally_bars
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.archive import archive_front, archive_place
from dashboard.queries.overview import overview
from dashboard.queries.progress import curve
from dashboard.rules.frames import Grades
from tests.bench import report
from tests.bench.bed import Bed
from tests.bench.ground import YEAR, call, opened

ROUNDS, EACH = 15, 200
MOST = 100.0


def measure(bed: Bed) -> None:
    """Print what each kind of chart costs."""
    report.title("figures: built from a ready frame, in CPU time")
    chinese = words("zh-CN")
    with opened(bed.folder()) as ground:
        asked = call(ground)
        shown = overview(asked, YEAR)
        behind = [row for row in shown.ranking if row.gap is not None][-1]
        frame = curve(asked, UUID(behind.project_id))
        grades = _grades(asked)
    tally = shown.tally
    assert tally is not None
    report.figure(
        f"progress_curve, {len(frame.planned_days) - 1} months planned, {len(frame.actual_days) - 1} reported",
        _each(lambda: progress_curve(frame, chinese, "light")), "us", most=MOST,
    )  # fmt: skip
    report.figure(
        f"tally_bars, {len(tally.bars)} bars",
        _each(lambda: tally_bars(tally, chinese, "light")),
        "us",
        most=MOST,
    )
    report.figure(
        f"grade_bars, {len(grades.rows)} rows",
        _each(lambda: grade_bars(grades, chinese, "light")),
        "us",
        most=MOST,
    )


def _grades(asked: Call) -> Grades:
    """Return the published satisfaction ballots nearest to ten rows."""
    held = [one for one in archive_front(asked).held if one.ballots]
    known = [grades for one in held for grades in archive_place(asked, one.place, one.year).grades]
    return min(known, key=lambda grades: abs(len(grades.rows) - 10))


def _each(build: Callable[[], object]) -> list[float]:
    """Return microseconds of CPU for one, of rounds of many: waiting for a core is not the chart's."""
    taken = []
    for _ in range(ROUNDS):
        started = time.thread_time()
        for _ in range(EACH):
            build()
        taken.append((time.thread_time() - started) / EACH * 1e6)
    return taken
