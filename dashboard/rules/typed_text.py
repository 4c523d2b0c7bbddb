"""Text as it is typed: brought to the signs of numbers and days, and refused where it is missing or too long."""

from dashboard.rules.refused import Refused

# ！ to ～ stand at a fixed distance from ! to ~; the ideographic blank and the minus of typography are none of them.
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D, 0x3002: 0x2E}


def half_width(typed: str) -> str:
    """Return a text in half-width signs and without blanks.

    Not by NFKC, which makes 52 of 5²: a figure that was not meant is worse than one that is refused.
    """
    return "".join(typed.translate(_HALF).split())


def required(typed: str, empty: str, most: int) -> str:
    """Return a text without blanks around it; refuse none as `empty`, and one of more than so many signs."""
    text = typed.strip()
    if not text:
        raise Refused(empty)
    if len(text) > most:
        raise Refused("report_long", n=len(text), most=most)
    return text
