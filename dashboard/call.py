"""What a request is to commands and queries: who asks, of which congress, on which day, in which transaction."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from dashboard.cache import Bounded
from dashboard.i18n import SHANGHAI
from dashboard.relations import congresses_below
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store.record import NewAct, append, raise_topics
from dashboard.store.scope import Scope
from dashboard.store.transactions import Store
from dashboard.store.versions import Stamps, Versions

FRAMES = 4096


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: an appointment of a signed-in account, the public, or the screen of a meeting (`meeting_id`).

    `at_terminal` tells that the session was opened at a shared terminal of the hall.
    """

    role: Role = Role.PUBLIC
    account_id: UUID | None = None
    appointment_id: UUID | None = None
    congress_id: UUID | None = None
    membership_id: UUID | None = None
    department_id: UUID | None = None
    session_id: str | None = None
    name: str | None = None
    must_change: bool = False
    meeting_id: UUID | None = None
    at_terminal: bool = False


PUBLIC = Actor()


@dataclass(frozen=True, slots=True)
class Place:
    """The congress of a request's address, and the day that counts as today in it."""

    congress_id: UUID
    code: str
    name: str
    level: str
    simulated: bool
    as_of: date | None


@dataclass(frozen=True)
class Ground:
    """What every call of a process stands on: the store, the versions, the frames kept."""

    store: Store
    versions: Versions
    frames: Bounded[Any] = field(default_factory=lambda: Bounded(FRAMES))


@dataclass
class Call:
    """One request as commands and queries see it: actor, scope, audience, time, language, transaction."""

    ground: Ground
    actor: Actor
    place: Place | None
    year: int | None
    now: datetime
    language: str
    writes: bool = False
    allowed: str | None = None
    related: bool = False
    topics: dict[tuple[UUID, str], int] = field(default_factory=dict)
    # Whether an answer made of this call may be kept until one of its topics changes.
    lasting: bool = True
    acts: list[NewAct] = field(default_factory=list)
    raised: set[str] = field(default_factory=set)
    after: list[Callable[[Store], object]] = field(default_factory=list)
    _below: tuple[UUID, ...] | None = None
    _session: Session | None = None
    _snapshot: ExitStack | None = None

    @property
    def is_member(self) -> bool:
        """Tell whether the actor belongs to the congress of the address."""
        return self.place is not None and self.actor.congress_id == self.place.congress_id

    @property
    def role(self) -> Role:
        """Return the role in which the actor acts here: the public's in another congress."""
        return self.actor.role if self.is_member or self.place is None else Role.PUBLIC

    @property
    def congress_id(self) -> UUID:
        """Return the congress of the address."""
        if self.place is None:
            raise Refused("not_found")
        return self.place.congress_id

    @property
    def today(self) -> date:
        """Return the day that counts as today: a demonstration's as-of date, or the date in Shanghai."""
        if self.place is not None and self.place.as_of is not None:
            return self.place.as_of
        return self.now.astimezone(SHANGHAI).date()

    @property
    def scope(self) -> Scope:
        """Return what the row filter lets this call see."""
        if self.place is None:
            return Scope()
        seen = frozenset({self.place.congress_id})
        return Scope(seen, seen if self.is_member else frozenset(), self.congress_id if self.writes else None)

    @property
    def below(self) -> tuple[UUID, ...]:
        """Return the congresses under that of the address, looked up once a call."""
        if self._below is None:
            with self.ground.store.reading(Scope()) as session:
                self._below = congresses_below(session, self.congress_id)
        return self._below

    @property
    def stamps(self) -> Stamps:
        """Return the versions of the topics that this call has read."""
        return tuple((congress, topic, version) for (congress, topic), version in self.topics.items())

    @property
    def session(self) -> Session:
        """Return the open session; without an allowed action there is none."""
        if self.allowed is None:
            raise RuntimeError("a session before any action was allowed")
        if self._session is None:
            raise RuntimeError("a session outside a command or query")
        return self._session

    def act(self, kind: str, **payload: str | int | None) -> None:
        """Record an act at the end of this transaction."""
        self.acts.append(NewAct(kind, payload))

    def afterwards(self, work: Callable[[Store], object]) -> None:
        """Do some work on the store once this transaction is committed, and never when it is not."""
        self.after.append(work)

    def changed(self, *topics: str) -> None:
        """Raise topics at the end of this transaction."""
        self.raised.update(topics)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let every query of the block read one snapshot, opened by the first that needs the database."""
        with ExitStack() as stack:
            self._snapshot = stack
            try:
                yield
            finally:
                self._session = self._snapshot = None

    @contextmanager
    def transaction(self, *, together: bool = False) -> Iterator[Session]:
        """Open this call's transaction, or go on in the one that is open; `together` may share its commit."""
        if self._session is None and self._snapshot is not None and not self.writes:
            self._session = self._snapshot.enter_context(self.ground.store.reading(self.scope))
        if self._session is not None:
            yield self._session
            return
        store, told = self.ground.store, False
        due: list[Callable[[Store], object]] = []
        writing = store.writing(self.scope, together=together) if self.writes else store.reading(self.scope)
        with writing as session:
            self._session = session
            try:
                yield session
                if self.writes and self.place is not None:
                    self._seal(session, self.place.congress_id)
                    told = bool(self.raised)
                due += self.after
            finally:
                self._session = None
                # The call's next command or query records nothing of this one, whether it was committed or refused.
                self.acts.clear()
                self.raised.clear()
                self.after.clear()
        # A vote raises nothing: were the versions read anew after each, hundreds a second would be.
        if told and self.place is not None:
            self.ground.versions.forget(self.place.congress_id)
        for work in due:
            work(store)

    @contextmanager
    def widened(self, reach: str) -> Iterator[Session]:
        """Open a session that reads more than this call's own, in place of it, for one query.

        `below` adds what the congresses under the address's have published; `nation` reads what all have published.
        """
        own, scope = self._session, self.scope
        wide = Scope(published=True)
        if reach == "below":
            wide = Scope(scope.congresses.union(self.below), scope.own)
        with self.ground.store.reading(wide) as session:
            self._session = session
            try:
                yield session
            finally:
                self._session = own

    def _seal(self, session: Session, congress: UUID) -> None:
        raise_topics(session, congress, self.raised)
        if self.acts:
            append(session, congress, self.actor.appointment_id, self.now, self.acts)
