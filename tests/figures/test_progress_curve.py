import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plotly.graph_objects import Figure

from dashboard.figures.progress_curve import progress_curve
from dashboard.i18n import words
from dashboard.rules import progress
from dashboard.rules.frames import Curve, Source
from tests.figures.curves import CURVES, DAYS, REBASED, RENOVATION, SPARSE, STEPS, TWO_NODES, curve_of

ZH = words("zh-CN")


def trace(figure, name):
    return next(trace for trace in figure["data"] if trace.get("name") == name)


def texts(figure):
    return [
        re.sub("<[^>]+>", "", note["text"].replace("<br>", "\n")) for note in figure["layout"]["annotations"]
    ]


def boxes(figure, width):
    """Estimate the boxes of all labels from the figure alone, in pixels from its upper left corner."""
    layout = figure["layout"]
    margin, first = layout["margin"], date.fromisoformat(layout["xaxis"]["range"][0])
    span = (date.fromisoformat(layout["xaxis"]["range"][1]) - first).days
    size = layout["font"]["size"]
    bottom = layout["yaxis"].get("domain", [0, 1])[0]
    whole = layout["height"] - margin["t"] - margin["b"]
    plot = (1 - bottom) * whole
    for note in layout["annotations"]:
        lines = re.sub("<[^>]+>", "", note["text"].replace("<br>", "\n")).split("\n")
        share = (
            (date.fromisoformat(note["x"]) - first).days / span if note.get("xref") != "paper" else note["x"]
        )
        x = margin["l"] + share * (width - margin["l"] - margin["r"]) + note.get("xshift", 0)
        up = note["y"] / layout["yaxis"]["range"][1] * plot if "yref" not in note else -35
        y = margin["t"] + plot - up - note.get("yshift", 0)
        y -= {"top": 0, "middle": 0.5, "bottom": 1}[note["yanchor"]] * len(lines) * size * 1.2
        for row, line in enumerate(lines):
            wide = sum(1 if ord(char) > 0x2000 else 0.55 for char in line) * size
            left, top = (
                x - {"left": 0, "center": 0.5, "right": 1}[note["xanchor"]] * wide,
                y + row * size * 1.2,
            )
            yield line, left, top, left + wide, top + size * 1.2


def overlapping(figure, width):
    found = [*boxes(figure, width)]
    for place, (one, left, top, right, bottom) in enumerate(found):
        for other, x0, y0, x1, y1 in found[place + 1 :]:
            if left < x1 - 1 and x0 < right - 1 and top < y1 - 1 and y0 < bottom - 1:
                yield one, other


@pytest.mark.parametrize("name", CURVES)
def test_every_form_is_valid_and_needs_the_basic_bundle_only(name, form):
    figure = progress_curve(CURVES[name], *form)
    Figure(figure)
    assert {trace["type"] for trace in figure["data"]} <= {"scatter", "bar"}
    assert figure["layout"]["xaxis"]["fixedrange"]
    assert figure["layout"]["hovermode"] == "x unified"


@pytest.mark.parametrize("name", CURVES)
def test_no_label_touches_another_or_leaves_the_card(name, form):
    for width in (318, 350) if form[2] else (660, 900):
        figure = progress_curve(CURVES[name], *form)
        assert [*overlapping(figure, width)] == []
        for text, left, top, right, _ in boxes(figure, width):
            assert left >= 0, text
            assert right <= width + 4, text
            assert top >= -2, text


