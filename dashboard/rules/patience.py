"""How long a sign-in waits after failed tries: growing, never a lock-out (our rule)."""

from datetime import datetime, timedelta

FREE_TRIES = 3
LONGEST = timedelta(minutes=5)


def wait(failures: int, last: datetime, now: datetime, longest: timedelta = LONGEST) -> timedelta:
    """Return how long the next try must wait: 1, 2, 4 ... seconds after the third failure, 5 minutes at most."""
    if failures < FREE_TRIES:
        return timedelta()
    delay = min(timedelta(seconds=2 ** min(failures - FREE_TRIES, 20)), longest)
    # A clock set back must not make the wait longer than it is.
    return min(max(last + delay - now, timedelta()), delay)
