"""How long a recount takes from a cold start, how much memory it needs, and how both grow with the ballots."""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from dashboard.config import ROOT
from tests.bench import report
from tests.bench.bed import Bed
from tests.elections import MISSING, MOKOTOW, WROCLAW, real_elections

ROUNDS, SECONDS, MEGABYTES, LEAST = 5, 2.0, 400.0, 10.0
SIZES = (1, 10, 100)
# A small process starts the command: what starts it counts to the memory of what it starts.
STARTER = """
import json, os, subprocess, sys, time
begun = time.monotonic()
started = subprocess.Popen([sys.executable, "-m", "dashboard", "recount", *sys.argv[1:]], stdout=subprocess.DEVNULL)
_, state, usage = os.wait4(started.pid, 0)
taken = time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
print(json.dumps([os.waitstatus_to_exitcode(state), *taken]))
"""


def measure(bed: Bed) -> None:
    """Print time and memory of a large election, and of a middling one at 1, 10 and 100 times its size."""
    report.title("recount: from a cold start to the result in JSON")
    folder = real_elections()
    if folder is None:
        report.line(f"skipped: {MISSING}")
        return
    bed.root.mkdir(exist_ok=True)
    _print("131,778 ballots on 197 projects", folder / WROCLAW, most=True)
    medians = []
    for size in SIZES:
        path = bed.root / f"{size}.pb"
        path.write_bytes(b"".join(repeated((folder / MOKOTOW).read_bytes(), size)))
        medians.append(_print(f"{12_933 * size:,} ballots on 98 projects", path))
        path.unlink()
    for smaller, larger in pairwise(medians):
        report.figure("  ten times the ballots: times the CPU", [larger / smaller], "", most=LEAST)


def repeated(raw: bytes, times: int) -> Iterator[bytes]:
    """Yield an election with each of its ballots cast so many times, by voters of their own."""
    head, _, votes = raw.partition(b"VOTES\r\n")
    header, *ballots = votes.splitlines(keepends=True)
    yield head.replace(b"num_votes;%d" % len(ballots), b"num_votes;%d" % (len(ballots) * times))
    yield b"VOTES\r\n" + header
    for number in range(times):
        yield from (b"%d-" % number + ballot for ballot in ballots)


def _print(name: str, path: Path, *, most: bool = False) -> float:
    """Print what a recount takes, and return its seconds of CPU: waiting for a core is not the recount's."""
    walls, cpus, megabytes = zip(*(_taken(path) for _ in range(ROUNDS)), strict=True)
    report.figure(name, walls, "s", most=SECONDS if most else None)
    report.figure("  memory", megabytes, "MB", most=MEGABYTES if most else None, digits=0)
    return report.figure("  CPU", cpus, "s")


def _taken(path: Path) -> tuple[float, float, float]:
    """Return seconds on the wall, seconds of CPU and megabytes at the most."""
    command = [sys.executable, "-c", STARTER, str(path), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    code, wall, cpu, megabytes = json.loads(done.stdout)
    if code:
        raise RuntimeError(f"{path.name}: {done.stderr}")
    return wall, cpu, megabytes
