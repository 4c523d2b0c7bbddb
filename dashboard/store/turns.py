"""Whose turn it is to write: on SQLite one at a time, in the order in which they came, votes in one commit together.

SQLite lets one transaction write, and the others try again after a nap: whoever is unlucky waits for seconds. And
each commit waits for the disk. So the writers of this process queue here, and votes that wait one behind the other
go on in the transaction of the one before; all of them end after its commit. Each has a savepoint of its own, so that
one that is refused takes nothing of another's with it.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine

PATIENCE_SECONDS = 10.0
# Nobody waits for more than so many others before the disk is asked.
MOST_TOGETHER = 64


class NotCommitted(Exception):
    """The transaction that this one was part of did not come to its commit; nothing of it is there."""


@dataclass
class _Group:
    """A transaction that several go on in, and what became of it."""

    connection: Connection
    size: int = 0
    ended: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None

    def commit(self) -> None:
        """Commit for everybody, or let everybody know that it did not come to it."""
        try:
            # Where the disk is full SQLite itself may have undone the whole transaction.
            if not self.connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
                raise NotCommitted
            self.connection.commit()
        except Exception as error:
            self.error = error
            # Whatever is left of the transaction ends with the connection.
            self.connection.invalidate()
        finally:
            self.connection.close()
            self.ended.set()


@dataclass(eq=False)
class _Place:
    """A place in the queue."""

    together: bool
    called: threading.Event = field(default_factory=threading.Event)


class Turns:
    """The queue of a process's writers on one SQLite database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._guard = threading.Lock()
        self._queue: deque[_Place] = deque()
        self._is_taken = False
        self._group: _Group | None = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait for a turn to write in a transaction of one's own."""
        self._enter(together=False)
        try:
            yield
        finally:
            self._call(self._next())

    @contextmanager
    def together(self) -> Iterator[Connection]:
        """Wait for a turn, give the connection whose transaction is shared, and end once that is committed."""
        self._enter(together=True)
        group: _Group | None = None
        try:
            group = self._joined()
            yield group.connection
        finally:
            self._hand_on()
            # One who was refused waits too: what was there already may have been the others'.
            if group is not None:
                group.ended.wait()
                if group.error is not None:
                    raise group.error

    def _joined(self) -> _Group:
        if self._group is None:
            connection = self._engine.connect()
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
            self._group = _Group(connection)
        self._group.size += 1
        return self._group

    def _hand_on(self) -> None:
        """Let the next one go on in the open transaction, or commit it where that one does not."""
        group = self._group
        following = self._next(group) if group is not None else None
        if following is None:
            if group is not None:
                self._group = None
                group.commit()
            following = self._next()
        self._call(following)

    def _next(self, group: _Group | None = None) -> _Place | None:
        """Take the next one from the queue; one for an open transaction, only where that one may join it."""
        with self._guard:
            if not self._queue:
                return None
            if group is not None and not (self._queue[0].together and group.size < MOST_TOGETHER):
                return None
            return self._queue.popleft()

    def _call(self, place: _Place | None) -> None:
        if place is None:
            with self._guard:
                if not self._queue:
                    self._is_taken = False
                    return
                place = self._queue.popleft()
        place.called.set()

    def _enter(self, *, together: bool) -> None:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            place = _Place(together)
            self._queue.append(place)
        if place.called.wait(PATIENCE_SECONDS):
            return
        with self._guard:
            if place not in self._queue:
                # Called in the very last instant.
                return
            self._queue.remove(place)
        raise TimeoutError("no turn to write")
