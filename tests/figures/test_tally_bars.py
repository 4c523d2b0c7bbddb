import pytest
from plotly.graph_objects import Figure

from dashboard.figures.summary import summarise_tally
from dashboard.figures.tally_bars import tally_bars
from dashboard.i18n import words
from dashboard.rules.frames import Bar, Source, Tally

ZH = words("zh-CN")
SOURCE = Source("大会主席团公告第3号")
NAMES = ("新建公办幼儿园3所", "农村供水管网改造提升", "城区老旧小区改造24个", "智慧公交站台改造60座")


def tally(votes, states, places=None, threshold=None, entitled=None, **more):
    bars = [
        Bar(n + 1, NAMES[n], vote, state) for n, (vote, state) in enumerate(zip(votes, states, strict=True))
    ]
    return Tally("票决结果", tuple(bars), places, len(bars), SOURCE, threshold, entitled, **more)


MEETING = tally((298, 229, 196, 141), ("chosen", "chosen", "beyond", "failed"), 2, 161, 321)
SILENT = tally((None, None, None), ("chosen", "chosen", "listed"))
NO_BODY = tally((279, 276, 273), ("chosen", "chosen", "beyond"), 2)
TIED = tally((58, 50, 50, 3), ("chosen", "tied", "tied", "failed"), 2, 44, 65)
ITEMS = Tally(
    "逐项表决",
    (Bar(1, NAMES[0], 63, "chosen", 0, 0), Bar(2, NAMES[1], 60, "chosen", 2, None)),
    None, 2, SOURCE, 33, 64,
)  # fmt: skip
EMPTY = tally((), ())


def texts(figure):
    return [note["text"] for note in figure["layout"]["annotations"]]


@pytest.mark.parametrize("given", [MEETING, SILENT, NO_BODY, TIED, ITEMS, EMPTY])
def test_every_form_is_valid_and_needs_the_basic_bundle_only(given, form):
    figure = tally_bars(given, *form)
    Figure(figure)
    assert {trace["type"] for trace in figure["data"]} <= {"scatter", "bar"}


def test_threshold_body_and_places_are_named():
    written = texts(tally_bars(MEETING, ZH, "light"))
    assert written == ["<b>过半数161票</b>", "全体321", "<b>名额2项止</b>"]


def test_bars_run_from_zero_to_all_deputies_with_room_at_the_rule():
    figure = tally_bars(MEETING, ZH, "light")
    assert figure["layout"]["xaxis"]["range"] == [0, 321]
    bars = figure["data"][0]
    assert bars["x"] == [298, 229, 196, 141]
    assert bars["y"][2] - bars["y"][1] > 1 == bars["y"][1] - bars["y"][0]
    assert bars["marker"]["color"] == ["#1A4F8B", "#1A4F8B", "#9DB7D5", "#C9CDD1"]


def test_results_are_words():
    results = "".join(tally_bars(MEETING, ZH, "light")["layout"]["yaxis4"]["ticktext"])
    assert "入选" in results
    assert "过半数，名额外" in results
    assert "未过半数" in results
    assert "得票并列" in "".join(tally_bars(TIED, ZH, "light")["layout"]["yaxis4"]["ticktext"])


def test_another_threshold_is_not_called_half():
    figure = tally_bars(TIED, ZH, "light")
    assert "<b>通过线44票</b>" in texts(figure)
    assert "未过半数" not in "".join(figure["layout"]["yaxis4"]["ticktext"])


def test_unknown_votes_are_said_not_drawn():
    figure = tally_bars(SILENT, ZH, "light")
    assert any(trace.get("text") == ["票数未公布"] * 3 for trace in figure["data"])
    assert figure["data"][0]["text"] == ["", "", ""]
    assert any(
        "票数未公布" in text for text in tally_bars(SILENT, ZH, "light", narrow=True)["data"][2]["text"]
    )


def test_without_the_body_the_axis_ends_at_the_highest_vote_and_says_so():
    figure = tally_bars(NO_BODY, ZH, "light")
    assert figure["layout"]["xaxis"]["range"] == [0, 279]
    assert "应到人数未公布，未画过半数线" in texts(figure)
    assert not any(shape["line"].get("dash") == "3px,2px" for shape in figure["layout"]["shapes"])


def test_votes_on_each_item_show_against_and_abstained():
    figure = tally_bars(ITEMS, ZH, "light")
    assert "63/0/0" in figure["layout"]["yaxis4"]["ticktext"][0]
    assert "60/2/—" in figure["layout"]["yaxis4"]["ticktext"][1]
    assert "赞成/反对/弃权" in texts(figure)
    assert "反对0票" in figure["data"][0]["customdata"][0]


def test_names_are_text_and_long_ones_are_cut():
    bar = Bar(1, "<b>道路</b>" + "很长的名称" * 6, 5, "chosen")
    figure = tally_bars(Tally("t", (bar,), None, 1, SOURCE, 5, 9), ZH, "light")
    name = figure["layout"]["yaxis3"]["ticktext"][0]
    assert "&lt;b&gt;" in name
    assert "…" in name
    assert "很长的名称" * 6 in figure["data"][0]["customdata"][0]


def test_a_bar_too_short_for_its_number_has_it_outside():
    assert tally_bars(TIED, ZH, "light")["data"][0]["textposition"] == [
        "inside",
        "inside",
        "inside",
        "outside",
    ]


def test_a_number_stands_behind_its_bar_where_the_line_of_the_majority_would_run_through_it():
    given = tally((44, 40, 31, 22), ("chosen", "chosen", "chosen", "failed"), 3, 28, 55)
    assert tally_bars(given, ZH, "light")["data"][0]["textposition"] == [
        "inside",
        "inside",
        "outside",
        "inside",
    ]
    # At the line itself the number ends before it.
    level = tally((28, 27), ("chosen", "failed"), 1, 28, 55)
    assert tally_bars(level, ZH, "light")["data"][0]["textposition"] == ["inside", "inside"]


def test_a_run_off_has_no_threshold_and_says_so():
    given = tally((25, 22), ("chosen", "beyond"), 1, None, 50, runoff=True)
    written = texts(tally_bars(given, ZH, "light"))
    assert written == ["再次表决，得票多者入选", "全体50", "<b>名额1项止</b>"]
    assert "再次表决，得票多者入选" in summarise_tally(given, ZH)


def test_what_a_run_off_decided_is_said_at_its_bar(form):
    bars = (Bar(1, NAMES[0], 50, "chosen", runoff=True), Bar(2, NAMES[1], 50, "beyond", runoff=True))
    given = Tally("票决结果", bars, 1, 2, SOURCE, 44, 65)
    language = form[0]
    figure = tally_bars(given, *form)
    Figure(figure)
    assert language("round.runoff.beyond") in str(figure)
    assert language("round.runoff.chosen") in summarise_tally(given, language)
