"""What officers do without a password: never by a hall code, which the clerk could have typed."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from dashboard.commands.attendance import check_in_by_hand, confirm_check_in
from dashboard.commands.hall import set_last_four
from dashboard.commands.rounds import propose, withdraw
from dashboard.commands.rounds_end import recount_round
from dashboard.gate import Actor
from dashboard.store.tables.accounts import SignInSession
from dashboard.store.tables.sealing import RoundConsent
from dashboard.store.transactions import Store
from tests.commands.hall_session import card_of, check_ins, come_in, deputy_of
from tests.commands.people import refusal
from tests.commands.sessions import Played, session_of, voted_on


def by_the_clerks_hand(played: Played) -> Actor:
    """Return the chief scrutineer's seat as the clerk alone reaches it: new digits, a new code, both typed."""
    chief = played.seats[0]
    set_last_four(played.call(played.clerk), chief, "4321")
    card = card_of(played.store, played.clerk, chief, "screen")
    return deputy_of(played.store, come_in(played.store, card.code, "4321"))


def same_session_by_password(played: Played, actor: Actor) -> None:
    """Let the session be one that name and password opened."""
    with played.store.system().writing() as session:
        kept = update(SignInSession).where(SignInSession.id == actor.session_id)
        session.execute(kept.values(hall_code=None))


def waiting_for_confirmation(store: Store) -> tuple[Played, Callable[..., Any], tuple[Any, ...]]:
    played = session_of(store)
    played.check()
    played.check_in(200)
    # Sixteen that nobody saw: 321 in office, 214 must be there.
    for seat in played.seats[200:216]:
        check_in_by_hand(played.call(played.clerk), played.round_id, seat)
    return played, confirm_check_in, (played.round_id, played.seats[200:216])


def closed(store: Store) -> tuple[Played, Callable[..., Any], tuple[Any, ...]]:
    played = voted_on(store, {"1 2 3 4 5 6 7 8 9 10": 200})
    return played, recount_round, (played.round_id,)


def proposed(store: Store) -> tuple[Played, Callable[..., Any], tuple[Any, ...]]:
    played = session_of(store)
    played.open()
    consent = propose(played.call(played.clerk), played.proposal("close"))
    return played, withdraw, (consent,)


@pytest.mark.parametrize("prepared", [waiting_for_confirmation, closed, proposed])
def test_no_officer_acts_by_a_hall_code(loaded_store: Store, prepared: Callable[[Store], Any]) -> None:
    played, command, given = prepared(loaded_store)
    code = by_the_clerks_hand(played)
    before = (played.acts(), played.row().state, check_ins(loaded_store, played.round_id))
    assert refusal(command, played.call(code), *given) == "hall_code_session"
    after = (played.acts(), played.row().state, check_ins(loaded_store, played.round_id))
    assert after == before
    # The same deputy, signed in by name and password.
    same_session_by_password(played, code)
    assert command(played.call(code), *given) is None
    assert len(played.acts()) == len(before[0]) + 1


def test_what_was_proposed_still_stands(demo_store: Store) -> None:
    played, command, given = proposed(demo_store)
    refusal(command, played.call(by_the_clerks_hand(played)), *given)
    assert [one.state for one in played.rows(RoundConsent)] == ["assented", "proposed"]
