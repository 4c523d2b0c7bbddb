"""Answers written quickly say exactly what Dash's own writer says."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import numpy
import pytest
from dash import Patch, dcc, html, no_update
from dash._utils import to_json

from dashboard.web.quick_json import quick_json

ANSWERS = [
    html.Div(["甲 </script>", None, html.Span("x", **{"aria-label": "y", "data-a": 1})], id="a", hidden=True),
    dcc.Graph(figure={"data": [{"x": [date(2025, 9, 30)], "y": numpy.array([1.5])}], "layout": {}}),
    {"response": {"a": {"children": html.Ul([html.Li(str(n)) for n in range(3)])}}, "multi": True},
    {"nan": float("nan"), 1: "one", "line": "\u2028"},
    {"at": datetime(2025, 10, 10, tzinfo=UTC), "id": UUID(int=1)},
    {"tuple": (1, (2, "a")), "empty": [], "none": None, "no": no_update},
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_it_says_what_dash_says(answer: object) -> None:
    assert json.loads(quick_json(answer)) == json.loads(to_json(answer))


def test_a_patch_is_written_as_dash_writes_it() -> None:
    patch = Patch()
    patch["a"]["b"] = html.P("c")
    assert json.loads(quick_json({"x": patch})) == json.loads(to_json({"x": patch}))


def test_no_answer_can_end_a_script() -> None:
    assert not set("<>/") & set(quick_json(html.P("</script>")))


def test_what_nobody_knows_is_refused_as_by_dash() -> None:
    with pytest.raises(TypeError):
        quick_json({"x": object()})


def test_an_attribute_that_is_no_property_is_not_sent() -> None:
    component = html.P("a")
    component.other = 1
    assert quick_json(component) == quick_json(html.P("a"))
