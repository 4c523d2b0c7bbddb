"""Money against work: every point at its two shares, names that touch nothing, shapes beside colours."""

import itertools

from plotly.graph_objects import Figure

from dashboard.figures.drawing import drawn
from dashboard.figures.work_money import SYMBOLS, summarise, work_money
from dashboard.rules.chart_frames import works
from dashboard.rules.lights import STATES
from tests.projects import row

ROWS = [
    row(n, actual=1_000 + 800 * n, paid=10 * n * n, budget=1_000, light=light)
    for n, light in enumerate(
        ("red", "amber", "green", "blue", "grey", "five_orange", "green", "red"), start=1
    )
]
FRAME = works(ROWS)


def test_every_point_stands_at_its_shares(form):
    figure = work_money(FRAME, *form)
    Figure(figure)
    points = figure["data"][1]
    assert list(zip(points["x"], points["y"], strict=True)) == [
        (one.money / 100, one.work / 100) for one in FRAME.rows
    ]
    assert "nan" not in drawn(work_money(FRAME, form[0], "untold", form[2]))
    text = summarise(FRAME, form[0])
    assert all(one.row.short_name in text for one in FRAME.rows)


def test_lights_differ_in_shape_not_in_colour_alone(form):
    symbols = dict(zip([one.row.light for one in FRAME.rows], work_money(FRAME, *form)["data"][1]["marker"]["symbol"],
                       strict=True))  # fmt: skip
    assert len({symbols[light] for light in ("red", "amber", "green", "grey", "five_orange")}) == 5
    assert {state.symbol for state in STATES.values()} <= set(SYMBOLS)


def test_names_of_points_in_one_place_are_left_out_rather_than_written_over_each_other(form):
    close = works([row(n, actual=5_000 + n, paid=500 + n, budget=1_000) for n in range(1, 40)])
    figure = work_money(close, *form)
    named = [note for note in figure["layout"]["annotations"] if note.get("xref") != "paper"]
    assert 0 < len(named) < 12
    places = [(note["x"], note["y"], note["xanchor"], note["yanchor"]) for note in named]
    assert all(one != other for one, other in itertools.combinations(places, 2))
