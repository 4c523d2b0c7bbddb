"""Databases for every test: fresh copies of a migrated or a loaded one, on SQLite and on a real PostgreSQL."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from dashboard.store.loading.demonstration import load_demonstration
from dashboard.store.loading.reference import load_reference
from dashboard.store.migrations import migrate
from dashboard.store.transactions import Store, open_store
from tests.elections import MISSING, real_elections
from tests.postgresql_server import NoServer, running

NOW = datetime(2025, 10, 10, 8, tzinfo=UTC)
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def _empty(store: Store) -> None:
    migrate(store.writer)


def _loaded(store: Store) -> None:
    migrate(store.writer)
    load_reference(store, NOW)
    load_demonstration(store, NOW)


def _bare(store: Store) -> None:
    store.writer.connect().close()


MAKERS: dict[str, Callable[[Store], None]] = {"bare": _bare, "empty": _empty, "loaded": _loaded}


class SqliteTemplates:
    """Files made once a session and copied for each test, whose folder they go with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Path] = {}

    def copy(self, content: str, folder: Path) -> str:
        """Return the address of a fresh copy."""
        if content not in self._made:
            self._made[content] = self._folder / f"{content}.sqlite3"
            _make(f"sqlite:///{self._made[content]}", content)
        return f"sqlite:///{shutil.copyfile(self._made[content], folder / 'fresh.sqlite3')}"

    def drop(self, address: str) -> None:
        """Leave the copy to its folder."""


class PostgresqlTemplates:
    """Databases made once a session on one server, and copied for each test."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._made: dict[str, str] = {}

    def copy(self, content: str, _folder: Path) -> str:
        """Return the address of a fresh copy."""
        if content not in self._made:
            self._made[content] = self._create("template0")
            _make(self._made[content], content)
        return self._create(make_url(self._made[content]).database)

    def drop(self, address: str) -> None:
        """Remove a copy."""
        self._say(f'DROP DATABASE "{make_url(address).database}" WITH (FORCE)')

    def drop_all(self) -> None:
        """Remove the templates: the server may not be ours."""
        for address in self._made.values():
            self.drop(address)

    def _create(self, template: str | None) -> str:
        name = f"dashboard_{uuid.uuid4().hex}"
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)

    def _say(self, statement: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


Templates = SqliteTemplates | PostgresqlTemplates


def _make(address: str, content: str) -> None:
    store = open_store(address)
    MAKERS[content](store)
    # A template must have no connection left, and a SQLite file no log beside it.
    store.close()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL server; without one the test is skipped, in CI it fails."""
    try:
        with running() as address:
            yield address
    except NoServer as reason:
        if os.environ.get("CI"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplates:
    """What the SQLite files of the tests are copied from."""
    return SqliteTemplates(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="session")
def postgresql_templates(postgres_url: str) -> Iterator[PostgresqlTemplates]:
    """What the PostgreSQL databases of the tests are copied from."""
    templates = PostgresqlTemplates(postgres_url)
    yield templates
    templates.drop_all()


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on: once on each."""
    return str(request.param)


@pytest.fixture
def templates(database: str, request: pytest.FixtureRequest) -> Templates:
    """The templates of the test's database; a server starts with the first test that needs it."""
    found: Templates = request.getfixturevalue(f"{database}_templates")
    return found


@pytest.fixture
def bare_url(templates: Templates, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    address = templates.copy("bare", tmp_path)
    yield address
    templates.drop(address)


@pytest.fixture
def store_url(templates: Templates, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database."""
    address = templates.copy("empty", tmp_path)
    yield address
    templates.drop(address)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A migrated, empty database."""
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def loaded_url(templates: Templates, tmp_path: Path) -> Iterator[str]:
    """The address of a database with the published facts and the demonstration."""
    address = templates.copy("loaded", tmp_path)
    yield address
    templates.drop(address)


@pytest.fixture
def loaded_store(loaded_url: str) -> Iterator[Store]:
    """A database with the published facts and the demonstration."""
    opened = open_store(loaded_url)
    yield opened
    opened.close()


@pytest.fixture
def demo_store(sqlite_templates: SqliteTemplates, tmp_path: Path) -> Iterator[Store]:
    """The demonstration on SQLite alone, for what does not depend on the database."""
    opened = open_store(sqlite_templates.copy("loaded", tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def now() -> datetime:
    """The moment that counts as now: the demonstration's as-of day."""
    return NOW


@pytest.fixture(scope="session")
def pabulib() -> Path:
    """The folder of the real elections; where it is absent the test is skipped with one clear line."""
    folder = real_elections()
    return folder if folder is not None else pytest.skip(MISSING)
