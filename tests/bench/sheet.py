"""What a month by Excel takes: a table of many projects given out, read back with its preview, and how it grows."""

import time
from collections.abc import Callable
from datetime import date

from sqlalchemy import insert, select

from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.report_sheets import checked_sheet, report_sheet
from dashboard.reports.report_sheets import report_xlsx, sheet_rows
from dashboard.rules.roles import Role
from dashboard.store.core import table_of
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project
from dashboard.web.parts.report_sheets import preview
from tests.bench import report
from tests.bench.bed import Bed
from tests.bench.ground import YEAR, call, opened
from tests.sheets import filled, typing

SIZES = (20, 200, 2_000)
ROUNDS, MOST = 5, 3.0
MONTH = date(2025, 9, 30)
FIRST = 1_001
TYPED = {"share": "55", "paid": "1,234.5", "done": "四个小区开工。", "explanation": "补报"}


def measure(bed: Bed) -> None:
    """Print what giving out and reading back take at each size; the largest has the goal."""
    report.title("sheet: a month's reports of many projects by Excel, wall clock")
    for size in SIZES:
        with opened(bed.folder()) as ground:
            asked = call(ground, Role.DEPARTMENT)
            _plant(asked, size)
            _measure(asked, size)


def _plant(asked: Call, size: int) -> None:
    """Give the caller's department so many projects more, each a copy of one it has."""
    with asked.ground.store.system().writing() as session:
        table = table_of(Project)
        mine = select(table).where(table.c.department_id == asked.actor.department_id)
        one = session.execute(mine.order_by(table.c.starts_on.desc()).limit(1)).mappings().one()
        given = {**one, "candidate_id": None}
        session.execute(
            insert(table),
            [
                given | {"id": new_id(), "number": FIRST + place, "name": f"样本项目{place}号"}
                for place in range(size)
            ],
        )


def _measure(asked: Call, size: int) -> None:
    language = words("zh-CN")

    def out() -> bytes:
        return report_xlsx(language, report_sheet(asked, YEAR, MONTH))

    table = out()

    def fill(rows: list[list[object]]) -> None:
        for number in range(FIRST, FIRST + size):
            typing(number, **TYPED)(rows)

    back = filled(table, fill)

    def looked_at() -> None:
        found = checked_sheet(asked, YEAR, MONTH, sheet_rows(back))
        assert (len(found.changes), found.wrong) == (size, ())
        assert preview(language, found, "/again").to_plotly_json()

    report.figure(f"{size:,} rows given out", _each(out), "s")
    goal = MOST if size == SIZES[-1] else None
    report.figure(f"{size:,} rows read back with their preview", _each(looked_at), "s", most=goal)


def _each(run: Callable[[], object]) -> list[float]:
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begun)
    return taken
