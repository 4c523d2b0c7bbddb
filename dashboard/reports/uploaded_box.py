"""A file with ballots that somebody hands in, counted in memory: a sealed box, or a Pabulib file by its own rule."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from dashboard.reports.recount import Counted, is_box, recount_pabulib
from dashboard.reports.recount_text import decimal
from dashboard.rules.box_recounts import BoxRecount, recounted
from dashboard.rules.boxes import read_box
from dashboard.rules.pabulib_rows import lines_of
from dashboard.rules.refused import Refused

MOST_BALLOTS = 200_000
NAMED = 50
DIGITS = 64


@dataclass(frozen=True, slots=True)
class FileLine:
    """One project of a Pabulib file: its votes and points, whether the file's rule chooses it."""

    key: str
    name: str
    votes: int
    score: str | None
    selected: bool | None
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong for one reason: how many ballots (none where it is the file), and the lines of the first."""

    code: str
    many: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FileRecount:
    """What a Pabulib file gives; `rule` and `box` are the rule and the sealed box's digest that it states."""

    digest: str
    rule: str
    box: str | None
    lines: tuple[FileLine, ...]
    ties: tuple[tuple[str, ...], ...]
    faults: tuple[FileFault, ...]


def counted_file(raw: bytes) -> BoxRecount | FileRecount:
    """Count a file; refuse one that is neither, or has so many ballots that counting takes others' time."""
    if is_box(raw):
        _refuse_many(raw.count(b'"marks":'))
        return recounted(read_box(raw))
    _refuse_many(raw.count(b"\n"))
    recount = recount_pabulib(lines_of(BytesIO(raw)))
    faults: dict[str, list[int]] = {}
    for fault in recount.invalid:
        faults.setdefault(fault.code, []).append(fault.line)
    return FileRecount(
        hashlib.sha256(raw).hexdigest(),
        recount.meta.get("rule", ""),
        recount.meta.get("box_sha256", "")[:DIGITS] or None,
        tuple(_line(key, one) for key, one in recount.projects.items()),
        recount.ties,
        tuple(FileFault(code, len(found), tuple(found[:NAMED])) for code, found in sorted(faults.items())),
    )


def _line(key: str, one: Counted) -> FileLine:
    score = None if one.score is None else decimal(one.score)
    return FileLine(key, one.name, one.votes, score, one.selected, one.differs)


def _refuse_many(ballots: int) -> None:
    if ballots > MOST_BALLOTS:
        raise Refused("recount_many", most=MOST_BALLOTS)
