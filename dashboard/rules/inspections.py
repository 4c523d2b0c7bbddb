"""Inspections (视察): their states, on which day one may be, and when what was found may be written."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from dashboard.rules.refused import Refused

PLANNED, HELD, PUBLISHED, CANCELLED = "planned", "held", "published", "cancelled"
# Announced by the calendar alone, or planned and seen by those who are told of it.
ANNOUNCED = "announced"
STATES = (ANNOUNCED, PLANNED, HELD, PUBLISHED, CANCELLED)
# What is still to be done about.
OPEN = frozenset({PLANNED, HELD})
# The subject of its attachments.
INSPECTION = "inspection"
LONGEST_TITLE, LONGEST_FINDINGS, LONGEST_REASON = 60, 4_000, 500
MOST_GOING, MOST_IN_GROUP = 60, 30


def within_cycle(day: date, year: int) -> date:
    """Return a day of the cycle's year; one outside it is refused."""
    if day.year != year:
        raise Refused("inspection_day_outside", year=year)
    return day


def over(day: date, today: date) -> None:
    """Refuse to write what was found before the day has come."""
    if day > today:
        raise Refused("inspection_not_yet", day=day.isoformat())


def inspection_digest(
    project: str, day: date, title: str, version: int, text: str, going: Iterable[str], files: Iterable[str]
) -> str:
    """Return the SHA-256 of an inspection as it is published, files by their digests, as canonical JSON."""
    said = {
        "project": project, "day": day.isoformat(), "title": title, "version": version, "text": text,
        "going": sorted(going), "files": sorted(files),
    }  # fmt: skip
    body = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def group_digest(members: Iterable[str], head: str | None) -> str:
    """Return by what a form of a group tells which group it was filled in from."""
    return hashlib.sha256(",".join([head or "", *sorted(members)]).encode()).hexdigest()[:16]
