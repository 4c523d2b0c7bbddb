"""The versions of topics as this process knows them: read at most five times a second for each congress."""

import threading
import time
from collections.abc import Iterable, Mapping
from uuid import UUID

from dashboard.store.record import topic_versions
from dashboard.store.transactions import Store

FRESH_SECONDS = 0.2
# What something was made from: congress, topic and the version that was read.
Stamps = tuple[tuple[UUID, str, int], ...]


class Versions:
    """A bounded view of topic versions: what this process wrote shows at once, what others wrote within 0.2 s."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[UUID, tuple[float, Mapping[str, int]]] = {}
        self._lock = threading.Lock()

    def of(self, congress: UUID) -> Mapping[str, int]:
        """Return every topic of a congress with its version."""
        known = self._known.get(congress)
        if known is not None and time.monotonic() - known[0] < FRESH_SECONDS:
            return known[1]
        # One thread asks; the others go on with what is known, unless nothing is.
        if not self._lock.acquire(blocking=known is None):
            return known[1] if known is not None else {}
        try:
            asked = time.monotonic()
            with self._store.system().reading() as session:
                versions = topic_versions(session, congress)
            self._known[congress] = (asked, versions)
            return versions
        finally:
            self._lock.release()

    def stamp(self, congress: UUID, topics: Iterable[str]) -> tuple[int, ...]:
        """Return the versions of some topics, 0 where one was never raised."""
        versions = self.of(congress)
        return tuple(versions.get(topic, 0) for topic in topics)

    def hold(self, versions: Stamps) -> bool:
        """Tell whether every topic still has the version it had, the topics of a congress one after the other."""
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
