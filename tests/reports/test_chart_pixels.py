"""A chart as PNG: the strokes stand where the picture says, dashes are dashes, words without a font are left out."""

import io
import itertools

import pytest
from PIL import Image

from dashboard.figures.picture import Picture
from dashboard.figures.strokes import Disc, Run, Stroke, Text
from dashboard.reports import chart_pixels
from dashboard.reports.chart_pixels import SCALE, font_name, png_of


def pixels(*marks):
    image = Image.open(io.BytesIO(png_of(Picture(100, 60, "#FFFFFF", "t", marks)))).convert("RGB")
    assert image.size == (100 * SCALE, 60 * SCALE)
    return image, lambda x, y: image.getpixel((round(x * SCALE), round(y * SCALE)))


def near(colour, wanted):
    return all(abs(one - other) <= 12 for one, other in zip(colour, wanted, strict=True))


def test_lines_areas_and_dots_stand_where_they_should():
    _, at = pixels(
        Stroke((((10, 10), (40, 10), (40, 30), (10, 30), (10, 10)),), None, 0, (), "rgba(0,0,0,.5)"),
        Stroke((((0, 50), (100, 50)),), "#AE2012", 2),
        Disc((80, 20), 6, "#FFFFFF", "#1A4F8B", 2),
    )
    assert near(at(25, 20), (127, 127, 127))
    assert near(at(5, 20), (255, 255, 255))
    assert near(at(50, 50), (0xAE, 0x20, 0x12))
    assert near(at(80, 20), (255, 255, 255))
    assert near(at(86, 20), (0x1A, 0x4F, 0x8B))


def test_a_dashed_line_has_gaps_and_goes_on_round_a_corner():
    image, _ = pixels(Stroke((((10, 10), (50, 10), (50, 50)),), "#000000", 2, (7, 4)))
    across = [near(image.getpixel((x, 10 * SCALE)), (0, 0, 0)) for x in range(10 * SCALE, 49 * SCALE)]
    down = [near(image.getpixel((50 * SCALE, y)), (0, 0, 0)) for y in range(12 * SCALE, 50 * SCALE)]
    for line in (across, down):
        assert 0.5 < sum(line) / len(line) < 0.8
        changes = sum(one != other for one, other in itertools.pairwise(line))
        assert 4 <= changes <= 9


@pytest.mark.parametrize(
    ("anchor", "left", "right"), [("start", 50, 100), ("middle", 25, 75), ("end", 0, 50)]
)
def test_a_text_stands_on_its_anchor(anchor, left, right):
    image, _ = pixels(Text((50, 40), anchor, 14, (Run("58.0%", True, "#000000"),)))
    dark = [
        x for x in range(image.width) for y in range(image.height) if near(image.getpixel((x, y)), (0, 0, 0))
    ]
    assert left - 1 <= min(dark) / SCALE
    assert max(dark) / SCALE <= right + 1


def test_without_a_font_for_chinese_its_words_are_left_out_and_numbers_stay(monkeypatch):
    chart_pixels._font.cache_clear()
    font_name.cache_clear()
    monkeypatch.setattr(chart_pixels, "FONTS", (("no-such-font.ttf", 0),))
    try:
        chinese, _ = pixels(Text((10, 40), "start", 14, (Run("落后", False, "#000000"),)))
        number, _ = pixels(Text((10, 40), "start", 14, (Run("58.0%", False, "#000000"),)))
    finally:
        monkeypatch.undo()
        chart_pixels._font.cache_clear()
        font_name.cache_clear()
    assert chinese.getextrema() == ((255, 255),) * 3
    assert number.getextrema() != ((255, 255),) * 3
