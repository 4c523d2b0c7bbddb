"""A file with ballots counted again, without a database: by the rule it states, or by another one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dashboard.rules.pabulib import Election, read_pabulib
from dashboard.rules.pabulib_ballots import Fault
from dashboard.rules.recounting import funded, scores_of, votes_of


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of the list: what the ballots give it, whether it is chosen, and what the file publishes otherwise.

    `score` is None where the file has no points, `selected` where its rule is not known.
    """

    name: str
    votes: int
    score: Fraction | None
    selected: bool | None
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recount:
    """What a file says when it is counted: its lines by id, who stood level, what is wrong with which ballot."""

    projects: Mapping[str, Counted]
    ties: tuple[tuple[str, ...], ...]
    invalid: tuple[Fault, ...]


def recount_pabulib(lines: Iterable[bytes], rule: str | None = None) -> Recount:
    """Count a Pabulib file by the rule that it states, or by another of Pabulib's."""
    election = read_pabulib(lines)
    votes, scores = votes_of(election), scores_of(election)
    found = funded(election, election.rule if rule is None else rule)
    chosen = None if found is None else frozenset(found.projects)
    projects = {}
    for key, project in election.projects.items():
        score = scores[key] if scores else None
        selected = None if chosen is None else key in chosen
        # Another rule chooses others: that is no difference to what was published.
        differs = _differs(election, key, votes[key], score, selected if rule is None else None)
        projects[key] = Counted(project.name, votes[key], score, selected, differs)
    return Recount(projects, found.ties if found else (), election.faults)


def _differs(
    election: Election, key: str, votes: int, score: Fraction | None, selected: bool | None
) -> tuple[str, ...]:
    """Return what the file publishes of a project and its ballots do not give."""
    told = election.projects[key]
    pairs = {
        "votes": (told.votes, votes),
        "score": (told.score, score),
        "selected": (None if told.selected is None else told.selected > 0, selected),
    }
    return tuple(name for name, (old, new) in pairs.items() if None not in (old, new) and old != new)
