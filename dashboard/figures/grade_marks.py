"""Where the counts of a satisfaction bar stand: in their parts, clear of the threshold, else behind the bar.

Widths are in pixels of the narrowest bar that the layout allows.
"""

from functools import lru_cache
from typing import NamedTuple

DIGIT, PAD = 7.4, 3.0
_CLEAR = 5.0


class Spot(NamedTuple):
    """Where one count stands: inside its part, before or after the threshold, or behind the bar; a zero nowhere."""

    place: str
    votes: int


@lru_cache(maxsize=4096)
def standings(counts: tuple[int, int, int], plot: float, half: int) -> tuple[Spot, Spot, Spot]:
    """Return where each of three counts stands, the bar being drawn at so many pixels a vote."""
    found: list[Spot] = []
    start = 0
    for part, count in enumerate(counts):
        end = start + count
        found.append(Spot(_place(start * plot, end * plot, half * plot, part == 0, str(count)), count))
        start = end
    return found[0], found[1], found[2]


def _place(left: float, right: float, half: float, first: bool, text: str) -> str:
    if right <= left:
        return "nowhere"
    room = DIGIT * len(text)
    if right - left < room + 1 + (PAD if first else 0):
        return "behind"
    # The first count ends at its bar's end, the others stand in the middle of their parts.
    start = right - PAD - room if first else (left + right - room) / 2
    if start + room + _CLEAR < half or half + _CLEAR < start:
        return "inside"
    if half - left > room + _CLEAR + PAD:
        return "before"
    return "after" if right - half > room + _CLEAR + PAD else "behind"
