"""Measures the product on this machine: `python -m tests.bench [NAME ...]`; a missed goal is no error."""

import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import (
    board,
    casting,
    charts,
    figures,
    hall,
    kept,
    live,
    loading,
    nation,
    phone,
    reads,
    recount,
    report,
    scale,
    sheet,
    start,
)
from tests.bench.bed import Bed
from tests.bench.chromium import NoChromium

IDEAS: dict[str, Callable[[Bed], None]] = {
    "figures": figures.measure,
    "charts": charts.measure,
    "public": kept.public,
    "member": kept.member,
    "visit": kept.visit,
    "start": start.measure,
    "polls": kept.polls,
    "live": live.measure,
    "board": board.measure,
    "hall": hall.measure,
    "phone": phone.measure,
    "reads": reads.measure,
    "casting": casting.measure,
    "recount": recount.measure,
    "loading": loading.measure,
    "sheet": sheet.measure,
    "nation": nation.measure,
    "scale": scale.measure,
}


def main(names: list[str]) -> int:
    """Measure what is named, or everything."""
    unknown = [name for name in names if name not in IDEAS]
    if unknown:
        sys.exit(f"unknown: {', '.join(unknown)}; there are {', '.join(IDEAS)}")
    # Stopped from outside, too, it stops its servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begun = time.monotonic()
    report.machine()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        bed = Bed(Path(folder))
        for name in names or IDEAS:
            try:
                IDEAS[name](bed)
            except NoChromium as missing:
                report.line(str(missing))
    print(f"\n{time.monotonic() - begun:.0f} s in all")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
