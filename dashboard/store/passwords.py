"""How passwords and session tokens are stored: an Argon2 hash, a SHA-256; neither can be turned back."""

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

# OWASP's recommendation for Argon2id. The library's own default takes 64 MiB and a fifth of a second of a core each
# time: a hall that signs in by password, or a few strangers who try, would stand in each other's way.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Verified when the name is unknown, so that an answer's time does not tell whether an account exists.
NOBODY = _HASHER.hash(secrets.token_urlsafe())


def hashed(password: str) -> str:
    """Return the Argon2 hash of a password."""
    return _HASHER.hash(password)


def matches(stored: str, password: str) -> bool:
    """Tell whether a password is the one that was hashed."""
    try:
        return _HASHER.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def token_digest(token: str) -> str:
    """Return what is stored of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()
