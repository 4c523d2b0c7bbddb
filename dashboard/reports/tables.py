"""Rows written as files: CSV for a spreadsheet, JSON for a program. Both say what they are."""

import io
import re
from collections.abc import Sequence
from csv import writer
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from dashboard.i18n import SHANGHAI
from dashboard.rules.data_frames import About, Rows

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
PROVENANCE = "provenance"
# A spreadsheet would run a text that begins like a formula, in full width too; a number is none.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
Value = str | int | float | bool | None


def csv_of(table: Rows, about: About) -> bytes:
    """Return a table as CSV (RFC 4180) with a BOM; below the rows, lines that begin with # say what it is."""
    out = io.StringIO()
    lines = writer(out, lineterminator="\r\n")
    lines.writerow([*table.dataset.columns, PROVENANCE])
    for row in table.rows:
        lines.writerow([_cell(value) for value in (*_values(table, row), about.mark)])
    # Not as cells: a comma in them would bring quotes before the sign that marks them.
    out.writelines(f"# {line}\r\n" for line in _lines(about))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def json_of(table: Rows, about: About) -> bytes:
    """Return a table as JSON: what it is under `about`, its rows as objects under `rows`."""
    names = (*table.dataset.columns, PROVENANCE)
    told = {
        "title": about.title,
        "of": about.of,
        PROVENANCE: about.mark,
        "source": about.source,
        "date": about.day,
        "terms": about.terms,
        "notes": about.notes,
        "columns": names,
        "complete": table.whole,
        "count": len(table.rows),
    }
    rows = [dict(zip(names, (*_values(table, row), about.mark), strict=True)) for row in table.rows]
    return orjson.dumps({"about": told, "rows": rows}, option=orjson.OPT_APPEND_NEWLINE)


WRITERS = {"csv": csv_of, "json": json_of}


def _lines(about: About) -> list[str]:
    lines = [about.title, about.of, about.mark, about.source, about.day, about.terms, *about.notes]
    return [" ".join(line.split()) for line in lines if line]


def _values(table: Rows, row: Sequence[Any]) -> list[Value]:
    return [_value(name, value) for name, value in zip(table.dataset.columns, row, strict=True)]


def _value(column: str, value: Any) -> Value:
    """Return a value as a file holds it: per cent and yuan with up to two decimals, days in ISO form."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int) and column.endswith(("_percent", "_yuan")):
        return value // 100 if value % 100 == 0 else value / 100
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _cell(value: Value) -> Value:
    """Return a value as a cell; a text that a spreadsheet would run is led by an apostrophe."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
