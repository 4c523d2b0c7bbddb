"""A chart as a picture that stands by itself: with its title, its measure, its source, and 模拟数据 where that is so.

An SVG of a fixed size in pixels, without styles or scripts: browsers, Word, WPS and LibreOffice draw it alike, with
the reader's own fonts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from dashboard.figures.boxes import ems
from dashboard.figures.drawing import Figure
from dashboard.figures.strokes import Disc, Mark, Run, Text, strokes
from dashboard.figures.theme import FAMILY, THEMES

WIDTH = 960
_EDGE = 24
_TITLE, _LINE, _FOOT = 18, 13, 12
_RGBA = re.compile(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)")
# What no file name of any system may hold.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around a chart: title, what is measured, source, whose it is, and the mark of simulated data."""

    title: str
    line: str = ""
    source: str = ""
    owner: str = ""
    mark: str = ""

    def filename(self) -> str:
        """Return a name for the file, without what no system takes."""
        return _NOT_IN_NAMES.sub(" ", self.title).strip()[:60] or "chart"


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything of a picture in pixels, back to front."""

    width: int
    height: int
    ground: str
    title: str
    marks: tuple[Mark, ...] = field(repr=False)


def picture(figure: Figure, caption: Caption, width: int = WIDTH, theme: str = "light") -> Picture:
    """Return a figure with its caption; light unless told otherwise, as paper is."""
    tokens, room = THEMES[theme], width - 2 * _EDGE
    marks: list[Mark] = []
    top = float(_EDGE)
    room_beside = room - (ems(caption.mark) * _FOOT + 24 if caption.mark else 0)
    for row in _wrapped(caption.title, room_beside / _TITLE / 1.06):
        marks.append(_text((_EDGE, top + _TITLE), row, _TITLE, tokens["ink"], bold=True))
        top += _TITLE + 8
    if caption.mark:
        marks.append(_text((width - _EDGE, _EDGE + _TITLE), caption.mark, _FOOT, "#6B5618", "end", bold=True))
    for row in _wrapped(caption.line, room / _LINE):
        marks.append(_text((_EDGE, top + _LINE), row, _LINE, tokens["ink2"]))
        top += _LINE + 7
    top += 8
    marks += strokes(figure, _EDGE, top, room)
    top += figure["layout"]["height"] + 16
    for row in _wrapped("｜".join(one for one in (caption.source, caption.owner) if one), room / _FOOT):
        marks.append(_text((_EDGE, top), row, _FOOT, tokens["ink3"]))
        top += _FOOT + 6
    return Picture(width, round(top + _EDGE / 2), tokens["surface"], caption.title, tuple(marks))


def svg_of(one: Picture) -> str:
    """Return a picture as SVG."""
    size = f'width="{one.width}" height="{one.height}" viewBox="0 0 {one.width} {one.height}"'
    family = escape(FAMILY, quote=False).replace('"', "'")
    drawn = "".join(part for mark in one.marks for part in _svg(mark, one.ground))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{family}" role="img">'
        f"<title>{escape(one.title, quote=False)}</title>"
        f'<rect width="100%" height="100%" fill="{one.ground}"/>{drawn}</svg>'
    )


def _text(
    at: tuple[float, float], text: str, size: int, ink: str, anchor: str = "start", bold: bool = False
) -> Text:
    return Text(at, anchor, size, (Run(text, bold, ink),))


def _wrapped(text: str, room: float) -> Sequence[str]:
    """Return a text in lines of so many type sizes at most, parted at a space or a Han character."""
    rows, row = [], ""
    for word in re.findall(r"[ -~]+?(?:\s|$|(?=[^ -~]))|[^ -~]", text):
        if row and ems(row + word) > room:
            rows.append(row.rstrip())
            row = ""
        row += word
    return [*rows, row] if row else rows


def _svg(mark: Mark, ground: str) -> Iterator[str]:
    if isinstance(mark, Text):
        if mark.halo:
            # Drawn twice, since not every program knows that an outline may lie under its letters.
            yield _written(mark, f' stroke="{ground}" stroke-width="3" stroke-linejoin="round"')
        yield _written(mark, "")
        return
    fill, ink = _painted("fill", mark.fill), _painted("stroke", mark.ink)
    width = f' stroke-width="{mark.width:g}"' if mark.ink else ""
    if isinstance(mark, Disc):
        yield f'<circle cx="{mark.at[0]:.2f}" cy="{mark.at[1]:.2f}" r="{mark.radius:g}"{fill}{ink}{width}/>'
        return
    path = "".join("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in run) for run in mark.runs)
    dashes = f' stroke-dasharray="{" ".join(f"{step:g}" for step in mark.dashes)}"' if mark.dashes else ""
    yield f'<path d="{path}"{fill}{ink}{width}{dashes} stroke-linejoin="round"/>'


def _painted(name: str, value: str | None) -> str:
    """Return a paint as an attribute; a colour that lets through is told in two."""
    if value is None:
        return f' {name}="none"'
    seen = _RGBA.fullmatch(value)
    if seen is None:
        return f' {name}="{value}"'
    return f' {name}="#{int(seen[1]):02X}{int(seen[2]):02X}{int(seen[3]):02X}" {name}-opacity="{float(seen[4]):g}"'


def _written(mark: Text, outline: str) -> str:
    bold = ' font-weight="bold"'
    pieces = "".join(
        f'<tspan fill="{run.ink}"{bold if run.bold else ""}>{escape(run.text, quote=False)}</tspan>'
        for run in mark.runs
    )
    at = f'x="{mark.at[0]:.2f}" y="{mark.at[1]:.2f}" text-anchor="{mark.anchor}" font-size="{mark.size:g}"'
    return f'<text {at}{outline} xml:space="preserve">{pieces}</text>'
