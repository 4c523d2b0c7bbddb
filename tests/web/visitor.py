"""A browser's requests without a browser: pages opened, buttons pressed, bodies forged."""

import io
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import flask
from sqlalchemy import select
from werkzeug.test import Client, EnvironBuilder, TestResponse, run_wsgi_app

from dashboard.gate import Actor
from dashboard.i18n import words
from dashboard.store.record import raise_topics
from dashboard.store.tables.accounts import Account
from dashboard.store.transactions import Store
from dashboard.web.context import Web
from dashboard.web.front import Front
from dashboard.web.security import CALLBACK
from dashboard.web.sender import address_of

Body = dict[str, Any]
ROUTING = "where.data"


class Unread(io.RawIOBase):
    """A body that nobody may read."""

    def readinto(self, _buffer: Any) -> int:
        """Fail: somebody read it."""
        raise AssertionError("the body was read")


@dataclass(frozen=True)
class Member:
    """A person with a session: the token is what the cookie holds."""

    actor: Actor
    token: str
    name: str


@dataclass
class Site:
    """One running application over one database, and the people who have sessions in it."""

    front: Front
    web: Web
    store: Store
    people: dict[str, Member]
    callbacks: dict[str, Body] = field(default_factory=dict)

    def visitor(self, who: str | None = None, address: str = "192.0.2.1") -> "Visitor":
        """Return a browser, signed in where a person is named."""
        return Visitor(self, self.people[who].token if who else None, address)

    def account(self, name: str) -> UUID:
        """Return an account by its name."""
        with self.store.system().reading() as session:
            return session.scalars(select(Account.id).where(Account.name == name)).one()

    @property
    def server(self) -> flask.Flask:
        """Return what stands behind the front."""
        server: flask.Flask = self.front._inner.__self__  # type: ignore[attr-defined]
        return server

    def seen_address(self, chain: str, proxies: int) -> str:
        """Return the address that the application takes a request to come from."""
        remote = {"REMOTE_ADDR": "192.0.2.1"}
        with self.server.test_request_context(headers={"X-Forwarded-For": chain}, environ_overrides=remote):
            return address_of(flask.request.environ, proxies)

    def raise_topics(self, congress: UUID, *topics: str) -> None:
        """Raise topics as a command of another process would, and read the versions again."""

        with self.store.system().writing() as session:
            raise_topics(session, congress, topics)
        self.web.ground.versions.forget(congress)


@dataclass
class Visitor:
    """One browser."""

    site: Site
    token: str | None
    address: str

    def ask(self, path: str, method: str = "GET", **how: Any) -> TestResponse:
        """Send any request."""
        headers = dict(how.pop("headers", {}))
        if self.token is not None:
            headers.setdefault("Cookie", f"session={self.token}")
        client = Client(self.site.front, use_cookies=False)
        overrides = {"REMOTE_ADDR": self.address}
        return client.open(
            path, method=method, headers=headers, environ_overrides=overrides, buffered=True, **how
        )

    def send(self, body: object, **headers: str) -> TestResponse:
        """Send the body of a callback."""
        return self.ask(
            CALLBACK, "POST", data=json.dumps(body), content_type="application/json", headers=headers
        )

    def open(self, path: str, search: str = "") -> TestResponse:
        """Open a page as the routing is asked to."""
        where = {"path": path, "search": search, "theme": "light", "narrow": False}
        return self.send(self.site_body(ROUTING, {ROUTING: where}))

    def page(self, path: str) -> Body:
        """Open a page and return the state that it gives to its callbacks."""
        answer = self.open(path)
        assert answer.status_code == 200, answer.text
        state: Body = answer.json["response"]["page"]["data"]  # type: ignore[index]
        return state

    def press(self, trigger: str, page: Body, **values: object) -> TestResponse:
        """Press a button, or choose a value: the callback of this input, with the values by `id__property`."""
        return self.send(self.body(trigger, page, **values))

    def body(self, trigger: str, page: Body, **values: object) -> Body:
        """Return the body that Dash would send; `trigger` alone is pressed where it has no value."""
        given = {name.replace("__", ".").replace("_", "-"): value for name, value in values.items()}
        return self.site_body(trigger, {trigger: 1, "page.data": page} | given)

    def site_body(self, trigger: str, values: dict[str, object]) -> Body:
        """Return the body of the callback that an input triggers."""
        one = self.site.callbacks[trigger]
        output: str = one["output"]
        outputs = [{"id": x.rsplit(".", 1)[0], "property": x.rsplit(".", 1)[1]} for x in split(output)]

        def filled(part: str) -> list[Body]:
            return [x | {"value": values.get(f"{x['id']}.{x['property']}")} for x in one[part]]

        return {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": filled("inputs"),
            "state": filled("state"),
            "changedPropIds": [trigger.partition(">")[0]],
        }


def split(output: str) -> list[str]:
    """Return the single outputs that Dash joins into one name."""
    return output[2:-2].split("...") if output.startswith("..") else [output]


def raw(front: Front, **environ: Any) -> tuple[str, dict[str, str], bytes]:
    """Ask the front with an environment that no client would make; return status, headers and body."""
    made = EnvironBuilder(path=environ.pop("PATH_INFO", "/"), method=environ.pop("REQUEST_METHOD", "GET"))
    answer, status, headers = run_wsgi_app(front, made.get_environ() | environ)  # type: ignore[arg-type]
    return status, dict(headers), b"".join(answer)


def plain(answer: TestResponse) -> str:
    """Return an answer as one text, without the escapes that Dash writes for a slash."""
    return json.dumps(answer.json, ensure_ascii=False)


def is_told(answer: TestResponse, code: str) -> bool:
    """Tell whether an answer puts the notice of a refusal onto the page."""
    return words("zh-CN")(f"refused.{code}") in notice_of(answer)


def notice_of(answer: TestResponse) -> str:
    """Return the notice that an answer puts onto the page, as one text."""
    assert answer.status_code == 200, answer.text
    update = answer.json.get("sideUpdate", {})  # type: ignore[union-attr]
    return json.dumps(update.get("notice", {}), ensure_ascii=False)
