"""The server's drawing of a figure: well formed, nothing left out, every value at its place."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from dashboard.figures.drawing import drawn
from dashboard.figures.grade_bars import grade_bars
from dashboard.figures.progress_curve import progress_curve
from dashboard.figures.tally_bars import tally_bars
from dashboard.figures.theme import LIGHT, UNTOLD
from dashboard.i18n import words
from dashboard.rules.frames import Bar
from tests.figures.curves import CURVES, RENOVATION
from tests.figures.test_grade_bars import NINGHAI
from tests.figures.test_tally_bars import tally

ZH = words("zh-CN")
TAGS = re.compile(r"<(?:b|/b|span[^>]*|/span|/b style[^>]*|b style[^>]*)>")


def tree(figure):
    return ElementTree.fromstring(drawn(figure))


def texts(drawing):
    return ["".join(one.itertext()) for one in drawing.iter("text")]


def share(element, name):
    return float(element.get(name, "0").removesuffix("%"))


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_every_word_of_a_curve_is_drawn(curve, form):
    figure = progress_curve(curve, *form)
    written = texts(tree(figure))
    notes = [note["text"] for note in figure["layout"]["annotations"]]
    ticks = [*figure["layout"]["xaxis"]["ticktext"], *figure["layout"]["yaxis"]["ticktext"]]
    for text in [*notes, *ticks]:
        assert TAGS.sub("", text).replace("<br>", "") in written


def test_every_point_stands_at_its_value():
    figure = progress_curve(RENOVATION, ZH, "light")
    actual = next(trace for trace in figure["data"] if trace.get("name") == "实际")
    low, high = figure["layout"]["yaxis"]["domain"]
    heights = {round(100 * (1 - low - y / 100 * (high - low)), 2) for y in actual["y"] if y}
    drawing = tree(figure)
    found = {round(share(one, "cy"), 2) for one in drawing.iter("circle")}
    assert heights <= found
    assert max(share(one, "cx") for one in drawing.iter("circle")) <= 100


def test_a_missing_month_breaks_the_line_and_a_plan_goes_in_steps():
    figure = progress_curve(RENOVATION, ZH, "light")
    paths = {one.get("stroke"): one.get("d") for one in tree(figure).iter("path") if one.get("d")}
    assert paths[LIGHT["actual"]].count("M") == 2
    steps = re.findall(r"[ML]([\d.e+-]+) ([\d.e+-]+)", paths[LIGHT["planned"]])
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in itertools.pairwise(steps))
    assert len(steps) == 2 * len(RENOVATION.planned) - 1


def test_bars_are_as_long_as_their_votes(form):
    given = tally([298, 150, 0], ["chosen", "failed", "failed"], places=1, threshold=161, entitled=320)
    bars = [*tree(tally_bars(given, *form)).iter("rect")]
    assert [round(share(bar, "width"), 3) for bar in bars] == [93.125, 46.875]
    assert all(share(bar, "x") == 0 for bar in bars)


def test_grades_stand_behind_each_other_and_every_count_is_written(form):
    drawing = tree(grade_bars(NINGHAI, *form))
    rows = {}
    for bar in drawing.iter("rect"):
        rows.setdefault(bar.get("y"), []).append((share(bar, "x"), share(bar, "width")))
    assert len(rows) == 3
    for parts in rows.values():
        parts.sort()
        for (left, width), (following, _) in itertools.pairwise(parts):
            assert following == pytest.approx(left + width, abs=0.01)
    words_drawn = " ".join(texts(drawing))
    for grade in NINGHAI.rows:
        for count in filter(None, (grade.satisfied, grade.basically, grade.dissatisfied)):
            assert re.search(rf"(?<!\d){count}(?!\d)", words_drawn)


def test_a_name_is_text_whatever_it_holds():
    name = '<script>alert("x")</script>&amp;'
    given = tally([9], ["chosen"], entitled=9, threshold=5)
    given = given.__class__(**{**_fields(given), "bars": (Bar(1, name, 9, "chosen"),)})
    markup = drawn(tally_bars(given, ZH, "light"))
    assert "<script" not in markup
    assert any(text.startswith("<script>") for text in texts(ElementTree.fromstring(markup)))


def _fields(frame):
    return {name: getattr(frame, name) for name in frame.__dataclass_fields__}


@pytest.mark.parametrize("narrow", [False, True])
def test_without_a_theme_the_page_gives_the_colours(narrow):
    given = tally([9, 3], ["chosen", "failed"], entitled=9, threshold=5)
    for figure in (
        progress_curve(RENOVATION, ZH, UNTOLD, narrow),
        tally_bars(given, ZH, UNTOLD, narrow),
        grade_bars(NINGHAI, ZH, UNTOLD, narrow),
    ):
        markup = drawn(figure)
        assert "var(--" in markup
        assert not re.search(r"#[0-9A-Fa-f]{3,6}\b|rgba?\(", markup)
