"""Making the application: Dash within Flask, Flask behind the front."""

import hashlib
import re
from html import escape
from pathlib import Path

import flask
import structlog
from dash import Dash
from sqlalchemy import text

import dashboard
from dashboard.config import ROOT, Settings
from dashboard.gate import Ground
from dashboard.i18n import words
from dashboard.store.migrations import is_current
from dashboard.store.transactions import open_store
from dashboard.store.versions import Versions
from dashboard.web import addresses, wiring
from dashboard.web.context import Directory, Web
from dashboard.web.first import First, first_paint
from dashboard.web.front import Front
from dashboard.web.guarding import guard
from dashboard.web.layout import INDEX, layout
from dashboard.web.pages import PAGE_MODULES
from dashboard.web.routing import client_side
from dashboard.web.security import CALLBACK, LARGEST_BODY, headers
from dashboard.web.sender import address_of
from dashboard.web.sessions import Sessions, token_of
from dashboard.web.static import DESCRIPTIONS, Shelf
from dashboard.web.watching import watch

# What the routing fills, in its order.
ROUTED = (("view", "children"), ("page", "data"), ("title", "data"))
log = structlog.get_logger()
ASSETS = ROOT / "assets"
# Scripts that Dash names on every page and that no page of ours needs: browsers from Chromium 90 and Safari 15 on
# have what the polyfill adds (but regenerator-runtime, which stands in assets/vendor); tables are plain everywhere.
NEEDLESS = ("/polyfill@7", "/dash_table/bundle")
# Where Dash draws: the first paint stands before it.
ENTRY = '<div id="react-entry-point">'
# Chunks that the pages load when they run; named here so that they too are compressed beforehand.
CHUNKS = ("dash/dcc/async-graph.js",)


def create(settings: Settings) -> Front:
    """Make the whole application on the settings' database, warmed and ready to serve."""
    store = open_store(settings.url)
    ground = Ground(store, Versions(store))
    web = Web(settings, ground, Sessions(store), Directory(ground))
    web.build = _build()
    app = _dash()
    wiring.register(app, web)
    client_side(app)
    server: flask.Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    server.extensions["dashboard"] = web
    index = _index(app)
    fixed = headers(list(app.csp_hashes()), production=settings.env == "production")
    guard(app, web, fixed)
    _own_index(app, web, index)
    watch(app.server, web)
    files = Shelf(settings.var / "static").prepare(_static(app, index))

    def is_ready() -> bool:
        try:
            with store.reader.connect() as connection:
                connection.execute(text("SELECT 1"))
                return is_current(connection)
        except Exception:
            log.exception("not_ready")
            return False

    front = Front(server.wsgi_app, web, files, fixed, is_ready)
    _warm(server)
    return front


def _dash() -> Dash:
    assert PAGE_MODULES  # Importing the pages filled the registry.
    app = Dash(
        "dashboard",
        assets_folder=str(ASSETS),
        # Loaded first, in the head, so that the theme is set before anything is painted.
        assets_ignore=r"^theme\.js$",
        pages_folder="",
        use_pages=False,  # Left unset, the empty folder switches Dash's own router on: a callback that is not ours.
        use_async=False,
        enable_mcp=False,
        update_title=None,  # type: ignore[arg-type]  # Documented as the way to leave titles alone.
        compress=False,
        suppress_callback_exceptions=True,
        add_log_handler=False,
        index_string=INDEX.replace("{theme}", _versioned("theme.js")).replace("{icon}", _versioned("favicon.svg")),
        title="",
    )
    app.layout = layout()
    return app


def _build() -> str:
    """Return a digest of the code, the words and the assets: pages opened by another build are told to reload."""
    digest = hashlib.sha256()
    folders = (Path(dashboard.__file__).parent, ASSETS)
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if path.suffix in {".py", ".po", ".js", ".css"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _versioned(name: str) -> str:
    """Return the address of a file of ours that changes with what is in it."""
    return f"/assets/{name}?m={hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:16]}"


def _index(app: Dash) -> str:
    """Set Dash up before the first request and return its index: racing first requests would find it half set up."""
    with app.server.test_request_context("/"):
        app._setup_server()
        index = str(app.index())
    for needless in NEEDLESS:
        index = re.sub(rf'<script src="[^"]*{needless}[^"]*"></script>\n?', "", index)
    return index


def _static(app: Dash, index: str) -> dict[str, bytes]:
    """Return every file that a page loads, by its address, as the index names it and as chunks are asked for."""
    named = re.findall(r'(?:src|href)="(/(?:assets|_dash-component-suites|_favicon)[^"]*)"', index)
    named += [
        f"/assets/{path.relative_to(ASSETS).as_posix()}" for path in ASSETS.rglob("*") if path.is_file()
    ]
    plain = [f"/_dash-component-suites/{chunk}" for chunk in CHUNKS]
    # The loader of chunks writes the fingerprint of its own script into their names.
    marks = re.findall(r"/dash_core_components\.(v[^.]*)\.js", index)
    plain += [one.replace(".js", f".{mark}.js") for one in plain for mark in marks]
    found: dict[str, bytes] = {}
    with app.server.test_client() as client:
        for address in dict.fromkeys([*named, *plain, *DESCRIPTIONS]):
            response = client.get(address.replace("&amp;", "&"))
            if response.status_code == 200:
                found[address] = response.get_data()
            response.close()
    return found


def _own_index(app: Dash, web: Web, index: str) -> None:
    """Answer every page address with the index in its language, an unknown one with status 404."""

    def view(**_parts: str) -> flask.Response:
        path = flask.request.path
        address = addresses.read(path)
        known = address is not None and (address.code is None or web.directory.find(address.code) is not None)
        language = addresses.language_of(path)
        page = index.replace('lang="zh-CN"', f'lang="{language}"', 1)
        first = _first(web, path)
        title, versions = (first.title, first.versions) if first else (words(language)("shell.product"), ())
        page = page.replace("<title></title>", f"<title>{escape(title)}</title>")
        if first is not None:
            page = page.replace(ENTRY, f'<div id="first">{first.body}</div>\n{ENTRY}')
        if known:
            flask.g.basis = web.basis(versions)
        response = flask.make_response(page, 200 if known else 404)
        response.headers["Cache-Control"] = "no-cache"
        return response

    for endpoint in ("/", "/<path:path>"):
        app.server.view_functions[endpoint] = view


def _first(web: Web, path: str) -> First | None:
    """Return the public's first paint; a member's page is laid out once, by the scripts."""
    environ = flask.request.environ
    if token_of(environ):
        return None
    web.rates.take(address_of(environ, web.settings.proxies), None)
    query = flask.request.query_string.decode("ascii", "replace")
    return first_paint(web, path, f"?{query}" if query else "")


def _warm(server: flask.Flask) -> None:
    """Answer the public's first page once, so that the first visitor waits for no compilation."""
    where = {"path": "/", "search": "", "theme": "light", "narrow": False}
    outputs = [{"id": name, "property": what} for name, what in ROUTED]
    opening = {
        "output": "..{}..".format("...".join(f"{name}.{what}" for name, what in ROUTED)),
        "outputs": outputs,
        "inputs": [{"id": "where", "property": "data", "value": where}],
        "changedPropIds": ["where.data"],
    }
    with server.test_client() as client:
        for address in ("/", "/_dash-layout", "/_dash-dependencies"):
            client.get(address).close()
        client.post(CALLBACK, json=opening).close()
