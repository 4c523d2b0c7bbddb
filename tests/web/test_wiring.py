"""How functions become callbacks: plain for a test, checked at import, all of them behind the same gate."""

from typing import Any
from uuid import UUID

import flask
import pytest
from dash import Input, Output, State

from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.web import wiring
from dashboard.web.context import PageState
from dashboard.web.pages import PAGE_MODULES, PAGES, checking, desk, overview
from dashboard.web.security import CALLBACK
from tests.commands.people import COUNTY, call_of, person, projects, refusal
from tests.web.visitor import Site


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> list[wiring.Wired]:
    """A registry of this test's own, so that nothing it wires reaches the product."""
    own: list[wiring.Wired] = []
    monkeypatch.setattr(wiring, "REGISTRY", own)
    return own


def test_a_wired_function_stays_plain(registry: list[wiring.Wired]) -> None:
    @wiring.reads(Output("a", "children"), Input("b", "value"), State("c", "data"))
    def page(call: object, value: int, state: str | None, page: PageState) -> tuple[object, ...]:
        return call, value, state, page

    assert page("call", 1, None, "page") == ("call", 1, None, "page")  # type: ignore[arg-type]
    (wired,) = registry
    assert wired.function is page
    assert (wired.inputs, wired.outputs, wired.takes_page, wired.writes) == (1, 1, True, False)


def test_the_products_functions_are_called_without_dash(site: Site) -> None:
    """A deputy's remark in three lines: a call, the function, what it says."""
    call = call_of(site.store, person(site.store, Role.DEPUTY))
    project = projects(site.store)[0].id
    seen = PageState(f"/{COUNTY}/2025/desk", "light", False, "", "")
    said, told, emptied, request = desk.send_remark(call, 1, project, "没有人施工。", "cd" * 16, seen)
    assert "没有人施工。" in str(said)
    assert emptied == ""
    assert request != "cd" * 16
    assert told is not None
    assert refusal(desk.send_remark, call, 1, None, "x", "cd" * 16, seen) == "remark_project"
    clerk = call_of(site.store, person(site.store, Role.CLERK))
    page = PageState(f"/{COUNTY}/2025/checking", "light", False, "", "")
    assert refusal(checking.publish, clerk, 1, None, page) == "report_not_chosen"


FITTING = (Output("a", "children"), Input("b", "value"), State("c", "data"))


def one(call: object, value: int) -> None:
    """Take one value of two."""


def three(call: object, value: int, state: str, more: str) -> None:
    """Take three values of two."""


def none() -> None:
    """Take not even the call."""


@pytest.mark.parametrize("function", [one, three])
@pytest.mark.parametrize("decorate", [wiring.reads, wiring.writes, wiring.opens])
def test_parameters_that_do_not_fit_fail_at_import(
    registry: list[wiring.Wired], decorate: Any, function: Any
) -> None:
    with pytest.raises(TypeError, match=rf"{function.__name__} takes \d values, its dependencies give 2"):
        decorate(*FITTING)(function)
    assert registry == []


def test_a_function_without_call_fails_at_import(registry: list[wiring.Wired]) -> None:
    with pytest.raises(TypeError):
        wiring.reads(Output("a", "children"))(none)
    assert registry == []


def test_a_type_that_cannot_be_checked_fails_at_import(registry: list[wiring.Wired]) -> None:
    def unknown(call: object, value: "Nowhere", state: str) -> None:  # type: ignore[name-defined]  # noqa: F821
        """Name a type that is not there."""

    with pytest.raises(NameError):
        wiring.reads(*FITTING)(unknown)
    assert registry == []


def test_every_registered_callback_carries_the_pages_state(site: Site) -> None:
    """But the routing, which gives it."""
    assert len(site.callbacks) == len(wiring.REGISTRY)
    without = []
    for trigger, callback in site.callbacks.items():
        if callback["state"][-1:] != [{"id": "page", "property": "data"}]:
            without.append(trigger)
        inputs = [state["id"] for state in callback["inputs"]]
        assert "page" not in inputs
    assert without == ["where.data"]


def test_no_callback_runs_by_itself_but_the_routing(site: Site) -> None:
    initial = [name for name, one in site.callbacks.items() if not one["prevent_initial_call"]]
    assert initial == ["where.data"]


