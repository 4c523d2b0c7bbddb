"""What a signed-in person sees of the own account."""

from dataclasses import dataclass

from dashboard.gate import Call, query
from dashboard.store.accounts import Held, appointments_of


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The person's name, the appointments held, and whether the password must be changed first."""

    name: str
    held: tuple[Held, ...]
    must_change: bool


@query("account.read")
def own_account(call: Call) -> OwnAccount:
    """Return the account that this session belongs to."""
    actor = call.actor
    held = appointments_of(call.session, actor.account_id, call.now) if actor.account_id else ()
    return OwnAccount(actor.name or "", tuple(held), actor.must_change)
