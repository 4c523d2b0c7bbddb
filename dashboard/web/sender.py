"""Where a request came from."""

from collections.abc import Mapping
from typing import Any


def address_of(environ: Mapping[str, Any], proxies: int) -> str:
    """Return the sender's address: the one that the first of so many trusted proxies saw, else the connection's."""
    chain = environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if proxies else []
    if len(chain) >= proxies > 0 and chain[-proxies].strip():
        return str(chain[-proxies].strip())
    return str(environ.get("REMOTE_ADDR") or "")


def origin_of(environ: Mapping[str, Any], production: bool) -> str:
    """Return where a browser reaches us, as it asked: printed addresses and QR codes lead there."""
    scheme = "https" if production else environ.get("wsgi.url_scheme", "http")
    return f"{scheme}://{environ.get('HTTP_HOST', '')[:100]}"
