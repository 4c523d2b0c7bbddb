import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from plotly.graph_objects import Figure

from dashboard.figures.boxes import ems
from dashboard.figures.grade_bars import _BEYOND, _PLOT_NARROW, grade_bars
from dashboard.figures.grade_marks import DIGIT, PAD, standings
from dashboard.figures.grade_words import rate
from dashboard.i18n import words
from dashboard.rules.frames import Grade, Grades, Source

ZH = words("zh-CN")
# 宁海 2020, as printed: the second row adds up to 122 where 222 voted.
ROWS = (
    Grade("公共卫生能力提升工程", 175, 43, 4, 222),
    Grade("新时代美丽乡村建设工程", 95, 27, 0, 122, "95应为195"),
    Grade("菜市场提升改造工程", 145, 74, 3, 222),
)
NINGHAI = Grades("宁海县2020年满意度测评", "县人大", ROWS, Source("公报"))


def test_every_form_is_valid_and_needs_the_basic_bundle_only(form):
    for frame in (NINGHAI, Grades("t", "b", (), Source("x"))):
        figure = grade_bars(frame, *form)
        Figure(figure)
        assert {trace["type"] for trace in figure["data"]} <= {"scatter", "bar"}


def test_grades_stack_in_their_order_and_colours():
    figure = grade_bars(NINGHAI, ZH, "light")
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert [trace["name"] for trace in bars] == ["满意", "基本满意", "不满意"]
    assert [trace["x"] for trace in bars] == [[175, 95, 145], [43, 27, 74], [4, 0, 3]]
    assert [trace["marker"]["color"] for trace in bars] == ["#1A4F8B", "#9DB7D5", "#AE2012"]


@pytest.mark.parametrize("roomy", [False, True])
def test_every_count_is_printed_once_and_none_where_there_is_nothing(roomy):
    figure = grade_bars(NINGHAI, ZH, "light", roomy=roomy)
    texts = [trace["text"] for trace in figure["data"] if "text" in trace]
    for row, grade in enumerate(ROWS):
        printed = re.findall(r">\s*(\d+)\s*</b>", "".join(text[row] for text in texts))
        counts = (grade.satisfied, grade.basically, grade.dissatisfied)
        assert sorted(map(int, printed)) == sorted(count for count in counts if count)


@given(st.tuples(*[st.integers(0, 400)] * 3).filter(any), st.floats(0.3, 12), st.integers(1, 600))
@example((43, 0, 0), 0.375, 49)
def test_a_count_keeps_clear_of_the_threshold(counts, plot, half):
    start = 0.0
    for part, (spot, count) in enumerate(zip(standings(counts, plot, half), counts, strict=True)):
        room, end = DIGIT * len(str(count)), start + count * plot
        assert spot.votes == count
        if spot.place == "inside":
            left = end - PAD - room if part == 0 else (start + end - room) / 2
            assert start - 0.5 <= left
            assert not left < half * plot < left + room
        if spot.place == "before":
            assert start + room < half * plot <= end + room
        if spot.place == "after":
            assert start <= half * plot < end - room
        start = end


def test_names_over_the_bars_stand_apart_in_english_on_a_phone():
    notes = grade_bars(NINGHAI, words("en"), "light", narrow=True)["layout"]["annotations"]
    placed = {note["text"]: note for note in notes}
    whole = _PLOT_NARROW / _BEYOND
    spans = []
    for name in ("Satisfied", "Basically", "Dissatisfied"):
        note, wide = placed[f"<b>{name}</b>"], ems(name, bold=True) * 13
        at = note["x"] * whole / 222 + note["xshift"]
        spans.append((at - wide, at) if note["xanchor"] == "right" else (at, at + wide))
    assert all(after[0] - before[1] >= 12 for before, after in pairwise(spans))
    assert spans[0][0] >= 0
    assert spans[2][1] <= whole + 1


def test_rates_have_numerator_and_denominator_and_a_wrong_row_says_so():
    rates = grade_bars(NINGHAI, ZH, "light")["layout"]["yaxis3"]["ticktext"]
    assert rates[0] == "98.2%（218/222）"
    assert "原文如此" in rates[1]
    assert "100.0%（122/122）" in rates[1]
    assert "95应为195" in grade_bars(NINGHAI, ZH, "light")["data"][0]["customdata"][1]


def test_half_of_the_body_is_drawn_and_named():
    figure = grade_bars(NINGHAI, ZH, "light")
    assert {shape["x0"] for shape in figure["layout"]["shapes"]} == {112}
    assert "<b>过半数112票</b>" in [note["text"] for note in figure["layout"]["annotations"]]


def test_the_rate_is_exact():
    assert rate(ROWS[0]) == 9820
    assert rate(Grade("x", 299, 0, 12, 311)) == 9614
    assert rate(Grade("x", 0, 0, 0, 0)) is None
