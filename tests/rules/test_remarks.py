"""How remarks stand day by day, and what lists of remarks and tasks show and count; days worked out by hand."""

from datetime import date

import pytest

from dashboard.rules.remark_frames import (
    AnswerShown,
    RemarkShown,
    WantedRemarks,
    chosen,
    counted,
    pressing_first,
)
from dashboard.rules.remarks import Given, due_day, lateness, standing
from dashboard.rules.tasks import is_overdue

DUE = date(2025, 10, 20)


@pytest.mark.parametrize(
    ("given", "today", "state", "by"),
    [
        ((), date(2025, 10, 20), "open", DUE),
        ((), date(2025, 10, 21), "overdue", DUE),
        ((Given(date(2025, 10, 21)),), date(2026, 1, 1), "answered", None),
        ((Given(DUE, True),), date(2026, 1, 1), "answered", None),
        ((Given(DUE, False, date(2025, 11, 19)),), date(2025, 11, 19), "again", date(2025, 11, 19)),
        ((Given(DUE, False, date(2025, 11, 19)),), date(2025, 11, 20), "overdue", date(2025, 11, 19)),
        (
            (Given(DUE, False, date(2025, 11, 19)), Given(date(2025, 11, 20))),
            date(2026, 1, 1),
            "answered",
            None,
        ),
    ],
)
def test_how_a_remark_stands(given: tuple[Given, ...], today: date, state: str, by: date | None) -> None:
    assert standing(DUE, given, today) == state
    assert due_day(DUE, given) == by


@pytest.mark.parametrize(
    ("given", "late"),
    [
        ((), ()),
        ((Given(DUE),), (False,)),
        ((Given(date(2025, 10, 21)),), (True,)),
        # A correction of what nobody was dissatisfied with had no day to keep.
        ((Given(DUE), Given(date(2026, 5, 1))), (False, False)),
        ((Given(DUE, False, date(2025, 11, 19)), Given(date(2025, 11, 20))), (False, True)),
        ((Given(date(2025, 10, 21), False, date(2025, 11, 19)), Given(date(2025, 11, 19))), (True, False)),
    ],
)
def test_which_answers_came_late(given: tuple[Given, ...], late: tuple[bool, ...]) -> None:
    assert lateness(DUE, given) == late


def shown(
    state: str, due: date | None, made: date = date(2025, 10, 10), *, late: bool = False
) -> RemarkShown:
    answers = (
        (AnswerShown(1, "答", None, DUE, late, None, None, None),) if state in {"answered", "again"} else ()
    )
    return RemarkShown(
        id=f"{state}{made.day}", number=3, project="改造", project_id="p", department="住建局", department_id="d",
        deputy="甲", seat="s", week="w", week_title="周", text="意见", made=made, due=due, state=state,
        published=False, inside=True, answers=answers,
    )  # fmt: skip


ROWS = (
    shown("answered", None, date(2025, 10, 1)),
    shown("open", DUE),
    shown("overdue", date(2025, 10, 4)),
    shown("answered", None, date(2025, 10, 8), late=True),
    shown("again", date(2025, 11, 9)),
)


def test_what_waits_stands_first_by_its_day_what_is_answered_by_the_newest() -> None:
    assert [row.id for row in pressing_first(ROWS)] == [
        "overdue10",
        "open10",
        "again10",
        "answered8",
        "answered1",
    ]


@pytest.mark.parametrize(
    ("wanted", "n"),
    [
        (WantedRemarks(), 5),
        (WantedRemarks(state="open"), 3),
        (WantedRemarks(state="overdue"), 1),
        (WantedRemarks(state="answered"), 2),
        (WantedRemarks(project="3", department="d", week="w"), 5),
        (WantedRemarks(project="4"), 0),
        (WantedRemarks(week="other"), 0),
    ],
)
def test_what_an_address_asks_for(wanted: WantedRemarks, n: int) -> None:
    assert len(chosen(ROWS, wanted)) == n


def test_what_a_week_counts() -> None:
    """One that is to be answered again was answered."""
    own = counted(ROWS)
    assert (own.remarks, own.answered, own.overdue, own.late) == (5, 3, 1, 1)


@pytest.mark.parametrize(
    ("state", "due", "overdue"),
    [
        ("open", date(2025, 10, 19), True),
        ("open", DUE, False),
        ("open", None, False),
        ("done", date(2025, 1, 1), False),
        ("proposed", date(2025, 1, 1), False),
    ],
)
def test_a_task_is_overdue_from_the_day_after_its_day(state: str, due: date | None, overdue: bool) -> None:
    assert is_overdue(state, due, DUE) is overdue
