"""Counting what somebody uploads without making others wait: a large file in a process of its own, in bounded time.

`python -m dashboard.work.recounting` reads a file from its input and writes what it gives; nothing is kept anywhere.
"""

import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from pydantic import BaseModel

from dashboard.config import ROOT
from dashboard.reports.recount import is_box
from dashboard.reports.uploaded_box import FileRecount, counted_file
from dashboard.rules.box_recounts import BoxRecount
from dashboard.rules.refused import Refused

# The box of a congress of three thousand: counted at once it costs less than a process.
SMALL = 400 * 1024
SECONDS, PATIENCE = 30, 15
MEMORY = 1024 * 1024 * 1024
_TURN = threading.BoundedSemaphore(1)


class Answer(BaseModel):
    """What the other process says: one of the three."""

    box: BoxRecount | None = None
    file: FileRecount | None = None
    refused: str | None = None
    facts: dict[str, Any] = {}


def recount_uploaded(raw: bytes) -> BoxRecount | FileRecount:
    """Count a file that somebody uploaded; one at a time, and none for longer than half a minute."""
    if len(raw) <= SMALL and is_box(raw):
        return counted_file(raw)
    if not _TURN.acquire(timeout=PATIENCE):
        raise Refused("recount_busy", seconds=SECONDS)
    try:
        answer = _elsewhere(raw)
    finally:
        _TURN.release()
    if answer.refused is not None:
        raise Refused(answer.refused, **answer.facts)
    found = answer.box or answer.file
    if found is None:
        raise RuntimeError("the recount answered nothing")
    return found


def _elsewhere(raw: bytes) -> Answer:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "dashboard.work.recounting"],
            input=raw,
            capture_output=True,
            timeout=SECONDS,
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("recount_slow", seconds=SECONDS) from error
    if done.returncode != 0:
        # What it wrote may hold the file: that is told to nobody.
        raise Refused("recount_slow", seconds=SECONDS)
    return Answer.model_validate_json(done.stdout)


def main() -> int:
    """Count what stands on the input and write the answer."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on every platform

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        found = counted_file(sys.stdin.buffer.read())
        answer = Answer(box=found) if isinstance(found, BoxRecount) else Answer(file=found)
    except Refused as refused:
        answer = Answer(refused=refused.code, facts=refused.facts)
    except MemoryError:
        return 1
    sys.stdout.write(answer.model_dump_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
