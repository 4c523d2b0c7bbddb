"""The chain of acts: one canonical form, one digest a link (SHA-256)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

ALGORITHM = "sha256"
FIRST = "0" * 64


# Made once: a verification writes a line for every row of every round.
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: object) -> bytes:
    """Return the one byte form of a JSON value: UTF-8, sorted keys, no spaces, LF at the end."""
    return _JSON.encode(value).encode() + b"\n"


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def link(
    previous: str,
    number: int,
    at: datetime,
    appointment: str | None,
    kind: str,
    payload: Mapping[str, object],
) -> str:
    """Return the digest of one act, which binds it to the act before it."""
    return digest(
        {
            "algorithm": ALGORITHM,
            "previous": previous,
            "number": number,
            "at": at.isoformat(timespec="microseconds"),
            "appointment": appointment,
            "kind": kind,
            "payload": payload,
        }
    )
