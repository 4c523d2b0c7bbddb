"""Charts as pictures: `/picture/<chart>/<path of a page>?<its query>` is one chart of a page as SVG.

The page is laid out as its reader sees it and the chart is taken out of it, so that what may be seen, and the state
that the address holds, are the page's own. A browser makes a PNG of it with its own fonts (assets/pictures.js).
"""

from collections.abc import Iterator
from urllib.parse import quote

import flask
from dash import dcc
from dash.development.base_component import Component

from dashboard.figures.drawing import Figure
from dashboard.figures.picture import Caption, picture, svg_of
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.context import PageState, Web, badge, make_call
from dashboard.web.parts.graph import drawing_of
from dashboard.web.routing import show
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of

SVG = "image/svg+xml"


def offer_pictures(server: flask.Flask, web: Web) -> None:
    """Let an application hand out its charts as pictures."""

    def answered(chart: str, page: str = "") -> flask.Response:
        environ = flask.request.environ
        web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
        path = f"/{page}"
        call = make_call(web, path, writes=False, lenient=True)
        # On paper as on a screen: light, and as wide as a desk's.
        state = PageState(path, "light", narrow=False, build=web.build, actor=badge(call.actor))
        with call.snapshot():
            content, _, title = show(
                call, {"search": flask.request.query_string.decode("ascii", "ignore")}, state
            )
        found = _found(content, chart)
        if found is None:
            raise Refused("not_found")
        figure, card = found
        caption = caption_of(call, card, title if _is_of_one(path) else "")
        response = flask.make_response(svg_of(picture(figure, caption)))
        response.headers["Content-Type"] = f"{SVG}; charset=utf-8"
        name = quote(f"{caption.filename()}.svg", safe="")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        if call.actor.account_id is None and call.lasting:
            flask.g.basis = web.basis(call.stamps)
        return response

    server.add_url_rule("/picture/<chart>/", "picture_first", answered)
    server.add_url_rule("/picture/<chart>/<path:page>", "picture", answered)


def caption_of(call: Call, card: Component | None, item: str) -> Caption:
    """Return the words of a chart's card, whose page it is, and the one thing that the page is of."""
    place, told = call.place, words(call.language)
    parts = {name: _named(card, name) for name in ("card-title", "card-subtitle", "source")}
    return Caption(
        parts["card-title"],
        parts["card-subtitle"],
        parts["source"],
        "｜".join(one for one in ("" if place is None else place.name, item) if one),
        told("tag.simulated") if place is not None and place.simulated else "",
    )


def _is_of_one(path: str) -> bool:
    address = addresses.read(path)
    return address is not None and address.item is not None


def _found(content: Component, chart: str) -> tuple[Figure, Component | None] | None:
    """Return the figure of a chart's id and the card that it stands on."""
    for one, card in _walked(content, None):
        if getattr(one, "id", None) != chart:
            continue
        figure = getattr(one, "figure", None) if isinstance(one, dcc.Graph) else drawing_of(one)
        if figure is not None:
            return figure, card
    return None


def _walked(one: object, card: Component | None) -> Iterator[tuple[Component, Component | None]]:
    """Yield every component with the innermost card around it."""
    if isinstance(one, list | tuple):
        for child in one:
            yield from _walked(child, card)
    elif isinstance(one, Component):
        within = one if "card" in str(getattr(one, "className", "")).split() else card
        yield one, within
        yield from _walked(getattr(one, "children", None), within)


def _named(card: Component | None, style: str) -> str:
    """Return the words of the first part of a card with a class."""
    for one, _ in _walked(card, None):
        if style in str(getattr(one, "className", "")).split():
            return "".join(_words(one)).strip()
    return ""


def _words(one: object) -> Iterator[str]:
    if isinstance(one, str | int):
        yield str(one)
    elif isinstance(one, list | tuple):
        for child in one:
            yield from _words(child)
    elif isinstance(one, Component) and "visually-hidden" not in str(getattr(one, "className", "")):
        yield from _words(getattr(one, "children", None))
