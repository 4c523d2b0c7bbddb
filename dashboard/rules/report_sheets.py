"""A month's reports as one table: what stands in it, what a filled one changes, and what is wrong in which cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dashboard.rules.refused import Refused
from dashboard.rules.report_form import COLUMNS as FORM_COLUMNS
from dashboard.rules.report_form import FIELDS, read_form
from dashboard.rules.typed_numbers import LARGEST_QUANTITY
from dashboard.rules.typed_text import half_width

NUMBER, NAME, BASE = "number", "project", "base"
COLUMNS = (NUMBER, NAME, *FIELDS, BASE)
# Why a report is corrected or explained is said anew each time: it does not tell one report from another.
SAID = tuple(name for name in FIELDS if name not in {"reason", "explanation"})
# More rows than any congress has projects.
MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class SheetProject:
    """One project as the table shows it: what is written so far, and on what; `base` changes with every save."""

    project_id: str
    number: int
    name: str
    fields: Mapping[str, str]
    base: str
    version: int
    revision: int | None
    unit: str | None
    has_target: bool
    corrects: bool


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """The reports of a month of those projects of a cycle that owe one."""

    year: int
    month: date
    congress: str
    simulated: bool
    projects: tuple[SheetProject, ...]


@dataclass(frozen=True, slots=True)
class WrongCell:
    """What is wrong in one cell, counted from 1 as a spreadsheet counts: the code of a refusal, and its facts."""

    row: int
    column: int
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that says something new: per field what stands now and what the file says, and its values by column."""

    row: int
    project: SheetProject
    fields: Mapping[str, tuple[str, str]]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What a filled table would do; with anything wrong in it, it does nothing."""

    changes: tuple[Changed, ...]
    wrong: tuple[WrongCell, ...]
    unchanged: int


def read_rows(sheet: ReportSheet, rows: Sequence[tuple[int, Mapping[str, str]]]) -> SheetRead:
    """Compare rows, each with its place in the file, with what stands now; empty rows are passed over."""
    known = {one.number: one for one in sheet.projects}
    changes: list[Changed] = []
    wrong: list[WrongCell] = []
    seen: dict[int, int] = {}
    unchanged = 0
    for place, typed in rows:
        if not any(text.strip() for text in typed.values()):
            continue
        try:
            number = _number(typed.get(NUMBER, ""), known)
        except Refused as refused:
            wrong.append(WrongCell(place, column_of(NUMBER), refused.code, refused.facts))
            continue
        if number in seen:
            facts = {"row": seen[number]}
            wrong.append(WrongCell(place, column_of(NUMBER), "sheet_project_twice", facts))
            continue
        seen[number] = place
        change = _compared(known[number], typed)
        if not change:
            unchanged += 1
            continue
        found = _row(place, known[number], typed, change)
        if isinstance(found, Changed):
            changes.append(found)
        else:
            wrong += found
    return SheetRead(tuple(changes), tuple(wrong), unchanged)


def column_of(name: str) -> int:
    """Return a column's place in the table, counted from 1."""
    return COLUMNS.index(name) + 1


def _number(typed: str, known: Mapping[int, SheetProject]) -> int:
    text = half_width(typed)
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_QUANTITY))):
        raise Refused("sheet_number")
    if int(text) not in known:
        raise Refused("sheet_not_due", number=int(text))
    return int(text)


def _compared(project: SheetProject, typed: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the fields that say another thing than what stands now, before and after: 20 says what 20.0% says."""
    pairs = {name: (project.fields.get(name, "").strip(), typed.get(name, "").strip()) for name in SAID}
    return {
        name: (now, new)
        for name, (now, new) in pairs.items()
        if now != new and _meant(name, now, project.unit) != _meant(name, new, project.unit)
    }


def _meant(name: str, text: str, unit: str | None) -> Any:
    """Return the value of a field alone, or the text itself where it cannot be read."""
    return read_form({name: text}, unit=unit).values.get(FORM_COLUMNS[name], text)


def _row(
    place: int, project: SheetProject, typed: Mapping[str, str], change: Mapping[str, tuple[str, str]]
) -> Changed | list[WrongCell]:
    base = typed.get(BASE, "").strip()
    if base.partition("-")[0] != project.base.partition("-")[0]:
        return [WrongCell(place, column_of(BASE), "sheet_month")]
    if base != project.base:
        # Somebody saved or submitted since the file was made: told with what stands now, and nothing is overwritten.
        return [
            WrongCell(place, column_of(name), "sheet_moved_on", {"now": now or "\u2014"})
            for name, (now, _) in change.items()
        ]
    read = read_form(typed, unit=project.unit, has_target=project.has_target, corrects=project.corrects)
    if read.wrong:
        return [WrongCell(place, column_of(one.place), one.code, one.facts) for one in read.wrong]
    return Changed(place, project, change, read.values)
