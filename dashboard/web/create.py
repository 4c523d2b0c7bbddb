"""Making the application: Dash within Flask, Flask behind the front."""

import hashlib
from pathlib import Path

import flask
import structlog
from dash import Dash
from sqlalchemy import text

import dashboard
from dashboard.config import Settings
from dashboard.gate import Ground
from dashboard.i18n import words
from dashboard.store.migrations import is_current
from dashboard.store.transactions import open_store
from dashboard.store.versions import Versions
from dashboard.web import addresses, wiring
from dashboard.web.attachments import offer_attachments
from dashboard.web.big_screen import is_big_screen, screen_page
from dashboard.web.boards import Boards
from dashboard.web.boxes import offer_boxes
from dashboard.web.bulletins import offer_bulletins
from dashboard.web.candidates import offer_candidates
from dashboard.web.casting import take_votes
from dashboard.web.context import Directory, Web
from dashboard.web.documents import offer_documents
from dashboard.web.downloads import offer_downloads
from dashboard.web.first import First, first_paint
from dashboard.web.front import Front
from dashboard.web.guarding import guard
from dashboard.web.hall_requests import serve_hall
from dashboard.web.index import ASSETS, Index, read_index, template
from dashboard.web.inspection_files import offer_inspection_files
from dashboard.web.layout import layout
from dashboard.web.pages import PAGE_MODULES
from dashboard.web.pictures import offer_pictures
from dashboard.web.recounts import offer_recounts
from dashboard.web.report_sheets import offer_report_sheets
from dashboard.web.routing import client_side
from dashboard.web.screens import Screens, let_screens_in
from dashboard.web.seals import offer_seals
from dashboard.web.security import CALLBACK, LARGEST_BODY, headers
from dashboard.web.sender import address_of
from dashboard.web.sessions import Sessions, token_of
from dashboard.web.static import DESCRIPTIONS, Shelf
from dashboard.web.watching import watch

# What the routing fills, in its order.
ROUTED = (("view", "children"), ("page", "data"), ("title", "data"))
log = structlog.get_logger()


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
    fixed = headers(production=settings.env == "production")
    guard(app, web, fixed)
    watch(app.server, web)
    offer_boxes(app.server, web)
    offer_downloads(app.server, web)
    offer_seals(app.server, web)
    screens = Screens(store)
    let_screens_in(app.server, web, screens)
    take_votes(app.server, web)
    serve_hall(app.server, web)
    offer_documents(app.server, web)
    offer_bulletins(app.server, web)
    offer_pictures(app.server, web)
    offer_report_sheets(app.server, web)
    offer_attachments(app.server, web)
    offer_candidates(app.server, web)
    offer_inspection_files(app.server, web)
    offer_recounts(app.server, web)
    index = read_index(app, DESCRIPTIONS)
    _own_index(app, web, index)
    files = Shelf(settings.var / "static").prepare(index.files)

    def is_ready() -> bool:
        try:
            with store.reader.connect() as connection:
                connection.execute(text("SELECT 1"))
                return is_current(connection)
        except Exception:
            log.exception("not_ready")
            return False

    front = Front(server.wsgi_app, web, files, fixed, is_ready, Boards(web, screens))
    _warm(server)
    return front


def _dash() -> Dash:
    assert PAGE_MODULES  # Importing the pages filled the registry.
    app = Dash(
        "dashboard",
        assets_folder=str(ASSETS),
        # Loaded by the index itself: the theme is set before anything is painted, all else starts after it. Modules
        # are loaded by the pages that need them (assets/needs.js).
        assets_ignore=r"^(theme|start|screen)\.js$|\.mjs$",
        pages_folder="",
        use_pages=False,  # Left unset, the empty folder switches Dash's own router on: a callback that is not ours.
        use_async=False,
        enable_mcp=False,
        update_title=None,  # type: ignore[arg-type]  # Documented as the way to leave titles alone.
        compress=False,
        suppress_callback_exceptions=True,
        add_log_handler=False,
        index_string=template(),
        title="",
    )
    app.layout = layout()
    return app


def _build() -> str:
    """Return a digest of the code, the words and the assets: pages opened by another build are told to reload."""
    digest = hashlib.sha256()
    folders = (Path(dashboard.__file__).parent, ASSETS)
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if path.suffix in {".py", ".po", ".js", ".mjs", ".css"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _own_index(app: Dash, web: Web, index: Index) -> None:
    """Answer every page address with the index in its language, an unknown one with status 404."""

    def view(**_parts: str) -> flask.Response:
        path = flask.request.path
        address = addresses.read(path)
        known = address is not None and (address.code is None or web.directory.find(address.code) is not None)
        language = addresses.language_of(path)
        if known and address is not None and is_big_screen(address, flask.request.args):
            flask.g.basis = web.basis(())
            return flask.make_response(screen_page(address, flask.request.args.get("theme")))
        first = _first(web, path)
        title, versions = (first.title, first.versions) if first else (words(language)("shell.product"), ())
        page = index.page(language, title, first.body if first else None)
        if known and (first is None or first.lasting):
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
