"""Two people at one draft: what each wrote stands, and where both wrote in one field the later one decides by eye.

A field remembers in which revision and by which page (`editor`) it was last written. A page says of each field what
it saw and in which revision; so a field that only one side touched goes together by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """A field of the draft: its text, the revision in which it was written, the page that wrote it."""

    value: str
    revision: int = 0
    editor: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A field as a page shows it: its revision, and where it was typed into, the text before and after."""

    revision: int
    base: str | None = None
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of a page's fields: `written` are kept, `taken` came from another, `clashing` are both's."""

    written: tuple[str, ...]
    taken: tuple[str, ...]
    clashing: tuple[str, ...]


def merge(kept: Mapping[str, Kept], seen: Mapping[str, Seen], editor: str) -> Merged:
    """Return what to do with each field that a page sends; nothing that another wrote since is overwritten."""
    written, taken, clashing = [], [], []
    for name, mine in seen.items():
        now = kept.get(name, Kept(""))
        is_anothers = now.revision > mine.revision and now.editor != editor
        if mine.typed == now.value:
            continue
        if mine.typed is None or (is_anothers and mine.typed == mine.base):
            taken += [name] if is_anothers else []
        elif is_anothers:
            clashing.append(name)
        else:
            written.append(name)
    return Merged(tuple(written), tuple(taken), tuple(clashing))
