"""Reads CSV into checked rows: one shape a file, one error class for everything that a file can have wrong.

A cell is refused, never repaired. Reasons are codes with facts; i18n makes the words. The cell types turn
what people write (%, 万元, yyyy-mm) into what the product keeps (basis points, fen, the month's last day).
"""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FEN_IN_WAN_YUAN = 1_000_000


def _refused(code: str) -> PydanticCustomError:
    return PydanticCustomError(code, code)


def whole(cell: str) -> int:
    """Read a whole number of zero or more."""
    return _scaled(cell, 1, "not_whole")


def whole_or_text(cell: str) -> int | None:
    """Read a whole number; give None where the source is inexact (digits among words: "over 100")."""
    if not cell.isascii() and any(sign.isdigit() for sign in cell):
        return None
    return whole(cell)


def share(cell: str) -> int:
    """Read percent as basis points, exactly: 185.7 is 18570."""
    return _scaled(cell, 100, "finer_than_basis_point")


def money(cell: str) -> int:
    """Read ten thousands of yuan (wan yuan) as fen, exactly."""
    return _scaled(cell, FEN_IN_WAN_YUAN, "finer_than_fen")


def quantity(cell: str) -> int:
    """Read an amount of anything as thousandths of its unit, exactly."""
    return _scaled(cell, 1000, "finer_than_thousandth")


def _scaled(cell: str, scale: int, too_fine: str) -> int:
    if NUMBER.fullmatch(cell) is None:
        raise _refused("not_a_number")
    value = Decimal(cell) * scale
    if value < 0:
        raise _refused("negative")
    if value != value.to_integral_value():
        raise _refused(too_fine)
    return int(value)


def day(cell: str) -> date:
    """Read a day written yyyy-mm-dd that the calendar has."""
    if DAY.fullmatch(cell) is None:
        raise _refused("not_a_date")
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise _refused("not_a_date") from error


def month(cell: str) -> date:
    """Read a month written yyyy-mm as its last day."""
    try:
        first = day(f"{cell}-01")
    except PydanticCustomError as error:
        raise _refused("not_a_month") from error
    return first.replace(day=monthrange(first.year, first.month)[1])


def year(cell: str) -> int:
    """Read a year since the first congresses of the People's Republic, 1954."""
    if re.fullmatch("[0-9]{4}", cell) is None or not 1954 <= int(cell) <= 2199:
        raise _refused("not_a_year")
    return int(cell)


Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9.@_-]{1,64}$")]
Whole = Annotated[int, BeforeValidator(whole)]
WholeOrText = Annotated[int | None, BeforeValidator(whole_or_text)]
Share = Annotated[int, BeforeValidator(share)]
# Of a hundred points, in hundredths: read as a share is.
Points = Share
Money = Annotated[int, BeforeValidator(money)]
Quantity = Annotated[int, BeforeValidator(quantity)]
Day = Annotated[date, BeforeValidator(day)]
Month = Annotated[date, BeforeValidator(month)]
Year = Annotated[int, BeforeValidator(year)]


