"""The curve of ranks: rank 1 on top, every unit printed, pinned ones thick, falls dashed, the last tenth shaded."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from plotly.graph_objects import Figure

from dashboard.figures.drawing import drawn
from dashboard.figures.rank_curve import _PINS, ROW, rank_curve
from dashboard.figures.rank_words import change_text, rank_text, summarise_ranks
from dashboard.figures.theme import DARK, LIGHT, UNTOLD
from dashboard.i18n import words
from dashboard.rules.judge_frames import Ranked, Ranking
from dashboard.rules.ranks import best, change, charted, falls, last_tenth, rises

ZH, EN = words("zh-CN"), words("en")
YEARS = (2020, 2021, 2022, 2023, 2024)
COUNT = 20


def unit(n, *ranks, into=None, name=None):
    key = f"unit-{n}"
    return Ranked(
        key, key, f"第{n}单位" if name is None else name, ranks, change(ranks), falls(ranks), rises(ranks),
        best(ranks), into=into,
    )  # fmt: skip


LINES = (
    *(unit(n, n, n, n, n, n) for n in range(1, 16)),
    unit(16, 9, 11, 13, 15, 16),
    unit(17, 20, 20, 20, 20, 17),
    unit(18, None, None, None, 18, 18),
    unit(19, 12, 13, 15, 17, 19),
    unit(20, 17, 17, 17, None, 20, name="<b>很长的名称" * 12),
    unit(21, 18, 18, None, None, None, into="第1单位"),
)
RANKING = Ranking(YEARS, LINES, COUNT, last_tenth(COUNT))
CHART = charted(RANKING, ["unit-16", "unit-17"])
BARE = charted(Ranking((2024,), (unit(1, 1),), 1, None), [])


@pytest.mark.parametrize("chart", [CHART, BARE, charted(RANKING, [])], ids=["pinned", "one year", "no pins"])
def test_every_form_is_valid_drawn_and_needs_the_basic_bundle_only(chart, form):
    figure = rank_curve(chart, *form)
    Figure(figure)
    assert {trace["type"] for trace in figure["data"]} == {"scatter"}
    ElementTree.fromstring(drawn(figure))


def test_rank_1_stands_on_top_and_every_unit_is_printed_with_its_change():
    layout = rank_curve(CHART, ZH, "light")["layout"]
    low, high = layout["yaxis"]["range"]
    assert low > high
    assert layout["yaxis4"]["ticktext"][0] == "第1单位"
    assert len(layout["yaxis3"]["ticktext"]) == len(layout["yaxis5"]["ticktext"]) == COUNT
    assert layout["height"] > COUNT * ROW
    assert "并" not in "".join(layout["yaxis4"]["ticktext"])
    told = dict(zip(layout["yaxis4"]["ticktext"], layout["yaxis5"]["ticktext"], strict=True))
    assert told["第1单位"].startswith("—")
    assert any("连降4年" in text and "▼" in text for text in told.values())


def test_a_pinned_line_is_thick_with_its_rank_in_its_dots_and_a_fall_dashed_and_red():
    traces = rank_curve(CHART, ZH, "light")["data"]
    thick = [one for one in traces if one.get("line", {}).get("width") == 3.2]
    assert [("dash" in one["line"], one["line"]["color"]) for one in thick] == [
        (True, LIGHT["bad"]),
        (False, "#1A4F8B"),
    ]
    dots = [one for one in traces if one.get("mode") == "markers+text"]
    assert dots[0]["text"] == ["<b>9</b>", "<b>11</b>", "<b>13</b>", "<b>15</b>", "<b>16</b>"]
    unpinned = [one for one in traces if one.get("line", {}).get("width") == 1.5]
    assert unpinned[0]["line"]["color"] == LIGHT["bad_text"]
    assert unpinned[0]["line"]["dash"] != "solid"


def test_a_line_stands_at_its_rank_each_year_and_a_missing_year_breaks_it():
    (line,) = [one for one in rank_curve(charted(RANKING, ["unit-20"]), ZH, "light")["data"]
               if one.get("line", {}).get("width") == 3.2]  # fmt: skip
    known = {x: y for x, y in zip(line["x"], line["y"], strict=True) if x is not None}
    assert [known.get(year) for year in range(5)] == [17, 17, 17, None, 20]
    assert None in line["x"]
    assert line["line"]["shape"] == "spline"


def test_the_last_tenth_is_shaded_and_named():
    layout = rank_curve(CHART, ZH, "light")["layout"]
    grounds = [shape for shape in layout["shapes"] if shape["type"] == "rect"]
    assert {(shape["y0"], shape["y1"]) for shape in grounds} == {(18.5, 20.5)}
    assert "后一成<br>19—20名" in [note["text"] for note in layout["annotations"]]
    assert not [
        shape for shape in rank_curve(BARE, ZH, "light")["layout"]["shapes"] if shape["type"] == "rect"
    ]


def test_on_a_phone_only_the_pinned_lines_are_drawn_and_their_names_stand_apart():
    figure = rank_curve(
        charted(RANKING, ["unit-16", "unit-17", "unit-15", "unit-18"]), ZH, "dark", narrow=True
    )
    widths = [one["line"]["width"] for one in figure["data"] if "line" in one]
    assert widths == [3.2] * 4
    names = [note for note in figure["layout"]["annotations"] if "单位" in note["text"]]
    per_rank = (figure["layout"]["height"] - 48) / COUNT
    tops = sorted(note["y"] * per_rank - note["yshift"] for note in names)
    assert all(after - before >= 16.9 for before, after in pairwise(tops))
    assert DARK["bad"] in names[0]["text"] + names[1]["text"]


def test_a_line_whose_owner_is_hidden_has_no_name_anywhere():
    lines = tuple(unit(n, n, n, n, n, n, name="" if n != 5 else None) for n in range(1, 11))
    chart = charted(Ranking(YEARS, lines, 10, 10, own=True), ["unit-5", "unit-1"])
    assert [one.key for one in chart.pinned] == ["unit-5"]
    figure = rank_curve(chart, ZH, "light")
    said = [text for trace in figure["data"] for text in trace.get("customdata", ())]
    assert len(said) == len(YEARS)
    assert sum(bool(text) for text in figure["layout"]["yaxis4"]["ticktext"]) == 1
    assert sum(bool(text) for text in figure["layout"]["yaxis5"]["ticktext"]) == 1


def test_a_name_is_text_and_cut_to_its_column():
    figure = rank_curve(CHART, ZH, "light")
    assert "<b>很" not in "".join(figure["layout"]["yaxis4"]["ticktext"])
    texts = "".join(ElementTree.fromstring(drawn(figure)).itertext())
    assert "<b>很长的名称" in texts
    assert "…" in texts


@pytest.mark.parametrize("narrow", [False, True])
def test_without_a_theme_the_page_gives_the_colours(narrow):
    markup = drawn(rank_curve(CHART, ZH, UNTOLD, narrow))
    assert "var(--pin-0)" in markup
    assert not re.search(r"#[0-9A-Fa-f]{3,6}\b|rgba?\(", markup)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_colours_are_the_figures(theme):
    css = (Path(__file__).parents[2] / "assets/web/55-judge.css").read_text("utf-8")
    for n, color in enumerate(_PINS[theme]):
        assert f"--pin-{n}: {color.lower()}" in css


def test_ranks_are_ordinals_and_arrows_line_up():
    assert [rank_text(n, EN) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 53)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "53rd",
    ]  # fmt: skip
    assert rank_text(3, ZH) == "第3名"
    assert rank_text(None, ZH) == "—"
    assert len(change_text(1, 2)) == len(change_text(-11, 2))


def test_the_summary_names_the_pinned_and_how_many_fall():
    said = summarise_ranks(CHART, ZH)
    assert "第16单位2020 第9名" in said
    assert "2个单位连降3年以上" in said
    assert summarise_ranks(BARE, ZH)
