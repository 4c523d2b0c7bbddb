"""A figure drawn as SVG by the server: what a browser shows before, or without, its scripts.

Only what our own figures use: lines, areas, markers, bars, text, annotations and lines as shapes. Everything stands
at percentages of the plot between the figure's margins, so that it fits any width; pixels are kept where the figure
says pixels. Curves lie in a layer that is stretched, with strokes that are not.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from dashboard.figures.rich import percent, written
from dashboard.figures.theme import CLEAR

Figure = Mapping[str, Any]
_UNIT = 1000
# The corners of a symbol around its middle, in halves of its size; plotly draws both a little larger than they are.
_CORNERS: Mapping[str, Sequence[tuple[float, float]]] = {
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle-up": ((-1.15, 0.65), (0, -1.3), (1.15, 0.65)),
}


def drawn(figure: Figure) -> str:
    """Return a figure as HTML with SVG in it; the place it stands in gives it its width and height."""
    layout = figure["layout"]
    sheet = Sheet(layout)
    traces = figure["data"]
    bars = _bars(traces, sheet)
    under = [*_grid(sheet), *_shapes(sheet, "below"), *bars.rectangles]
    scaled = [part for trace in traces if trace["type"] == "scatter" for part in _curve(trace, sheet)]
    over = [
        *(part for trace in traces if trace["type"] == "scatter" for part in _points(trace, sheet)),
        *bars.numbers,
        *_shapes(sheet, "above"),
        *_ticks(sheet),
        *(_annotation(note, sheet) for note in layout.get("annotations", ())),
    ]
    margin = layout["margin"]
    place = ";".join(
        f"{side}:{margin[key]:.4g}px"
        for side, key in (("left", "l"), ("right", "r"), ("top", "t"), ("bottom", "b"))
    )
    stretched = (
        f'<svg viewBox="0 0 {_UNIT} {_UNIT}" preserveAspectRatio="none">{"".join(scaled)}</svg>'
        if scaled
        else ""
    )
    return (
        f'<div class="drawing"><div style="{place}">'
        f"<svg>{''.join(under)}</svg>{stretched}<svg>{''.join(over)}</svg></div></div>"
    )


class Sheet:
    """The axes of a figure: from values to shares of the plot, from the left and from the top."""

    def __init__(self, layout: Figure) -> None:
        self.layout = layout
        self.size: float = layout["font"]["size"]
        self.ink: str = layout["font"]["color"]

    def x(self, value: Any) -> float:
        """Return how far from the left a value stands."""
        first, last = (_number(one) for one in self.layout["xaxis"]["range"])
        return (_number(value) - first) / (last - first)

    def y(self, value: float, axis: str = "y") -> float:
        """Return how far from the top a value of an axis stands."""
        own = self.layout.get(f"yaxis{axis[1:]}", {})
        first, last = own.get("range", self.layout["yaxis"]["range"])
        low, high = own.get("domain", (0, 1))
        return float(1 - low - (value - first) / (last - first) * (high - low))


def _number(value: Any) -> float:
    return float(date.fromisoformat(value).toordinal()) if isinstance(value, str) else float(value)


def _each(value: Any, count: int) -> Sequence[Any]:
    """Return one value for each point, where a trace may give one for all."""
    return value if isinstance(value, (list, tuple)) else [value] * count


def _dashes(line: Figure) -> str:
    dash = line.get("dash", "solid")
    if dash == "solid":
        return ""
    width = line.get("width", 2)
    steps = f"{width:g} {width * 2:g}" if dash == "dot" else dash.replace("px", "").replace(",", " ")
    return f' stroke-dasharray="{steps}"'


def _stroke(line: Figure) -> str:
    return f'stroke="{line["color"]}" stroke-width="{line.get("width", 2):g}"{_dashes(line)}'


def _line(x0: str, y0: str, x1: str, y1: str, line: Figure) -> str:
    return f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" {_stroke(line)}/>'


def _grid(sheet: Sheet) -> Iterator[str]:
    """Draw the lines of the value axis and, under them, the axis of the months."""
    across = sheet.layout["yaxis"]
    if across.get("visible", True):
        for value in across["tickvals"]:
            height = percent(sheet.y(value))
            yield _line("0", height, "100%", height, {"color": across["gridcolor"], "width": 1})
    along = sheet.layout["xaxis"]
    if along.get("visible", True):
        foot = percent(sheet.y(across["range"][0]))
        yield _line("0", foot, "100%", foot, {"color": along["linecolor"], "width": 1})


def _shapes(sheet: Sheet, layer: str) -> Iterator[str]:
    for shape in sheet.layout.get("shapes", ()):
        if shape.get("layer", "above") != layer:
            continue
        downs = [
            1 - value if shape.get("yref") == "paper" else sheet.y(value)
            for value in (shape["y0"], shape["y1"])
        ]
        if shape["type"] == "rect":
            yield _rectangle(shape, sheet, downs)
            continue
        ys = [percent(down) for down in downs]
        if shape.get("xsizemode") == "pixel":
            xs = [f"{shape['x0']:g}", f"{shape['x1']:g}"]
        else:
            on_paper = shape.get("xref") == "paper"
            xs = [percent(value if on_paper else sheet.x(value)) for value in (shape["x0"], shape["x1"])]
        yield _line(xs[0], ys[0], xs[1], ys[1], shape["line"])


def _rectangle(shape: Figure, sheet: Sheet, downs: Sequence[float]) -> str:
    """Draw a shaded ground: across the plot, or so many pixels wide from a place of the paper on."""
    top, height = percent(min(downs)), percent(abs(downs[1] - downs[0]))
    fill = f'height="{height}" fill="{shape["fillcolor"]}"'
    if shape.get("xsizemode") == "pixel":
        width = shape["x1"] - shape["x0"]
        # In an SVG of its own, whose corner stands at the anchor: pixels and percentages do not add up in one.
        inner = f'<rect x="{shape["x0"]:g}" width="{width:g}" y="{top}" {fill}/>'
        return f'<svg x="{percent(shape["xanchor"])}">{inner}</svg>'
    on_paper = shape.get("xref") == "paper"
    left, right = (value if on_paper else sheet.x(value) for value in (shape["x0"], shape["x1"]))
    return f'<rect x="{percent(left)}" width="{percent(right - left)}" y="{top}" {fill}/>'


class Bars(NamedTuple):
    """The rectangles of all bars, and the numbers in and behind them."""

    rectangles: list[str]
    numbers: list[str]


def _bars(traces: Sequence[Figure], sheet: Sheet) -> Bars:
    """Draw lying bars, each behind the one before it in its row."""
    rectangles: list[str] = []
    numbers: list[str] = []
    ends: dict[float, float] = {}
    for trace in traces:
        if trace["type"] != "bar":
            continue
        many = len(trace["y"])
        fills, texts = _each(trace["marker"]["color"], many), _each(trace.get("text", ""), many)
        places = _each(trace.get("textposition", "inside"), many)
        letters = _each(trace.get("textfont", {}).get("color", sheet.ink), many)
        for n, row in enumerate(trace["y"]):
            start = ends.get(row, 0.0)
            ends[row] = end = start + trace["x"][n]
            top, foot = (sheet.y(row + trace["offset"] + part) for part in (0, trace["width"]))
            if trace["x"][n]:
                left, width = percent(sheet.x(start)), percent(sheet.x(end) - sheet.x(start))
                rectangles.append(
                    f'<rect x="{left}" y="{percent(top)}" width="{width}" height="{percent(foot - top)}" '
                    f'fill="{fills[n]}"/>'
                )
            if texts[n]:
                inside = places[n] == "inside"
                middle = inside and trace.get("insidetextanchor") == "middle"
                shift = (0, 0) if middle else (-3, 0) if inside else (3, 0)
                across = "center" if middle else "right" if inside else "left"
                spot = (sheet.x((start + end) / 2 if middle else end), (top + foot) / 2)
                numbers.append(written(texts[n], spot, shift, (across, "middle"), sheet.size, letters[n]))
    return Bars(rectangles, numbers)


def _curve(trace: Figure, sheet: Sheet) -> Iterator[str]:
    """Draw the line of a trace, broken where a value is missing, and the area that it encloses."""
    if "lines" not in trace.get("mode", ""):
        return
    # A spline is drawn through its points, which ours have close enough to look bent.
    stepped = trace["line"].get("shape") == "hv"
    path, pen, before = [], "M", 0.0
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if x is None or y is None:
            pen = "M"
            continue
        across, down = sheet.x(x) * _UNIT, sheet.y(y, trace.get("yaxis", "y")) * _UNIT
        if stepped and pen == "L":
            path.append(f"L{across:.5g} {before:.5g}")
        path.append(f"{pen}{across:.5g} {down:.5g}")
        pen, before = "L", down
    if not path:
        return
    line = trace["line"]
    ink = _stroke(line) if line.get("width", 2) else 'stroke="none"'
    yield f'<path d="{"".join(path)}" fill="{trace.get("fillcolor", "none")}" {ink}/>'


def _points(trace: Figure, sheet: Sheet) -> Iterator[str]:
    """Draw the markers and the texts of a trace."""
    mode, many = trace.get("mode", ""), len(trace["x"])
    marker = trace.get("marker", {})
    edge = marker.get("line", {})
    sizes, fills = _each(marker.get("size", 0), many), _each(marker.get("color", ""), many)
    edges, symbols = _each(edge.get("color", "none"), many), _each(marker.get("symbol", "circle"), many)
    texts, font = _each(trace.get("text", ""), many), trace.get("textfont", {})
    inks = _each(font.get("color", sheet.ink), many)
    below, across = trace.get("textposition", "middle center").split()
    for n, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if x is None or y is None:
            continue
        spot = (sheet.x(x), sheet.y(y, trace.get("yaxis", "y")))
        if "markers" in mode and sizes[n] and fills[n] != CLEAR:
            yield _marker(symbols[n], spot, sizes[n] / 2, fills[n], edges[n], edge.get("width", 0))
        if "text" in mode and texts[n]:
            side = {"right": "left", "left": "right"}.get(across, "center")
            yield written(texts[n], spot, (0, 0), (side, below), font.get("size", sheet.size), inks[n])


def _marker(symbol: str, spot: tuple[float, float], half: float, fill: str, edge: str, width: float) -> str:
    rim = f' stroke="{edge}" stroke-width="{width:g}"' if width else ""
    x, y = percent(spot[0]), percent(spot[1])
    if symbol == "square":
        size = f'width="{half * 2:g}" height="{half * 2:g}" transform="translate({-half:g} {-half:g})"'
        return f'<rect x="{x}" y="{y}" {size} fill="{fill}"{rim}/>'
    if symbol in _CORNERS:
        corners = "L".join(f"{across * half:.4g} {down * half:.4g}" for across, down in _CORNERS[symbol])
        return f'<svg x="{x}" y="{y}"><path d="M{corners}Z" fill="{fill}"{rim}/></svg>'
    if symbol == "circle-open":
        return f'<circle cx="{x}" cy="{y}" r="{half:g}" fill="none" stroke="{fill}" stroke-width="2"/>'
    return f'<circle cx="{x}" cy="{y}" r="{half:g}" fill="{fill}"{rim}/>'


def _ticks(sheet: Sheet) -> Iterator[str]:
    """Write the labels of the axes, and the columns of text that stand on axes of their own."""
    for name, axis in sheet.layout.items():
        if not name.startswith(("xaxis", "yaxis")) or not axis.get("visible", True):
            continue
        ink = axis.get("tickfont", {}).get("color", sheet.ink)
        write = _month if name == "xaxis" else _value
        for value, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
            yield write(sheet, name, axis, value, text, ink)


def _month(sheet: Sheet, _name: str, axis: Figure, value: Any, text: str, ink: str) -> str:
    spot = (sheet.x(value), sheet.y(sheet.layout["yaxis"]["range"][0]))
    # In an SVG of its own, whose corner stands at the spot: a path has no percentages.
    tick = f'<path d="M0 0V{axis["ticklen"]:g}" stroke="{axis["tickcolor"]}"/>'
    mark = f'<svg x="{percent(spot[0])}" y="{percent(spot[1])}">{tick}</svg>'
    return mark + written(text, spot, (0, axis["ticklen"] + 2), ("center", "top"), sheet.size, ink)


def _value(sheet: Sheet, name: str, axis: Figure, value: Any, text: str, ink: str) -> str:
    at_right = axis.get("side", "left") == "right"
    across = axis.get("position", 0)
    gap = axis.get("ticklabelstandoff", 0) + 3
    shift = axis.get("shift", 0) + (gap if at_right else -gap)
    spot = (across, sheet.y(value, f"y{name[5:]}"))
    return written(text, spot, (shift, 0), ("left" if at_right else "right", "middle"), sheet.size, ink)


def _annotation(note: Figure, sheet: Sheet) -> str:
    yref = note.get("yref", "y")
    x = note["x"] if note.get("xref") == "paper" else sheet.x(note["x"])
    y = 1 - note["y"] if yref == "paper" else sheet.y(note["y"], yref)
    anchors = (note.get("xanchor", "center"), note.get("yanchor", "middle"))
    # Its box has an edge of two pixels around the text.
    aside, down = {"left": 2, "right": -2}.get(anchors[0], 0), {"top": 2, "bottom": -2}.get(anchors[1], 0)
    shift = (note.get("xshift", 0) + aside, down - note.get("yshift", 0))
    font = note["font"]
    return written(note["text"], (x, y), shift, anchors, font["size"], font["color"], halo=True)
