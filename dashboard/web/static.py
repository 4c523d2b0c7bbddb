"""Static files from memory: compressed once at the build; a versioned address is kept by browsers for a year."""

import gzip
import hashlib
import mimetypes
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import get_ident

import brotli

SHORTEST_COMPRESSED = 200
TEXT = (".js", ".mjs", ".css", ".svg", ".json", ".html", ".map", ".txt")
# What Dash asks for on every page; the same for all, signed in or not, for as long as the server runs.
DESCRIPTIONS = ("/_dash-layout", "/_dash-dependencies")
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")


@dataclass(frozen=True, slots=True)
class File:
    """One static file in every encoding in which it is served; `lasting` where its address changes with it."""

    content_type: str
    etag: str
    bodies: dict[str, bytes]
    lasting: bool


def encodings(plain: bytes, *, quality: int) -> dict[str, bytes]:
    """Return a body plain and compressed; `quality` is Brotli's, 11 at the build, low per answer."""
    bodies = {"identity": plain}
    if len(plain) >= SHORTEST_COMPRESSED:
        bodies["br"] = brotli.compress(plain, quality=quality)
        bodies["gzip"] = gzip.compress(plain, 9 if quality > 8 else 6, mtime=0)
    return bodies


def choose(bodies: dict[str, bytes], accepted: str) -> tuple[str, bytes]:
    """Return the best encoding that a browser accepts, and its body."""
    taken = _taken(accepted)
    for encoding in ("br", "gzip"):
        if encoding in bodies and encoding in taken:
            return encoding, bodies[encoding]
    return "identity", bodies["identity"]


# Browsers send a handful of forms, each with every request.
@lru_cache(maxsize=64)
def _taken(accepted: str) -> frozenset[str]:
    offered = (one.replace(" ", "").lower().partition(";") for one in accepted.split(","))
    return frozenset(
        name for name, _, weight in offered if weight not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    )


class Shelf:
    """Compressed forms kept on disk between starts, named by the digest of what they were made from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def prepare(self, plains: dict[str, bytes]) -> dict[str, File]:
        """Return a file for each address, compressing on both cores what is not on the shelf yet."""
        with ThreadPoolExecutor(2) as pool:
            files = pool.map(lambda item: self._file(*item), plains.items())
        return dict(zip(plains, files, strict=True))

    def _file(self, address: str, plain: bytes) -> File:
        digest = hashlib.sha256(plain).hexdigest()
        path = address.split("?", maxsplit=1)[0]
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if path in DESCRIPTIONS:
            kind = "application/json"
        bodies = {"identity": plain}
        if path.endswith((*TEXT, *DESCRIPTIONS)) and len(plain) >= SHORTEST_COMPRESSED:
            bodies["br"] = self._kept(digest + ".br", lambda: brotli.compress(plain, quality=11))
            bodies["gzip"] = self._kept(digest + ".gz", lambda: gzip.compress(plain, 9, mtime=0))
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        return File(kind, f'"{digest[:20]}"', bodies, lasting="?" in address or ".v" in address)

    def _kept(self, name: str, make: Callable[[], bytes]) -> bytes:
        path = self._folder / name
        if path.is_file():
            return path.read_bytes()
        body = make()
        # Written beside and renamed, so that a start cut short leaves no half file; under a name of its own, since
        # two addresses may have the same content and two processes start at once.
        half = path.with_name(f"{name}.{os.getpid()}-{get_ident()}.half")
        half.write_bytes(body)
        half.replace(path)
        return body
