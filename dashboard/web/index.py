"""The index: one stylesheet, the first paint, and scripts that come after it.

Dash would load every stylesheet by itself and run its scripts before anything is painted. Here the styles are one
file, the scripts are only named, and assets/start.js runs them in their order once the page has been seen.
"""

import hashlib
import re
from dataclasses import dataclass
from html import escape, unescape

import orjson
from dash import Dash

from dashboard.config import ROOT

ASSETS = ROOT / "assets"
# Scripts that Dash names on every page and that no page of ours needs: browsers from Chromium 90 and Safari 15 on
# have what the polyfill adds (but regenerator-runtime, which stands in assets/vendor); tables are plain everywhere.
NEEDLESS = ("/polyfill@7", "/dash_table/bundle")
# Chunks that the pages load when they run; named here so that they too are compressed beforehand.
CHUNKS = ("dash/dcc/async-graph.js",)
TEMPLATE = """<!DOCTYPE html>
<html lang="zh-CN">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="{icon}">
    <script src="{theme}"></script>
    {%css%}
  </head>
  <body>
    {%app_entry%}
    {%config%}
    {%scripts%}
    {%renderer%}
  </body>
</html>"""
_ENTRY = '<div id="react-entry-point">'
_STYLES = re.compile(r'\s*<link rel="stylesheet" href="([^"]+)">')
_SCRIPTS = re.compile(r'\s*<script src="([^"]+)"></script>')
_RENDERER = re.compile(r'\s*<script id="_dash-renderer".*?</script>', re.DOTALL)


def versioned(name: str) -> str:
    """Return the address of a file of ours that changes with what is in it."""
    return f"/assets/{name}?m={_digest((ASSETS / name).read_bytes())}"


def template() -> str:
    """Return what Dash fills its parts into."""
    return TEMPLATE.replace("{theme}", versioned("theme.js")).replace("{icon}", versioned("favicon.svg"))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Index:
    """The index of every page, and each file that a page loads by its address."""

    text: str
    files: dict[str, bytes]

    def page(self, language: str, title: str, first: str | None) -> str:
        """Return the index of one page in its language, with its first paint where it has one."""
        text = self.text.replace('lang="zh-CN"', f'lang="{language}"', 1)
        text = text.replace("<title></title>", f"<title>{escape(title)}</title>")
        return text if first is None else text.replace(_ENTRY, f'<div id="first">{first}</div>\n{_ENTRY}')


def read_index(app: Dash, more: tuple[str, ...]) -> Index:
    """Set Dash up before the first request and return its index: racing first requests would find it half set up.

    `more` are addresses to be kept beside those that the index names.
    """
    with app.server.test_request_context("/"):
        app._setup_server()
        text = str(app.index())
    for needless in NEEDLESS:
        text = re.sub(rf'<script src="[^"]*{needless}[^"]*"></script>\n?', "", text)
    files = _files(app, text, more)
    head, entry, body = text.partition(_ENTRY)
    styles = b"\n".join(files[unescape(one)] for one in _STYLES.findall(head))
    # Beside the files that it was made of, so that what they refer to by a relative address is found.
    style = f"/assets/web/page.css?m={_digest(styles)}"
    scripts = [unescape(one) for one in _SCRIPTS.findall(body)]
    head = _STYLES.sub("", head).replace("</head>", f'  <link rel="stylesheet" href="{style}">\n  </head>')
    start = (
        f'\n    <script id="later" type="application/json">{orjson.dumps(scripts).decode()}</script>'
        f'\n    <script src="{versioned("start.js")}"></script>'
    )
    body = _RENDERER.sub("", _SCRIPTS.sub("", body)).replace("\n  </body>", f"{start}\n  </body>")
    return Index(head + entry + body, {**files, style: styles})


def _files(app: Dash, index: str, more: tuple[str, ...]) -> dict[str, bytes]:
    """Return every file that a page loads, by its address, as the index names it and as chunks are asked for."""
    named = re.findall(r'(?:src|href)="(/(?:assets|_dash-component-suites|_favicon)[^"]*)"', index)
    named += [
        f"/assets/{path.relative_to(ASSETS).as_posix()}" for path in ASSETS.rglob("*") if path.is_file()
    ]
    named.append(versioned("start.js"))
    plain = [f"/_dash-component-suites/{chunk}" for chunk in CHUNKS]
    # The loader of chunks writes the fingerprint of its own script into their names.
    marks = re.findall(r"/dash_core_components\.(v[^.]*)\.js", index)
    plain += [one.replace(".js", f".{mark}.js") for one in plain for mark in marks]
    found: dict[str, bytes] = {}
    with app.server.test_client() as client:
        for address in dict.fromkeys(unescape(one) for one in (*named, *plain, *more)):
            response = client.get(address)
            if response.status_code == 200:
                found[address] = response.get_data()
            response.close()
    return found
