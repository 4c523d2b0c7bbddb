"""Sheets of paper: what a teller typed of one, and where two tellers who do not see each other differ."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.rules.marks import TOKENS, UNCLEAR, Mark, Marks, write_marks
from dashboard.rules.refused import Refused

# More than any congress has deputies; a number typed wrong does not open a million missing sheets.
MOST_SHEETS = 9999
LONGEST_TYPED = 4000
_GAPS = re.compile(r"[\s,，、;；.。]+")
# What a Chinese or a European keyboard has for the signs.
_SIGNS = str.maketrans({"－": "-", "—": "-", "–": "-", "−": "-", "＋": "+", "＝": "=", "：": ":", "？": "?"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What one teller entered: how many sheets came out of the box by the own count, and the marks by number."""

    total: int
    sheets: Mapping[int, str] = field(default_factory=dict, repr=False)

    @property
    def missing(self) -> tuple[int, ...]:
        """Return the numbers up to the total that are not entered."""
        return tuple(number for number in range(1, self.total + 1) if number not in self.sheets)

    @property
    def beyond(self) -> tuple[int, ...]:
        """Return the numbers that are entered and lie over the total."""
        return tuple(sorted(number for number in self.sheets if number > self.total))

    @property
    def is_whole(self) -> bool:
        """Tell whether every sheet of the total is entered, and no other."""
        return not self.missing and not self.beyond


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two whole entries of as many sheets: the numbers on which they differ, and those of them that are settled.

    `settled` are the sheets of which a scrutineer decided what stands on them.
    """

    sheets: int
    differing: tuple[int, ...]
    settled: tuple[int, ...]

    @property
    def is_settled(self) -> bool:
        """Tell whether the sheets can be merged: every difference is decided."""
        return set(self.differing) <= set(self.settled)


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


def totals_differ(first: Entry | None, second: Entry | None) -> bool:
    """Tell whether both tellers are done, each by the own total, and these are not the same.

    Not told before: whoever has not entered as many could try totals until one is the other's.
    """
    if first is None or second is None:
        return False
    return first.is_whole and second.is_whole and first.total != second.total


def compare(first: Entry | None, second: Entry | None, settled: Mapping[int, str]) -> Comparison | None:
    """Compare two entries, or return None while one is not whole or the totals are not the same.

    From then on both entries are fixed: who saw that a sheet differs could else write what the other has.
    """
    if first is None or second is None or first.total != second.total:
        return None
    if not (first.is_whole and second.is_whole):
        return None
    every = range(1, first.total + 1)
    differing = tuple(number for number in every if first.sheets[number] != second.sheets[number])
    return Comparison(first.total, differing, tuple(sorted(set(settled) & set(differing))))


def merged(first: Entry | None, second: Entry | None, settled: Mapping[int, str]) -> list[str]:
    """Return the marks of every sheet, sorted by themselves: the order of the sheets goes no further.

    Refused as `sheets_not_compared` while there is no comparison, as `sheet_totals_differ` where both are done and
    counted otherwise, as `sheets_unsettled` while a difference is not decided.
    """
    if totals_differ(first, second):
        raise Refused("sheet_totals_differ")
    found = compare(first, second, settled)
    if found is None or first is None:
        raise Refused("sheets_not_compared")
    if not found.is_settled:
        raise Refused("sheets_unsettled", n=len(found.differing) - len(found.settled))
    return sorted(
        settled[number] if number in found.differing else marks for number, marks in first.sheets.items()
    )
