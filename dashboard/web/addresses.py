"""Addresses: `[/en]/<congress code>[/<year>][/<page>[/<item>]]`, read and written in one place."""

import re
from dataclasses import dataclass, replace
from uuid import UUID

from dashboard.i18n import DEFAULT
from dashboard.rules.refused import Refused

# Pages of the whole product, which stand beside the congresses.
COMMON = frozenset({"account", "archive", "congresses", "receipt", "recount", "sign-in"})
# Pages on which one thing has an address of its own.
WITH_ITEMS = frozenset(
    {
        "board",
        "candidates",
        "conduct",
        "departments",
        "deputies",
        "hall",
        "inquiries",
        "inspections",
        "paper",
        "papers",
        "plan",
        "projects",
        "remarks",
        "report",
        "rounds",
        "tasks",
        "vote",
        "weeks",
        "what-if",
    }
)
PAGES = (
    frozenset(
        {"assessments", "checking", "data", "desk", "orders", "overview", "rule-sets", "screen", "townships"}
    )
    | WITH_ITEMS
    | COMMON
)
_CODE = re.compile(r"[0-9]{6}([0-9]{3}){0,2}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_ITEM = re.compile(r"[0-9a-z-]{1,36}")


@dataclass(frozen=True, slots=True)
class Address:
    """One page of the product: a language, a congress and cycle where it has them, the page, one thing on it."""

    language: str = DEFAULT
    code: str | None = None
    year: int | None = None
    page: str = "overview"
    item: str | None = None

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
                if self.item is not None:
                    parts.append(self.item)
        return "/" + "/".join(parts)

    def to(self, page: str, item: object = None) -> "Address":
        """Return another page of the same congress and cycle, or one thing on it."""
        return replace(self, page=page, item=None if item is None else str(item))

    def within(self, code: str, year: int | None = None) -> "Address":
        """Return the overview of another congress or cycle."""
        return replace(self, code=code, year=year, page="overview", item=None)

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


def id_of(item: str | None) -> UUID:
    """Return the id that a part of an address is; what is no id is not found."""
    try:
        return UUID(item or "")
    except ValueError as error:
        raise Refused("not_found") from error


def thing_on(path: str, page: str) -> tuple[Address, UUID]:
    """Return the address of an open page about one thing, and the thing; another page has none."""
    here = read(path)
    if here is None or here.page != page:
        raise Refused("not_found")
    return here, id_of(here.item)


def language_of(path: str) -> str:
    """Return the language of any path, one that names no page included."""
    return "en" if path == "/en" or path.startswith("/en/") else DEFAULT


def _of_congress(language: str, parts: list[str]) -> Address | None:
    code, *rest = parts
    if not _CODE.fullmatch(code):
        return None
    year = int(rest.pop(0)) if rest and _YEAR.fullmatch(rest[0]) else None
    if len(rest) > 2:
        return None
    page, item = (*rest, None, None)[:2]
    if page is not None and (page not in PAGES or page in COMMON or page == "overview"):
        return None
    if item is not None and (page not in WITH_ITEMS or not _ITEM.fullmatch(item)):
        return None
    return Address(language, code, year, page or "overview", item)
