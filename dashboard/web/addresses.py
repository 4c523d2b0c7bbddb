"""Addresses: `[/en]/<congress code>/<year>/<page>[/<id>]`, read and written in one place."""

import re
from dataclasses import dataclass, replace

from dashboard.i18n import DEFAULT

# Pages of the whole product, which stand beside the congresses.
COMMON = frozenset({"archive", "sign-in", "account"})
PAGES = frozenset({"overview", "desk"}) | COMMON
_CODE = re.compile(r"[0-9]{6}([0-9]{3}){0,2}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Address:
    """One page of the product: a language, a congress and cycle where it has them, the page."""

    language: str = DEFAULT
    code: str | None = None
    year: int | None = None
    page: str = "overview"

    def path(self) -> str:
        """Return the path that leads here."""
        parts = [] if self.language == DEFAULT else ["en"]
        if self.page in COMMON:
            return "/" + "/".join([*parts, self.page])
        if self.code is not None:
            parts.append(self.code)
            if self.year is not None:
                parts.append(str(self.year))
                if self.page != "overview":
                    parts.append(self.page)
        return "/" + "/".join(parts)

    def to(self, page: str) -> "Address":
        """Return another page of the same congress and cycle."""
        return replace(self, page=page)

    def within(self, code: str, year: int | None = None) -> "Address":
        """Return the overview of another congress or cycle."""
        return replace(self, code=code, year=year, page="overview")

    def speaking(self, language: str) -> "Address":
        """Return the same page in another language."""
        return replace(self, language=language)


def read(path: str) -> Address | None:
    """Return the address that a path names, or None where it names none."""
    parts = [part for part in path.split("/") if part]
    language = DEFAULT
    if parts and parts[0] == "en":
        language = parts.pop(0)
    if not parts:
        return Address(language)
    if len(parts) == 1 and parts[0] in COMMON:
        return Address(language, page=parts[0])
    return _of_congress(language, parts)


def language_of(path: str) -> str:
    """Return the language of any path, one that names no page included."""
    return "en" if path == "/en" or path.startswith("/en/") else DEFAULT


def _of_congress(language: str, parts: list[str]) -> Address | None:
    code, year, page = (*parts, None, None)[:3]
    if len(parts) > 3 or code is None or not _CODE.fullmatch(code):
        return None
    if year is not None and not _YEAR.fullmatch(year):
        return None
    if page is not None and (page not in PAGES or page in COMMON or page == "overview"):
        return None
    return Address(language, code, int(year) if year else None, page or "overview")
