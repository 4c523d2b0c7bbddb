"""Where a request came from."""

from collections.abc import Mapping
from typing import Any


def address_of(environ: Mapping[str, Any], proxies: int) -> str:
    """Return the sender's address: the one that the first of so many trusted proxies saw, else the connection's."""
    chain = environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if proxies else []
    if len(chain) >= proxies > 0 and chain[-proxies].strip():
        return str(chain[-proxies].strip())
    return str(environ.get("REMOTE_ADDR") or "")
