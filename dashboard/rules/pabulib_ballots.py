"""The ballots of a Pabulib file, and what is wrong with one.

A ballot that can be read is counted as it stands, for so do the published figures: one that names a project twice
counts twice for it, one with more names than the election allows counts for all of them. What cannot be read is not
counted, nor is a second ballot of one voter. Either way it is named with its line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from dashboard.rules.pabulib_rows import Lines, Row, fitted, header_of, number
from dashboard.rules.refused import Refused

WITH_POINTS = frozenset({"cumulative", "scoring"})


class Ballot(NamedTuple):
    """Projects by id in the ballot's order, with their points where its type of vote knows points."""

    projects: tuple[str, ...]
    points: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a ballot, by its voter's id, or with the file where `ballot` is None.

    `is_counted` tells of a ballot that counts all the same.
    """

    ballot: str | None
    line: int
    code: str
    is_counted: bool = False


class Cast(NamedTuple):
    """One voter's ballot with its line; None is one that cannot be read."""

    voter: str
    line: int
    ballot: Ballot | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a ballot of a type of vote may hold, as META states it; None is no bound."""

    vote_type: str
    costs: Mapping[str, Fraction]
    min_length: Fraction | None
    max_length: Fraction | None
    min_sum_points: Fraction | None
    max_sum_points: Fraction | None
    max_sum_cost: Fraction | None


@dataclass(slots=True)
class _Read:
    """A ballot as it was read once, however many cast the same: what is wrong with it, and how many count."""

    ballot: Ballot
    codes: tuple[str, ...]
    is_counted: bool
    cast: int = 0


def read_ballots(
    rows: Iterator[Row], lines: Lines, bounds: Bounds, each: list[Cast] | None = None
) -> tuple[dict[Ballot, int], list[Fault], int]:
    """Return how often each ballot counts, the faults, and how many ballots there are in all.

    A file whose last row is too short was cut. `each` takes the voters' ballots one by one, where somebody asks.
    """
    # Points mean nothing where the type of vote knows none.
    points = ["points"] if bounds.vote_type in WITH_POINTS else []
    header = header_of(next(rows, (lines.read, [])), "voter_id", "vote", *points)
    voter_at, vote_at, width = header.index("voter_id"), header.index("vote"), len(header)
    points_at = header.index("points") if points else None
    known: dict[tuple[str, str], _Read] = {}
    voters: set[str] = set()
    faults: list[Fault] = []
    cast = short = line = 0
    for line, given in rows:
        cast += 1
        row = given if len(given) == width else fitted(given, width)
        if row is None:
            short = line if len(given) < width else short
            faults.append(
                Fault(given[voter_at].strip() if voter_at < len(given) else None, line, "columns_differ")
            )
            continue
        voter = row[voter_at].strip()
        if not voter or voter in voters:
            faults.append(Fault(voter, line, "duplicate_voter" if voter else "no_voter"))
            continue
        voters.add(voter)
        key = row[vote_at], "" if points_at is None else row[points_at]
        read = known.get(key)
        if read is None:
            read = known[key] = _read(*key, bounds)
        read.cast += read.is_counted
        if each is not None:
            each.append(Cast(voter, line, read.ballot if read.is_counted else None))
        if read.codes:
            faults.extend(Fault(voter, line, code, read.is_counted) for code in read.codes)
    if short and short == line:
        raise Refused("pb_truncated", line=line)
    return _together(known.values()), faults, cast


def _together(known: Iterable[_Read]) -> dict[Ballot, int]:
    """Add up ballots that are written differently and say the same."""
    counted: dict[Ballot, int] = {}
    for read in known:
        if read.cast:
            counted[read.ballot] = counted.get(read.ballot, 0) + read.cast
    return counted


def _read(vote: str, points: str, bounds: Bounds) -> _Read:
    names = _list(vote)
    given = [number(one) for one in _list(points)] if bounds.vote_type in WITH_POINTS else []
    ballot = Ballot(tuple(names), tuple(one for one in given if one is not None))
    wrong = _unreadable(ballot, len(given), bounds)
    return _Read(ballot, (wrong,) if wrong else tuple(_out_of_bounds(ballot, bounds)), not wrong)


def _list(text: str) -> list[str]:
    return [one.strip() for one in text.split(",")] if text.strip() else []


def _unreadable(ballot: Ballot, given: int, bounds: Bounds) -> str | None:
    """Return why a ballot on which so many points stand, readable or not, cannot be counted."""
    if not bounds.costs.keys() >= set(ballot.projects):
        return "unknown_project"
    if bounds.vote_type not in WITH_POINTS:
        return None
    if len(ballot.points) < given:
        return "points_unreadable"
    if given != len(ballot.projects):
        return "points_differ"
    if bounds.vote_type == "cumulative" and any(one < 0 for one in ballot.points):
        return "points_negative"
    return None


def _out_of_bounds(ballot: Ballot, bounds: Bounds) -> Iterator[str]:
    """Yield what is wrong with a ballot that is counted all the same."""
    names, points = ballot
    if len(set(names)) < len(names):
        yield "project_twice"
    if _above(len(names), bounds.max_length):
        yield "too_many"
    if _above(bounds.min_length, len(names)):
        yield "too_few"
    if points and (_above(sum(points), bounds.max_sum_points) or _above(bounds.min_sum_points, sum(points))):
        yield "points_sum"
    if bounds.max_sum_cost is not None and _above(_cost(names, bounds), bounds.max_sum_cost):
        yield "cost_sum"


def _cost(names: Iterable[str], bounds: Bounds) -> Fraction:
    return sum((bounds.costs[name] for name in names), Fraction(0))


def _above(value: Fraction | int | None, most: Fraction | int | None) -> bool:
    return value is not None and most is not None and value > most