@given(st.lists(st.integers(-200, 1500), min_size=1, max_size=12), st.booleans(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_actual_and_gap_always_stand_apart(rises, stepped, narrow):
    actual = [0]
    for rise in rises:
        actual.append(max(0, actual[-1] + rise))
    plan = STEPS if stepped else progress.linear_plan(STEPS.start, STEPS.finish)
    figure = progress_curve(curve_of(plan, DAYS[: len(actual)], actual), ZH, "light", narrow)
    written = texts(figure)
    assert any(text.startswith(("实际", "尚无")) for text in written)
    assert any(text.startswith(("落后", "超前", "与计划")) for text in written)
    pairs = overlapping(figure, 318 if narrow else 660)
    assert not [pair for pair in pairs if any("实际" in text for text in pair)]


def test_the_labels_say_what_the_picture_says():
    written = "\n".join(texts(progress_curve(RENOVATION, ZH, "light")))
    for text in ("实际58.0%", "落后18.0个百分点", "承诺12月31日", "预计2026年1月27日完成，晚27天", "范围：晚5—61天",
                 "7月22日问政", "承诺年底完成", "计划", "预计", "年度期限12月31日", "2026年", "月报"):  # fmt: skip
        assert text in written


def test_english_says_the_same():
    written = "\n".join(texts(progress_curve(RENOVATION, words("en"), "light")))
    for text in (
        "Actual 58.0%",
        "18.0 points behind",
        "Forecast 27 Jan 2026, 27 days late",
        "Inquiry 22 Jul",
    ):
        assert text in written


def test_a_month_not_reported_is_a_gap_with_its_word():
    figure = progress_curve(RENOVATION, ZH, "light")
    actual = trace(figure, "实际")
    assert actual["y"][4] is None
    assert actual["connectgaps"] is False
    lane = next(trace for trace in figure["data"] if trace.get("yaxis") == "y2")
    assert lane["text"][4:9] == ["<b>未报</b>", "", "同上月", "跳升", "迟报"]
    assert trace(figure, "计划")["customdata"][4] == "<br>未报"


def test_months_left_out_are_a_gap_too():
    actual = trace(progress_curve(SPARSE, ZH, "light"), "实际")
    assert actual["y"] == [0, None, 185.71]
    assert len(actual["x"]) == len(actual["marker"]["size"]) == len(actual["customdata"]) == 3


def test_marked_months_have_hollow_dots_and_the_last_dot_is_larger():
    marker = trace(progress_curve(RENOVATION, ZH, "light"), "实际")["marker"]
    assert [place for place, color in enumerate(marker["color"]) if color == "#FFFFFF"] == [4, 6, 7, 8]
    assert marker["size"] == [0, 7, 7, 7, 7, 7, 7, 7, 7, 10]
    assert marker["opacity"] == 1


@pytest.mark.parametrize("narrow", [False, True])
def test_every_baseline_is_drawn_and_named(narrow):
    """The older one thin under the one in force, in the same grey, as it was then."""
    figure = progress_curve(REBASED, ZH, "light", narrow)
    drawn = [one for one in figure["data"] if one.get("name") in {"v1", "计划"}]
    assert [one["name"] for one in drawn] == ["v1", "计划"]
    old, new = drawn
    assert (old["x"][-1], old["y"][-1], new["x"][-1]) == ("2025-12-31", 100, "2026-03-31")
    assert old["y"][:10] == new["y"][:10]
    assert old["line"]["width"] < new["line"]["width"]
    assert old["line"]["color"] == new["line"]["color"]
    assert texts(figure).count("v1") == 1
    assert "第1版计划" in old["hovertemplate"]


def test_over_100_grows_the_axis_to_the_next_25():
    assert progress_curve(RENOVATION, ZH, "light")["layout"]["yaxis"]["range"] == [0, 100]
    axis = progress_curve(SPARSE, ZH, "light")["layout"]["yaxis"]
    assert axis["range"] == [0, 200]
    assert axis["ticktext"][0] == "0%"
    assert axis["ticktext"][-1] == "200%"
    assert progress_curve(CURVES["done"], ZH, "light")["layout"]["yaxis"]["range"] == [0, 125]


def test_the_reporting_month_is_bold_and_a_phone_has_quarters():
    wide = progress_curve(RENOVATION, ZH, "light")["layout"]["xaxis"]["ticktext"]
    assert len(wide) == 15
    assert [text for text in wide if "<b" in text] == ['<b style="color:#18202A">9月</b>']
    narrow = progress_curve(RENOVATION, ZH, "light", narrow=True)
    assert [re.sub("<[^>]+>", "", text) for text in narrow["layout"]["xaxis"]["ticktext"]] == [
        "3月", "6月", "9月", "12月", "3月",
    ]  # fmt: skip
    assert "yaxis2" not in narrow["layout"]


def test_a_finished_project_has_no_forecast():
    figure = progress_curve(CURVES["done"], ZH, "light")
    assert CURVES["done"].forecast is not None
    assert not any("预计" in text for text in texts(figure))


def test_the_plan_is_stepped_or_straight():
    assert trace(progress_curve(TWO_NODES, ZH, "light"), "计划")["line"]["shape"] == "hv"
    assert trace(progress_curve(CURVES["ahead"], ZH, "light"), "计划")["line"]["shape"] == "linear"


def test_a_source_cannot_write_markup():
    curve = curve_of(STEPS, DAYS[:3], (0, 400, 700))
    object.__setattr__(curve, "source", Source('<a href="x">月报</a>', None))
    meta = trace(progress_curve(curve, ZH, "light"), "实际")["meta"]
    assert "<" not in meta[0]


def test_a_forecast_far_away_does_not_stretch_the_axis():
    figure = progress_curve(curve_of(STEPS, DAYS[:10], (0, *[10] * 9)), ZH, "light")
    Figure(figure)
    assert figure["layout"]["xaxis"]["range"][1] < "2027-04"


def test_building_again_gives_the_same_figure():
    first = progress_curve(RENOVATION, ZH, "light")
    assert progress_curve(RENOVATION, ZH, "light") == first


def test_on_a_phone_no_riser_of_the_plan_runs_through_the_actual_share():
    """A riser soon after the last dot leaves no room at its right: the label goes to its left."""
    start, last, finish = date(2022, 1, 1), date(2022, 9, 30), date(2022, 11, 30)
    days = (start, date(2022, 7, 31), finish)
    source = Source("x", last)
    curve = Curve("", "农村公路大中修100公里", None, start, finish, last, days, (0, 0, 10_000), (last,), (5_000,),
                  "green", 5_000, source)  # fmt: skip
    layout = progress_curve(curve, ZH, "light", True)["layout"]
    note = next(one for one in layout["annotations"] if "50.0%" in one["text"] and "实际" in one["text"])
    assert (note["xanchor"], note["xshift"] < 0) == ("right", True)
