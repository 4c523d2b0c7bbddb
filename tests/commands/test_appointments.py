"""Which appointment one acts under: one's own, and only while it holds."""

from datetime import date, datetime, timedelta

from dashboard.commands.accounts import choose_appointment
from dashboard.rules.roles import Role
from dashboard.store.transactions import Store
from tests.commands.people import TOWNSHIP, add_account, appoint, call_of, person, refusal, seats
from tests.commands.signing_in import actor_of, enter
from tests.conftest import NOW


def test_one_chooses_among_ones_own_appointments(demo_store: Store) -> None:
    account = add_account(demo_store, "anna")
    county = appoint(demo_store, account, Role.CLERK)
    township = appoint(demo_store, account, Role.DEPUTY, TOWNSHIP, seat=seats(demo_store, TOWNSHIP)[0])
    token = enter(demo_store).token
    actor = actor_of(demo_store, token)
    assert actor.appointment_id == county
    assert choose_appointment(call_of(demo_store, actor, None), township).congress_code == TOWNSHIP
    chosen = actor_of(demo_store, token)
    assert (chosen.role, chosen.appointment_id) == (Role.DEPUTY, township)
    assert chosen.membership_id is not None


def test_an_appointment_that_is_not_ones_own_is_not_there(demo_store: Store) -> None:
    account = add_account(demo_store, "anna")
    own = appoint(demo_store, account, Role.CLERK)
    yesterday, tomorrow = NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=1)
    ended = appoint(demo_store, account, Role.LEADER, to_day=yesterday)
    coming = appoint(demo_store, account, Role.PRESIDIUM, from_day=tomorrow)
    other = person(demo_store, Role.ADMIN).appointment_id
    token = enter(demo_store).token
    for wanted in (ended, coming, other):
        call = call_of(demo_store, actor_of(demo_store, token), None)
        assert refusal(choose_appointment, call, wanted) == "not_found"
    assert actor_of(demo_store, token).appointment_id == own


def test_an_appointment_holds_by_the_day_in_china(demo_store: Store) -> None:
    """At one in the morning in China it is still the day before in UTC."""
    account = add_account(demo_store, "anna")
    appoint(demo_store, account, Role.LEADER, to_day=date(2025, 10, 10))
    appoint(demo_store, account, Role.CLERK, from_day=date(2025, 10, 11))
    night = datetime.fromisoformat("2025-10-11T01:00:00+08:00")
    signed = enter(demo_store, now=night)
    assert signed.held is not None
    assert signed.held.role == Role.CLERK
    assert actor_of(demo_store, signed.token, night).role is Role.CLERK


def test_an_appointment_that_ended_leaves_a_session_without_role(demo_store: Store) -> None:
    account = add_account(demo_store, "anna")
    appoint(demo_store, account, Role.CLERK, to_day=date(2025, 10, 10))
    token = enter(demo_store).token
    assert actor_of(demo_store, token).role is Role.CLERK
    evening = datetime.fromisoformat("2025-10-11T00:00:01+08:00")
    left = actor_of(demo_store, token, evening)
    assert (left.role, left.account_id) == (Role.PUBLIC, account)
