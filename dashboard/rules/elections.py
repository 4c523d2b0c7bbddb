"""An election as a Pabulib file holds it, and the sums of its ballots: votes and points of every project."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from dashboard.rules.pabulib_ballots import WITH_POINTS, Ballot, Bounds, Cast, Fault

APPROVING = frozenset({"approval", "choose-1"})


@dataclass(frozen=True, slots=True)
class Project:
    """A project as its file states it; `votes`, `score` and `selected` are what was published of it.

    `conflicts` names the projects on the same site, None where the file has no such column.
    """

    name: str
    cost: Fraction
    votes: Fraction | None
    score: Fraction | None
    selected: int | None
    conflicts: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Election:
    """What a file holds: projects by id in its order, and how often each ballot was cast.

    `ballots` holds what is counted; `faults` names what is wrong. `has_score` says that points are published.
    `each` holds the voters' ballots one by one where they were asked for. `meta` is all that META says. `header_line`
    is where the columns of the projects are named.
    """

    meta: Mapping[str, str]
    rule: str
    budget: Fraction | None
    threshold: Fraction | None
    bounds: Bounds
    projects: Mapping[str, Project]
    has_score: bool
    ballots: Mapping[Ballot, int]
    faults: tuple[Fault, ...]
    header_line: int
    each: tuple[Cast, ...] = ()


def votes_of(election: Election) -> dict[str, int]:
    """Return how often the ballots name each project; one that names it twice counts twice, as is published."""
    votes = dict.fromkeys(election.projects, 0)
    for ballot, cast in election.ballots.items():
        for key in ballot.projects:
            votes[key] += cast
    return votes


def scores_of(election: Election) -> dict[str, Fraction] | None:
    """Return the points of each project, or None where the file publishes none or its ballots know none.

    A ranked project gets as many as a ballot may hold names (or there are projects), less one for each before it.
    """
    kind = election.bounds.vote_type
    if not election.has_score or kind in APPROVING:
        return None
    most = election.bounds.max_length
    first = Fraction(len(election.projects) if most is None else most)
    scores = dict.fromkeys(election.projects, Fraction(0))
    for ballot, cast in election.ballots.items():
        ranked = (max(first - place, Fraction(0)) for place in range(len(ballot.projects)))
        for key, points in zip(
            ballot.projects, ballot.points if kind in WITH_POINTS else ranked, strict=True
        ):
            scores[key] += points * cast
    return scores


def is_as_published(election: Election) -> bool:
    """Tell whether the ballots give every project the votes that its file publishes, and the points added up.

    The points of a ranking are not asked: cities give them by formulas of their own.
    """
    votes = votes_of(election)
    scores = scores_of(election) if election.bounds.vote_type in WITH_POINTS else None
    return all(
        one.votes in (None, votes[key]) and (scores is None or one.score in (None, scores[key]))
        for key, one in election.projects.items()
    )
