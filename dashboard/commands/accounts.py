"""Signing in and out, passwords, and the appointment one acts under."""

import hashlib
import hmac
import math
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from pydantic import BaseModel, Field

from dashboard.gate import Call, command, relate
from dashboard.rules import passwords, patience
from dashboard.rules.refused import Refused
from dashboard.store import accounts
from dashboard.store.accounts import Held
from dashboard.store.passwords import NOBODY, hashed, matches, token_digest
from dashboard.store.tables.accounts import Account


class Credentials(BaseModel):
    """What is typed at the sign-in, and the address it came from, which is only hashed."""

    name: str = Field(max_length=80)
    password: str = Field(max_length=400, repr=False)
    address: str
    pepper: bytes = Field(repr=False)

    def key(self) -> str:
        """Return the keyed hash under which failures of this account from this address are counted."""
        text = f"{self.name.strip().casefold()}\n{self.address}"
        return hmac.new(self.pepper, text.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that was opened: the token goes into the cookie and is stored nowhere."""

    token: str
    held: Held | None
    must_change: bool


@command("account.sign_in")
def sign_in(call: Call, given: Credentials) -> SignedIn | Refused:
    """Open a session, or return why not; a refusal is returned, not raised, so that the failure stays counted."""
    session, key = call.session, given.key()
    kept = accounts.failures(session, key, call.now)
    if kept is not None:
        left = patience.wait(kept.count, kept.last_at, call.now)
        if left > timedelta():
            return Refused("sign_in_wait", seconds=math.ceil(left.total_seconds()))
    account = accounts.account_by_name(session, given.name.strip())
    is_right = matches(account.password_hash if account else NOBODY, given.password)
    # A disabled account answers as one that is not there.
    if account is None or not is_right or account.disabled_at is not None:
        accounts.count_failure(session, key, call.now)
        return Refused("sign_in_wrong")
    accounts.forgive(session, key)
    held = next(iter(accounts.appointments_of(session, account.id, call.now)), None)
    token = secrets.token_urlsafe(32)
    accounts.open_session(session, token_digest(token), account.id, held, call.now)
    return SignedIn(token, held, account.must_change)


@command("account.sign_out")
def sign_out(call: Call, *, everywhere: bool = False) -> list[str]:
    """End this session, or every session of the account, and return the digests of those ended."""
    relate(call, "account.sign_out", account_id=call.actor.account_id)
    only = None if everywhere else call.actor.session_id
    return accounts.revoke(call.session, call.now, account=_account(call), only=only)


@command("account.change_password")
def change_password(call: Call, old: str, new: str, repeated: str) -> list[str]:
    """Set a new password, end the account's other sessions and return their digests."""
    relate(call, "account.change_password", account_id=call.actor.account_id)
    account = call.session.get_one(Account, _account(call))
    if not matches(account.password_hash, old):
        raise Refused("password_old_wrong")
    if new != repeated:
        raise Refused("password_differs")
    passwords.check(new)
    if matches(account.password_hash, new):
        raise Refused("password_same")
    account.password_hash, account.must_change = hashed(new), False
    return accounts.revoke(call.session, call.now, account=account.id, keep=call.actor.session_id)


@command("account.choose_appointment")
def choose_appointment(call: Call, appointment: UUID) -> Held:
    """Act under another appointment of the same account from now on."""
    relate(call, "account.choose_appointment", account_id=call.actor.account_id)
    held = accounts.appointments_of(call.session, _account(call), call.now)
    chosen = next((one for one in held if one.id == appointment), None)
    if chosen is None or call.actor.session_id is None:
        raise Refused("not_found")
    accounts.bind_session(call.session, call.actor.session_id, chosen)
    return chosen


def _account(call: Call) -> UUID:
    if call.actor.account_id is None:
        raise Refused("sign_in_first")
    return call.actor.account_id
