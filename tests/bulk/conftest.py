"""A nation of one block of congresses, and the application over it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from werkzeug.test import Client, TestResponse

from dashboard.config import Settings
from dashboard.store.transactions import Store, open_store
from dashboard.web.context import Web
from dashboard.web.create import create
from dashboard.web.front import Front
from tests.bench import callbacks
from tests.bulk.filling import fill
from tests.bulk.nation import Nation
from tests.conftest import Templates


@dataclass
class Opened:
    """The application over a nation."""

    nation: Nation
    store: Store
    front: Front

    @property
    def web(self) -> Web:
        """Return what of it is not Dash's."""
        return self.front._web

    def page(self, path: str, search: str = "", token: str | None = None) -> TestResponse:
        """Open a page as a browser asks the routing for it."""
        one = callbacks.request(callbacks.first(path, search), token)
        client = Client(self.front, use_cookies=False)
        headers = {**one.headers, "Accept-Encoding": "identity"}
        return client.post(one.path, data=one.body, headers=headers)

    def file(self, path: str) -> TestResponse:
        """Take a file away."""
        return Client(self.front, use_cookies=False).get(path)

    def forget(self) -> None:
        """Empty the memories, so that the next answer is made from the database."""
        for memory in (self.web.answers, self.web.ground.frames, self.web.ground.versions._known):
            memory.clear()  # type: ignore[attr-defined]
        self.web.directory.forget()


@pytest.fixture
def open_nation(
    templates: Templates, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[Nation], Opened]]:
    """Fill a database of its own with a nation and make the application over it."""
    shelf: Path = request.config.cache.mkdir("site")  # type: ignore[union-attr]
    made: list[tuple[str, Opened]] = []

    def make(nation: Nation) -> Opened:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        address = templates.copy("empty", folder)
        store = open_store(address)
        # Sessions end by the clock on the wall.
        fill(store, nation, datetime.now(UTC))
        front = create(Settings(database_url=address, var=shelf, demonstration=False))
        made.append((address, Opened(nation, store, front)))
        return made[-1][1]

    yield make
    for address, one in made:
        one.store.close()
        one.web.ground.store.close()
        templates.drop(address)