class Row(BaseModel):
    """One record of a CSV file: its columns are the fields' aliases, its key the fields that name it once.

    `file` is where the file lies under data/; shapes without one are shared parts of others.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, file: str = "", key: str = "") -> None:
        """Keep a shape's file and its key, which the class line gives as names parted by spaces."""
        super().__init_subclass__()
        cls.file, cls.key = file, tuple(key.split())

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Name the columns of the file, in the order of the fields; two fields may read one column."""
        names = (str(field.validation_alias or name) for name, field in cls.model_fields.items())
        return tuple(dict.fromkeys(names))


R = TypeVar("R", bound=Row)
Cells = list[str]

CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\Z)')
OTHER_DELIMITERS = ";\t|，；"
# Pydantic's own codes that a file can meet, in our words.
CODES = {
    "missing": "empty",
    "literal_error": "not_in_list",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "not_a_code",
}


class BadRow(Exception):
    """A CSV file is refused: where (file, line, column) and why (a code and its facts)."""

    def __init__(self, file: str, line: int, column: str | None, reason: str, **facts: object) -> None:
        super().__init__(f"{file}:{line}: {column or '-'}: {reason} {facts}")
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason
        self.facts = facts


def read_rows(path: Path, shape: type[R]) -> list[R]:
    """Read a CSV file into rows of a shape; raise BadRow at the first thing wrong."""
    return rows_of(path.read_bytes(), f"{path.parent.name}/{path.name}", shape)


def rows_of(raw: bytes, file: str, shape: type[R]) -> list[R]:
    """Turn the bytes of a CSV file (RFC 4180, UTF-8, a BOM accepted) into rows of a shape."""
    text = _decoded(raw, file)
    _check_delimiter(text, file, shape)
    records = _records(text, file)
    if not records:
        raise BadRow(file, 1, None, "empty_file")
    columns = _header(records[0][1], file, shape)
    rows: list[R] = []
    seen: dict[tuple[object, ...], int] = {}
    for line, cells in records[1:]:
        if len(cells) != len(columns):
            raise BadRow(file, line, None, "cell_count", expected=len(columns), found=len(cells))
        row = _checked(dict(zip(columns, cells, strict=True)), file, line, shape)
        key = tuple(getattr(row, name) for name in shape.key)
        if key in seen:
            raise BadRow(file, line, shape.key[0], "duplicate_key", first_line=seen[key])
        seen[key] = line
        rows.append(row)
    return rows


def _decoded(raw: bytes, file: str) -> str:
    """Decode UTF-8 without its BOM; refuse other encodings and NUL bytes, naming the line."""
    nul = raw.find(b"\0")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRow(file, raw.count(b"\n", 0, error.start) + 1, None, "not_utf8") from error
    if nul >= 0:
        raise BadRow(file, raw.count(b"\n", 0, nul) + 1, None, "nul_byte")
    return text


def _records(text: str, file: str) -> list[tuple[int, Cells]]:
    """Split text into records, each with the line it begins on; quotes open and close a whole cell."""
    records: list[tuple[int, Cells]] = []
    cells: Cells = []
    at, line, begins = 0, 1, 1
    while at < len(text) or cells:
        match = CELL.match(text, at)
        if match is None:
            raise BadRow(file, line, None, "stray_quote" if '"' in _line_at(text, at) else "stray_return")
        quoted, plain, end = match.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        line += text.count("\n", at, match.end())
        at = match.end()
        if end != ",":
            records.append((begins, cells))
            cells, begins = [], line
    return records


def _line_at(text: str, at: int) -> str:
    return text[at:].split("\n", 1)[0]


def _check_delimiter(text: str, file: str, shape: type[Row]) -> None:
    """Refuse another delimiter by the first line, before its quotes look astray."""
    first = _line_at(text, 0)
    if "," not in first and len(shape.columns()) > 1:
        for delimiter in OTHER_DELIMITERS:
            if delimiter in first:
                raise BadRow(file, 1, None, "wrong_delimiter", found=delimiter)


def _header(names: Cells, file: str, shape: type[Row]) -> Cells:
    """Check the header: every column of the shape once, in any order, and no other."""
    columns = shape.columns()
    for place, name in enumerate(names):
        if name not in columns:
            raise BadRow(file, 1, name, "unknown_column")
        if name in names[:place]:
            raise BadRow(file, 1, name, "duplicate_column")
    for name in columns:
        if name not in names:
            raise BadRow(file, 1, name, "missing_column")
    return names


def _checked(cells: dict[str, str], file: str, line: int, shape: type[R]) -> R:
    """Validate one record; a blank cell counts as absent."""
    try:
        return shape.model_validate({name: cell for name, cell in cells.items() if cell.strip()})
    except ValidationError as refused:
        first = refused.errors(include_url=False)[0]
        column = str(first["loc"][0]) if first["loc"] else None
        facts = dict(first.get("ctx", {}))
        if column is not None and column in cells and cells[column].strip():
            facts["value"] = cells[column]
        raise BadRow(file, line, column, CODES.get(first["type"], first["type"]), **facts) from refused
