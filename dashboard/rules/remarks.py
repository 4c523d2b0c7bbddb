"""How a remark stands: waiting, overdue, answered, or to be answered again; and which answers came late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ANSWER_WITHIN = timedelta(days=10)
"""Our default for the department's answer, in calendar days."""
REDO_WITHIN = timedelta(days=30)
"""Our default for a second answer: rules on suggestions ask for one within one to two months."""
OPEN, AGAIN, OVERDUE, ANSWERED = "open", "again", "overdue", "answered"
STATES = (OPEN, AGAIN, OVERDUE, ANSWERED)
WAITING = frozenset({OPEN, AGAIN, OVERDUE})


@dataclass(frozen=True, slots=True)
class Given:
    """One version of an answer, as far as its day and its verdict go."""

    on: date
    satisfied: bool | None = None
    redo_by: date | None = None


def due_day(due: date, given: Sequence[Given]) -> date | None:
    """Return the day by which the department answers, None where nothing is to be answered any more."""
    if not given:
        return due
    return given[-1].redo_by if given[-1].satisfied is False else None


def standing(due: date, given: Sequence[Given], today: date) -> str:
    """Return how a remark stands on a day; the due day itself is still in time."""
    by = due_day(due, given)
    if by is None:
        return ANSWERED
    if by < today:
        return OVERDUE
    return AGAIN if given else OPEN


def lateness(due: date, given: Sequence[Given]) -> tuple[bool, ...]:
    """Tell of each version whether it came after the day by which an answer was due.

    A correction of an answer with which nobody was dissatisfied had no day to keep.
    """
    days = [due, *(one.redo_by for one in given[:-1])]
    return tuple(by is not None and one.on > by for one, by in zip(given, days, strict=True)) if given else ()
