"""What is told of a candidate beyond its line: the plan, and documents that the clerk attaches until the freeze."""

import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from dashboard.rules.refused import Refused
from dashboard.rules.rounds import ANNULLED, DRAFT

LONGEST_PLAN, LONGEST_NAME = 2000, 80
# Pictures of pages; nobody reads more before a vote.
MOST_DOCUMENTS = 12
# A round that stands so holds its candidates to nothing.
FREE = frozenset({DRAFT, ANNULLED})
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


@dataclass(frozen=True, slots=True)
class Attached:
    """A document of a candidate without its content; `size` is in bytes."""

    id: UUID
    name: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Told:
    """A candidate as its clerk sees it: `is_frozen` where it stands in a round that was frozen and not annulled."""

    id: UUID
    number: int
    name: str
    department: str | None
    budget: int | None
    place: str | None
    target: str
    plan: str | None
    documents: tuple[Attached, ...]
    is_frozen: bool


def plan_of(text: str) -> str | None:
    """Return a plan as it is kept, None where nothing is written; one that is too long is refused, never cut."""
    plain = text.replace("\r\n", "\n").strip()
    if len(plain) > LONGEST_PLAN:
        raise Refused("candidate_plan_long", most=LONGEST_PLAN)
    if any(unicodedata.category(sign) == "Cc" for sign in plain.replace("\n", "")):
        raise Refused("malformed")
    return plain or None


def name_of(given: str) -> str:
    """Return what a document is called, by the name of its file without folders and ending; refuse an empty one."""
    plain = given.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C")
    name = _ENDING.sub("", shown).strip()[:LONGEST_NAME]
    if not name:
        raise Refused("candidate_document_unnamed")
    return name
