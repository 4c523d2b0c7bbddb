"""A Pabulib election as a round of ours: its list, its ballots in our marks, its attendance.

The roll are the voters of the file. The places are those of the box that the file was written from; in any other
file as many as a ballot may name projects, or as there are projects.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.rules.elections import Election
from dashboard.rules.marks import FOR, Mark, Marks, write_marks
from dashboard.rules.outcomes import Attendance, Option
from dashboard.rules.pabulib_rows import number
from dashboard.rules.refused import Refused
from dashboard.rules.rule_sets import Form

MOST_OPTIONS = 999
# An order of preference stands on these ballots alone. A mark is a name on any: whatever points or rank go with it.
RANKED = "ordinal"
# In no form marks: whoever counts it finds the ballot invalid.
UNREADABLE = "-"


@dataclass(frozen=True, slots=True)
class AsRound:
    """What a count of ours needs; `keys` gives the project of an option's number, `marks` follow the voters."""

    keys: Mapping[int, str]
    options: tuple[Option, ...]
    marks: tuple[str, ...]
    attendance: Attendance
    places: int


def as_round(election: Election, form: Form, rule: str) -> AsRound:
    """Return an election that was read one by one as a round of a form.

    Who is named is marked, or answered with for; a form that ranks is Refused where the votes are no rankings.
    """
    if form == "rank" and election.bounds.vote_type != RANKED:
        raise Refused("rule_needs", rule=rule, needed=f"vote_type={RANKED}")
    if not 0 < len(election.projects) <= MOST_OPTIONS:
        raise Refused("list_too_long", found=len(election.projects), most=MOST_OPTIONS)
    keys = _keys(tuple(election.projects))
    numbers = {key: number for number, key in keys.items()}
    marks = tuple(
        UNREADABLE if one.ballot is None else _marks(form, [numbers[key] for key in one.ballot.projects])
        for one in election.each
    )
    voters = len(marks)
    entitled = max(_stated(election, "entitled", voters), voters)
    present = min(max(_stated(election, "present", voters), voters), entitled)
    return AsRound(
        keys=keys,
        options=tuple(Option(number, election.projects[key].name or key) for number, key in keys.items()),
        marks=marks,
        attendance=Attendance(entitled, present, voters, voters),
        places=_places(election),
    )


def _keys(projects: Sequence[str]) -> dict[int, str]:
    """Number the projects as they number themselves where that is a list's way, else by their order."""
    own = {int(key): key for key in projects if key.isascii() and key.isdigit() and len(key) <= 3}
    if len(own) == len(projects) and all(str(number) == key and number for number, key in own.items()):
        return dict(sorted(own.items()))
    return dict(enumerate(projects, start=1))


def _marks(form: Form, numbers: Sequence[int]) -> str:
    entries = [
        Mark(number, FOR if form == "item" else "", place if form == "rank" else 0)
        for place, number in enumerate(numbers, start=1)
    ]
    return write_marks(form, Marks(tuple(entries)))


def _stated(election: Election, key: str, otherwise: int) -> int:
    found = number(election.meta.get(key, ""))
    return otherwise if found is None or found < 0 or found.denominator != 1 else found.numerator


def _places(election: Election) -> int:
    named = "budget" if "box_sha256" in election.meta else "max_length"
    return min(_stated(election, named, len(election.projects)), MOST_OPTIONS)
