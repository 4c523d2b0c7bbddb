"""The monthly report's form: its fields, and how what is typed into them is read, each field by itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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

WHOLE = 10_000
MOST_ATTACHMENTS = 9
# What a draft holds of one field at most: it takes what no report would, so that nothing typed is lost.
LONGEST_TYPED = 4_000
TEXT, LINE, SHORT = 2_000, 500, 40
# Texts by how long they may be.
TEXTS: Mapping[str, int] = {
    "done": TEXT,
    "next": TEXT,
    "problem": TEXT,
    "leader": SHORT,
    "plan": TEXT,
    "reason": LINE,
    "explanation": LINE,
}
RATES = ("started", "finished")
NUMBERS = ("share", "quantity", "paid", *RATES, "plan_share")
FIELDS = (
    "share", "quantity", "paid", "started", "finished", "done", "next", "problem", "leader", "expected",
    "plan", "plan_share", "reason", "explanation",
)  # fmt: skip
# What a report's column of each field is called.
COLUMNS: Mapping[str, str] = {
    **{name: name for name in ("share", "quantity", "paid", "started", "finished", "leader", "plan_share")},
    "done": "done_text", "next": "next_text", "problem": "problem_text", "plan": "plan_text",
    "expected": "expected_on", "reason": "reason", "explanation": "explanation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one field: the code of a refusal, and its facts."""

    place: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """A form as it was read: values by column, and what is wrong, in the order of the form."""

    values: Mapping[str, Any]
    wrong: tuple[Wrong, ...] = ()


def read_form(
    typed: Mapping[str, str], *, unit: str | None = None, has_target: bool = False, corrects: bool = False
) -> Read:
    """Read a whole form: `has_target` demands the amount done, `corrects` the reason of a correction.

    A field left empty is None, or an empty text. Of a field that is wrong there is no value.
    """
    readers: Mapping[str, Callable[[str], int | date]] = {
        **dict.fromkeys(("share", "plan_share"), read_share),
        **dict.fromkeys(RATES, _read_rate),
        "paid": read_money,
        "quantity": lambda text: read_quantity(text, unit or ""),
        "expected": read_day,
    }
    values: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for name in FIELDS:
        text = typed.get(name, "").strip()
        try:
            if name in TEXTS:
                _hold(text, TEXTS[name])
                values[COLUMNS[name]] = text
            else:
                values[COLUMNS[name]] = readers[name](text) if text else None
        except Refused as refused:
            wrong.append(Wrong(name, refused.code, refused.facts))
    wrong += _missing(typed, has_target=has_target, corrects=corrects)
    started, finished = values.get("started"), values.get("finished")
    if started is not None and finished is not None and finished > started:
        wrong.append(Wrong("finished", "report_finished_over_started"))
    return Read(values, tuple(sorted(wrong, key=lambda one: FIELDS.index(one.place))))


def typed_form(columns: Mapping[str, Any]) -> dict[str, str]:
    """Return a report's values as they would be typed; why it was corrected or explained is not carried over."""
    writers: Mapping[str, Callable[[Any], str]] = {
        **dict.fromkeys(("share", "plan_share", *RATES), write_share),
        "paid": write_money,
        "quantity": write_quantity,
        "expected": lambda day: day.isoformat() if day is not None else "",
    }
    left = {name: name for name in FIELDS if name not in {"reason", "explanation"}}
    found = {name: writers.get(name, _unchanged)(columns[COLUMNS[name]]) for name in left}
    return {name: found.get(name, "") for name in FIELDS}


def _unchanged(text: str | None) -> str:
    return text or ""


def _read_rate(typed: str) -> int:
    share = read_share(typed)
    if share > WHOLE:
        raise Refused("report_rate_above")
    return share


def _hold(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("report_long", n=len(text), most=most)


def _missing(typed: Mapping[str, str], *, has_target: bool, corrects: bool) -> Iterator[Wrong]:
    needed = {"share": "report_share_none", "done": "report_done_none"}
    if has_target:
        needed["quantity"] = "report_quantity_none"
    if corrects:
        needed["reason"] = "report_reason_none"
    for name, code in needed.items():
        if not typed.get(name, "").strip():
            yield Wrong(name, code)
