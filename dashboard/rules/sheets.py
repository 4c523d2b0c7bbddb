"""Sheets of paper: what a teller typed of one, and where two tellers who do not see each other differ."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.rules.marks import TOKENS, UNCLEAR, Mark, Marks, write_marks
from dashboard.rules.refused import Refused

# More than any congress has deputies; a number typed wrong does not open a million missing sheets.
MOST_SHEETS = 9999
LONGEST_TYPED = 4000
_GAPS = re.compile(r"[\s,，、;；.。]+")
# What a Chinese or a European keyboard has for the signs.
_SIGNS = str.maketrans({"－": "-", "—": "-", "–": "-", "−": "-", "＋": "+", "＝": "=", "：": ":", "？": "?"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two entries side by side: the sheets that both have, those that one lacks, those on which they differ.

    `settled` are the sheets of which a scrutineer decided what stands on them.
    """

    sheets: int
    missing: tuple[int, ...]
    differing: tuple[int, ...]
    settled: tuple[int, ...]

    @property
    def is_settled(self) -> bool:
        """Tell whether the sheets can be merged: none is missing, every difference is decided."""
        return not self.missing and set(self.differing) <= set(self.settled)


def sheet_text(round_id: str, version: int) -> str:
    """Return what the QR code of every sheet of a round holds: the round and its version, nothing of a deputy."""
    return f"{round_id}@{version}"


def read_typed(form: str, typed: str) -> str:
    """Return the canonical marks of what a teller typed, in any order and with any separators.

    Typed are option numbers (`1 2 5`), numbers with an answer (`1+ 2- 3=`) or with a rank (`3:1 5:2`), `?` for a
    sheet that nobody can read, nothing for a blank one. What the sheet has twice is typed twice. Refused as
    `sheet_typed` with the sign that is none.
    """
    text = unicodedata.normalize("NFKC", typed.translate(_SIGNS)).strip()
    if len(text) > LONGEST_TYPED:
        raise Refused("sheet_typed", sign="…")
    if text == UNCLEAR:
        return UNCLEAR
    return write_marks(form, Marks(tuple(_mark(form, sign) for sign in _GAPS.split(text) if sign)))


def _mark(form: str, sign: str) -> Mark:
    if re.fullmatch(TOKENS[form], sign) is None:
        raise Refused("sheet_typed", sign=sign[:12])
    if form == "rank":
        number, rank = sign.split(":")
        return Mark(int(number), rank=int(rank))
    return Mark(int(sign.rstrip("+-=")), sign[-1] if form == "item" else "")


def compare(first: Mapping[int, str], second: Mapping[int, str], settled: Mapping[int, str]) -> Comparison:
    """Compare two entries of the same sheets, each by sheet number; sheets are numbered from 1 without a gap."""
    sheets = max((*first, *second), default=0)
    every = range(1, sheets + 1)
    differing = tuple(one for one in every if one in first and one in second and first[one] != second[one])
    missing = tuple(one for one in every if one not in first or one not in second)
    return Comparison(sheets, missing, differing, tuple(sorted(set(settled) & set(differing))))


def merged(first: Mapping[int, str], second: Mapping[int, str], settled: Mapping[int, str]) -> list[str]:
    """Return the marks of every sheet, sorted by themselves: the order of the sheets goes no further.

    Refused as `sheets_unsettled` while a sheet is missing in one entry or a difference is not decided.
    """
    found = compare(first, second, settled)
    if not found.is_settled:
        raise Refused("sheets_unsettled", missing=len(found.missing), n=len(found.differing))
    return sorted(settled[one] if one in found.differing else first[one] for one in first)
