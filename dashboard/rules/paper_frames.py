"""What the page of a round's paper is made from: who has a sheet, what was entered, where two entries differ."""

from dataclasses import dataclass

from dashboard.rules.sheets import Comparison, Entry


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a sheet: what stands on it, the same on every sheet. `budget` is in fen."""

    number: int
    name: str
    department: str | None = None
    budget: int | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A deputy on the roll who is present, told apart by the delegation from others of the same name."""

    membership_id: str
    name: str
    delegation: str | None

    @property
    def label(self) -> str:
        """Return the name as it is chosen from a list."""
        return f"{self.name}｜{self.delegation}" if self.delegation else self.name


@dataclass(frozen=True, slots=True)
class Differing:
    """A sheet that two tellers read differently, and what a scrutineer decided."""

    number: int
    first: str
    second: str
    settled: str | None


@dataclass(frozen=True, slots=True)
class PaperRound:
    """A round's paper as one officer may see it.

    `own` is this teller's entry, None before the teller stated a total. `entered` is how many sheets each entry has,
    for those who enter none: a teller is told of the own alone until both are `compared`. `differing` is for
    scrutineers. `others_enter` tells a teller without an entry that two others are at it. Who replaced a teller finds
    that one's name as `former`, and in `inherited` the sheets that the former typed and nobody changes.
    """

    round_id: str
    title: str
    purpose: str
    state: str
    version: int
    form: str
    places: int
    most: int
    exactly: bool
    secret: bool
    on_paper: bool
    sealed: bool
    meeting: str | None
    lines: tuple[SheetLine, ...]
    duties: frozenset[str]
    issued: tuple[Seat, ...] = ()
    seats: tuple[Seat, ...] = ()
    own: Entry | None = None
    entered: tuple[int, int] | None = None
    others_enter: bool = False
    former: str | None = None
    inherited: tuple[int, ...] = ()
    totals_differ: bool = False
    compared: Comparison | None = None
    differing: tuple[Differing, ...] = ()
