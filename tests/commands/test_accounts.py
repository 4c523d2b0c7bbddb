"""Signing in and out, passwords: nothing is locked, nothing secret is stored or logged."""

import hashlib
import logging
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from dashboard.commands.accounts import change_password, choose_appointment, sign_out
from dashboard.gate import Actor
from dashboard.queries.accounts import own_account
from dashboard.queries.congresses import congress_of
from dashboard.queries.cycles import shown_year
from dashboard.rules.roles import Role
from dashboard.store.accounts import LIFETIME, count_failure
from dashboard.store.passwords import token_digest
from dashboard.store.tables.accounts import Account, SignInSession
from dashboard.store.transactions import Store
from dashboard.web.sessions import Sessions
from tests.commands.people import COUNTY, PASSWORD, add_account, appoint, call_of, refusal, seats
from tests.commands.signing_in import (
    CAFE,
    HOME,
    NEW,
    actor_of,
    credentials,
    enter,
    is_live,
    refused,
    with_role,
)
from tests.conftest import NOW


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_the_right_password_opens_a_session(demo_store: Store) -> None:
    appointment = appoint(demo_store, add_account(demo_store, "anna"), Role.CLERK)
    signed = enter(demo_store, " anna ")
    assert signed.held is not None
    actor = actor_of(demo_store, signed.token)
    assert (actor.role, actor.appointment_id, actor.name) == (Role.CLERK, appointment, "anna's name")
    assert own_account(call_of(demo_store, actor, writes=False)).held[0].congress_code == COUNTY


def test_wrong_password_unknown_name_and_disabled_account_are_told_alike(plain_store: Store) -> None:
    add_account(plain_store, "anna")
    gone = add_account(plain_store, "gone")
    with plain_store.system().writing() as session:
        session.execute(update(Account).where(Account.id == gone).values(disabled_at=NOW))
    assert refused(plain_store) == refused(plain_store, "nobody") == ("sign_in_wrong", None)
    assert refused(plain_store, "gone", PASSWORD) == ("sign_in_wrong", None)
    # The account that is disabled grows slower in the same way.
    for _ in range(2):
        refused(plain_store, "gone", PASSWORD)
    assert refused(plain_store, "gone", PASSWORD) == ("sign_in_wait", 1)


def test_a_disabled_account_ends_its_sessions(plain_store: Store) -> None:
    account = add_account(plain_store, "anna")
    token = enter(plain_store).token
    with plain_store.system().writing() as session:
        session.execute(update(Account).where(Account.id == account).values(disabled_at=NOW))
    assert not is_live(plain_store, token)


def test_the_wait_doubles_after_three_failures(store: Store) -> None:
    add_account(store, "anna")
    assert [refused(store)[0] for _ in range(3)] == ["sign_in_wrong"] * 3
    at = 0
    for wait in (1, 2, 4, 8):
        # Trying while waiting is refused even with the right password, and makes nothing longer.
        assert refused(store, now=later(at)) == ("sign_in_wait", wait)
        assert refused(store, password=PASSWORD, now=later(at + wait - 0.5)) == ("sign_in_wait", 1)
        at += wait
        assert refused(store, now=later(at)) == ("sign_in_wrong", None)
    assert refused(store, now=later(at)) == ("sign_in_wait", 16)


def test_failures_are_counted_by_account_and_address_together(store: Store) -> None:
    add_account(store, "anna")
    add_account(store, "bert")
    for _ in range(3):
        refused(store)
    assert refused(store) == ("sign_in_wait", 1)
    assert refused(store, "ANNA ") == ("sign_in_wait", 1)
    enter(store, address=CAFE)
    enter(store, "bert")
    assert refused(store) == ("sign_in_wait", 1)


def test_an_account_is_never_locked(plain_store: Store) -> None:
    add_account(plain_store, "anna")
    key = credentials("anna", "", HOME).key()
    with plain_store.system().writing() as session:
        for _ in range(500):
            count_failure(session, key, NOW)
    assert refused(plain_store) == ("sign_in_wait", 300)
    enter(plain_store, now=later(300))
    # After a success the count begins anew.
    assert [refused(plain_store, now=later(300))[0] for _ in range(3)] == ["sign_in_wrong"] * 3


def test_a_session_expires(plain_store: Store) -> None:
    add_account(plain_store, "anna")
    token = enter(plain_store).token
    assert is_live(plain_store, token, NOW + LIFETIME - timedelta(seconds=1))
    assert not is_live(plain_store, token, NOW + LIFETIME)
    assert actor_of(plain_store, token, NOW + LIFETIME) == Actor()
    assert actor_of(plain_store, token + "x") == actor_of(plain_store, "") == Actor()


def test_a_session_known_to_the_process_expires_too(plain_store: Store) -> None:
    add_account(plain_store, "anna")
    token, known = enter(plain_store).token, Sessions(plain_store)
    assert known.actor(token, NOW).account_id is not None
    assert known.actor(token, NOW + LIFETIME) == Actor()


