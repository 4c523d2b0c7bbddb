"""Looking a ballot up by its receipt: without sign-in, across congresses, by its hash alone."""

from dashboard.gate import Call, query
from dashboard.store.receipts import Found, find_ballot


@query("receipt.read")
def look_up(call: Call, receipt: bytes) -> Found:
    """Return what a receipt finds; what it does not find and what is not to be told are refused alike."""
    return find_ballot(call.session, receipt)
