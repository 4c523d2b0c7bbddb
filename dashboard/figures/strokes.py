"""The server's drawing of a figure as strokes, discs and texts in pixels, for pictures of a fixed size.

`figures/drawing.py` draws at percentages of whatever place a page gives it; here they are worked out for one size, so
that picture and page cannot differ.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from dashboard.figures.drawing import Figure, drawn

Point = tuple[float, float]
_STEP = re.compile(r"([MLV])([\d.e+-]+)(?: ([\d.e+-]+))?|Z")
_SHIFT = re.compile(r"translate\(([\d.e+-]+) ([\d.e+-]+)\)")


class Stroke(NamedTuple):
    """A line or an area: `runs` of points, an ink of some width, perhaps dashed, perhaps filled."""

    runs: tuple[tuple[Point, ...], ...]
    ink: str | None
    width: float
    dashes: tuple[float, ...] = ()
    fill: str | None = None


class Disc(NamedTuple):
    """A dot."""

    at: Point
    radius: float
    fill: str | None
    ink: str | None
    width: float


class Run(NamedTuple):
    """A piece of a line of text."""

    text: str
    bold: bool
    ink: str


class Text(NamedTuple):
    """One line of text on its baseline; `anchor` is start, middle or end; `halo` keeps it legible on a line."""

    at: Point
    anchor: str
    size: float
    runs: tuple[Run, ...]
    halo: bool = False


Mark = Stroke | Disc | Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is drawn: its corner and size in pixels; `stretched` where paths are told in thousandths."""

    left: float
    top: float
    width: float
    height: float
    stretched: bool = False

    def x(self, value: str) -> float:
        """Return where a value across stands, in pixels or percent of the width."""
        return self.left + _length(value, self.width)

    def y(self, value: str) -> float:
        """Return where a value down stands."""
        return self.top + _length(value, self.height)

    def point(self, x: float, y: float) -> Point:
        """Return where a point of a path stands: the layer of curves is stretched from a thousand units."""
        if self.stretched:
            return (self.left + x * self.width / 1000, self.top + y * self.height / 1000)
        return (self.left + x, self.top + y)


def strokes(figure: Figure, left: float, top: float, width: float) -> Iterator[Mark]:
    """Yield everything of a figure, back to front, at its place within a picture."""
    layout = figure["layout"]
    margin = layout["margin"]
    place = Place(
        left + margin["l"],
        top + margin["t"],
        width - margin["l"] - margin["r"],
        layout["height"] - margin["t"] - margin["b"],
    )
    for layer in fromstring(drawn(figure))[0]:  # noqa: S314 -- our own drawing, made a moment ago
        stretched = layer.get("viewBox") is not None
        yield from _layer(layer, Place(place.left, place.top, place.width, place.height, stretched))


def _length(value: str, whole: float) -> float:
    return float(value[:-1]) * whole / 100 if value.endswith("%") else float(value)


def _layer(layer: Element, place: Place) -> Iterator[Mark]:
    for one in layer:
        if one.tag == "svg":
            # Its corner is moved; it is as large as the one around it, of which its percentages are told.
            corner = (place.x(one.get("x", "0")), place.y(one.get("y", "0")))
            yield from _layer(one, Place(*corner, place.width, place.height))
        elif one.tag == "text":
            yield from _texts(one, place)
        elif one.tag == "circle":
            at_point = (place.x(one.get("cx", "0")), place.y(one.get("cy", "0")))
            yield Disc(
                at_point, float(one.get("r", "0")), _paint(one, "fill"), _paint(one, "stroke"), _width(one)
            )
        else:
            runs = _runs(one, place)
            dashes = tuple(float(step) for step in one.get("stroke-dasharray", "").split())
            fill = None if one.tag == "line" else _paint(one, "fill")
            yield Stroke(runs, _paint(one, "stroke"), _width(one), dashes, fill)


def _paint(one: Element, name: str) -> str | None:
    value = one.get(name, "none")
    return None if value == "none" else value


def _width(one: Element) -> float:
    return float(one.get("stroke-width", "1")) if one.get("stroke") else 0.0


def _runs(one: Element, place: Place) -> tuple[tuple[Point, ...], ...]:
    if one.tag == "line":
        ends = ((one.get("x1", "0"), one.get("y1", "0")), (one.get("x2", "0"), one.get("y2", "0")))
        return (tuple((place.x(x), place.y(y)) for x, y in ends),)
    if one.tag == "rect":
        left, top = place.x(one.get("x", "0")), place.y(one.get("y", "0"))
        right = left + _length(one.get("width", "0"), place.width)
        foot = top + _length(one.get("height", "0"), place.height)
        moved = _SHIFT.match(one.get("transform", ""))
        across, down = (float(moved[1]), float(moved[2])) if moved else (0.0, 0.0)
        corners = ((left, top), (right, top), (right, foot), (left, foot), (left, top))
        return (tuple((x + across, y + down) for x, y in corners),)
    return _path(one.get("d", ""), place)


def _path(told: str, place: Place) -> tuple[tuple[Point, ...], ...]:
    """Return the runs of a path that knows moving, lines, uprights and closing."""
    runs: list[list[Point]] = []
    last = (0.0, 0.0)
    for step in _STEP.finditer(told):
        kind = step[1]
        if kind is None:
            runs[-1].append(runs[-1][0])
            continue
        last = (last[0], float(step[2])) if kind == "V" else (float(step[2]), float(step[3]))
        if kind == "M":
            runs.append([])
        runs[-1].append(place.point(*last))
    return tuple(tuple(run) for run in runs)


def _texts(one: Element, place: Place) -> Iterator[Text]:
    """Yield the lines of a text: a piece with a place begins one, those after it follow."""
    anchor, size, ink = (
        one.get("text-anchor", "start"),
        float(one.get("font-size", "12")),
        one.get("fill", "#000"),
    )
    halo = one.get("class") == "halo"
    at: Point | None = None
    runs: list[Run] = []
    for piece in one:
        if piece.get("x") is not None:
            if at is not None:
                yield Text(at, anchor, size, tuple(runs), halo)
            at = (
                place.x(piece.get("x", "0")) + float(piece.get("dx", "0")),
                place.y(piece.get("y", "0")) + float(piece.get("dy", "0")),
            )
            runs = []
        runs.append(Run(piece.text or "", piece.get("font-weight") == "bold", piece.get("fill", ink)))
    if at is not None:
        yield Text(at, anchor, size, tuple(runs), halo)
