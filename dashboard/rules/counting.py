"""The count of a round: every ballot judged, every option's votes, and what follows, each with its reason."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields

from dashboard.rules.deciding import decide, votes_needed
from dashboard.rules.marks import AGAINST, FOR, Marks, answers, fault, read_marks
from dashboard.rules.outcomes import Attendance, Decision, Option, OptionOutcome, Outcome, Votes
from dashboard.rules.reasons import Reason
from dashboard.rules.refused import Refused
from dashboard.rules.rule_sets import Rules

__all__ = [
    "Attendance",
    "Option",
    "OptionOutcome",
    "Outcome",
    "Reason",
    "count",
    "first_places",
    "supported",
    "votes_needed",
]


def count(
    rules: Rules,
    options: Sequence[Option],
    ballots: Iterable[tuple[str, str]],
    attendance: Attendance,
    places: int,
    purpose: str = "adoption",
    marked_for: int | None = None,
) -> Outcome:
    """Count the ballots of a round, each its id and its marks, and decide by the rules.

    Each distinct text of marks is judged once. A text that is no marks at all makes its ballot invalid, so that a
    count never fails over one ballot. As many ballots as were recovered are a ValueError otherwise, unless the
    round is void before its ballots are looked at. `marked_for` is for how many places the ballots were marked,
    where that is not for how many they are counted (analysis).
    """
    numbers = frozenset(option.number for option in options)
    limit_places = places if marked_for is None else marked_for
    many: Counter[str] = Counter()
    verdicts: dict[str, Marks | Reason] = {}
    faults: list[tuple[str, Reason]] = []
    for ballot, text in ballots:
        verdict = verdicts.get(text)
        if verdict is None:
            verdict = verdicts[text] = _verdict(rules, numbers, limit_places, text)
        if isinstance(verdict, Reason):
            faults.append((ballot, verdict))
        else:
            many[text] += 1
    valid = many.total()
    if valid + len(faults) != attendance.recovered and not attendance.is_overfull:
        raise ValueError("as many ballots are counted as were recovered")
    counted = [(one, many[text]) for text, one in verdicts.items() if isinstance(one, Marks)]
    votes = _votes(rules, [option.number for option in options], counted, valid, places)
    decision = decide(rules, votes, attendance, valid, places, purpose)
    told = {field.name: getattr(decision, field.name) for field in fields(Decision)}
    return Outcome(
        **told, valid=valid, invalid=len(faults), faults=tuple(sorted(faults, key=lambda one: one[0]))
    )


def _verdict(rules: Rules, numbers: Collection[int], places: int, text: str) -> Marks | Reason:
    try:
        marks = read_marks(rules.form, text)
    except Refused:
        return Reason("tally.invalid.not_canonical", {})
    return fault(rules, numbers, places, marks) or marks


def _votes(
    rules: Rules, numbers: Sequence[int], counted: Iterable[tuple[Marks, int]], valid: int, places: int
) -> Mapping[int, Votes]:
    """Return what the valid ballots say of each option; `counted` are the distinct ballots and how many of each."""
    if rules.form == "item":
        return _item_votes(numbers, counted, valid)
    votes = dict.fromkeys(numbers, 0)
    if rules.form == "mark":
        for marks, many in counted:
            for one in marks.entries:
                votes[one.number] += many
        return {number: Votes(found) for number, found in votes.items()}
    sums = dict.fromkeys(numbers, 0)
    for marks, many in counted:
        for number, rank in first_places(rules, marks, places):
            votes[number] += many
            sums[number] += rank * many
    return {number: Votes(votes[number], rank_sum=sums[number]) for number in numbers}


def _item_votes(
    numbers: Sequence[int], counted: Iterable[tuple[Marks, int]], valid: int
) -> Mapping[int, Votes]:
    """Count for and against; who does not say anything of an item abstains from it."""
    found: Counter[tuple[int, str]] = Counter()
    for marks, many in counted:
        for number, answer in answers(marks).items():
            found[number, answer] += many
    return {
        number: Votes(
            found[number, FOR],
            found[number, AGAINST],
            valid - found[number, FOR] - found[number, AGAINST] - found[number, "void"],
            found[number, "void"],
        )
        for number in numbers
    }


def first_places(rules: Rules, marks: Marks, places: int) -> list[tuple[int, int]]:
    """Return the options that a ballot places among the first so many, with the rank that each has there."""
    order = sorted(marks.entries, key=lambda one: one.rank)
    if rules.gap_in_ranks == "close_up":
        ranked = [(one.number, rank) for rank, one in enumerate(order, start=1)]
    else:
        ranked = [(one.number, one.rank) for one in order]
    return [(number, rank) for number, rank in ranked if rank <= places]


def supported(rules: Rules, text: str, places: int) -> list[int]:
    """Return the options that a valid ballot votes for: marked, answered with for, or among its first places."""
    marks = read_marks(rules.form, text)
    if rules.form == "rank":
        return [number for number, _ in first_places(rules, marks, places)]
    wanted = FOR if rules.form == "item" else ""
    return [number for number, answer in answers(marks).items() if answer == wanted]
