"""Which host an address leads to, read as a browser would: what two readers could read differently has none."""

import re
from urllib.parse import urlsplit

# A browser takes a backslash for a stroke, and drops white space.
_ODD = re.compile(r"[\\\s\x00-\x1f]")


def host_of(address: str) -> str | None:
    """Return the host of a plain address of the web, None where the text is none or could be misread."""
    if not address.startswith(("http://", "https://")) or _ODD.search(address):
        return None
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
