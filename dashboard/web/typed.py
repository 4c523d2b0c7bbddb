"""What people type into the forms of a round, read as they mean it: a time, names of deputies, numbers."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from dashboard.i18n import SHANGHAI
from dashboard.rules.conduct_frames import Seat
from dashboard.rules.refused import Refused

_MOMENT = re.compile(r"(?:(?:(\d{4})-)?(\d{1,2})-(\d{1,2}) )?(\d{1,2}):(\d{2})")
_BETWEEN = re.compile(r"[\s,，、;；]+")
_SEAT = re.compile(r"(.+?)\((.+)\)")


def read_moment(typed: str | None, today: date) -> datetime | None:
    """Return a time of day in Shanghai, today or on the day before it (11:30, 1-16 11:30, 2026-01-16 11:30)."""
    plain = " ".join(unicodedata.normalize("NFKC", typed or "").split())
    if not plain:
        return None
    match = _MOMENT.fullmatch(plain)
    if match is None:
        raise Refused("time_unreadable")
    year, month, day, hour, minute = match.groups()
    try:
        on = date(int(year or today.year), int(month), int(day)) if month else today
        return datetime.combine(on, time(int(hour), int(minute)), SHANGHAI)
    except ValueError as error:
        raise Refused("time_unreadable") from error


def read_day(typed: str | None) -> date:
    """Return a day written as 2026-01-16."""
    plain = unicodedata.normalize("NFKC", typed or "").strip()
    try:
        return date.fromisoformat(plain)
    except ValueError as error:
        raise Refused("day_unreadable") from error


def write_moment(moment: datetime | None) -> str:
    """Return a time as `read_moment` takes it back."""
    return "" if moment is None else moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def read_seats(typed: str | None, seats: Sequence[Seat]) -> list[UUID]:
    """Return the seats of names parted by commas or blanks; two of one name are told apart by their delegation."""
    found = []
    for name in filter(None, _BETWEEN.split(unicodedata.normalize("NFKC", typed or "").strip())):
        match = _SEAT.fullmatch(name)
        wanted, delegation = (match[1], match[2]) if match else (name, None)
        known = [one for one in seats if one.name == wanted and delegation in {None, one.delegation}]
        if len(known) != 1:
            raise Refused("deputy_ambiguous" if known else "deputy_unknown", name=name)
        found.append(known[0].seat)
    return found


def read_numbers(typed: str | None) -> list[int]:
    """Return numbers parted by commas or blanks."""
    parts = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", typed or "").strip()) if part]
    if any(not part.isdecimal() or len(part) > 4 for part in parts):
        raise Refused("numbers_unreadable")
    return [int(part) for part in parts]
