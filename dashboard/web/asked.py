"""What an address asks of its page beyond the path: filters, sorting, the page of a list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

LONGEST = 100
PAGE = "page"
# What a choice sends that leaves everything in.
ALL = "*"
# No database takes it within a text: PostgreSQL refuses the statement, SQLite reads no further.
NUL = "\0"


@dataclass(frozen=True, slots=True)
class Asked:
    """The values that a page knows what to do with; `dropped` are the keys whose value it does not."""

    path: str
    values: Mapping[str, str]
    dropped: tuple[str, ...] = ()

    def get(self, name: str, otherwise: str = "") -> str:
        """Return the value of a key."""
        return self.values.get(name, otherwise)

    @property
    def page(self) -> int:
        """Return which page of the list is asked for, from 1 on."""
        return int(self.values.get(PAGE, "1"))

    def href(self, **changes: str | None) -> str:
        """Return the address with some values changed; None or an empty text takes one away.

        Whatever changes, the list begins again at its first page.
        """
        kept = {name: value for name, value in self.values.items() if name != PAGE}
        wanted = {name: value for name, value in (kept | changes).items() if value}
        return f"{self.path}?{urlencode(wanted)}" if wanted else self.path


def asked(path: str, search: str, known: Mapping[str, Collection[str] | None]) -> Asked:
    """Read the query of an address: `known` maps each key to the values that it may have, None to any short text.

    An address of an earlier version, or one that was cut, still opens: what is not known is dropped and told.
    """
    values: dict[str, str] = {}
    dropped: list[str] = []
    for name, value in parse_qsl(search.removeprefix("?"), errors="replace"):
        plain = value.strip()[:LONGEST]
        if plain == ALL:
            continue
        if name == PAGE and plain.isascii() and plain.isdecimal() and 1 <= int(plain) < 10_000:
            values[PAGE] = str(int(plain))
        elif name in known and NUL not in plain and (known[name] is None or plain in (known[name] or ())):
            values[name] = plain
        else:
            dropped.append(name)
    return Asked(path, values, tuple(dict.fromkeys(dropped)))
