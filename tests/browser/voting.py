"""A hall with a server of its own: rounds planted into it, deputies with sessions, and what they do on the page."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from playwright.sync_api import BrowserContext, Page, Route, expect

from dashboard.store.transactions import Store
from tests.browser.server import Server
from tests.planting_rounds import Planted, change_round, deputy, open_round, session_of

PHONE = {"width": 390, "height": 844, "has_touch": True}
STEP = "[data-step='{}']:not([hidden])"
_places = count()


@dataclass
class Booth:
    """Where deputies vote: each is a new one, so that no test knows of another's vote."""

    server: Server
    store: Store
    contexts: Callable[..., BrowserContext]
    seats: dict[BrowserContext, UUID] = field(default_factory=dict)

    def open(self, **how: Any) -> Planted:
        """Plant a round that is open now, for a quarter of an hour."""
        now = datetime.now(UTC)
        return open_round(self.store, **({"now": now, "closes_at": now + timedelta(minutes=15)} | how))

    def change(self, planted: Planted, **changes: Any) -> None:
        """Change a round as officers would."""
        change_round(self.store, planted, **changes)

    def context(self, planted: Planted, **options: Any) -> BrowserContext:
        """Return the browser of a deputy on the roll who has not been here yet."""
        seat = planted.roll[next(_places) % len(planted.roll)]
        context = self.contexts(base_url=self.server.address, **(PHONE | options))
        self.sign_in(context, seat)
        self.seats[context] = seat
        return context

    def seat(self, page: Page) -> UUID:
        """Return the seat of a page's deputy."""
        return self.seats[page.context]

    def sign_in(self, context: BrowserContext, seat: UUID, *, terminal: bool = False) -> None:
        """Give a browser a new session of a seat; `terminal` says that it was opened at one."""
        _, token = session_of(self.store, deputy(self.store, seat), terminal=terminal)
        context.add_cookies([{"name": "session", "value": token, "url": self.server.address}])

    def page(self, planted: Planted, query: str = "", language: str = "", **options: Any) -> Page:
        """Return the voting page of a new deputy, ready to be marked."""
        page = self.context(planted, **options).new_page()
        arrive(page, f"{language}/990121/vote/{planted.id}{query}")
        return page


def arrive(page: Page, path: str) -> None:
    """Go to a voting page and wait until its scripts lead it."""
    page.goto(path)
    expect(page.locator("#vote[data-begun]")).to_be_visible()


def at(page: Page, step: str) -> None:
    """Wait until a step is shown, and no other."""
    expect(page.locator(STEP.format(step))).to_be_visible()
    expect(page.locator(".vote-step:not([hidden])")).to_have_count(1)


def mark(page: Page, *numbers: int) -> None:
    """Touch the rows of these numbers."""
    for number in numbers:
        page.locator(f".vote-row[data-number='{number}'] .vote-mark").tap()


def answer(page: Page, number: int, sign: str) -> None:
    """Touch an answer to a line."""
    page.locator(f".vote-row[data-number='{number}'] [data-answer='{sign}']").tap()


def cast(page: Page) -> None:
    """Review and cast what is marked."""
    page.locator(".vote-review").click()
    at(page, "review")
    page.locator(".vote-cast").click()


def receipt_of(page: Page) -> str:
    """Return the code that a page shows, once its ballot is in the box, without its gaps."""
    at(page, "receipt")
    return re.sub(r"\s", "", page.locator(".vote-code").inner_text())


def ballot_of(code: str) -> str:
    """Return the id of the ballot of a receipt, read as base 32 by Crockford's alphabet, written here once more."""
    value = 0
    for sign in code:
        value = value * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(sign)
    return hashlib.sha256(value.to_bytes(16, "big")).hexdigest()


@contextmanager
def lost(page: Page, *, after: bool) -> Iterator[list[dict[str, Any]]]:
    """Lose every answer to a vote: before the server got it, or after. Yields the bodies that were sent."""
    sent: list[dict[str, Any]] = []

    def drop(route: Route) -> None:
        sent.append(route.request.post_data_json)
        if after:
            route.fetch()
        route.abort()

    page.route("**/vote/990121/**", drop)
    yield sent
    page.unroute("**/vote/990121/**", drop)
