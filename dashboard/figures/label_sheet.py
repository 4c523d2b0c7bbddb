"""A sheet of labels over a curve: what is written, the room it takes, and whether a new label finds some."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from dashboard.figures.boxes import Box, Line, crosses, touches
from dashboard.figures.curve_canvas import Canvas
from dashboard.figures.curve_words import Fixed
from dashboard.i18n import Words
from dashboard.rules.frames import Forecast

Part = dict[str, Any]
Last = tuple[date, int]
# An anchor (ordinal, share), the shift from there in pixels (right, up), and the sides of the text that lie there.
Spot = tuple[float, float, float, float, str, str]
_SIDE = {"left": 0.0, "center": 0.5, "right": 1.0, "bottom": 0.0, "middle": 0.5, "top": 1.0}


class Sheet(NamedTuple):
    """What has been written on a curve so far, and the room it takes; `day` and `share` are a pixel's worth."""

    ground: Canvas
    last: Last | None
    forecast: Forecast | None
    words: Words
    fixed: Fixed
    face: Mapping[str, Part]
    tokens: Mapping[str, str]
    day: float
    share: float
    notes: list[Part]
    rules: list[Part]
    taken: list[Box]


def box_of(sheet: Sheet, spot: Spot, width: float, rows: int) -> Box:
    """Return the room of a text in days and basis points."""
    at, share, right, up, across, along = spot
    height = rows * (sheet.ground.size + 3)
    left = at + (right - _SIDE[across] * width) * sheet.day
    bottom = share + (up - _SIDE[along] * height) * sheet.share
    return (left, bottom, left + width * sheet.day, bottom + height * sheet.share)


def clear(box: Box, lines: tuple[Line, ...]) -> bool:
    """Tell whether no line runs through a box."""
    for drawn in lines:  # noqa: SIM110 -- a generator would double the price
        if crosses(box, drawn):
            return False
    return True


def first_free(
    sheet: Sheet, spots: Sequence[Spot], width: float, lines: tuple[Line, ...], otherwise: tuple[Spot, Box]
) -> tuple[Spot, Box]:
    """Return the first spot in the plot that touches no label and no line, or at least no label, and its room."""
    boxes = [box_of(sheet, spot, width, 1) for spot in spots]
    for near in (lines, ()):
        for spot, box in zip(spots, boxes, strict=True):
            if box[1] >= 0 and not touches(box, sheet.taken) and clear(box, near):
                return spot, box
    return otherwise


def write(sheet: Sheet, spot: Spot, box: Box, iso: str, text: str, font: str, bold: bool = False) -> None:
    """Write a label at a spot and keep its room."""
    _, share, right, up, across, along = spot
    sheet.taken.append(box)
    sheet.notes.append(
        {"x": iso, "y": share / 100, "xshift": right, "yshift": up, "xanchor": across, "yanchor": along,
         "text": f"<b>{text}</b>" if bold else text, "font": sheet.face[font], "showarrow": False, "align": across}
    )  # fmt: skip


def draw_rule(sheet: Sheet, iso: str, at: float, share: int, color: str, dash: str = "solid") -> None:
    """Draw a vertical from the axis up to a share and keep its room."""
    sheet.taken.append((at - sheet.day, 0, at + sheet.day, share))
    sheet.rules.append(vertical(iso, share, color, dash))


def vertical(iso: str, share: int, color: str, dash: str) -> Part:
    """Return a vertical from the axis up to a share."""
    return {"type": "line", "x0": iso, "x1": iso, "y0": 0, "y1": share / 100, "layer": "below",
            "line": {"color": color, "width": 1.4 if dash == "dot" else 1, "dash": dash}}  # fmt: skip
