"""Parts of a whole and plain means, in basis points and rounded half up."""

from collections.abc import Sequence


def rate(part: int, whole: int) -> int | None:
    """Return a part of a whole in basis points, half up; None of nothing."""
    return (20_000 * part + whole) // (2 * whole) if whole > 0 else None


def mean(shares: Sequence[int]) -> int | None:
    """Return a mean share, half up; None of none."""
    return (2 * sum(shares) + len(shares)) // (2 * len(shares)) if shares else None
