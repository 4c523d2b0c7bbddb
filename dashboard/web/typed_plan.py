"""What people type into the form of a plan, read as they mean it; what cannot be read is told at its field.

A typed plan is one flat mapping from the names of the fields to their texts: milestones.0.due, months.3.money.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from dashboard.commands.plans import NewPlan
from dashboard.rules.plan_frames import PlanDesk
from dashboard.rules.plan_problems import Problem
from dashboard.rules.plans import LARGEST, Content
from dashboard.rules.progress import month_ends

Typed = Mapping[str, str]
PERCENT, WAN_YUAN, THOUSANDTH = 100, 1_000_000, 1_000
MOST_ROWS = 24
# The signs of year, month and day, as Chinese writes a day.
_DAY = re.compile(r"(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?")
_BETWEEN = re.compile(r"[\s,，、;；]+")
_LONGEST = 24
# Percent, ten thousand, yuan: a number keeps its meaning with the unit of its field behind it.
_UNITS = re.compile(r"[%\s\u4e07\u5143]+$")
STEP = ("due", "share", "name", "evidence")
# What this reading itself tells of; the rest rules/plan_problems.py tells.
UNREADABLE = (
    "day_unreadable", "share_unreadable", "share_over", "money_unreadable", "number_unreadable", "department_unknown",
    "unfit",
)  # fmt: skip


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
        "budget": _written(content.budget, WAN_YUAN),
        "target": content.target,
        "quantity": _written(content.quantity, THOUSANDTH),
        "unit": content.unit,
        "leader": content.leader,
        "department": str(content.department) if content.department else "",
        "partners": "、".join(desk.departments.get(one, str(one)) for one in content.partners),
    }
    for place, step in enumerate(content.milestones):
        typed |= {
            f"milestones.{place}.due": step.due.isoformat() if step.due else "",
            f"milestones.{place}.share": _written(step.share, PERCENT),
            f"milestones.{place}.name": step.name,
            f"milestones.{place}.evidence": step.evidence,
        }
    for month in content.months:
        typed[f"months.{month.month:%Y-%m}.share"] = _written(month.share, PERCENT)
        typed[f"months.{month.month:%Y-%m}.money"] = _written(month.money, WAN_YUAN)
    return typed


def read_plan(typed: Typed, desk: PlanDesk) -> Read:
    """Read what was typed into the values of a plan, with a problem for each field that says nothing readable."""
    kept, found = _compacted(typed), list[Problem]()
    reader = _Reader(kept, found)
    due = reader.day("due")
    values: dict[str, Any] = {
        "project_id": desk.project_id,
        "revision": int(kept.get("revision", "")) if kept.get("revision", "").isdecimal() else 0,
        "kind": kept.get("kind") or "original",
        "reason": kept.get("reason", ""),
        "basis": kept.get("basis") or "linear",
        "due": due,
        "budget": reader.number("budget", WAN_YUAN, "money_unreadable"),
        "target": kept.get("target", "").strip(),
        "quantity": reader.number("quantity", THOUSANDTH, "number_unreadable"),
        "unit": kept.get("unit", "").strip(),
        "leader": kept.get("leader", "").strip(),
        "department": _department(kept.get("department", "")),
        "partners": reader.names("partners", desk),
        "milestones": [
            {
                "due": reader.day(f"milestones.{place}.due"),
                "share": reader.share(f"milestones.{place}.share"),
                "name": kept.get(f"milestones.{place}.name", "").strip(),
                "evidence": kept.get(f"milestones.{place}.evidence", "").strip(),
            }
            for place in range(_rows(kept))
        ],
        "months": [
            {
                "month": end,
                "share": reader.share(f"months.{end:%Y-%m}.share")
                if kept.get("basis") == "entered"
                else None,
                "money": reader.number(f"months.{end:%Y-%m}.money", WAN_YUAN, "money_unreadable"),
            }
            for end in months_to(desk.start, due or desk.known.due)
        ],
    }
    if not found:
        found += _unfit(values)
    return Read(kept, values, tuple(found))


def months_to(start: date, due: date | None) -> list[date]:
    """Return the month ends of a plan; a mistyped year asks for no more rows than a plan has."""
    if due is None or due < start or (due.year - start.year) * 12 + due.month - start.month >= 36:
        return []
    return list(month_ends(start, due))


def read_date(typed: str) -> date | None:
    """Return a day written 2025-06-30, 2025/6/30, 2025.6.30 or in Chinese; None where there is no such day."""
    match = _DAY.fullmatch(_plain(typed).replace(" ", ""))
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


class _Reader:
    def __init__(self, typed: Typed, found: list[Problem]) -> None:
        self._typed, self._found = typed, found

    def day(self, name: str) -> date | None:
        text = self._typed.get(name, "").strip()
        day = read_date(text)
        if text and day is None:
            self._found.append(Problem(name, "day_unreadable"))
        return day

    def share(self, name: str) -> int | None:
        share = self.number(name, PERCENT, "share_unreadable")
        if share is not None and share > 100 * PERCENT:
            self._found.append(Problem(name, "share_over"))
            return None
        return share

    def number(self, name: str, scale: int, code: str) -> int | None:
        text = self._typed.get(name, "").strip()
        if not text:
            return None
        value = read_number(text, scale)
        if value is None:
            self._found.append(Problem(name, code))
        return value

    def names(self, name: str, desk: PlanDesk) -> list[UUID]:
        known = {called: key for key, called in desk.departments.items()}
        found = []
        for called in filter(None, _BETWEEN.split(_plain(self._typed.get(name, "")))):
            if called in known:
                found.append(known[called])
            else:
                self._found.append(Problem(name, "department_unknown", {"name": called}))
        return list(dict.fromkeys(found))


def read_number(text: str, scale: int) -> int | None:
    """Return a number as people type it (full-width digits, thousands separators, a unit), scaled and exact."""
    plain = _UNITS.sub("", _plain(text).replace(",", ""))
    try:
        value = Decimal(plain.strip()) * scale
    except InvalidOperation:
        return None
    if len(plain) > _LONGEST or not value.is_finite() or value < 0 or value != value.to_integral_value():
        return None
    return int(value) if value <= LARGEST else None


def _compacted(typed: Typed) -> dict[str, str]:
    """Return what was typed without its empty rows: a milestone whose every field is blank is none."""
    rest = {name: text for name, text in typed.items() if not name.startswith("milestones.")}
    places = range(MOST_ROWS)
    rows = [[typed.get(f"milestones.{place}.{part}", "") for part in STEP] for place in places]
    kept = [row for row in rows if any(text.strip() for text in row)]
    for place, row in enumerate(kept):
        rest |= {f"milestones.{place}.{part}": text for part, text in zip(STEP, row, strict=True)}
    return rest


def _rows(typed: Typed) -> int:
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


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _written(value: int | None, scale: int) -> str:
    if value is None:
        return ""
    text = f"{Decimal(value) / scale:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
