"""What a request brings, and the call that is made of it."""

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import flask

from dashboard.cache import Bounded
from dashboard.config import Settings
from dashboard.gate import PUBLIC, Actor, Call, Ground, Place
from dashboard.i18n import DEFAULT
from dashboard.queries.congresses import Listed, Region, all_congresses, areas_above
from dashboard.rules.refused import Refused
from dashboard.store.versions import Stamps
from dashboard.web import addresses
from dashboard.web.security import Rates
from dashboard.web.sessions import Sessions, token_of

DIRECTORY_SECONDS = 30.0
# What the front hands on beside a request: who sent it, and under what its answer may be kept.
ACTOR, KEY = "dashboard.actor", "dashboard.key"


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
    """The congresses and the areas above them, read again every half minute: only the command line changes them."""

    ground: Ground
    version: int = 0
    _known: tuple[Listed, ...] = ()
    _read_at: float = float("-inf")
    _above: dict[str, tuple[Region, ...]] = field(default_factory=dict)

    def all(self) -> tuple[Listed, ...]:
        """Return every congress, counties before their townships."""
        if time.monotonic() - self._read_at > DIRECTORY_SECONDS:
            self._read_at = time.monotonic()
            known = all_congresses(self._call())
            if known != self._known:
                self._known, self.version, self._above = known, self.version + 1, {}
        return self._known

    def above(self, code: str) -> tuple[Region, ...]:
        """Return the areas above a congress, the province first."""
        found = self._above.get(code)
        if found is None:
            found = self._above[code] = areas_above(self._call(), code)
        return found

    def _call(self) -> Call:
        return Call(self.ground, PUBLIC, None, None, datetime.now(UTC), DEFAULT)

    def find(self, code: str | None) -> Listed | None:
        """Return the congress of a code; without a code the first one."""
        known = self.all()
        if code is None:
            return known[0] if known else None
        return next((one for one in known if one.code == code), None)


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

    def basis(self, versions: Stamps) -> Basis:
        """Return what an answer made now from these versions stands on."""
        return Basis(versions, today(), self.directory.version)

    def holds(self, basis: Basis) -> bool:
        """Tell whether what an answer was made from is still so."""
        if basis.directory != self.directory.version or basis.day != today():
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
