"""Files to take away: `/download/<code>/<year>/<name>.<csv|json>` of a congress, and `/download/archive/…`.

They hold published rows only, for members as for the public, so one file is right for everyone.
"""

from collections.abc import Callable
from dataclasses import replace

import flask

from dashboard.gate import Call
from dashboard.i18n import DEFAULT, words
from dashboard.queries.data import archive_rows, archive_set, data_rows, data_set
from dashboard.queries.open_projects import open_projects
from dashboard.queries.vote_events import voted_rounds
from dashboard.queries.voting import TOPICS
from dashboard.reports.open_projects import package_of, project_of
from dashboard.reports.tables import TYPES, WRITERS
from dashboard.reports.vote_events import popolo_of
from dashboard.rules.data_frames import About, Rows
from dashboard.rules.refused import Refused
from dashboard.store.versions import Stamps
from dashboard.web.addresses import read
from dashboard.web.context import Web, make_call, today
from dashboard.web.parts.data_words import about_archive, about_set
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of

PROJECT_TOPICS = ("progress", "cycle", "people")
# A larger file is made anew for each who asks: the memory of the front is for pages.
LARGEST_KEPT = 256 * 1024


def offer_downloads(server: flask.Flask, web: Web) -> None:
    """Let an application answer the addresses of its files."""

    def of_congress(code: str, year: str, name: str, kind: str) -> flask.Response:
        call = _of(web, code, year, kind)
        with call.snapshot():
            known = data_set(call, int(year), name)
            congress = call.congress_id
            stamp = web.ground.versions.stamp(congress, known.topics)
            stamps = tuple(
                (congress, topic, version) for topic, version in zip(known.topics, stamp, strict=True)
            )
            mark = ".".join(map(str, stamp))
            return _answer(
                web,
                call,
                f"{code}-{year}-{name}.{kind}",
                (mark, stamps),
                lambda: data_rows(call, int(year), name),
                about_set(words(DEFAULT), call, int(year), name),
            )

    def of_archive(name: str, kind: str) -> flask.Response:
        _take(web, kind)
        call = make_call(web, "/archive", writes=False, common=True)
        with call.snapshot():
            _, version = archive_set(call, name)
            about = about_archive(words(DEFAULT), name, version)
            return _answer(
                web, call, f"archive-{name}.{kind}", (version, ()), lambda: archive_rows(call, name), about
            )

    _offer_vote_events(server, web)
    _offer_open_projects(server, web)
    server.add_url_rule("/download/<code>/<year>/<name>.<kind>", "download", of_congress)
    server.add_url_rule("/download/archive/<name>.<kind>", "download_archive", of_archive)


def _offer_vote_events(server: flask.Flask, web: Web) -> None:
    """Let an application answer the announced rounds of a cycle as Popolo's vote events."""

    def of_rounds(code: str, year: str) -> flask.Response:
        call = _of(web, code, year, "json")
        with call.snapshot():
            stamp = web.ground.versions.stamp(call.congress_id, TOPICS)
            mark = ".".join(map(str, stamp))
            stamps = tuple((call.congress_id, *one) for one in zip(TOPICS, stamp, strict=True))
            return _answered(
                web,
                call,
                f"{code}-{year}-vote-events.json",
                (mark, stamps),
                lambda: popolo_of(voted_rounds(call, int(year))),
            )

    server.add_url_rule("/download/<code>/<year>/vote-events.json", "vote_events", of_rounds)


def _offer_open_projects(server: flask.Flask, web: Web) -> None:
    """Let an application answer the projects of a cycle, and each of them, as OC4IDS."""

    def of_projects(code: str, year: str, number: int | None = None) -> flask.Response:
        call = _of(web, code, year, "json")
        with call.snapshot():
            stamp = web.ground.versions.stamp(call.congress_id, PROJECT_TOPICS)
            stamps = tuple((call.congress_id, *one) for one in zip(PROJECT_TOPICS, stamp, strict=True))
            name = "oc4ids" if number is None else f"oc4ids-{number}"
            mark = ".".join(map(str, stamp))
            return _answered(
                web,
                call,
                f"{code}-{year}-{name}.json",
                (mark, stamps),
                lambda: _open_projects(call, int(year), number),
            )

    server.add_url_rule("/download/<code>/<year>/oc4ids.json", "oc4ids", of_projects)
    server.add_url_rule("/download/<code>/<year>/oc4ids/<int:number>.json", "oc4ids_project", of_projects)


def _open_projects(call: Call, year: int, number: int | None) -> bytes:
    found = open_projects(call, year)
    body = package_of(found) if number is None else project_of(found, number)
    # The standard knows no package without projects.
    if body is None or not found.projects:
        raise Refused("not_found")
    return body


def _of(web: Web, code: str, year: str, kind: str) -> Call:
    """Return the call of a congress's file, or refuse an address that names none."""
    _take(web, kind)
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise Refused("not_found")
    address = read(f"/{code}")
    # A page's name or a language is no congress, though it leads to one.
    if address is None or address.code != code:
        raise Refused("not_found")
    return make_call(web, address.path(), writes=False)


def _take(web: Web, kind: str) -> None:
    environ = flask.request.environ
    web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
    if kind not in WRITERS:
        raise Refused("not_found")


def _answer(
    web: Web,
    call: Call,
    filename: str,
    version: tuple[str, Stamps],
    rows: Callable[[], Rows],
    about: About,
) -> flask.Response:
    """Return rows as a file, or that the one that the browser has still holds: then no row is read."""
    kind = filename.rpartition(".")[2]

    def written() -> bytes:
        found = rows()
        if found.whole:
            return WRITERS[kind](found, about)
        cut = words(DEFAULT)("data.cut", n=len(found.rows))
        return WRITERS[kind](found, replace(about, notes=(*about.notes, cut)))

    return _answered(web, call, filename, version, written)


def _answered(
    web: Web, call: Call, filename: str, version: tuple[str, Stamps], written: Callable[[], bytes]
) -> flask.Response:
    mark, stamps = version
    etag = f'"{web.build[:8]}.{today()}.{"".join(one for one in mark if one.isalnum() or one == ".")}"'
    if flask.request.headers.get("If-None-Match") == etag:
        response = flask.make_response("", 304)
    else:
        body = written()
        response = flask.make_response(body)
        response.headers["Content-Type"] = TYPES[filename.rpartition(".")[2]]
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
        # A query asks nothing of a file: kept under each, one file could fill the whole memory.
        plain = not flask.request.query_string
        if plain and call.actor.account_id is None and len(body) <= LARGEST_KEPT:
            flask.g.basis = web.basis(stamps)
    response.headers["ETag"] = etag
    if call.actor.account_id is None:
        response.headers["Cache-Control"] = "no-cache"
    return response
