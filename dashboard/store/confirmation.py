"""The password typed again before an act that counts: wrong tries are counted and delayed as at the sign-in."""

import hashlib
import math
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from dashboard.rules import patience
from dashboard.rules.refused import Refused
from dashboard.store.accounts import count_failure, failures, forgive
from dashboard.store.passwords import NOBODY, matches
from dashboard.store.tables.accounts import Account


def confirm(session: Session, account: UUID | None, password: str, now: datetime) -> Refused | None:
    """Return why a password is not taken, or None where it is the account's.

    A command returns the refusal, it does not raise it: the try must stay counted.
    """
    # Only who is signed in to the account gets here, so that the account alone is the key.
    key = hashlib.sha256(f"confirm\n{account}".encode()).hexdigest()
    kept = failures(session, key, now)
    if kept is not None:
        left = patience.wait(kept.count, kept.last_at, now)
        if left > timedelta():
            return Refused("confirm_wait", seconds=math.ceil(left.total_seconds()))
    row = session.get(Account, account) if account is not None else None
    if not matches(row.password_hash if row else NOBODY, password) or row is None:
        count_failure(session, key, now)
        return Refused("confirm_wrong")
    forgive(session, key)
    return None
