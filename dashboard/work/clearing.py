"""Clearing what a round's end could not: while somebody read for longer, or because the server was killed before it.

One thread a server process looks at the start and every minute. Until it is done `doctor` names the rounds that wait.
"""

import threading

import structlog
from sqlalchemy.exc import SQLAlchemyError

from dashboard.store.rewriting import tidy, uncleared
from dashboard.store.transactions import Store

EVERY_SECONDS = 60.0
log = structlog.get_logger()


def clear(store: Store) -> bool:
    """Clear what waits, if anything does; tell whether nothing waits any more."""
    waiting = uncleared(store)
    if not waiting:
        return True
    done = tidy(store)
    if done:
        log.info("order of votes cleared", rounds=len(waiting))
    else:
        log.warning("order of votes not cleared yet", rounds=len(waiting))
    return done


def keep_clearing(store: Store, ended: threading.Event, every: float = EVERY_SECONDS) -> threading.Thread:
    """Start the thread that clears now and from time to time, until the event is set."""

    def run() -> None:
        while True:
            try:
                clear(store)
            except SQLAlchemyError:
                # A database that is away comes back; whoever serves says so by `ready`.
                log.exception("order of votes not cleared")
            if ended.wait(every):
                return

    thread = threading.Thread(target=run, name="clearing", daemon=True)
    thread.start()
    return thread
