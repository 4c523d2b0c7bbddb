"""A workbook that somebody sends, read as text: its true size is known before anything is read, formulas are named.

What is read is not the file itself but its parts packed anew, so that nothing that was not looked at is read.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from dashboard.rules.refused import Refused

LARGEST_WORKBOOK = 2 * 1024 * 1024
# Unpacked: a year of the largest county is a tenth of it.
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS, MOST_COLUMNS = 2_100, 40
_CHUNK = 64 * 1024
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*?\br\s*=\s*[\"']([A-Z]*)([0-9]+)[\"'][^>]*>")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Z]+)([0-9]+)[\"'][^>]*>\s*<(?:\w+:)?f\b")


def read_workbook(body: bytes) -> list[list[str]]:
    """Return the cells of a workbook's first sheet as text; refuse what is none, is too large, or has formulas."""
    parts = _parts(body)
    # Every part: which of them is the sheet is for the file to say.
    for part in parts.values():
        _look_at(part)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(packed.getvalue()))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError) as error:
        raise Refused("sheet_unreadable") from error
    return [[_text(value) for value in row] for row in rows]


def _parts(body: bytes) -> dict[str, bytes]:
    """Return the parts of an archive; what it says of their sizes is checked, and then how large they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            listed = archive.infolist()
            if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > LARGEST_UNPACKED:
                raise Refused("sheet_bomb", most=LARGEST_UNPACKED // 1024 // 1024)
            left = LARGEST_UNPACKED
            found = {}
            for one in listed:
                # What is declared does not bound how far it is unpacked: the true size counts.
                one.file_size = LARGEST_UNPACKED + 1
                part = b"".join(_unpacked(archive, one, left))
                left -= len(part)
                found[one.filename] = part
            return found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Refused("sheet_unreadable") from error
    except zlib.error as error:
        raise Refused("sheet_unreadable") from error


def _unpacked(archive: zipfile.ZipFile, one: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    with archive.open(one) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Refused("sheet_bomb", most=LARGEST_UNPACKED // 1024 // 1024)
            yield chunk


def _look_at(part: bytes) -> None:
    """Refuse a sheet with a cell far out, which would be read as all that lies before it, or with a formula."""
    for letters, row in _CELL.findall(part):
        if int(row) > MOST_ROWS or _column(letters) > MOST_COLUMNS:
            raise Refused("sheet_wide", rows=MOST_ROWS)
    formula = _FORMULA.search(part)
    if formula is not None:
        raise Refused("sheet_formula", row=int(formula[2]), column=formula[1].decode())


def _column(letters: bytes) -> int:
    found = 0
    for letter in letters[:4]:
        found = found * 26 + letter - 64
    return found


def _text(value: Any) -> str:
    """Return a cell as it would be typed: 58.0 as 58, a day in ISO form."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        number = Decimal(str(value))
        return f"{number.normalize():f}" if number.is_finite() else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
