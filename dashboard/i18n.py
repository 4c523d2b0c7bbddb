"""Words in two languages, and how numbers, days and money are written in each.

Message ids are keys (`notice.saved`), not sentences: a sentence may change without breaking a reference. The
catalogues are gettext .po files, one a topic, compiled in memory at the start.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = {"zh-CN": "zh_CN", "en": "en"}
DEFAULT = "zh-CN"
SHANGHAI = ZoneInfo("Asia/Shanghai")
_ROOT = Path(__file__).parent / "locale"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MissingWord(KeyError):
    """A key that the catalogue does not hold: a bug, and a loud one."""


def catalogue(language: str) -> Catalog:
    """Return the merged catalogue of a language, read from its .po files."""
    merged = Catalog(locale=LOCALES[language])
    for path in sorted((_ROOT / LOCALES[language] / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=LOCALES[language]):
                if message.id:
                    merged[message.id] = message
    return merged


@dataclass(frozen=True)
class Words:
    """The words and number forms of one language; `words("key", n=3)` gives a finished sentence."""

    language: str
    _translations: GNUTranslations = field(repr=False, hash=False, compare=False)

    @property
    def is_chinese(self) -> bool:
        """Tell whether this is the Chinese interface."""
        return self.language == DEFAULT

    def __call__(self, key: str, /, **facts: object) -> str:
        """Return the sentence of `key` with its facts filled in; an unknown key is a bug."""
        text = self._translations.gettext(key)
        if text == key:
            raise MissingWord(key)
        return text.format(**facts) if facts else text

    def plural(self, key: str, n: int, /, **facts: object) -> str:
        """Return the sentence of `key` in the number that fits `n`, which is filled in as {n}."""
        text = self._translations.ngettext(key, key + ".plural", n)
        if text.startswith(key):
            raise MissingWord(key)
        return text.format(n=self.count(n), **facts)

    def count(self, n: int | None) -> str:
        """Write a count with thousands separators, or a dash for none."""
        return "—" if n is None else f"{n:,}".replace("-", "−")

    def share(self, points: int | None, decimals: int = 1) -> str:
        """Write a share in basis points as a percentage."""
        return "—" if points is None else f"{_fixed(points, decimals)}%".replace("-", "−")

    def gap(self, points: int | None) -> str:
        """Write a difference in basis points with its sign, in percentage points."""
        if points is None:
            return "—"
        return ("+" if points > 0 else "") + _fixed(points, 1).replace("-", "−")

    def money(self, fen: int | None) -> str:
        """Write a sum in fen: 3,280万元, from 10,000万元 on 3.26亿元; CNY 32.8 million in English."""
        if fen is None:
            return "—"
        if not self.is_chinese:
            return f"CNY {_ratio(fen, 100_000_000, 1)} million"
        if fen >= 10_000_000_000:
            return f"{_ratio(fen, 10_000_000_000, 2)}亿元"
        return f"{_ratio(fen, 1_000_000, 0)}万元"

    def day(self, day: date | None) -> str:
        """Write a day in full."""
        if day is None:
            return "—"
        if self.is_chinese:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def day_of_year(self, day: date) -> str:
        """Write a day without its year."""
        return f"{day.month}月{day.day}日" if self.is_chinese else f"{day.day} {_MONTHS[day.month - 1]}"

    def month(self, day: date) -> str:
        """Write the month of a day without its year."""
        return f"{day.month}月" if self.is_chinese else _MONTHS[day.month - 1]

    def clock(self, moment: datetime) -> str:
        """Write the time of day in Shanghai."""
        return moment.astimezone(SHANGHAI).strftime("%H:%M")


def _ratio(value: int, unit: int, decimals: int) -> str:
    """Write value/unit with fixed decimals, half up, in exact arithmetic."""
    scale = 10**decimals
    scaled = (abs(value) * scale * 2 + unit) // (unit * 2)
    text = f"{scaled // scale:,}" + (f".{scaled % scale:0{decimals}d}" if decimals else "")
    return ("-" if value < 0 and scaled else "") + text


def _fixed(points: int, decimals: int) -> str:
    return _ratio(points, 100, decimals)


@cache
def words(language: str) -> Words:
    """Return the words of a language: zh-CN or en."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return Words(language, GNUTranslations(compiled))
