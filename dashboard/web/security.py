"""What every answer carries and every request must be: headers, origin, size, rate, shape."""

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from dash import Dash

from dashboard.rules.refused import Refused

LARGEST_BODY = 256 * 1024
CALLBACK = "/_dash-update-component"


def headers(*, production: bool) -> list[tuple[str, str]]:
    """Return the headers of every answer; scripts come from us alone and nothing leaves for another host."""
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            # Plotly and Dash set styles on elements; nothing else of a style can be turned into an act.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
    fixed = [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ]
    if production:
        fixed.append(("Strict-Transport-Security", "max-age=31536000"))
    return fixed


def refuse_cross_site(environ: Mapping[str, Any]) -> None:
    """Refuse a request that another site made: by Sec-Fetch-Site, by Origin where a browser sends none."""
    if environ["REQUEST_METHOD"] in {"GET", "HEAD", "OPTIONS"}:
        return
    site = environ.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        if site not in {"same-origin", "none"}:
            raise Refused("cross_site")
        return
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and origin.split("://", 1)[-1] != environ.get("HTTP_HOST"):
        raise Refused("cross_site")


def refuse_large(environ: Mapping[str, Any], most: int = LARGEST_BODY) -> int:
    """Return the length of a body, refusing one that is too large before it is read, or of no stated length."""
    if environ["REQUEST_METHOD"] in {"GET", "HEAD", "OPTIONS"}:
        return 0
    stated = environ.get("CONTENT_LENGTH") or ""
    # "²" is a digit too, but no number.
    if not (stated.isascii() and stated.isdigit()):
        if environ.get("HTTP_TRANSFER_ENCODING"):
            raise Refused("length_needed")
        return 0
    if int(stated) > most:
        raise Refused("too_large", limit=most // 1024)
    return int(stated)


class Shapes:
    """The exact shape of every callback's body, so that a tampered one is refused before it runs."""

    def __init__(self, app: Dash) -> None:
        self._shapes: dict[str, tuple[list[str], list[str]]] = {}
        for one in app._callback_list:
            if one.get("clientside_function"):
                continue
            inputs = [f"{given['id']}.{given['property']}" for given in one["inputs"]]
            states = [f"{given['id']}.{given['property']}" for given in one["state"]]
            self._shapes[one["output"]] = (inputs, states)

    def check(self, body: object) -> None:
        """Refuse a callback body whose output, inputs, states or outputs are not those of a callback of ours."""
        if not isinstance(body, dict) or not isinstance(body.get("output"), str):
            raise Refused("malformed")
        shape = self._shapes.get(body["output"])
        if shape is None:
            raise Refused("malformed")
        given = (_named(body.get("inputs")), _named(body.get("state", [])))
        if given != shape or not _is_changed(body.get("changedPropIds", [])):
            raise Refused("malformed")
        if ".." + "...".join(_named(_listed(body.get("outputs")))) + ".." != body["output"] and _named(
            _listed(body.get("outputs"))
        ) != [body["output"]]:
            raise Refused("malformed")


def _listed(outputs: object) -> object:
    return outputs if isinstance(outputs, list) else [outputs]


def _is_changed(changed: object) -> bool:
    return isinstance(changed, list) and all(isinstance(one, str) for one in changed)


def _named(values: object) -> list[str]:
    if not isinstance(values, list):
        raise Refused("malformed")
    names = []
    for value in values:
        if not isinstance(value, dict) or not isinstance(value.get("id"), str):
            raise Refused("malformed")
        names.append(f"{value['id']}.{value.get('property')}")
    return names


class Rate:
    """A bucket for each sender: a hall behind one address fits, a flood does not."""

    def __init__(self, per_second: float, burst: int, limit: int = 20_000) -> None:
        self._per_second, self._burst, self._limit = per_second, burst, limit
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, sender: str) -> None:
        """Take one request from a sender's bucket, or refuse."""
        now = time.monotonic()
        with self._lock:
            left, at = self._left.pop(sender, (float(self._burst), now))
            left = min(self._burst, left + (now - at) * self._per_second)
            self._left[sender] = (max(left - 1, 0), now)
            if len(self._left) > self._limit:
                self._left.popitem(last=False)
        if left < 1:
            raise Refused("too_many", seconds=max(1, round(1 / self._per_second)))


class Rates:
    """The buckets before every request that may change something or costs work: by address, and by session."""

    def __init__(self) -> None:
        self.members, self.senders = Rate(50, 400), Rate(200, 3000)
        # A receipt cannot be guessed in the age of the world; these keep anyone from trying at our cost. A whole hall
        # looks its receipts up behind one address.
        self.lookups, self.changes = Rate(10, 400), Rate(0.5, 20)

    def take(self, address: str, token: str | None) -> None:
        """Take one request from its sender's buckets, or refuse."""
        # By the address too: a cookie is the sender's to invent, a new one for each request.
        self.senders.take(address)
        if token:
            self.members.take(token)
