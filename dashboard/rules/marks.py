"""What stands on one ballot, as text and as values, and whether the ballot is valid as a whole.

The text is sorted by option number, parted by single spaces: `1 2 5` marks, `1+ 2- 3=` answers for, against and
abstained, `3:1 5:2` ranks. An empty text is a blank ballot, `?` one on paper that nobody can read. On paper one
item can have two answers: `1+ 1-`.
"""

import re
from collections.abc import Collection, Mapping
from math import comb, perm
from typing import NamedTuple

from dashboard.rules.reasons import Reason
from dashboard.rules.refused import Refused
from dashboard.rules.rule_sets import Limit, Rules

FOR, AGAINST, ABSTAINED = "+-="
UNCLEAR = "?"
# 999 items with three answers each stay below it; whatever is longer is not looked at.
LONGEST = 16_000
TOKENS = {
    "mark": re.compile(r"([1-9][0-9]{0,2})"),
    "item": re.compile(r"([1-9][0-9]{0,2})([-+=])"),
    "rank": re.compile(r"([1-9][0-9]{0,2}):([1-9][0-9]{0,2})"),
}
_TEXTS = {form: re.compile(f"{token.pattern}(?: {token.pattern})*") for form, token in TOKENS.items()}
FAULTS = (
    "not_canonical", "unclear", "blank", "off_list", "same_option_twice", "double_answer", "over_marked",
    "not_exact", "same_rank_twice", "gap_in_ranks",
)  # fmt: skip


class Mark(NamedTuple):
    """One sign on a ballot: an option, with the answer (+ - =) on it or the rank given to it."""

    number: int
    answer: str = ""
    rank: int = 0


class Marks(NamedTuple):
    """All signs of one ballot, by option number; `unclear` is a sheet that nobody can read."""

    entries: tuple[Mark, ...] = ()
    unclear: bool = False


def read_marks(form: str, text: str) -> Marks:
    """Read the text of a ballot; what is not written in the one canonical way is Refused."""
    if text == UNCLEAR:
        return Marks(unclear=True)
    if not text:
        return Marks()
    if len(text) > LONGEST or _TEXTS[form].fullmatch(text) is None:
        raise Refused("marks_not_canonical")
    parts = text.split(" ")
    if form == "mark":
        entries = [Mark(int(part)) for part in parts]
    elif form == "item":
        entries = [Mark(int(part[:-1]), part[-1]) for part in parts]
    else:
        pairs = (part.split(":") for part in parts)
        entries = [Mark(int(number), "", int(rank)) for number, rank in pairs]
    # By number, then by answer (+ - = is their order in Unicode too), then by rank.
    if entries != sorted(entries):
        raise Refused("marks_not_canonical")
    return Marks(tuple(entries))


def write_marks(form: str, marks: Marks) -> str:
    """Write a ballot in the one canonical way, in whatever order its signs are given."""
    if marks.unclear:
        return UNCLEAR
    entries = sorted(marks.entries)
    if form == "rank":
        return " ".join(f"{one.number}:{one.rank}" for one in entries)
    return " ".join(f"{one.number}{one.answer}" for one in entries)


def limit(rules: Rules, options: int, places: int) -> int:
    """Return how many marks, for-marks or ranks a ballot may carry; with marks_exactly it must carry as many.

    On a list shorter than the limit all may be marked.
    """
    given: Limit | None = rules.marks_at_most if rules.form == "mark" else rules.ranks_at_most
    if rules.form == "item":
        given = rules.for_marks_at_most
    if given is None or given == "any":
        return options
    return min(options, places if given == "places" else given)


def answers(marks: Marks) -> dict[int, str]:
    """Return each option's one sign (an answer, or nothing for a mark or a rank); "void" where it has two."""
    found: dict[int, str] = {}
    for one in marks.entries:
        found[one.number] = one.answer if found.get(one.number, one.answer) == one.answer else "void"
    return found


def fault(rules: Rules, numbers: Collection[int], places: int, marks: Marks) -> Reason | None:
    """Return why a ballot is invalid as a whole, or None of a valid one; `numbers` are those of the list."""
    if marks.unclear and rules.unclear_mark == "void":
        return _fault("unclear")
    if not marks.entries:
        return _fault("blank") if rules.blank_ballot == "void" else None
    found = answers(marks)
    return (
        _fault_on_list(rules, numbers, marks, found)
        or _fault_in_number(rules, len(numbers), places, found)
        or _fault_in_ranks(rules, marks)
    )


def _fault_on_list(
    rules: Rules, numbers: Collection[int], marks: Marks, found: Mapping[int, str]
) -> Reason | None:
    strays = sum(number not in numbers for number in found)
    if strays:
        return _fault("off_list", strays=strays)
    if len(found) == len(marks.entries):
        return None
    if rules.form != "item" or len(set(marks.entries)) < len(marks.entries):
        return _fault("same_option_twice")
    doubled = sum(answer == "void" for answer in found.values())
    return _fault("double_answer", doubled=doubled) if rules.double_answer == "void" else None


def _fault_in_number(rules: Rules, options: int, places: int, found: Mapping[int, str]) -> Reason | None:
    marked = sum(answer == FOR for answer in found.values()) if rules.form == "item" else len(found)
    most = limit(rules, options, places)
    if marked > most:
        return _fault("over_marked", marked=marked, most=most)
    if rules.marks_exactly and marked != most:
        return _fault("not_exact", marked=marked, most=most)
    return None


def _fault_in_ranks(rules: Rules, marks: Marks) -> Reason | None:
    if rules.form != "rank":
        return None
    ranks = {one.rank for one in marks.entries}
    if len(ranks) < len(marks.entries):
        return _fault("same_rank_twice")
    if rules.gap_in_ranks == "void" and max(ranks) > len(ranks):
        return _fault("gap_in_ranks")
    return None


def _fault(name: str, **facts: int) -> Reason:
    return Reason(f"tally.invalid.{name}", facts)


def check_cast(rules: Rules, numbers: Collection[int], places: int, text: str) -> str:
    """Return the text of an electronic ballot as it is to be kept, or refuse it, telling what to change.

    A voter is asked again where a sheet would become invalid, and also where a sheet would pass with something
    lost: two answers to one item, ranks with a gap (which could also be a pattern to be known by).
    """
    marks = read_marks(rules.form, text)
    strict = {"unclear_mark": "void", "double_answer": "void", "gap_in_ranks": "void"}
    found = fault(rules.model_copy(update=strict), numbers, places, marks)
    if found is not None:
        raise Refused(f"ballot_{found.code.rpartition('.')[2]}", **found.facts)
    return text


def patterns(rules: Rules, options: int, places: int) -> int:
    """Return in how many ways an electronic ballot can be valid on a list of so many options.

    With more ways than ballots a pattern can be ordered and found again in a published box.
    """
    most = limit(rules, options, places)
    if rules.form == "item":
        # Besides for: against, abstained, or nothing. One way is blank.
        ways: int = sum(comb(options, marked) * 3 ** (options - marked) for marked in range(most + 1)) - 1
    elif rules.form == "rank":
        ways = sum(perm(options, ranked) for ranked in range(1, most + 1))
    else:
        fewest = max(1, most) if rules.marks_exactly else 1
        ways = sum(comb(options, marked) for marked in range(fewest, most + 1))
    return ways + 1 if rules.blank_ballot == "valid" else ways
