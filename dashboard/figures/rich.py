"""Texts of a figure as SVG, with the few tags that they may hold: <b>, <span style="color:…"> and <br>."""

import re
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser
from itertools import count
from typing import NamedTuple

_LINE_HEIGHT = 1.3
# How far the first baseline of a text lies below its upper edge, its middle and its lower edge, in type sizes.
_BASELINES = {"top": 0.95, "middle": 0.35, "bottom": -0.3}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_COLOR = re.compile(r"(?:^|;)\s*color:\s*([^;]+)")


class Piece(NamedTuple):
    """A run of text of one look; no colour is that of the whole text."""

    text: str
    bold: bool
    color: str | None


class _Reader(HTMLParser):
    """Collects the pieces of each line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[Piece]] = [[]]
        self._looks: list[tuple[str, bool, str | None]] = [("", False, None)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.lines.append([])
            return
        _, bold, color = self._looks[-1]
        styled = _COLOR.search(dict(attrs).get("style") or "")
        self._looks.append((tag, bold or tag == "b", styled[1] if styled else color))

    def handle_endtag(self, tag: str) -> None:
        if self._looks[-1][0] == tag:
            self._looks.pop()

    def handle_data(self, data: str) -> None:
        _, bold, color = self._looks[-1]
        self.lines[-1].append(Piece(data, bold, color))


def lines_of(text: str) -> list[list[Piece]]:
    """Return a text's lines, each as its pieces in order."""
    if "<" not in text and "&" not in text:
        return [[Piece(text, bold=False, color=None)]]
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.lines


def percent(share: float) -> str:
    """Return a share of the plot as SVG writes it."""
    return f"{share * 100:.5g}%"


def written(
    text: str,
    spot: tuple[float, float],
    shift: tuple[float, float],
    anchors: tuple[str, str],
    size: float,
    ink: str,
    halo: bool = False,
) -> str:
    """Write a text at a spot, moved by pixels to the right and down, with the anchors of its box."""
    lines = lines_of(text)
    above = {"top": 0.0, "middle": (len(lines) - 1) / 2, "bottom": len(lines) - 1}[anchors[1]]
    first = shift[1] + (_BASELINES[anchors[1]] - above * _LINE_HEIGHT) * size
    rows = [
        _row(line, f'x="{percent(spot[0])}" y="{percent(spot[1])}" dx="{shift[0]:.4g}" dy="{down:.4g}"')
        for line, down in zip(lines, count(first, _LINE_HEIGHT * size), strict=False)
    ]
    style = ' class="halo"' if halo else ""
    look = f'text-anchor="{_ANCHORS[anchors[0]]}" font-size="{size:g}" fill="{ink}"{style}'
    return f"<text {look}>{''.join(rows)}</text>"


def _row(line: Sequence[Piece], place: str) -> str:
    """Write one line of a text: its first piece goes to the line's place, the others follow."""
    pieces = []
    for n, piece in enumerate(line):
        look = (' font-weight="bold"' if piece.bold else "") + (
            f' fill="{piece.color}"' if piece.color else ""
        )
        pieces.append(f"<tspan{'' if n else f' {place}'}{look}>{escape(piece.text, quote=False)}</tspan>")
    return "".join(pieces)
