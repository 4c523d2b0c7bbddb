"""What a password must be (NIST SP 800-63B: length before composition)."""

from dashboard.rules.refused import Refused

SHORTEST = 10
FEWEST_CHARACTERS = 4


def check(password: str) -> None:
    """Refuse a password that is too short, or of too few different characters."""
    if len(password) < SHORTEST or len(set(password)) < FEWEST_CHARACTERS:
        raise Refused("password_weak", length=SHORTEST)
