"""The comparisons of the archive: valid figures in every form, drawn by the server, nothing left out."""

import re
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from dashboard.figures import archive_bars
from dashboard.figures.drawing import drawn
from dashboard.i18n import words
from dashboard.rules.archive_frames import KindCount, Kinds, KindShare, Ratio

ZH = words("zh-CN")
KINDS = Kinds(
    (KindCount("transport", 61, 12), KindCount("water", 33, 3), KindCount("other", 1, 0)), 95, 15, 26, 148
)
RATIOS = (
    Ratio("浙江省宁海县力洋镇", 2010, 20, 10),
    Ratio("重庆市城口县四屏镇", 2023, 2, 1),
    Ratio("江苏省新沂市", 2020, 12, 10),
)
SHARES = (KindShare("四川省雅安市雨城区", 2020, 2, 6), KindShare("甘肃省张家川县", 2015, 2, 11))
FIGURES = {
    "kinds": lambda *form: archive_bars.kind_bars(KINDS, *form),
    "ratios": lambda *form: archive_bars.ratio_bars(RATIOS, *form),
    "shares": lambda *form: archive_bars.kind_share_bars(SHARES, *form),
    "no kinds": lambda *form: archive_bars.kind_bars(Kinds((), 0, 0, 0, 0), *form),
    "no ratios": lambda *form: archive_bars.ratio_bars((), *form),
    "no shares": lambda *form: archive_bars.kind_share_bars((), *form),
}


@pytest.mark.parametrize("name", FIGURES)
def test_it_is_a_plotly_figure(name, form):
    figure = FIGURES[name](*form)
    go.Figure(figure)
    ElementTree.fromstring(drawn(figure))


@pytest.mark.parametrize("name", ["kinds", "ratios", "shares"])
def test_every_result_and_name_is_drawn(name, form):
    figure = FIGURES[name](*form)
    written = "".join("".join(one.itertext()) for one in ElementTree.fromstring(drawn(figure)).iter("text"))
    for trace in figure["data"]:
        for text in trace.get("text", ()):
            assert re.sub("<[^>]*>", "", text) in written


def test_bars_are_as_long_as_their_numbers():
    figure = archive_bars.ratio_bars(RATIOS, ZH, "light")
    chosen, rest = figure["data"][0]["x"], figure["data"][1]["x"]
    assert [sum(pair) for pair in zip(chosen, rest, strict=True)] == [20, 2, 12]
    assert figure["layout"]["xaxis"]["range"] == [0, 20]


def test_a_number_without_room_stands_in_the_hover_only():
    figure = archive_bars.ratio_bars(RATIOS, ZH, "light")
    assert figure["data"][0]["text"][1] == ""
    assert "2选1" in figure["data"][0]["customdata"][1]


@pytest.mark.parametrize(
    ("pair", "text"), [((20, 10), "2.00"), ((13, 10), "1.30"), ((4, 3), "1.33"), ((5, 3), "1.67")]
)
def test_a_ratio_has_two_decimals_half_up(pair, text):
    assert archive_bars.ratio_text(Ratio("", 2020, *pair)) == text


def test_a_long_name_is_cut_and_whole_in_the_hover():
    name = "名" * 80
    for narrow in (False, True):
        figure = archive_bars.ratio_bars((Ratio(name, 2020, 12, 10),), ZH, "light", narrow)
        shown = figure["data"][2]["text"][0] if narrow else figure["layout"]["yaxis2"]["ticktext"][0]
        assert "…" in shown
        assert name not in shown
        assert name in figure["data"][0]["customdata"][0]


def test_a_name_is_text_whatever_it_holds():
    figure = archive_bars.ratio_bars((Ratio("<script>x</script>", 2020, 12, 10),), ZH, "light")
    assert "<script" not in drawn(figure)
    assert "<script" not in str(figure)


def test_a_summary_tells_every_row(form):
    language = form[0]
    assert "江苏省新沂市" in archive_bars.summarise_ratios(RATIOS, language)
    assert language("archive.kind.water") in archive_bars.summarise_kinds(KINDS, language)
    assert "2/11" in archive_bars.summarise_shares("education", SHARES, language)
