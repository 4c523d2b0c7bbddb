"""Numbers as people type them into a form or a cell: full-width digits, thousands separators, % and 万元 accepted.

What is no number, is below nothing or finer than it is kept is refused with a code of its own; nothing is rounded.
"""

import re
from fractions import Fraction

from dashboard.rules.refused import Refused
from dashboard.rules.typed_text import half_width

# A share of 1,000 %: more is a slip of the finger. Money up to a hundred thousand 亿元.
LARGEST_SHARE = 100_000
LARGEST_MONEY = 10**15
LARGEST_QUANTITY = 10**15
# Of a quantity three decimals are kept: 2.125 km are 2,125 thousandths.
QUANTITY_SCALE = 1_000
FEN_IN_WAN = 1_000_000
LONGEST = 40
ONE = Fraction(1)

# What a number is refused with, for the catalogue: each kind alone, and with below, above or fine.
TYPED = tuple(
    f"{what}{why}" for what in ("share", "money", "quantity") for why in ("", "_below", "_above", "_fine")
)

_NUMBER = re.compile(r"([-+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]*))?")
# What may stand behind a sum: 亿, 万, 元. The form and the cell say 万元, so nothing behind it means that.
_MONEY = re.compile(r"(.*?)(?:(\u4ebf)|(\u4e07))?(\u5143)?")


def read_share(typed: str) -> int:
    """Return a percentage in basis points: 58, 58%, ５８．５％."""
    text = half_width(typed)
    return _scaled(text.removesuffix("%"), 100, LARGEST_SHARE, "share")


def read_money(typed: str) -> int:
    """Return a sum in fen: 1,234.5 (万元), 1234.5万元, 1.2亿元, 12,345,000元."""
    match = _MONEY.fullmatch(half_width(typed))
    if match is None:
        raise Refused("typed_money")
    number, hundred_million, wan, yuan = match.groups()
    times = Fraction(10_000) if hundred_million else Fraction(1, 10_000) if yuan and not wan else ONE
    return _scaled(number, FEN_IN_WAN, LARGEST_MONEY, "money", times)


def read_quantity(typed: str, unit: str = "") -> int:
    """Return an amount in thousandths of the plan's unit, which may stand behind it."""
    text, plain_unit = half_width(typed), half_width(unit)
    return _scaled(
        text.removesuffix(plain_unit) if plain_unit else text, QUANTITY_SCALE, LARGEST_QUANTITY, "quantity"
    )


def write_share(points: int | None) -> str:
    """Return a share as it is typed."""
    return "" if points is None else _written(points, 2)


def write_money(fen: int | None) -> str:
    """Return a sum as it is typed, in 万元."""
    return "" if fen is None else _written(fen, 6)


def write_quantity(thousandths: int | None) -> str:
    """Return an amount as it is typed."""
    return "" if thousandths is None else _written(thousandths, 3)


def _scaled(text: str, scale: int, largest: int, what: str, times: Fraction = ONE) -> int:
    """Return a number times a scale, exactly; `what` names the family of refusals."""
    match = _NUMBER.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        raise Refused(f"typed_{what}")
    sign, whole, fraction = match.groups()
    value = Fraction(f"{whole.replace(',', '')}.{fraction or 0}") * times * scale
    if sign == "-" and value:
        raise Refused(f"typed_{what}_below")
    if value > largest:
        raise Refused(f"typed_{what}_above")
    if value.denominator != 1:
        raise Refused(f"typed_{what}_fine")
    return int(value)


def _written(value: int, decimals: int) -> str:
    scale = 10**decimals
    fraction = f"{value % scale:0{decimals}d}".rstrip("0")
    return f"{value // scale}" + (f".{fraction}" if fraction else "")
