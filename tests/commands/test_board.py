"""The clerk's hand on the big screen: what it shows, which screens are let in, and for how long."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from dashboard.commands.board import MOST_SCREENS, let_in, show, shut_out
from dashboard.queries.board import control
from dashboard.rules.roles import Role
from dashboard.store.passwords import token_digest
from dashboard.store.screens import live_screen
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.hall import Screen, ScreenToken
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.record import Act
from dashboard.store.transactions import Store
from tests.boards import meeting_of
from tests.commands.people import TOWNSHIP, call_of, person, refusal
from tests.conftest import NOW
from tests.planting_rounds import Planted, open_round

TODAY, LAST_DAY = NOW.date(), date(2025, 10, 12)


@pytest.fixture
def found(demo_store: Store) -> Planted:
    """A round of a meeting that goes on until the day after tomorrow."""
    planted = open_round(demo_store, options=["甲", "乙"])
    last_day(demo_store, planted, LAST_DAY)
    return planted


def last_day(store: Store, planted: Planted, day: date) -> None:
    with store.system().writing() as session:
        session.get_one(Meeting, (planted.congress_id, meeting_of(store, planted))).closes_on = day


def screen_of(store: Store, planted: Planted) -> Screen | None:
    with store.system().reading() as session:
        return session.get(Screen, (planted.congress_id, meeting_of(store, planted)))


def test_the_clerk_chooses_and_the_version_rises(demo_store: Store, found: Planted) -> None:
    clerk, meeting = person(demo_store, Role.CLERK), meeting_of(demo_store, found)
    first = show(call_of(demo_store, clerk), meeting, "check_in", found.id)
    second = show(call_of(demo_store, clerk), meeting, "board", found.id)
    assert second > first
    kept = screen_of(demo_store, found)
    assert kept is not None
    assert (kept.shows, kept.round_id) == ("board", found.id)
    # The same again is no change; the title needs no round.
    assert show(call_of(demo_store, clerk), meeting, "board", found.id) == second
    assert show(call_of(demo_store, clerk), meeting, "title", found.id) == second + 1
    kept = screen_of(demo_store, found)
    assert kept is not None
    assert kept.round_id is None


def test_choosing_is_no_act(demo_store: Store, found: Planted) -> None:
    def acts() -> int:
        with demo_store.system().reading() as session:
            return session.scalars(select(func.count()).select_from(Act)).one()

    before = acts()
    clerk, meeting = person(demo_store, Role.CLERK), meeting_of(demo_store, found)
    show(call_of(demo_store, clerk), meeting, "board", found.id)
    let_in(call_of(demo_store, clerk), meeting)
    shut_out(call_of(demo_store, clerk), meeting)
    assert acts() == before


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.PUBLIC, Role.DEPARTMENT}))
def test_nobody_else_has_a_hand_on_it(demo_store: Store, found: Planted, role: Role) -> None:
    meeting = meeting_of(demo_store, found)
    other = person(demo_store, role)
    assert refusal(show, call_of(demo_store, other), meeting, "board", found.id) == "not_allowed"
    assert refusal(let_in, call_of(demo_store, other), meeting) == "not_allowed"
    assert refusal(shut_out, call_of(demo_store, other), meeting) == "not_allowed"


def test_what_is_not_of_the_meeting_is_refused(demo_store: Store, found: Planted) -> None:
    clerk, meeting = person(demo_store, Role.CLERK), meeting_of(demo_store, found)
    elsewhere = open_round(demo_store, TOWNSHIP, options=["甲"])
    apart = open_round(demo_store, options=["甲"], meeting_id=None)
    for other in (elsewhere.id, apart.id, new_id(), None):
        assert refusal(show, call_of(demo_store, clerk), meeting, "board", other) == "screen_round"
    assert refusal(show, call_of(demo_store, clerk), meeting, "votes", found.id) == "malformed"
    theirs = meeting_of(demo_store, elsewhere)
    assert refusal(show, call_of(demo_store, clerk), theirs, "title") == "not_found"
    assert refusal(let_in, call_of(demo_store, clerk), theirs) == "not_found"
    assert refusal(shut_out, call_of(demo_store, clerk), theirs) == "not_found"


def test_a_token_is_stored_as_its_digest_alone_and_ends_with_the_meeting(
    demo_store: Store, found: Planted
) -> None:
    clerk, meeting = person(demo_store, Role.CLERK), meeting_of(demo_store, found)
    made = let_in(call_of(demo_store, clerk), meeting)
    assert (made.ends, made.screens) == (LAST_DAY, 1)
    with demo_store.system().reading() as session:
        (kept,) = session.scalars(select(ScreenToken)).all()
        assert kept.id == token_digest(made.token)
        assert made.token not in str(vars(kept))
        # Midnight in Shanghai after the last day, 12 October.
        assert kept.expires_at == datetime(2025, 10, 12, 16, tzinfo=UTC)
        held = live_screen(session, token_digest(made.token), NOW)
        assert held is not None
        assert held.meeting_id == meeting
        assert live_screen(session, token_digest(made.token), kept.expires_at) is None


def test_a_demonstrations_days_are_counted_from_its_today(demo_store: Store, found: Planted) -> None:
    """A year later the demonstration still stands at 10 October 2025, its meeting ends in two days."""
    later = NOW + timedelta(days=365)
    clerk = person(demo_store, Role.CLERK)
    let_in(call_of(demo_store, clerk, now=later), meeting_of(demo_store, found))
    with demo_store.system().reading() as session:
        (kept,) = session.scalars(select(ScreenToken)).all()
    assert kept.expires_at == datetime(2026, 10, 12, 16, tzinfo=UTC)


def test_a_meeting_that_is_over_lets_no_screen_in(demo_store: Store, found: Planted) -> None:
    clerk, meeting = person(demo_store, Role.CLERK), meeting_of(demo_store, found)
    last_day(demo_store, found, TODAY)
    let_in(call_of(demo_store, clerk), meeting)
    last_day(demo_store, found, TODAY - timedelta(days=1))
    assert refusal(let_in, call_of(demo_store, clerk), meeting) == "meeting_over"


def test_screens_are_shut_out_together_and_no_hall_has_so_many(demo_store: Store, found: Planted) -> None:
    clerk, meeting = person(demo_store, Role.CLERK), meeting_of(demo_store, found)
    tokens = {let_in(call_of(demo_store, clerk), meeting).token for _ in range(MOST_SCREENS)}
    assert len(tokens) == MOST_SCREENS
    assert refusal(let_in, call_of(demo_store, clerk), meeting) == "screens_many"
    assert many(demo_store, found) == MOST_SCREENS
    assert shut_out(call_of(demo_store, clerk), meeting) == MOST_SCREENS
    assert many(demo_store, found) == 0
    with demo_store.system().reading() as session:
        assert {live_screen(session, token_digest(one), NOW) for one in tokens} == {None}
    let_in(call_of(demo_store, clerk), meeting)
    assert many(demo_store, found) == 1


def many(store: Store, planted: Planted) -> int:
    known = control(call_of(store, person(store, Role.CLERK), writes=False), planted.id)
    assert known is not None
    return known.screens


def test_the_screens_secret_stays_when_it_is_chosen_anew(demo_store: Store, found: Planted) -> None:
    clerk, meeting = person(demo_store, Role.CLERK), meeting_of(demo_store, found)
    secrets: set[str] = set()
    choices: list[tuple[str, UUID | None]] = [("title", None), ("check_in", found.id), ("blank", None)]
    for what, round_id in choices:
        show(call_of(demo_store, clerk), meeting, what, round_id)
        kept = screen_of(demo_store, found)
        assert kept is not None
        secrets.add(kept.secret)
    assert len(secrets) == 1