def test_everything_that_writes_says_so(site: Site) -> None:
    """A command under @reads raises; here: what sends is wired as what writes, and is never kept."""
    writing = {one.function.__name__ for one in wiring.REGISTRY if one.writes}
    assert {
        "take",
        "publish",
        "give_back",
        "answer",
        "object_to",
        "send_remark",
        "send",
        "change",
        "choose",
        "leave",
    } <= writing
    assert not any(one.keeps for one in wiring.REGISTRY if one.writes)
    reading = call_of(site.store, person(site.store, Role.CLERK), writes=False)
    page = PageState(f"/{COUNTY}/2025", "light", False, "", "")
    with pytest.raises(RuntimeError, match="the call only reads"):
        checking.publish(reading, 1, [UUID(int=1)], page)


def test_every_page_module_is_registered() -> None:
    assert {module.PAGE.name for module in PAGE_MODULES} == set(PAGES)
    assert overview.PAGE.layout is overview.layout


def test_nothing_of_dash_listens_beside_ours(site: Site) -> None:
    """Whatever Dash adds one day, this list is looked at: each route is one that we know."""
    rules = {rule.rule for rule in site.server.url_map.iter_rules()}
    assert rules == {
        "/",
        "/<path:path>",
        "/download/<code>/<year>/<name>.<kind>",
        "/download/archive/<name>.<kind>",
        "/_dash-layout",
        "/_dash-dependencies",
        CALLBACK,
        # Flask's own; there is no such folder.
        "/static/<path:filename>",
        "/_reload-hash",
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
        "/_favicon.ico",
        "/assets/<path:filename>",
        "/live/<code>/<topics>",
        "/candidate/<code>/<item>",
        # A screen exchanges its token for a cookie; its polls are answered in front of Flask.
        "/screen",
        "/vote/<code>/<round_id>",
        "/vote/<code>/<round_id>/box.json",
        "/vote/<code>/<round_id>/change",
        "/vote/<code>/<round_id>/seal",
        "/receipt",
        "/box/<code>/<item>.<kind>",
        "/download/<code>/<year>/vote-events.json",
        "/download/<code>/<year>/oc4ids.json",
        "/download/<code>/<year>/oc4ids/<int:number>.json",
        "/conduct/live/<code>/<uuid:round_id>",
        "/paper/live/<code>/<uuid:round_id>",
        "/document/<code>/<item>",
        "/sheet/<code>/<year>/<month>.xlsx",
        "/sheet/<code>/<year>/<month>",
        "/bulletin/<code>/<year>/<month>.<kind>",
        "/picture/<chart>/",
        "/picture/<chart>/<path:page>",
        "/recount/count",
        "/scan/<code>/<item>",
        "/attach/<code>/<project>/<month>",
        "/attachment/<code>/<item>",
        "/attachment/<code>/<item>/preview",
        "/detach/<code>/<item>",
        "/attach/<code>/inspection/<item>",
        "/detach/<code>/inspection/<item>",
        "/hall/leave",
        "/hall/live/<code>/<uuid:round_id>",
    }


def test_the_anonymous_layout_holds_no_data(site: Site) -> None:
    layout = site.visitor().ask("/_dash-layout")
    assert layout.text == site.visitor("clerk").ask("/_dash-layout").text
    for word in (COUNTY, "禾澜", "publish-send", "sign-in-password"):
        assert word not in layout.text
        assert word not in site.visitor("clerk").ask("/").text


def test_a_refusal_without_status_updates_nothing_but_the_notice(site: Site) -> None:
    visitor = site.visitor("clerk")
    answer = visitor.press("publish-send.n_clicks", visitor.page(f"/{COUNTY}/2025/checking"))
    assert set(answer.json["sideUpdate"]) == {"notice"}  # type: ignore[index]
    assert answer.json["response"] == {}  # type: ignore[index]


def test_checked_values_are_of_their_types() -> None:
    checks = tuple(wiring.TypeAdapter(kind) for kind in (UUID, int | None))
    assert wiring._checked(checks, (str(UUID(int=7)), None)) == [UUID(int=7), None]
    with pytest.raises(Refused):
        wiring._checked(checks, ("7", None))


def test_a_callback_knows_no_global_request_of_its_own() -> None:
    """The pure function runs outside of any request: nothing here stands on flask.request."""
    assert not flask.has_request_context()
