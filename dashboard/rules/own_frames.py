"""What stands first for a member of the congress: the own projects, and what is due or waits for a decision."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OwnProject:
    """A project that a deputy supervises or a department carries out."""

    number: int
    name: str
    light: str
    share: int | None
    gap: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits: `code` and `facts` make its sentence, `names` are data, `light` says how pressing it is.

    `number` is the project that it belongs to, where it belongs to one; `round` is the page on which it is done and
    what it is about there: a round, or the plan of a project.
    """

    code: str
    light: str
    facts: dict[str, object] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    day: date | None = None
    number: int | None = None
    round: tuple[str, UUID] | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """What concerns one person; `kind` is deputy, department or decides."""

    kind: str
    projects: tuple[OwnProject, ...]
    due: tuple[Due, ...]
