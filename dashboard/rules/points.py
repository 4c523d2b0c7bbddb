"""Points of a satisfaction ballot and the ranks that follow: equal points share a rank, the next one is left out."""

from collections.abc import Mapping, Sequence


def weighted_points(votes: Mapping[str, int], weights: Mapping[str, int]) -> int:
    """Return the mean weight of the votes in hundredths, half up; no votes give 0.

    191 satisfied, 89 basically and 32 dissatisfied at 100, 60 and 0 are 7833, that is 78.33 of a hundred.
    """
    total = sum(votes.values())
    won = sum(count * weights[grade] for grade, count in votes.items())
    return (200 * won + total) // (2 * total) if total else 0


def ranks(points: Sequence[int]) -> tuple[int, ...]:
    """Return each one's rank, the most points first: 90, 80, 80, 70 are ranked 1, 2, 2, 4."""
    ordered = sorted(points, reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(ordered, start=1)))}
    return tuple(first[value] for value in points)
