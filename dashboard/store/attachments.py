"""Files beside the database, each under its own digest: written once, whole or not at all, never changed."""

import hashlib
import os
import secrets
from pathlib import Path

from dashboard.rules.refused import Refused

FOLDER = "attachments"


def keep_file(var: Path, body: bytes) -> str:
    """Keep a file under its SHA-256 and return that; one that is there already is the same file."""
    digest = hashlib.sha256(body).hexdigest()
    path = _path(var, digest)
    if path.is_file():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return digest


def read_file(var: Path, digest: str) -> bytes:
    """Return a kept file; one that is gone or no longer what its digest says is not there."""
    try:
        body = _path(var, digest).read_bytes()
    except FileNotFoundError as error:
        raise Refused("not_found") from error
    if hashlib.sha256(body).hexdigest() != digest:
        raise Refused("not_found")
    return body


def _path(var: Path, digest: str) -> Path:
    return var / FOLDER / digest[:2] / digest
