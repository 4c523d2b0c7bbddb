"""Files that the browser keeps: one release of plotly.js, addresses that last, packed forms equal to the plain."""

import ast
import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest
from plotly.offline import get_plotlyjs_version

from dashboard.web.index import ASSETS
from dashboard.web.static import SHORTEST_COMPRESSED, Shelf, choose, encodings
from tests.queries.walk import ROOT
from tests.web.test_answers import later
from tests.web.visitor import Site

BUNDLE = ASSETS / "vendor/plotly-basic.min.js"
TEXTS = [*ASSETS.rglob("*.js"), *ASSETS.rglob("*.css"), *ASSETS.rglob("*.svg")]
# Names of XML, which are never fetched.
NAMESPACES = (
    r"http://www\.w3\.org/(2000/svg|1999/xlink|1999/xhtml|1998/Math/MathML|2000/xmlns|XML/1998/namespace)"
)
COMMENTS = r"/\*[\s\S]*?\*/"


def trace_types() -> set[str]:
    """Return the trace types that our figures draw: each dict with a type beside x or y."""
    found = set()
    for path in (ROOT / "figures").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                keys = {one.value: value for one, value in zip(node.keys, node.values, strict=True)
                        if isinstance(one, ast.Constant)}  # fmt: skip
                kind = keys.get("type")
                if isinstance(kind, ast.Constant) and {"x", "y", "hoverinfo", "mode"} & set(keys):
                    found.add(kind.value)
    return found


def test_the_bundle_is_plotlys_release() -> None:
    first = BUNDLE.read_text("utf-8")[:300]
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}" in first


def test_the_bundle_draws_every_trace_type_of_our_figures() -> None:
    types, bundle = trace_types(), BUNDLE.read_text("utf-8")
    assert "scatter" in types
    registered = set(re.findall(r'moduleType:"trace",name:"(\w+)"', bundle))
    assert types <= registered, types - registered
    assert registered == {"scatter", "bar", "pie"}


def test_every_page_loads_the_bundle_once_and_no_other_plotly(site: Site) -> None:
    index = site.visitor().ask("/").text
    assert index.count("plotly-basic.min.js") == 1
    assert not re.search(r"plotly(-\d|\.min|-cartesian)", index)


def test_a_versioned_address_lasts_and_another_does_not(site: Site) -> None:
    index = site.visitor().ask("/")
    loaded = re.findall(r'<(?:script|link)\b[^>]*?(?:src|href)="(/[^"]+)"', index.text)
    named = [*(one.replace("&amp;", "&") for one in loaded), *later(index)]
    assert len(named) > 10
    for address in named:
        answer = site.visitor().ask(address)
        assert answer.status_code == 200, address
        lasts = answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        versioned = bool(re.search(r"\?m=|\.v\d", address))
        assert lasts == versioned, address
        plain = site.visitor().ask(address.split("?")[0])
        # The one stylesheet is made at the start and stands under its version alone.
        if "?" in address and "/page.css" not in address:
            assert (plain.status_code, plain.headers["Cache-Control"]) == (200, "no-cache")
            assert plain.data == answer.data


def test_the_one_stylesheet_holds_all_and_finds_what_it_refers_to(site: Site) -> None:
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', site.visitor().ask("/").text)
    style = site.visitor().ask(address).text
    for path in ASSETS.rglob("*.css"):
        assert path.read_text("utf-8") in style
    referred = [one for one in re.findall(r"url\(['\"]?([^)'\"]+)", style) if not one.startswith("data:")]
    assert referred
    for one in referred:
        assert site.visitor().ask(urljoin(address, one)).content_type == "image/svg+xml"


def test_an_old_version_does_not_last(site: Site) -> None:
    """A page of the build before asks by its old number: the file of now must not be kept under it."""
    answer = site.visitor().ask("/assets/theme.js?m=0000")
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_a_members_static_files_are_the_same(site: Site) -> None:
    for who in (None, "clerk"):
        answer = site.visitor(who).ask("/assets/theme.js")
        assert answer.headers["ETag"] == site.visitor().ask("/assets/theme.js").headers["ETag"]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip, deflate", "gzip"),
        ("", None),
        ("identity", None),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", None),
        ("deflate, zstd", None),
        ("GZIP", "gzip"),
    ],
)
def test_what_is_sent_unpacks_to_the_plain_bytes(site: Site, accepted: str, encoding: str | None) -> None:
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    for path in ("/assets/congress.js", "/assets/web/20-page.css", "/assets/vendor/plotly-basic.min.js"):
        answer = site.visitor().ask(path, headers={"Accept-Encoding": accepted})
        assert answer.headers.get("Content-Encoding") == encoding
        assert unpack[encoding](answer.data) == (ASSETS / path.removeprefix("/assets/")).read_bytes()
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_short_bodies_stay_plain() -> None:
    assert set(encodings(b"x" * (SHORTEST_COMPRESSED - 1), quality=5)) == {"identity"}
    assert set(encodings(b"x" * SHORTEST_COMPRESSED, quality=5)) == {"identity", "br", "gzip"}
    assert choose({"identity": b"x"}, "br, gzip") == ("identity", b"x")


def test_the_shelf_keeps_what_it_made(tmp_path: Path) -> None:
    plains = {"/a.js?m=1": b"let a = 1;" * 100, "/a.png": b"\0" * 1000}
    first = Shelf(tmp_path).prepare(plains)
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(kept) == 2
    assert set(first["/a.png"].bodies) == {"identity"}
    assert Shelf(tmp_path).prepare(plains) == first
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_asset_asks_another_host(path: Path) -> None:
    text = re.sub(NAMESPACES, "", path.read_text("utf-8"))
    if path.parent.name == "vendor":
        # Libraries name hosts in texts; what counts is that they fetch none when drawing what we draw.
        loaded = re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)\"']+", text)
        assert loaded == []
        return
    assert not re.search(r"https?://|[\"'(]//", re.sub(COMMENTS, "", text))
    assert "sourceMappingURL" not in text


def test_the_bundles_hosts_are_known() -> None:
    """Plotly.js names a cloud and outline maps; the graph's settings and the policy keep both unasked."""
    hosts = set(re.findall(r"https?://([\w.-]+)", re.sub(NAMESPACES, "", BUNDLE.read_text("utf-8"))))
    # cdn.plot.ly: outlines of maps, which no figure draws. plotly.com: the button that every graph switches off.
    known = {"plotly.com", "cloud.plotly.com", "cdn.plot.ly"}
    licences = {"getify.mit-license.org", "syntheti.cc", "github.com"}
    assert hosts <= known | licences, hosts


def test_files_of_the_same_content_are_made_side_by_side(tmp_path: Path) -> None:
    """Each address that has it makes it: none takes away what another is writing."""
    for attempt in range(10):
        content = f"{attempt} ".encode() * SHORTEST_COMPRESSED
        plains = {f"/{n}.js": content for n in range(16)}
        files = Shelf(tmp_path / str(attempt)).prepare(plains)
        assert {file.bodies["gzip"] for file in files.values()} == {gzip.compress(content, 9, mtime=0)}
        assert not list(tmp_path.rglob("*.half"))
