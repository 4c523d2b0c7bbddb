"""What goes into a count and what comes out of it: the list, the attendance, and every decision with its reason."""

from dataclasses import dataclass

from dashboard.rules.reasons import Reason


@dataclass(frozen=True, slots=True)
class Option:
    """One line of the list that is voted on."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """The fixed numbers of a round: 应到, 实到, 发出, 收回. Electronic: issued is checked in, recovered is cast.

    `issued` and `recovered` are those of both ways of voting together, `paper_issued` and `paper_recovered` the
    sheets among them.
    """

    entitled: int
    present: int
    issued: int
    recovered: int
    paper_issued: int = 0
    paper_recovered: int = 0

    @property
    def is_overfull(self) -> bool:
        """Tell whether more ballots came back than went out, together or on one way alone.

        Who was there and did not vote makes room in the sum: sheets that nobody was handed would hide in it.
        """
        electronic = self.recovered - self.paper_recovered > self.issued - self.paper_issued
        return self.recovered > self.issued or self.paper_recovered > self.paper_issued or electronic


@dataclass(frozen=True, slots=True)
class Votes:
    """What the valid ballots say of one option.

    `against` and `abstained` belong to the item form alone (an item left out abstains), and so does `voided`: the
    ballots whose two answers to the item void it. `rank_sum` belongs to the rank form: the ranks on the ballots
    that count as votes, added up.
    """

    votes: int
    against: int | None = None
    abstained: int | None = None
    voided: int | None = None
    rank_sum: int | None = None


@dataclass(frozen=True, slots=True)
class OptionOutcome:
    """What became of one option: chosen, tied, beyond (passed, but after the places) or failed, and why."""

    number: int
    votes: int
    against: int | None
    abstained: int | None
    rank_sum: int | None
    state: str
    reason: Reason
    voided: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from the votes of every option, by the rules of one round.

    `state`: decided, tied, short (fewer chosen than places), void (more ballots recovered than issued) or
    no_quorum. `base` is what the threshold is a share of, `needed` the votes it asks for; None in a run-off, which
    has none. `options` stand in the order of the result. `tied` are those level at the last place, `open_places`
    what is left for them. `missing` is how many places nobody took, `second` the list of a second ballot where the
    rules ask for one.
    """

    purpose: str
    places: int
    state: str
    reason: Reason
    base: int
    needed: int | None
    options: tuple[OptionOutcome, ...]
    tied: tuple[int, ...] = ()
    open_places: int = 0
    missing: int = 0
    second: tuple[int, ...] = ()

    @property
    def chosen(self) -> tuple[int, ...]:
        """Return the numbers of the chosen, in the order of the result."""
        return tuple(one.number for one in self.options if one.state == "chosen")

    @property
    def is_presidiums(self) -> bool:
        """Tell whether the run-off is level again, so that the presidium decides."""
        return self.purpose == "runoff" and self.state == "tied"


@dataclass(frozen=True, slots=True)
class Outcome(Decision):
    """A counted round: the decision, how many ballots were valid, and why each of the others was not."""

    valid: int = 0
    invalid: int = 0
    faults: tuple[tuple[str, Reason], ...] = ()
