"""The bodies that a browser sends for the product's callbacks, taken from the pages themselves."""

import json
import urllib.parse
import urllib.request
from typing import Any

from tests.bench.ground import PATH
from tests.bench.load import Request
from tests.bench.server import Server

CALLBACK = "/_dash-update-component"
HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate, br"}


def first(path: str = PATH, search: str = "") -> dict[str, Any]:
    """Return the body of a page's first callback, the routing."""
    outputs = [("view", "children"), ("page", "data"), ("title", "data")]
    where = {"path": path, "search": quoted(search), "theme": "light", "narrow": False}
    return {
        "output": f"..{'...'.join('.'.join(one) for one in outputs)}..",
        "outputs": [{"id": name, "property": what} for name, what in outputs],
        "inputs": [{"id": "where", "property": "data", "value": where}],
        "changedPropIds": ["where.data"],
        "state": [],
    }


def quoted(search: str) -> str:
    """Return what an address asks as a browser sends it."""
    return urllib.parse.quote(search, safe="?=&")


def choose(page: dict[str, Any]) -> dict[str, Any]:
    """Return the body of the overview's callback that draws the chosen project's curve."""
    state, chosen = page["response"]["page"]["data"], component(page["response"]["view"], "overview-project")
    assert chosen is not None
    return {
        "output": "curve-card.children",
        "outputs": {"id": "curve-card", "property": "children"},
        "inputs": [{"id": "overview-project", "property": "value", "value": chosen["value"]}],
        "changedPropIds": ["overview-project.value"],
        "state": [{"id": "page", "property": "data", "value": state}],
    }


def request(body: dict[str, Any], token: str | None = None, sender: str = "192.0.2.1") -> Request:
    """Return a callback as a request, of a session or of the public, from an address."""
    cookie = {"Cookie": f"session={token}"} if token else {}
    headers = {**HEADERS, "X-Forwarded-For": sender, **cookie}
    return Request(CALLBACK, "POST", json.dumps(body, separators=(",", ":")), headers)


def answer(server: Server, one: Request) -> Any:
    """Send one request and return what the answer says."""
    headers = {name: value for name, value in one.headers.items() if name != "Accept-Encoding"}
    asked = urllib.request.Request(server.origin + one.path, one.body.encode(), headers, method="POST")
    with urllib.request.urlopen(asked, timeout=30) as given:
        return json.load(given)


def size(server: Server, one: Request) -> int:
    """Return how many bytes an answer has on the wire, compressed as for a browser."""
    asked = urllib.request.Request(server.origin + one.path, one.body.encode(), one.headers, method="POST")
    with urllib.request.urlopen(asked, timeout=30) as given:
        return len(given.read())


def component(tree: Any, wanted: str) -> dict[str, Any] | None:
    """Return the properties of the component with an id, where a page has it."""
    if isinstance(tree, dict):
        if tree.get("id") == wanted:
            return tree
        tree = list(tree.values())
    if isinstance(tree, list):
        return next((found for one in tree if (found := component(one, wanted)) is not None), None)
    return None
