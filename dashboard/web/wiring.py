"""How a page's function becomes a callback: one call, one transaction, people's errors as notices.

`@reads` hands the function a call on a read-only snapshot, `@writes` one that commits before it answers. The
function under the decorator stays plain, so that a test calls it without Dash.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import flask
import structlog
from dash import Dash, Input, Output, State, no_update, set_props
from pydantic import TypeAdapter, ValidationError

from dashboard.gate import Call
from dashboard.i18n import SHANGHAI, words
from dashboard.rules.refused import Refused
from dashboard.web.context import PageState, Web, badge, make_call, page_state
from dashboard.web.refusals import refusal_notice, status_of

Function = Callable[..., Any]
PAGE = State("page", "data")
log = structlog.get_logger()


@dataclass(frozen=True)
class Wired:
    """One callback of the product, registered on the application that is being made."""

    name: str
    function: Function
    dependencies: tuple[Any, ...]
    writes: bool
    common: bool
    keeps: bool
    prevent_initial_call: bool
    checks: tuple[TypeAdapter[Any], ...]


REGISTRY: list[Wired] = []


def reads(
    *dependencies: Any, initial: bool = True, keeps: bool = True, common: bool = False
) -> Callable[[Function], Function]:
    """Wire a function that only reads; `keeps` lets an anonymous answer be kept for others."""
    return _wired(dependencies, writes=False, common=common, keeps=keeps, initial=initial)


def writes(*dependencies: Any, common: bool = False) -> Callable[[Function], Function]:
    """Wire a function that writes: never at a page's opening, never kept, committed before it answers."""
    return _wired(dependencies, writes=True, common=common, keeps=False, initial=False)


def _wired(
    dependencies: tuple[Any, ...], *, writes: bool, common: bool, keeps: bool, initial: bool
) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        parameters = list(inspect.signature(function, eval_str=True).parameters.values())
        # The first parameter is the call, the last one may ask for the page's state.
        given = [one for one in parameters[1:] if one.annotation is not PageState]
        inputs = [one for one in dependencies if isinstance(one, (Input, State))]
        if len(given) != len(inputs):
            raise TypeError(f"{function.__name__} takes {len(given)} values, its dependencies give {len(inputs)}")
        checks = tuple(TypeAdapter(one.annotation) for one in given)
        name = f"{function.__module__}.{function.__name__}"
        REGISTRY.append(
            Wired(name, function, dependencies, writes, common, keeps, not initial, checks)
        )
        return function

    return decorate


def register(app: Dash, web: Web) -> None:
    """Put every wired function onto an application."""
    for wired in REGISTRY:
        app.callback(*wired.dependencies, PAGE, prevent_initial_call=wired.prevent_initial_call)(
            _handler(wired, web)
        )


def _handler(wired: Wired, web: Web) -> Function:
    takes_page = any(
        one.annotation is PageState
        for one in inspect.signature(wired.function, eval_str=True).parameters.values()
    )
    outputs = sum(isinstance(one, Output) for one in wired.dependencies)

    @wraps(wired.function)
    def handle(*values: Any) -> Any:
        try:
            page = page_state(values[-1])
            if page.build != web.build:
                raise Refused("reload")
            call = make_call(web, page.path, writes=wired.writes, common=wired.common)
            if page.actor != badge(call.actor):
                raise Refused("signed_out")
            arguments = _checked(wired.checks, values[:-1])
            if wired.writes:
                result = wired.function(call, *arguments, *([page] if takes_page else []))
            else:
                with call.snapshot():
                    result = wired.function(call, *arguments, *([page] if takes_page else []))
            _keep(wired, web, call)
        except Refused as refused:
            return _refuse(refused, values[-1], outputs)
        return result

    # Dash reads the signature to count the values.
    del handle.__wrapped__
    return handle


def _checked(checks: tuple[TypeAdapter[Any], ...], values: tuple[Any, ...]) -> list[Any]:
    try:
        return [check.validate_python(value, strict=True) for check, value in zip(checks, values, strict=True)]
    except (ValidationError, ValueError) as error:
        raise Refused("malformed") from error


def _refuse(refused: Refused, page: object, outputs: int) -> Any:
    path = page.get("path") if isinstance(page, dict) else None
    language = words(PageState(path if isinstance(path, str) else "/", "light", False, "", "").language)
    status = status_of(refused)
    flask.g.refused = refused.code
    log.info("refused", code=refused.code, request=flask.g.get("request_id"))
    if status is not None:
        flask.abort(flask.make_response(flask.jsonify(_told(refused, language)), status))
    set_props("notice", {"children": refusal_notice(refused, language)})
    return [no_update] * outputs if outputs > 1 else no_update


def _told(refused: Refused, language: Any) -> dict[str, str]:
    return {"refused": refused.code, "message": language(f"refused.{refused.code}", **refused.facts)}


def _keep(wired: Wired, web: Web, call: Call) -> None:
    """Let the front keep this answer for the public: what it was made from says when it no longer holds."""
    if wired.keeps and not wired.writes and call.actor.account_id is None:
        flask.g.versions = tuple((congress, topic, version) for (congress, topic), version in call.topics.items())
        flask.g.day = datetime.now(UTC).astimezone(SHANGHAI).date().isoformat()
        flask.g.directory = web.directory.version
