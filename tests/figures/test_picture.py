"""Charts as pictures that stand by themselves: nothing of the drawing is lost, no page is needed, names are text."""

import re
from xml.etree import ElementTree

import pytest

from dashboard.figures.curve_grid import curve_grid
from dashboard.figures.drawing import drawn
from dashboard.figures.heat_cells import SHADES, heat_cells, whole_points
from dashboard.figures.picture import Caption, picture, svg_of
from dashboard.figures.progress_curve import progress_curve
from dashboard.figures.ranking_rows import ranking_rows, slip_rows
from dashboard.figures.strokes import Disc, Stroke, Text, strokes
from dashboard.i18n import words
from dashboard.rules.chart_frames import slips
from tests.figures.curves import CURVES, RENOVATION
from tests.projects import LONG, row
from tests.rules.test_chart_frames import forecast

ZH = words("zh-CN")
SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    row(1, (0, -300, None, -1_900), light="red", forecast=forecast(88, 61, 9_000), name="<b>&一"),
    row(2, (0, 100, 200, 1_200), light="blue", forecast=forecast(-30)),
    row(3, name=LONG),
]
FIGURES = {
    "ranking": lambda look: ranking_rows(ROWS, *look),
    "slip": lambda look: slip_rows(slips(ROWS), *look),
    "heat": lambda look: heat_cells(ROWS, *look),
    "curves": lambda look: curve_grid(ROWS, *look),
    **{f"curve {name}": lambda look, one=one: progress_curve(one, *look) for name, one in CURVES.items()},
}
CAPTION = Caption("题目 <一>", "量｜单位", "来源：月报", "某县", "模拟数据")


def texts(svg):
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_word_of_a_figure_is_in_its_picture_and_its_caption_around_it(name, theme, language):
    figure = FIGURES[name]((words(language), theme))
    svg = svg_of(picture(figure, CAPTION, theme=theme))
    there = texts(svg)
    for part in ("题目 <一>", "量｜单位", "来源：月报｜某县", "模拟数据"):
        assert part in there
    spoken = "".join(there)
    for one in ElementTree.fromstring(drawn(figure)).iter("tspan"):
        assert (one.text or "") in spoken
    # It stands alone: no style sheet, no variable, no percentage but that of its ground, nothing to be fetched.
    assert not re.search(r"var\(|class=|style=|href|<script|nan", svg)
    assert svg.count("%") - "".join(there).count("%") == 2


@pytest.mark.parametrize("name", FIGURES)
def test_what_is_drawn_keeps_within_the_picture(name):
    made = picture(FIGURES[name]((ZH, "light")), CAPTION)
    for mark in made.marks:
        points = [point for run in mark.runs for point in run] if isinstance(mark, Stroke) else [mark.at]
        for x, y in points:
            assert -1 <= x <= made.width + 1, mark
            assert -1 <= y <= made.height + 1, mark


def test_a_point_stands_in_the_picture_where_the_figure_says():
    figure = progress_curve(RENOVATION, ZH, "light")
    layout, margin = figure["layout"], figure["layout"]["margin"]
    marks = list(strokes(figure, 10, 20, 900))
    plot = layout["height"] - margin["t"] - margin["b"]
    low, high = layout["yaxis"]["domain"]
    wanted = 20 + margin["t"] + plot * (1 - low - 58 / layout["yaxis"]["range"][1] * (high - low))
    discs = [mark for mark in marks if isinstance(mark, Disc) and mark.radius == 5]
    assert discs[0].at[1] == pytest.approx(wanted, abs=0.1)
    assert any(isinstance(mark, Stroke) and mark.dashes for mark in marks)
    label = next(mark for mark in marks if isinstance(mark, Text) and mark.runs[0].text == "实际58.0%")
    assert label.halo
    assert label.runs[0].bold


def test_a_name_is_text_and_a_long_one_is_cut():
    svg = svg_of(picture(ranking_rows(ROWS, ZH, "light"), CAPTION))
    assert "<b>&一" in texts(svg)
    assert "<b>" not in svg
    assert any(text.endswith("…") and LONG.startswith(text[:-1]) for text in texts(svg))


def test_a_heat_map_has_its_number_in_every_cell_and_colours_of_seven_bins():
    figure = heat_cells(ROWS, ZH, "light")
    assert figure["data"][0]["text"] == ["0", "−3", "<b>未报</b>", "−19", "0", "+1", "+2", "+12"]
    assert {len(shades) for shades in SHADES.values()} == {7}
    fills = [shape["fillcolor"] for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert fills[2] == SHADES["light"][0][0]
    assert fills[-1] == SHADES["light"][6][0]
    assert [whole_points(gap) for gap in (-49, -50, 50, 149)] == ["0", "−1", "+1", "+1"]


def test_a_slip_beyond_the_scale_stands_at_its_edge():
    figure = slip_rows(slips(ROWS), ZH, "light")
    boxes = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert boxes[0]["x1"] == 1
    assert figure["layout"]["yaxis4"]["ticktext"][1:] == ["提前30天", "—"]


def test_a_title_too_long_for_a_line_takes_two_and_a_name_for_a_file_is_plain():
    long = picture(heat_cells(ROWS, ZH, "light"), Caption(LONG))
    titles = [mark for mark in long.marks if isinstance(mark, Text) and mark.size == 18]
    assert len(titles) == 2
    assert "".join(mark.runs[0].text for mark in titles) == LONG
    assert Caption('一/二:"三"').filename() == "一 二 三"
    assert Caption("").filename() == "chart"
