"""What people type into the form of a plan, read as they mean it; what cannot be read is told at its field.

A typed plan is one flat mapping from the names of the fields to their texts: milestones.0.due, months.3.money.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from pydantic import ValidationError

from dashboard.commands.plans import NewPlan
from dashboard.rules.plan_frames import PlanDesk
from dashboard.rules.plan_problems import MOST_MONTHS, Problem
from dashboard.rules.plans import ENTERED, LINEAR, ORIGINAL, WHOLE, Content
from dashboard.rules.progress import month_ends
from dashboard.rules.refused import Refused
from dashboard.rules.typed_days import read_day
from dashboard.rules.typed_numbers import (
    read_money,
    read_quantity,
    read_share,
    write_money,
    write_quantity,
    write_share,
)
from dashboard.rules.typed_text import half_width

Typed = Mapping[str, str]
T = TypeVar("T")
MOST_ROWS = 24
_BETWEEN = re.compile(r"[,\u3001\u003b]+")
STEP = ("due", "share", "name", "evidence")
# What this reading itself tells of, beside what the readers of numbers and days refuse.
UNREADABLE = ("share_over", "department_unknown", "unfit")


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed as it was understood, and what could not be understood; `typed` is without its empty rows."""

    typed: dict[str, str]
    values: dict[str, Any]
    problems: tuple[Problem, ...]


def typed_of(desk: PlanDesk, content: Content, kind: str, reason: str, revision: int) -> dict[str, str]:
    """Return a plan as it would be typed."""
    typed = {
        "kind": kind,
        "reason": reason,
        "revision": str(revision),
        "basis": content.basis,
        "due": content.due.isoformat() if content.due else "",
        "budget": write_money(content.budget),
        "target": content.target,
        "quantity": write_quantity(content.quantity),
        "unit": content.unit,
        "leader": content.leader,
        "department": str(content.department) if content.department else "",
        "partners": "、".join(desk.departments.get(one, str(one)) for one in content.partners),
    }
    for place, step in enumerate(content.milestones):
        typed |= {
            f"milestones.{place}.due": step.due.isoformat() if step.due else "",
            f"milestones.{place}.share": write_share(step.share),
            f"milestones.{place}.name": step.name,
            f"milestones.{place}.evidence": step.evidence,
        }
    for month in content.months:
        typed[f"months.{month.month:%Y-%m}.share"] = write_share(month.share)
        typed[f"months.{month.month:%Y-%m}.money"] = write_money(month.money)
    return typed


def read_plan(typed: Typed, desk: PlanDesk) -> Read:
    """Read what was typed into the values of a plan, with a problem for each field that says nothing readable."""
    kept, found = _compacted(typed), list[Problem]()
    reader = _Reader(kept, found)
    due, basis = reader.day("due"), kept.get("basis") or LINEAR
    values: dict[str, Any] = {
        "project_id": desk.project_id,
        "revision": read_revision(kept),
        "kind": kept.get("kind") or ORIGINAL,
        "reason": kept.get("reason", ""),
        "basis": basis,
        "due": due,
        "budget": reader.read("budget", read_money),
        "target": kept.get("target", "").strip(),
        "quantity": reader.read("quantity", lambda text: read_quantity(text, kept.get("unit", ""))),
        "unit": kept.get("unit", "").strip(),
        "leader": kept.get("leader", "").strip(),
        "department": _department(kept.get("department", "")),
        "partners": reader.names("partners", desk),
        "milestones": [_step(kept, reader, place) for place in range(rows_of(kept))],
        "months": [_month(reader, end, basis) for end in months_to(desk.start, due or desk.known.due)],
    }
    if not found:
        found += _unfit(values)
    return Read(kept, values, tuple(found))


def _step(kept: Typed, reader: "_Reader", place: int) -> dict[str, Any]:
    at = f"milestones.{place}"
    return {
        "due": reader.day(f"{at}.due"),
        "share": reader.share(f"{at}.share"),
        "name": kept.get(f"{at}.name", "").strip(),
        "evidence": kept.get(f"{at}.evidence", "").strip(),
    }


def _month(reader: "_Reader", end: date, basis: str) -> dict[str, Any]:
    at = f"months.{end:%Y-%m}"
    share = reader.share(f"{at}.share") if basis == ENTERED else None
    return {"month": end, "share": share, "money": reader.read(f"{at}.money", read_money)}


def read_revision(typed: Typed, name: str = "revision") -> int:
    """Return the revision of a draft that a person saw; what is no number saw none."""
    text = typed.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def months_to(start: date, due: date | None) -> list[date]:
    """Return the month ends of a plan; a mistyped year asks for no more rows than a plan has."""
    if due is None or due < start or (due.year - start.year) * 12 + due.month - start.month >= MOST_MONTHS:
        return []
    return list(month_ends(start, due))


def day_or_none(text: str) -> date | None:
    """Return a day as it is typed, None where it is none."""
    try:
        return read_day(text)
    except Refused:
        return None


class _Reader:
    """Reads fields by their names, and keeps what cannot be read as a problem at its field."""

    def __init__(self, typed: Typed, found: list[Problem]) -> None:
        self._typed, self._found = typed, found

    def read(self, name: str, reader: Callable[[str], T]) -> T | None:
        text = self._typed.get(name, "").strip()
        if not text:
            return None
        try:
            return reader(text)
        except Refused as refused:
            self._found.append(Problem(name, refused.code, refused.facts))
            return None

    def day(self, name: str) -> date | None:
        return self.read(name, read_day)

    def share(self, name: str) -> int | None:
        share = self.read(name, read_share)
        if share is not None and share > WHOLE:
            self._found.append(Problem(name, "share_over"))
            return None
        return share

    def names(self, name: str, desk: PlanDesk) -> list[UUID]:
        known = {called: key for key, called in desk.departments.items()}
        found = []
        for called in filter(None, _BETWEEN.split(half_width(self._typed.get(name, "")))):
            if called in known:
                found.append(known[called])
            else:
                self._found.append(Problem(name, "department_unknown", {"name": called}))
        return list(dict.fromkeys(found))


def _compacted(typed: Typed) -> dict[str, str]:
    """Return what was typed without its empty rows: a milestone whose every field is blank is none."""
    rest = {name: text for name, text in typed.items() if not name.startswith("milestones.")}
    places = range(MOST_ROWS)
    rows = [[typed.get(f"milestones.{place}.{part}", "") for part in STEP] for place in places]
    kept = [row for row in rows if any(text.strip() for text in row)]
    for place, row in enumerate(kept):
        rest |= {f"milestones.{place}.{part}": text for part, text in zip(STEP, row, strict=True)}
    return rest


def rows_of(typed: Typed) -> int:
    """Return how many milestones are typed."""
    return sum(f"milestones.{place}.due" in typed for place in range(MOST_ROWS))


def _department(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _unfit(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what the model itself refuses: a text too long, a value out of bounds."""
    try:
        NewPlan.model_validate(values)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            yield Problem(".".join(str(part) for part in one["loc"]), "unfit")
