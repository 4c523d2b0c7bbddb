"""How a page's function becomes a callback: one call, one transaction, people's errors as notices.

`@reads` hands the function a call on a read-only snapshot, `@writes` one that commits before it answers. The
function under the decorator stays plain, so that a test calls it without Dash.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flask
import structlog
from dash import Dash, Input, Output, State, no_update, set_props
from pydantic import TypeAdapter, ValidationError

from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.context import PageState, Web, badge, make_call, page_state
from dashboard.web.quick_json import quicken
from dashboard.web.refusals import refusal_notice, status_of

Function = Callable[..., Any]
PAGE = State("page", "data")
log = structlog.get_logger()


@dataclass(frozen=True)
class Wired:
    """One callback of the product, registered on the application that is being made.

    `opens` is the routing's: it runs before there is a page, on the address that the browser shows.
    """

    function: Function
    dependencies: tuple[Any, ...]
    checks: tuple[TypeAdapter[Any], ...]
    writes: bool = False
    common: bool = False
    keeps: bool = False
    opens: bool = False
    initial: bool = True
    takes_page: bool = False
    by_role: bool = False

    @property
    def outputs(self) -> int:
        """Return how many outputs the callback has."""
        return sum(isinstance(one, Output) for one in self.dependencies)

    @property
    def inputs(self) -> int:
        """Return how many inputs the callback has; they stand before its states."""
        return sum(isinstance(one, Input) for one in self.dependencies)


REGISTRY: list[Wired] = []


def reads(
    *dependencies: Any, initial: bool = False, keeps: bool = True, common: bool = False, by_role: bool = False
) -> Callable[[Function], Function]:
    """Wire a function that only reads; `keeps` lets an anonymous answer be kept for others.

    `by_role` says that the answer is the same for everyone of a role here, and the front keeps it so: never for what
    is a person's own.
    """
    return _wired(dependencies, keeps=keeps, initial=initial, common=common, by_role=by_role)


def writes(*dependencies: Any, common: bool = False) -> Callable[[Function], Function]:
    """Wire a function that writes: never at a page's opening, never kept, committed before it answers."""
    return _wired(dependencies, writes=True, common=common, initial=False)


def opens(*dependencies: Any) -> Callable[[Function], Function]:
    """Wire the routing: its one value says where the browser is, and it gives the page its state."""
    return _wired(dependencies, keeps=True, opens=True)


def _wired(dependencies: tuple[Any, ...], **how: bool) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        parameters = list(inspect.signature(function, eval_str=True).parameters.values())
        # The first parameter is the call, the last one may ask for the page's state.
        given = [one for one in parameters[1:] if one.annotation is not PageState]
        values = [one for one in dependencies if isinstance(one, (Input, State))]
        if not parameters or len(given) != len(values):
            raise TypeError(
                f"{function.__name__} takes {len(given)} values, its dependencies give {len(values)}"
            )
        checks = tuple(TypeAdapter(one.annotation) for one in given)
        takes_page = len(given) < len(parameters) - 1
        REGISTRY.append(Wired(function, dependencies, checks, takes_page=takes_page, **how))
        return function

    return decorate


def register(app: Dash, web: Web) -> None:
    """Put every wired function onto an application."""
    quicken()
    for wired in REGISTRY:
        state = () if wired.opens else (PAGE,)
        app.callback(*wired.dependencies, *state, prevent_initial_call=not wired.initial)(
            _handler(wired, web)
        )


def _handler(wired: Wired, web: Web) -> Function:
    def handle(*values: Any) -> Any:
        path = "/"
        try:
            page = _where(values[0], web) if wired.opens else page_state(values[-1])
            path = page.path
            flask.g.language = page.language
            if wired.writes and not any(values[: wired.inputs]):
                # Dash runs a callback when its button appears; nobody has pressed it.
                return [no_update] * wired.outputs if wired.outputs > 1 else no_update
            arguments = _checked(wired.checks, values if wired.opens else values[:-1])
            call = _call(wired, web, page)
            extra = [page] if wired.takes_page else []
            if wired.writes:
                return wired.function(call, *arguments, *extra)
            with call.snapshot():
                result = wired.function(call, *arguments, *extra)
            _keep(wired, web, call)
        except Refused as refused:
            return _refuse(refused, words(addresses.language_of(path)), wired.outputs)
        return result

    return handle


def _where(value: object, web: Web) -> PageState:
    """Read where a browser opens a page."""
    if not isinstance(value, dict) or value.keys() != {"path", "search", "theme", "narrow"}:
        raise Refused("malformed")
    rest = {name: value[name] for name in ("path", "theme", "narrow")}
    return page_state({**rest, "build": web.build, "actor": ""})


def _call(wired: Wired, web: Web, page: PageState) -> Call:
    if wired.opens:
        return make_call(web, page.path, writes=False, lenient=True)
    if page.build != web.build:
        raise Refused("reload")
    call = make_call(web, page.path, writes=wired.writes, common=wired.common)
    if page.actor != badge(call.actor):
        raise Refused("signed_out")
    return call


def _checked(checks: tuple[TypeAdapter[Any], ...], values: tuple[Any, ...]) -> list[Any]:
    try:
        return [check.validate_python(value) for check, value in zip(checks, values, strict=True)]
    except (ValidationError, ValueError) as error:
        raise Refused("malformed") from error


def _refuse(refused: Refused, language: Words, outputs: int) -> Any:
    flask.g.refused = refused.code
    log.info("refused", code=refused.code, request=flask.g.get("request_id"))
    if status_of(refused) is not None:
        # Told with its status by the application's error handler.
        raise refused
    set_props("notice", {"children": refusal_notice(refused, language)})
    return [no_update] * outputs if outputs > 1 else no_update


def _keep(wired: Wired, web: Web, call: Call) -> None:
    """Let the front keep this answer for others who may see it; what it was made from says when it ends."""
    if call.lasting and (wired.by_role or (wired.keeps and call.actor.account_id is None)):
        flask.g.basis = web.basis(call.stamps)
