"""A picture of a chart as PNG, for programs that draw no SVG, by Pillow from the same strokes.

Chinese needs a font that the server has; without one the words in Chinese are left out of the PNG, not of the SVG.
"""

import io
import re
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageColor, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from dashboard.figures.picture import Picture
from dashboard.figures.strokes import Disc, Point, Stroke, Text

# On a page of 156 mm about 330 dots an inch.
SCALE = 3
# Fonts with Chinese that systems bring, by file and place in it, where the system keeps its own.
FONTS = (
    ("NotoSansCJK-Regular.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("NotoSansSC-Regular.otf", 0),
    ("SourceHanSansSC-Regular.otf", 0),
    ("wqy-microhei.ttc", 0),
    ("wqy-zenhei.ttc", 0),
    ("DroidSansFallbackFull.ttf", 0),
    ("msyh.ttc", 0),
    ("simhei.ttf", 0),
    ("PingFang.ttc", 0),
)
_WIDE = re.compile(r"[^\x00-\u04ff\u2010-\u2044\u2212]+")
_RGBA = re.compile(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)")
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


def png_of(one: Picture) -> bytes:
    """Return a picture as PNG."""
    image = Image.new("RGB", (one.width * SCALE, one.height * SCALE), one.ground)
    # In a mode of its own: what lets through is mixed with what lies under it.
    draw = ImageDraw.Draw(image, "RGBA")
    for mark in one.marks:
        if isinstance(mark, Stroke):
            _stroke(draw, mark)
        elif isinstance(mark, Disc):
            _disc(draw, mark)
        else:
            _text(draw, mark, one.ground)
    out = io.BytesIO()
    image.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=1)
def font_name() -> tuple[str, int] | None:
    """Return the font that Chinese is written with, None where the server has none."""
    for name, index in FONTS:
        try:
            ImageFont.truetype(name, 12, index=index)
        except OSError:
            continue
        return name, index
    return None


@lru_cache(maxsize=16)
def _font(size: float) -> FreeTypeFont:
    known = font_name()
    if known is not None:
        return ImageFont.truetype(known[0], size, index=known[1])
    plain = ImageFont.load_default(size)
    assert isinstance(plain, FreeTypeFont)
    return plain


def _colour(value: str) -> tuple[int, int, int, int]:
    seen = _RGBA.fullmatch(value)
    if seen is not None:
        return int(seen[1]), int(seen[2]), int(seen[3]), round(float(seen[4]) * 255)
    red, green, blue = ImageColor.getrgb(value)[:3]
    return red, green, blue, 255


def _stroke(draw: ImageDraw.ImageDraw, mark: Stroke) -> None:
    for run in mark.runs:
        points = [(x * SCALE, y * SCALE) for x, y in run]
        if mark.fill is not None and len(points) > 2:
            draw.polygon(points, fill=_colour(mark.fill))
        if mark.ink is None or mark.width == 0 or len(points) < 2:
            continue
        width, ink = max(round(mark.width * SCALE), 1), _colour(mark.ink)
        for piece in _dashed(points, [step * SCALE for step in mark.dashes]):
            draw.line(piece, fill=ink, width=width, joint="curve")


def _dashed(points: list[Point], steps: list[float]) -> list[list[Point]]:
    """Return a line in the pieces that its dashes leave of it."""
    if not steps:
        return [points]
    pieces: list[list[Point]] = []
    place, left, shown = 0, steps[0], True
    piece: list[Point] = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        done = 0.0
        while length - done > left:
            done += left
            at = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length)
            if shown:
                pieces.append([*piece, at])
            piece, shown, place = [at], not shown, (place + 1) % len(steps)
            left = steps[place]
        left -= length - done
        piece.append((x1, y1))
    if shown and len(piece) > 1:
        pieces.append(piece)
    return pieces


def _disc(draw: ImageDraw.ImageDraw, mark: Disc) -> None:
    x, y, radius = mark.at[0] * SCALE, mark.at[1] * SCALE, (mark.radius + mark.width / 2) * SCALE
    draw.ellipse(
        (x - radius, y - radius, x + radius, y + radius),
        fill=None if mark.fill is None else _colour(mark.fill),
        outline=None if mark.ink is None else _colour(mark.ink),
        width=max(round(mark.width * SCALE), 1),
    )


def _text(draw: ImageDraw.ImageDraw, mark: Text, ground: str) -> None:
    font = _font(mark.size * SCALE)
    runs = [(run, run.text if font_name() else _WIDE.sub("", run.text)) for run in mark.runs]
    widths = [font.getlength(text) for _, text in runs]
    left = mark.at[0] * SCALE - sum(widths) * _ANCHORS[mark.anchor]
    for halo in (True, False) if mark.halo else (False,):
        x = left
        for (run, text), width in zip(runs, widths, strict=True):
            ink = _colour(ground if halo else run.ink)
            # The fonts that systems bring have their bold in another file: here the letters are drawn a little wider.
            edge = 4 if halo else 1 if run.bold else 0
            draw.text(
                (x, mark.at[1] * SCALE), text, ink, font, anchor="ls", stroke_width=edge, stroke_fill=ink
            )
            x += width