def test_a_clock_set_back_brings_no_ended_session_back_and_locks_nobody_out(store: Store) -> None:
    add_account(store, "anna")
    back, ended, open_one = later(-3600), enter(store).token, enter(store).token
    sign_out(call_of(store, with_role(actor_of(store, ended)), None))
    assert [is_live(store, token, back) for token in (ended, open_one)] == [False, True]
    # A session that began later than now goes on to its own end.
    assert not is_live(store, open_one, NOW + LIFETIME)
    for _ in range(5):
        refused(store)
    assert refused(store, password=PASSWORD, now=back) == ("sign_in_wait", 1)
    assert enter(store, now=back + timedelta(seconds=1)).token


def test_signing_out_ends_this_session_alone(store: Store) -> None:
    add_account(store, "anna")
    here, there = enter(store).token, enter(store, address=CAFE).token
    ended = sign_out(call_of(store, with_role(actor_of(store, here)), None))
    assert ended == [token_digest(here)]
    assert (is_live(store, here), is_live(store, there)) == (False, True)


def test_signing_out_everywhere_ends_all_of_this_account(plain_store: Store) -> None:
    add_account(plain_store, "anna")
    add_account(plain_store, "bert")
    tokens = [enter(plain_store, address=address).token for address in (HOME, CAFE)]
    other = enter(plain_store, "bert").token
    ended = sign_out(call_of(plain_store, with_role(actor_of(plain_store, tokens[0])), None), everywhere=True)
    assert set(ended) == {token_digest(token) for token in tokens}
    assert [is_live(plain_store, token) for token in [*tokens, other]] == [False, False, True]


def test_a_new_password_ends_the_other_sessions(plain_store: Store) -> None:
    add_account(plain_store, "anna")
    here, there = enter(plain_store).token, enter(plain_store, address=CAFE).token
    ended = change_password(
        call_of(plain_store, with_role(actor_of(plain_store, here)), None), PASSWORD, NEW, NEW
    )
    assert ended == [token_digest(there)]
    assert (is_live(plain_store, here), is_live(plain_store, there)) == (True, False)
    assert refused(plain_store, password=PASSWORD)[0] == "sign_in_wrong"
    enter(plain_store, password=NEW)


@pytest.mark.parametrize(
    ("old", "new", "repeated", "code"),
    [
        ("wrong", NEW, NEW, "password_old_wrong"),
        (PASSWORD, NEW, NEW + "x", "password_differs"),
        (PASSWORD, "short", "short", "password_weak"),
        (PASSWORD, "aaaaaaaaaaaa", "aaaaaaaaaaaa", "password_weak"),
        (PASSWORD, PASSWORD, PASSWORD, "password_same"),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(
    plain_store: Store, old: str, new: str, repeated: str, code: str
) -> None:
    add_account(plain_store, "anna")
    here, there = enter(plain_store).token, enter(plain_store, address=CAFE).token
    call = call_of(plain_store, with_role(actor_of(plain_store, here)), None)
    assert refusal(change_password, call, old, new, repeated) == code
    assert is_live(plain_store, there)
    enter(plain_store, password=PASSWORD)


def test_the_first_password_is_changed_before_anything_else(demo_store: Store) -> None:
    account = add_account(demo_store, "anna", must_change=True)
    appoint(demo_store, account, Role.DEPUTY, seat=seats(demo_store)[0])
    signed = enter(demo_store)
    assert signed.must_change
    actor = actor_of(demo_store, signed.token)
    assert refusal(shown_year, call_of(demo_store, actor, writes=False)) == "change_password_first"
    assert congress_of(call_of(demo_store, actor, None, writes=False), None)
    assert refusal(choose_appointment, call_of(demo_store, actor, None), actor.appointment_id) == (
        "change_password_first"
    )
    change_password(call_of(demo_store, actor, None), PASSWORD, NEW, NEW)
    free = actor_of(demo_store, signed.token)
    assert shown_year(call_of(demo_store, free, writes=False)) == 2025


def test_tokens_and_passwords_are_stored_as_digests_alone(demo_store: Store) -> None:
    add_account(demo_store, "anna")
    token = enter(demo_store).token
    refused(demo_store, password="something quite wrong")
    with demo_store.system().reading() as session:
        assert hashlib.sha256(token.encode()).hexdigest() in session.scalars(select(SignInSession.id)).all()
    file = demo_store.writer.url.database
    for name in (file, f"{file}-wal"):
        with open(str(name), "rb") as database:
            stored = database.read()
        for secret in (token, PASSWORD, "something quite wrong", HOME):
            assert secret.encode() not in stored


def test_no_log_line_holds_a_secret(plain_store: Store, caplog: pytest.LogCaptureFixture) -> None:
    add_account(plain_store, "anna")
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
        try:
            token = enter(plain_store).token
            refused(plain_store, password="something quite wrong")
            actor = with_role(actor_of(plain_store, token))
            change_password(call_of(plain_store, actor, None), PASSWORD, NEW, NEW)
        finally:
            logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    assert "sign_in_sessions" in caplog.text
    shown = repr(credentials("anna", PASSWORD, HOME)) + caplog.text
    for secret in (PASSWORD, NEW, "something quite wrong", token, "$argon2", HOME):
        assert secret not in shown.replace(repr(HOME), "")
