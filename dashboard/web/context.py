"""What a request brings, and the call that is made of it."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar, cast
from uuid import UUID

import flask

from dashboard.cache import Bounded
from dashboard.config import Settings
from dashboard.gate import PUBLIC, Actor, Call, Ground, Place
from dashboard.i18n import DEFAULT
from dashboard.queries.congresses import (
    Family,
    Listed,
    congress_of,
    congress_with,
    family_of,
    newest_founding,
)
from dashboard.rules.refused import Refused
from dashboard.store.versions import Stamps
from dashboard.web import addresses
from dashboard.web.security import Rates
from dashboard.web.sessions import Sessions, token_of

DIRECTORY_SECONDS = 30.0
# More than the answers kept: one that is let go was the last of its congress.
MOST_KNOWN = 4096
# What the front hands on beside a request: who sent it, and under what its answer may be kept.
ACTOR, KEY = "dashboard.actor", "dashboard.key"

K = TypeVar("K", Listed, Family)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a kept answer was made from: versions of topics, the day in Shanghai, the list of congresses."""

    versions: Stamps
    day: str
    directory: int


@dataclass(frozen=True)
class Answer:
    """An answer kept for all who may see the same: its bytes by encoding, and what it was made from."""

    bodies: dict[str, bytes]
    etag: str
    content_type: str
    basis: Basis
    lasting: str = "no-store"
    # What a file to be saved is called.
    disposition: str | None = None
    # The headers by encoding, written when it is first sent so.
    sent: dict[str, list[tuple[str, str]]] = field(default_factory=dict, compare=False)


@dataclass
class Directory:
    """The congresses asked for lately, each read again after half a minute: only the command line changes them.

    `version` rises where one is not what it was, where one was founded, and where too many are known to remember
    what they were: whatever was made before is made anew.
    """

    ground: Ground
    version: int = 0
    _known: dict[Hashable, tuple[float, Listed | Family]] = field(default_factory=dict)
    _founded: datetime | None = None
    _looked_at: float = float("-inf")

    def find(self, code: str | None) -> Listed | None:
        """Return the congress of a code; without a code the first county."""
        return self._remembered(code, lambda call: congress_of(call, code))

    def holding(self, congress_id: UUID) -> Listed | None:
        """Return the congress of an id."""
        return self._remembered(congress_id, lambda call: congress_with(call, congress_id))

    def family(self, one: Listed) -> Family:
        """Return what stands around a congress."""
        found = self._remembered(one, lambda call: family_of(call, one))
        assert found is not None
        return found

    def current(self) -> int:
        """Return the version, after asking whether a congress was founded: once in half a minute."""
        if time.monotonic() - self._looked_at > DIRECTORY_SECONDS:
            self._looked_at = time.monotonic()
            founded = newest_founding(self._call())
            if founded != self._founded:
                self._founded = founded
                self._start_anew()
        return self.version

    def forget(self) -> None:
        """Read everything again at its next use, whatever was known."""
        self._looked_at = float("-inf")
        self._known.clear()

    def _remembered(self, key: Hashable, ask: Callable[[Call], K | None]) -> K | None:
        self.current()
        read_at, known = self._known.get(key, (0.0, None))
        if known is not None and time.monotonic() - read_at < DIRECTORY_SECONDS:
            return cast(K, known)
        found = ask(self._call())
        if (known is not None and known != found) or len(self._known) >= MOST_KNOWN:
            self._start_anew()
        # What is not there is not remembered: there are more codes without a congress than memory.
        if found is not None:
            self._known[key] = (time.monotonic(), found)
        return found

    def _start_anew(self) -> None:
        self.version += 1
        self._known = {}

    def _call(self) -> Call:
        return Call(self.ground, PUBLIC, None, None, datetime.now(UTC), DEFAULT)


