"""The rows of a Pabulib file: lines of UTF-8 that hold values between semicolons, some of them quoted."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import BinaryIO

from dashboard.rules.refused import Refused

# Longer than any line of the collection by far; what is longer is no ballot and no project.
LONGEST = 100_000
BOM = b"\xef\xbb\xbf"
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,6})?")


@dataclass
class Lines:
    """The lines of a file as text, and what has been read of them: how many, and whether the last one ended."""

    source: Iterator[bytes]
    read: int = 0
    ended: bool = True

    def __iter__(self) -> Iterator[str]:
        """Yield each line; one that is too long or no UTF-8 is refused with its number."""
        for line in self.source:
            self.read += 1
            if len(line) > LONGEST:
                raise Refused("pb_line_too_long", line=self.read, most=LONGEST)
            self.ended = line.endswith(b"\n")
            try:
                yield (line.removeprefix(BOM) if self.read == 1 else line).decode()
            except UnicodeDecodeError as error:
                raise Refused("pb_not_utf8", line=self.read) from error


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file with their ends; an endless one is read no further than it takes to refuse it."""
    return iter(partial(file.readline, LONGEST + 1), b"")


Row = tuple[int, list[str]]


def rows_of(lines: Lines) -> Iterator[Row]:
    """Yield the values of each row that is not empty, with the line on which it begins.

    A quoted value may go on over lines. One that nothing closes is refused: the file was cut.
    """
    reader = csv.reader(lines, delimiter=";", strict=True)
    begun = 1
    try:
        for row in reader:
            if row and (row[0].strip() or any(value.strip() for value in row)):
                yield begun, row
            begun = reader.line_num + 1
    except csv.Error as error:
        is_cut = next(lines.source, None) is None
        raise Refused("pb_truncated" if is_cut else "pb_quotes", line=begun) from error


def fitted(row: list[str], width: int) -> list[str] | None:
    """Return a row of the header's width without the empty values that a spreadsheet adds, or None."""
    if len(row) > width and not any(value.strip() for value in row[width:]):
        return row[:width]
    return row if len(row) == width else None


def header_of(row: Row, *needed: str) -> list[str]:
    """Return the names of a section's columns; the needed ones must be among them, and none twice."""
    line, names = row[0], [name.strip().lower() for name in row[1]]
    for column in needed:
        if column not in names:
            raise Refused("pb_column", line=line, column=column)
    if len(set(names)) < len(names):
        raise Refused(
            "pb_column_twice", line=line, column=next(name for name in names if names.count(name) > 1)
        )
    return names


def number(text: str) -> Fraction | None:
    """Return the exact value of a number with a decimal point or comma, or None where it is none.

    At most 15 digits before it and 6 after; no exponent, no infinity.
    """
    text = text.strip()
    return Fraction(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
