"""A session that a hall code opened is no own sign-in; one by name and password is."""

import pytest

from dashboard.rules.roles import Role
from dashboard.store.own_sign_in import own_sign_in
from dashboard.store.passwords import token_digest
from dashboard.store.transactions import Store
from tests.commands.hall_session import card_of, come_in, deputy_of, give_phone
from tests.commands.people import add_account, person, refusal, seats
from tests.commands.signing_in import enter


@pytest.mark.parametrize("means", ["printed", "seat", "screen"])
def test_a_session_by_a_hall_code_is_refused(loaded_store: Store, means: str) -> None:
    seat = seats(loaded_store)[3]
    give_phone(loaded_store, seat, "0427")
    card = card_of(loaded_store, person(loaded_store, Role.CLERK), seat, means)
    deputy = deputy_of(loaded_store, come_in(loaded_store, card.code, "0427"))
    with loaded_store.system().reading() as session:
        assert refusal(own_sign_in, session, deputy.session_id) == "hall_code_session"


def test_a_session_by_name_and_password_is_an_own_one(loaded_store: Store) -> None:
    add_account(loaded_store, "anna")
    entered = enter(loaded_store)
    with loaded_store.system().reading() as session:
        own_sign_in(session, token_digest(entered.token))
        # The command line, which has no session.
        own_sign_in(session, None)
