"""Signing in as the tests do it: through the command, at a moment that they name."""

from datetime import datetime

from dashboard.commands.accounts import Credentials, SignedIn, sign_in
from dashboard.gate import Actor
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store.accounts import live_session
from dashboard.store.passwords import token_digest
from dashboard.store.transactions import Store
from dashboard.web.sessions import Sessions
from tests.commands.people import PASSWORD, call_of
from tests.conftest import NOW

HOME, CAFE = "192.0.2.1", "198.51.100.7"
NEW = "another staple of horses"


def credentials(name: str, password: str, address: str) -> Credentials:
    return Credentials(name=name, password=password, address=address, pepper=b"p" * 32)


def enter(
    store: Store,
    name: str = "anna",
    password: str = PASSWORD,
    address: str = HOME,
    now: datetime = NOW,
) -> SignedIn:
    """Sign in, which must succeed."""
    signed = sign_in(call_of(store, code=None, now=now), credentials(name, password, address))
    assert isinstance(signed, SignedIn), signed
    return signed


def refused(
    store: Store,
    name: str = "anna",
    password: str = "wrong",
    address: str = HOME,
    now: datetime = NOW,
) -> tuple[str, object]:
    """Try to sign in, which must fail; return the code and the seconds to wait."""
    answer = sign_in(call_of(store, code=None, now=now), credentials(name, password, address))
    assert isinstance(answer, Refused)
    return answer.code, answer.facts.get("seconds")


def actor_of(store: Store, token: str, now: datetime = NOW) -> Actor:
    """Return who holds a token, asking the database."""
    return Sessions(store).actor(token, now)


def is_live(store: Store, token: str, now: datetime = NOW) -> bool:
    with store.system().glancing() as connection:
        return live_session(connection, token_digest(token), now) is not None


def with_role(actor: Actor) -> Actor:
    """Return an actor who also holds a role: signing out asks for a member."""
    return Actor(role=Role.CLERK, account_id=actor.account_id, session_id=actor.session_id)
