"""What a page did that a person does not see: its console, its errors, its failed answers, the hosts it asked."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

OURS = "127.0.0.1"
NO_HOST = {"data", "blob", "about"}


@dataclass
class Watch:
    """The record of every page of one test; `forgive` names what the test brings about on purpose."""

    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Record every page of a context."""
        context.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108 - no built-in function is taken
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def forgive(self, *patterns: str) -> None:
        """Let console lines and failed answers pass that match one of the patterns."""
        self.forgiven += patterns

    def strangers(self) -> list[str]:
        """Return every address asked for that is not ours."""
        parts = [(one.url, urlsplit(one.url)) for one in self.requests]
        return [url for url, part in parts if part.scheme not in NO_HOST and part.hostname != OURS]

    def check(self) -> None:
        """Fail on an error that nobody forgave, and on any request to another host."""
        assert self.strangers() == []
        assert self.errors == []
        loud = [line for line in (*self.failed, *self.console) if not self._is_forgiven(line)]
        assert loud == []

    def _is_forgiven(self, line: str) -> bool:
        return any(re.search(pattern, line) for pattern in self.forgiven)

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            address = (message.location or {}).get("url", "")
            self.console.append(f"{message.type}: {message.text} {address}")


def callbacks(requests: list[Request], page: Page) -> list[Request]:
    """Return the callbacks that a page has sent."""
    mine = [one for one in requests if one.frame == page.main_frame]
    return [one for one in mine if "/_dash-update-component" in one.url]
