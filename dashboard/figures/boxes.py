"""How much room a text takes, and whether it touches another: an estimate for placing labels.

The server does not know a browser's exact widths, so the estimate is a little generous and the assumed chart is the
narrowest that the layout allows. Boxes are (left, bottom, right, top) in the units of the axes, so that a line needs
no conversion to be compared with them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

Box = tuple[float, float, float, float]
_LATIN = 0.58


class Line(NamedTuple):
    """A drawn line, from left to right; a stepped one keeps its height until the next point."""

    xs: Sequence[float]
    ys: Sequence[float]
    stepped: bool = False


def ems(text: str, bold: bool = False) -> float:
    """Return about how wide a text is, in type sizes: a Han character takes one, any other a good half.

    A Han character has three bytes in UTF-8 and every other of ours one, so bytes tell how many there are.
    """
    letters = len(text)
    han = (len(text.encode()) - letters) >> 1
    width = han + (letters - han) * _LATIN + 0.2
    return width * 1.06 if bold else width


def touches(box: Box, others: list[Box]) -> bool:
    """Tell whether a box overlaps any other."""
    left, bottom, right, top = box
    # A plain loop: this runs for every spot of every label, and a generator would double its price.
    for x0, y0, x1, y1 in others:  # noqa: SIM110 -- see above
        if left < x1 and x0 < right and bottom < y1 and y0 < top:
            return True
    return False


def crosses(box: Box, line: Line) -> bool:
    """Tell whether a line runs through a box: whether its heights between the box's sides meet the box's own."""
    left, bottom, right, top = box
    xs, ys, stepped = line
    first, after = bisect_left(xs, left), bisect_right(xs, right)
    if after == 0 or first == len(xs):
        return False
    if stepped:
        heights = ys[first - 1 if first else 0 : after]
        return min(heights) <= top and max(heights) >= bottom
    heights = [*ys[first:after]]
    if first:
        heights.append(height_at(line, first, left))
    if after < len(xs):
        heights.append(height_at(line, after, right))
    return min(heights) <= top and max(heights) >= bottom


def height_at(line: Line, after: int, x: float) -> float:
    """Return how high a straight line is at x, between the point before `after` and that point."""
    xs, ys, _ = line
    x0, y0 = xs[after - 1], ys[after - 1]
    return y0 + (ys[after] - y0) * (x - x0) / (xs[after] - x0)
