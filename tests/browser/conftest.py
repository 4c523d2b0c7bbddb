"""A real Chromium before the product's own server: one server a session, a context for each visitor of a test."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    StorageState,
    expect,
    sync_playwright,
)

from dashboard.store.transactions import Store, open_store
from tests.browser.server import ROOT, Server
from tests.browser.voting import Booth
from tests.browser.watching import Watch

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 20_000
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path; without one the test is skipped, in CI it fails."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        line = f"no browser: none of {', '.join(NAMES)} is on the path"
        if os.environ.get("CI"):
            pytest.fail(line)
        pytest.skip(line)
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        expect.set_options(timeout=PATIENCE)
        yield running


@pytest.fixture(scope="session")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of the session, loaded with the demonstration."""
    started = Server(tmp_path_factory.mktemp("server"))
    started.borrow(ROOT / "data" / "var" / "static")
    started.start()
    started.keep_as_loaded()
    yield started
    started.stop()


@contextmanager
def own_server(server: Server, folder: Path) -> Iterator[Server]:
    """A server of its own with the demonstration as it was loaded, for rounds that others must not meet."""
    own = Server(folder / "own")
    own.copy_of(server)
    own.start()
    yield own
    own.stop()


@contextmanager
def own_hall(server: Server, folder: Path) -> Iterator[tuple[Server, Store]]:
    """A server of its own and its tables."""
    with own_server(server, folder) as own:
        store = open_store(own.environment["DASHBOARD_DATABASE_URL"])
        yield own, store
        store.close()


def sign_in(page: Page, server: Server, name: str, password: str, after: str = "h1:has-text('实事')") -> None:
    """Sign in by the form and wait for the page that it leads to."""
    page.goto(f"{server.address}/sign-in")
    page.locator("#sign-in-name").fill(name)
    page.locator("#sign-in-password").fill(password)
    page.locator("#sign-in-send").click()
    expect(page.locator(after)).to_be_visible()


class States:
    """What the browser keeps of a signed-in visitor, made at the first use of each account."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self._browser, self._server = browser, server
        self._made: dict[str, StorageState] = {}

    def of(self, account: str) -> StorageState:
        """Return the storage state of an account."""
        if account not in self._made:
            context = self._browser.new_context(base_url=self._server.address)
            sign_in(context.new_page(), self._server, account, self._server.passwords()[account])
            self._made[account] = context.storage_state()
            context.close()
        return self._made[account]


@pytest.fixture(scope="session")
def states(browser: Browser, server: Server) -> States:
    return States(browser, server)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def visitor(
    browser: Browser, server: Server, states: States, watch: Watch
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a watched context for an account, or for the public; at the end every page must have been quiet."""
    opened: list[BrowserContext] = []

    def make(
        account: str | None = None, width: int = 1280, height: int = 900, **options: object
    ) -> BrowserContext:
        given = {"base_url": server.address, "viewport": {"width": width, "height": height}} | options
        if account is not None:
            given["storage_state"] = states.of(account)
        context = browser.new_context(**given)
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    watch.check()


@pytest.fixture
def visit(visitor: Callable[..., BrowserContext]) -> Visit:
    """Opens an address in a new watched context and waits until the page is laid out."""

    def open_page(path: str, account: str | None = None, **options: object) -> Page:
        page = visitor(account, **options).new_page()
        return arrive(page, path)

    return open_page


@pytest.fixture
def enter(own: Server, visitor: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Opens a browser for somebody who signs in, or for the public, at the server of its own that a module has."""

    def open_page(account: str | None, **options: object) -> Page:
        page = visitor(base_url=own.address, **options).new_page()
        if account is not None:
            sign_in(page, own, account, own.passwords()[account])
        return page

    return open_page


def arrive(page: Page, path: str) -> Page:
    """Go to an address and wait until the routing has laid out its page in the place of the first paint."""
    page.goto(path)
    expect(page.locator("#main")).to_be_visible()
    expect(page.locator("#first")).to_have_count(0)
    return page


@pytest.fixture(scope="session")
def hall(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Store]]:
    """Where deputies vote in rounds that were planted."""
    with own_hall(server, tmp_path_factory.mktemp("hall")) as made:
        yield made


@pytest.fixture
def booth(hall: tuple[Server, Store], visitor: Callable[..., BrowserContext]) -> Booth:
    """Where deputies vote."""
    return Booth(*hall, visitor)
