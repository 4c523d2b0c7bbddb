"""What a sealed ballot box holds: format 2, strictly typed, nothing beside it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dashboard.rules.marks import LONGEST
from dashboard.rules.outcomes import Attendance, Option
from dashboard.rules.rule_sets import RuleSet

Count = Annotated[int, Field(ge=0, le=10_000_000)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SealedBallot(_Part):
    """One ballot: the digest of its receipt, its marks, and in a recorded round the seat that cast it."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    marks: Annotated[str, Field(pattern=r"^[0-9+\-=:? ]*$", max_length=LONGEST)]
    member: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class SealedOption(_Part):
    """One line of the list that was voted on."""

    number: Annotated[int, Field(ge=1, le=999)]
    name: Annotated[str, Field(min_length=1, max_length=2000)]


class Channel(_Part):
    """How many ballots went out and came back on one way."""

    issued: Count
    recovered: Count


class Channels(_Part):
    """Electronic (issued is checked in, recovered is cast) and paper; ballots themselves do not say which."""

    electronic: Channel
    paper: Channel


class Box(_Part):
    """Everything that a count needs, as it was sealed at the close."""

    format: Literal[2]
    rule_set: RuleSet
    purpose: Literal["adoption", "runoff", "second", "practice", "assessment"]
    places: Annotated[int, Field(ge=0, le=999)]
    options: list[SealedOption]
    entitled: Count
    present: Count
    issued: Count
    recovered: Count
    channels: Channels
    ballots: list[SealedBallot]

    @property
    def attendance(self) -> Attendance:
        """Return 应到, 实到, 发出, 收回, and the sheets of paper among the last two."""
        paper = self.channels.paper
        return Attendance(
            self.entitled, self.present, self.issued, self.recovered, paper.issued, paper.recovered
        )

    @property
    def listed(self) -> tuple[Option, ...]:
        """Return the lines of the list."""
        return tuple(Option(one.number, one.name) for one in self.options)
