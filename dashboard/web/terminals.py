"""Which pages stand on a shared terminal of the hall: by the session that was opened at one, else by the address."""

from dashboard.gate import Call
from dashboard.web.addresses import Address
from dashboard.web.context import Web
from dashboard.web.parts.terminal import MARK, marked

# Where an address may say it of somebody who is not signed in, or did so with a password.
SAYS_SO = frozenset({"hall", "vote"})


def is_terminal(call: Call, address: Address, search: str) -> bool:
    """Tell whether a page is shown on a terminal."""
    asked = MARK.removeprefix("?") in search.removeprefix("?").split("&")
    return call.actor.at_terminal or (asked and address.page in SAYS_SO)


def way_in(call: Call, web: Web, address: Address) -> str:
    """Return where the next deputy comes in on this terminal."""
    own = web.directory.holding(call.actor.congress_id) if call.actor.congress_id is not None else None
    code = own.code if own is not None else address.code
    return marked(Address(address.language, code, page="hall").path(), terminal=True)
