"""The versions of topics as this process knows them: read at most five times a second for each congress."""

import threading
import time
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from dashboard.store.record import topic_versions
from dashboard.store.transactions import Store

FRESH_SECONDS = 0.2
MOST_KNOWN = 16_384
# What something was made from: congress, topic and the version that was read.
Stamps = tuple[tuple[UUID, str, int], ...]


class Versions:
    """A bounded view of topic versions: what this process wrote shows at once, what others wrote within 0.2 s."""

    def __init__(self, store: Store, fresh: float = FRESH_SECONDS) -> None:
        self._store, self._fresh = store, fresh
        self._known: dict[UUID, tuple[float, Mapping[str, int]]] = {}
        self._lock = threading.Lock()

    def of(self, congress: UUID) -> Mapping[str, int]:
        """Return every topic of a congress with its version."""
        known = self._known.get(congress)
        if known is not None and time.monotonic() - known[0] < self._fresh:
            return known[1]
        # One thread asks; the others go on with what is known, unless nothing is.
        if not self._lock.acquire(blocking=known is None):
            return known[1] if known is not None else {}
        try:
            return self._read([congress])[congress]
        finally:
            self._lock.release()

    def gather(self, congresses: Collection[UUID]) -> None:
        """Read the versions of several congresses in one statement, so that none is asked for by itself."""
        now = time.monotonic()
        known = ((one, self._known.get(one)) for one in congresses)
        stale = [one for one, read in known if read is None or now - read[0] >= self._fresh]
        # As above: the others go on with what is known, unless of one nothing is.
        unknown = any(one not in self._known for one in stale)
        if len(stale) > 1 and self._lock.acquire(blocking=unknown):
            try:
                self._read(stale)
            finally:
                self._lock.release()

    def _read(self, congresses: Collection[UUID]) -> Mapping[UUID, Mapping[str, int]]:
        asked = time.monotonic()
        with self._store.system().reading() as session:
            found = topic_versions(session, congresses)
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known.update((one, (asked, found[one])) for one in congresses)
        return found

    def stamp(self, congress: UUID, topics: Iterable[str]) -> tuple[int, ...]:
        """Return the versions of some topics, 0 where one was never raised."""
        versions = self.of(congress)
        return tuple(versions.get(topic, 0) for topic in topics)

    def hold(self, versions: Stamps) -> bool:
        """Tell whether every topic still has the version it had, the topics of a congress one after the other."""
        if versions and versions[0][0] != versions[-1][0]:
            self.gather({congress for congress, _, _ in versions})
        asked: object = None
        known: Mapping[str, int] = {}
        for congress, topic, version in versions:
            if congress is not asked:
                asked, known = congress, self.of(congress)
            if known.get(topic, 0) != version:
                return False
        return True

    def forget(self, congress: UUID) -> None:
        """Read this congress's versions again at the next use: called after a commit."""
        self._known.pop(congress, None)
