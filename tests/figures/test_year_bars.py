"""Year against year: a bar and a number for each kind and year, the year named at each, whatever the colours."""

from plotly.graph_objects import Figure

from dashboard.figures.drawing import drawn
from dashboard.figures.year_bars import HUES, summarise_years, year_bars
from dashboard.rules.archive import MOST_YEARS, kind_years
from dashboard.rules.archive_frames import Held, KindYears

FRAME = KindYears(
    "某县", (2020, 2021, 2023), (("education", (2, 1, 1)), ("housing", (0, 1, 2)), ("water", (1, 1, 1)))
)


def held(year, *kinds):
    return Held("某县", year, False, elected=3, kinds=kinds)


def test_every_count_has_its_bar_and_its_year(form):
    figure = year_bars(FRAME, *form)
    Figure(figure)
    assert [trace["x"] for trace in figure["data"]] == [[2, 0, 1], [1, 1, 1], [1, 2, 1]]
    for trace, year in zip(figure["data"], FRAME.years, strict=True):
        assert all(str(year) in text for text in trace["text"])
    # No two bars lie on each other.
    places = [y for trace in figure["data"] for y in trace["y"]]
    assert len(set(places)) == 9
    text = drawn(year_bars(FRAME, form[0], "untold", form[2]))
    assert text.count("<rect") == 8
    assert text.count("2023") == 3
    assert "2023" in summarise_years(FRAME, form[0])


def test_at_most_four_years_are_put_side_by_side_and_one_alone_is_nothing():
    every = [held(year, ("education", year - 2016)) for year in (2021, 2017, 2018, 2019, 2020)]
    found = kind_years([*every, Held("别处", 2022, False, kinds=(("water", 1),)), held(2022)], "某县")
    assert found == KindYears("某县", (2018, 2019, 2020, 2021), (("education", (2, 3, 4, 5)),))
    assert len(found.years) == MOST_YEARS == len(HUES["light"]) == len(HUES["dark"])
    assert kind_years(every[:1], "某县") is None
    assert kind_years([held(None, ("water", 1)), *every[:1]], "某县") is None


def test_what_grew_most_is_named_where_one_alone_did():
    assert FRAME.grown() == ("housing", 1, 2)
    assert KindYears("某县", (2020, 2021), (("a", (1, 2)), ("b", (1, 2)))).grown() is None
    assert KindYears("某县", (2020, 2021), (("a", (2, 1)),)).grown() is None
