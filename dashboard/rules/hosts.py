"""Which host an address leads to, read as a browser would: what two readers could read differently has none."""

import re

# A browser takes a backslash for a stroke, and drops white space.
_ODD = re.compile(r"[\\\s\x00-\x1f]")
# What stands before an @ is no host; a name in brackets is none that we would know.
_PLAIN = re.compile(r"https?://(?:[^/?#]*@)?([^/?#:@\[\]]+)(?::[0-9]+)?(?:[/?#].*)?")


def host_of(address: str) -> str | None:
    """Return the host of a plain address of the web, None where the text is none or could be misread."""
    found = None if _ODD.search(address) else _PLAIN.fullmatch(address)
    return found[1].lower() if found is not None else None
