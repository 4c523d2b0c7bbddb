"""What the hall asks of a deputy: a one-time code, four digits of a phone, the code on the screen; no lock-out.

Codes are drawn elsewhere: nothing here is random, and nothing here reads a clock.
"""

import hashlib
import hmac
import re
import unicodedata
from datetime import date, datetime, timedelta
from fractions import Fraction

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O, U, so that nothing is read as something else."""
BITS = 40
PRINTED, SEAT, SCREEN, HAND = "printed", "seat", "screen", "hand"
MEANS = (PRINTED, SEAT, SCREEN)
"""How a code reaches a deputy: on a card handed out, at the seat, or told at the clerk's desk."""
RUNNING = ("checked", "open", "suspended")
"""From the freeze to the close: deputies check in, and what touches their way in is shown to the scrutineers."""
VOTING = ("open", "suspended")

STEP_SECONDS = 30
DIGITS = 6
LONGEST_WAIT = timedelta(seconds=30)
"""Our rule for the hall: who mistypes waits half a minute at most, and no guesser gets through within a meeting."""
HOLDS_AFTER_ISSUE = timedelta(hours=36)
QUORUM = Fraction(2, 3)
"""地方组织法（2022）第十四条：三分之二以上的代表出席."""

_LOOK_ALIKES = str.maketrans("OIL", "011")
_FOUR = re.compile(r"[0-9]{4}")
_SIX = re.compile(rf"[0-9]{{{DIGITS}}}")


def is_there(means: str | None, confirmed_by: object, left_at: object) -> bool:
    """Tell whether a check-in makes its seat one that is there (实到): not gone, and by hand only once confirmed."""
    return means is not None and left_at is None and (means != HAND or confirmed_by is not None)


def code_of(bits: int) -> str:
    """Return the hall code of 40 random bits: eight characters."""
    if not 0 <= bits < 1 << BITS:
        raise ValueError("a hall code has 40 bits")
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(BITS - 5, -1, -5))


def grouped(code: str) -> str:
    """Return a code as it is printed: two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str | None:
    """Return the code that was typed or scanned, None where it is none.

    A whole address may be scanned into the field: what follows its # counts. Look-alikes are read as what they are
    taken for, full-width characters as plain ones; blanks and hyphens are nothing.
    """
    plain = unicodedata.normalize("NFKC", typed.rpartition("#")[2]).upper().translate(_LOOK_ALIKES)
    code = re.sub(r"[\s\-_\u2010-\u2015\u2212]", "", plain)
    return code if len(code) == BITS // 5 and set(code) <= set(ALPHABET) else None


def read_digits(typed: str, many: int) -> str | None:
    """Return digits that were typed, full-width ones and blanks among them; None where they are not so many."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed))
    wanted = _FOUR if many == 4 else _SIX
    return plain if wanted.fullmatch(plain) else None


def stored_id(pepper: bytes, congress: str, code: str) -> str:
    """Return what is stored of a code: a keyed hash, which nobody turns back without the key."""
    return keyed(pepper, "hall code", congress, code)


def keyed(pepper: bytes, *parts: str) -> str:
    """Return the keyed hash of some texts, each of which keeps its place."""
    return hmac.new(pepper, "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Tell whether two secrets are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def holds(closes_on: date, today: date, issued_at: datetime, now: datetime) -> bool:
    """Tell whether a code can still be used: to the meeting's last day, and 36 hours where it was issued late."""
    return today <= closes_on or now - issued_at <= HOLDS_AFTER_ISSUE


def rotating_code(secret: str, now: datetime, before: int = 0) -> str:
    """Return the six digits that the screen shows now, or showed so many half minutes before (RFC 6238, SHA-256)."""
    step = int(now.timestamp()) // STEP_SECONDS - before
    digest = hmac.new(secret.encode(), step.to_bytes(8, "big"), hashlib.sha256).digest()
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def is_on_screen(secret: str, typed: str, now: datetime) -> bool:
    """Tell whether a code stands on the screen now, or stood there just before: typing takes a while."""
    return any(same(rotating_code(secret, now, before), typed) for before in (0, 1))


def seconds_left(now: datetime) -> int:
    """Return for how many seconds the screen still shows this code."""
    return STEP_SECONDS - int(now.timestamp()) % STEP_SECONDS


def needed(entitled: int, quorum: Fraction = QUORUM) -> int:
    """Return how many must be present so that a vote may open: at least the share of all in office, exactly.

    321 in office need 214, 323 need 216.
    """
    return (entitled * quorum).__ceil__()