@dataclass
class Web:
    """Everything of one running application that is not Dash's."""

    settings: Settings
    ground: Ground
    sessions: Sessions
    directory: Directory
    build: str = ""
    answers: Bounded[Answer] = field(default_factory=lambda: Bounded(2048))
    rates: Rates = field(default_factory=Rates)
    # What open pages of a round's hall poll: when it was read, and the version then.
    hall_marks: Bounded[tuple[float, str]] = field(default_factory=lambda: Bounded(256))

    def basis(self, versions: Stamps) -> Basis:
        """Return what an answer made now from these versions stands on."""
        return Basis(versions, today(), self.directory.current())

    def holds(self, basis: Basis) -> bool:
        """Tell whether what an answer was made from is still so."""
        if basis.directory != self.directory.current() or basis.day != today():
            return False
        return self.ground.versions.hold(basis.versions)

    def etag(self, versions: tuple[int, ...]) -> str:
        """Return the version number that an open page polls: of this build, of these topics."""
        return f'"{self.build[:8]}.{".".join(map(str, versions))}"'


def today() -> str:
    """Return the date in Shanghai, at which every kept answer ends."""
    # China has kept eight hours before UTC all year since 1992: the day is a division, asked at every kept answer.
    return _day(int(time.time() + 8 * 3600) // 86_400)


@lru_cache(maxsize=4)
def _day(number: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()


def current() -> Web:
    """Return the application that answers this request."""
    web: Web = flask.current_app.extensions["dashboard"]
    return web


@dataclass(frozen=True, slots=True)
class PageState:
    """What wiring adds to every callback: where the page is, how it looks, who opened it, from which build."""

    path: str
    theme: str
    narrow: bool
    build: str
    actor: str

    @property
    def language(self) -> str:
        """Return the language of the page's path."""
        return addresses.language_of(self.path)


def page_state(value: object) -> PageState:
    """Read the page state that a browser sent; anything else than the exact shape is malformed."""
    if not isinstance(value, dict) or value.keys() != {"path", "theme", "narrow", "build", "actor"}:
        raise Refused("malformed")
    path, theme, narrow = value["path"], value["theme"], value["narrow"]
    build, actor = value["build"], value["actor"]
    if not (isinstance(path, str) and isinstance(build, str) and isinstance(actor, str)):
        raise Refused("malformed")
    if theme not in {"light", "dark"} or not isinstance(narrow, bool) or len(path) > 200:
        raise Refused("malformed")
    return PageState(path, theme, narrow, build, actor)


def actor_of_request(web: Web) -> Actor:
    """Return who sent the request, looked up once a request."""
    actor: Actor | None = flask.g.get("actor")
    if actor is None:
        environ = flask.request.environ
        actor = environ.get(ACTOR) or web.sessions.actor(token_of(environ), datetime.now(UTC))
        flask.g.actor = actor
    return actor


def badge(actor: Actor) -> str:
    """Return what a page remembers of who opened it, so that a stale tab is told."""
    return str(actor.appointment_id or actor.account_id or "")


def place_of(web: Web, address: addresses.Address) -> Place | None:
    """Return the congress that an address stands on, None where the code is unknown."""
    if address.page in addresses.COMMON:
        return None
    listed = web.directory.find(address.code)
    return listed.place(address.language) if listed is not None else None


def call_at(web: Web, code: str, language: str = DEFAULT, *, writes: bool) -> Call:
    """Return the call of this request on a congress by its code; a page's name or a language is none."""
    if addresses.read(f"/{code}") != addresses.Address(code=code):
        raise Refused("not_found")
    return make_call(web, addresses.Address(language, code).path(), writes=writes)


def make_call(web: Web, path: str, *, writes: bool, common: bool = False, lenient: bool = False) -> Call:
    """Return the call of this request on the congress that a path names.

    `common` stands beside all congresses; `lenient` lets the routing show its own page for an unknown address.
    """
    address = addresses.read(path)
    place = None if common or address is None else place_of(web, address)
    unknown = address is None or (place is None and address.code is not None)
    if unknown and not lenient and not common:
        raise Refused("not_found")
    return Call(
        ground=web.ground,
        actor=actor_of_request(web),
        place=place,
        year=address.year if address else None,
        now=datetime.now(UTC),
        language=addresses.language_of(path),
        writes=writes,
    )
