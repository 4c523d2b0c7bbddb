"""What every answer carries, whoever makes it; what exists and what does not; errors that tell nothing."""

import json
import re
import sqlite3

import pytest
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from dashboard.store.loading.gathering import key_of
from dashboard.web.security import CALLBACK
from tests.commands.people import COUNTY, PASSWORD, TOWNSHIP, add_account, appoint
from tests.web.visitor import Site, is_told, plain

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
JSON = "application/json"
# Every kind of answer: method, path, headers, status.
KINDS = [
    ("GET", "/", {}, 200),
    ("HEAD", "/", {}, 200),
    ("GET", "/en/990121/2025", {}, 200),
    ("GET", "/nothing/here", {}, 404),
    ("GET", "/nothing/here", {"Accept": "text/html"}, 404),
    ("GET", "/health", {}, 200),
    ("GET", "/ready", {}, 200),
    ("GET", "/live/990121/progress", {}, 200),
    ("GET", "/live/990121/desk", {}, 404),
    ("GET", "/assets/theme.js", {}, 200),
    ("GET", "/assets/nothing.js", {}, 404),
    ("GET", "/_dash-layout", {}, 200),
    ("GET", "/_dash-component-suites/nothing/at.js", {}, 404),
    ("DELETE", "/", {}, 405),
    ("OPTIONS", "/", {}, 200),
    ("POST", CALLBACK, {}, 400),
    ("POST", CALLBACK, {"Sec-Fetch-Site": "cross-site"}, 403),
    ("POST", CALLBACK, {"Content-Type": "text/plain"}, 415),
]


@pytest.mark.parametrize("who", [None, "clerk"])
@pytest.mark.parametrize(("method", "path", "headers", "status"), KINDS)
def test_every_answer_carries_the_headers(
    site: Site, who: str | None, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    data = b"{" if method == "POST" else None
    given = ({"Content-Type": JSON} if data else {}) | headers
    answer = site.visitor(who).ask(path, method, headers=given, data=data)
    # A member may poll what waits at the desk.
    expected = 200 if who and path.endswith("/desk") else status
    assert answer.status_code == expected, answer.text
    check_headers(answer)
    assert "Server" not in answer.headers
    if status != 200 or who:
        assert "immutable" not in answer.headers.get("Cache-Control", "")


def check_headers(answer: TestResponse) -> None:
    for name, value in FIXED.items():
        assert answer.headers.getlist(name) == [value], name
    (policy,) = answer.headers.getlist("Content-Security-Policy")
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    assert rules["script-src"][0] == "'self'"
    assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", one) for one in rules["script-src"][1:])
    assert not re.search(r"https?:|\*|unsafe-eval", policy)
    assert policy.count("unsafe-inline") == rules["style-src"].count("'unsafe-inline'") == 1


def test_a_kept_answer_and_an_unchanged_one_carry_them_too(site: Site) -> None:
    for path in ("/", "/assets/theme.js", "/live/990121/progress"):
        site.visitor().ask(path)
        kept = site.visitor().ask(path)
        check_headers(kept)
        unchanged = site.visitor().ask(path, headers={"If-None-Match": kept.headers["ETag"]})
        assert (unchanged.status_code, unchanged.data) == (304, b"")
        check_headers(unchanged)


def test_no_script_stands_in_the_index_and_all_it_loads_is_ours(site: Site) -> None:
    answer = site.visitor().ask("/")
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", answer.text, re.DOTALL)
    assert [text for attributes, text in scripts if text.strip() and JSON not in attributes] == []
    assert not re.search(r"\son\w+=|javascript:", answer.text)
    loaded = re.findall(r'<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]*)"', answer.text) + later(answer)
    assert len(loaded) > 10
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)


def later(answer: TestResponse) -> list[str]:
    """Return the scripts that the index names and assets/start.js runs."""
    (named,) = re.findall(r'<script id="later"[^>]*>(.*?)</script>', answer.text)
    scripts: list[str] = json.loads(named)
    return scripts


@pytest.mark.parametrize(
    "path", ["/junk", "/990199", "/990121/2025/junk", "/990121/1825", "/en/junk", "/a" * 300]
)
def test_an_unknown_address_is_404_with_the_index(site: Site, path: str) -> None:
    """The page itself then says so in the reader's language."""
    answer = site.visitor().ask(path)
    assert (answer.status_code, answer.content_type) == (404, "text/html; charset=utf-8")
    assert any("/dash_renderer." in script for script in later(answer))
    if len(path) <= 200:
        assert site.visitor().open(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/%ff", "/%00", "/..%2f..%2fetc/passwd", "/assets/../config.py", "/%e6%b0%91", "//x"]
)
def test_odd_addresses_are_no_error(site: Site, path: str) -> None:
    for who in (None, "clerk"):
        assert site.visitor(who).ask(path).status_code in {200, 308, 404}


@pytest.mark.parametrize(
    "topics",
    [
        "desk",
        "progress+desk",
        "acts",
        "",
        "progress+",
        "+".join(["progress"] * 9),
        "progress/more",
        "Progress",
    ],
)
def test_a_topic_that_is_not_public_is_not_there(site: Site, topics: str) -> None:
    for who in (None, "township clerk"):
        assert site.visitor(who).ask(f"/live/{COUNTY}/{topics}").status_code == 404, who


def test_an_unknown_congress_has_no_topics(site: Site) -> None:
    for code in ("990199", "x", ""):
        for who in (None, "clerk"):
            assert site.visitor(who).ask(f"/live/{code}/progress").status_code == 404


def test_a_poll_changes_with_its_topic_alone(site: Site) -> None:
    def etag(topics: str, who: str | None = None) -> str:
        return site.visitor(who).ask(f"/live/{TOWNSHIP}/{topics}").headers["ETag"]

    before = etag("progress+voting")
    assert (
        site.visitor().ask(f"/live/{TOWNSHIP}/progress+voting", headers={"If-None-Match": before}).status_code
        == 304
    )
    site.raise_topics(key_of("congress", TOWNSHIP), "orders")
    site.raise_topics(key_of("congress", COUNTY), "voting")
    assert etag("progress+voting") == before
    site.raise_topics(key_of("congress", TOWNSHIP), "voting")
    assert etag("progress+voting") != before


def test_a_member_follows_the_desk(site: Site) -> None:
    path = f"/live/{COUNTY}/desk+progress"
    answer = site.visitor("clerk").ask(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-cache")
    site.raise_topics(key_of("congress", COUNTY), "desk")
    assert site.visitor("clerk").ask(path).headers["ETag"] != answer.headers["ETag"]


def test_health_and_readiness(site: Site) -> None:
    for path in ("/health", "/ready"):
        answer = site.visitor().ask(path)
        assert (answer.status_code, answer.text, answer.headers["Cache-Control"]) == (200, "ok\n", "no-store")
    database = str(site.store.writer.url.database)
    with renamed(database, "alembic_version"), capture_logs():
        answer = site.visitor().ask("/ready")
        assert (answer.status_code, answer.json["refused"]) == (503, "not_ready")  # type: ignore[index]
        assert site.visitor().ask("/health").status_code == 200
    assert site.visitor().ask("/ready").status_code == 200


class renamed:  # noqa: N801 - reads as what it does
    """A table that is away for a moment."""

    def __init__(self, database: str, table: str) -> None:
        self.database, self.table = database, table

    def _rename(self, old: str, new: str) -> None:
        connection = sqlite3.connect(self.database)
        connection.execute(f"ALTER TABLE {old} RENAME TO {new}")
        connection.commit()
        connection.close()

    def __enter__(self) -> None:
        self._rename(self.table, "away")

    def __exit__(self, *_error: object) -> None:
        self._rename("away", self.table)


@pytest.mark.parametrize(("path", "word"), [("/990121102", "编号"), ("/en/990121102", "number")])
def test_a_bug_is_told_by_a_number_alone(site: Site, path: str, word: str) -> None:
    visitor = site.visitor("clerk")
    with renamed(str(site.store.writer.url.database), "cycles"), capture_logs() as logs:
        answer = visitor.open(path, "?secret=in-the-query")
    assert (answer.status_code, answer.json["refused"]) == (500, "server_error")  # type: ignore[index]
    (bug,) = [line for line in logs if line["event"] == "bug"]
    assert bug["request"] in answer.text
    assert word in answer.json["message"]  # type: ignore[index]
    assert not re.search(r"Traceback|sqlite|cycles|Error|\.py|SELECT", answer.text)
    check_headers(answer)
    shown = repr([{name: value for name, value in line.items() if name != "exc_info"} for line in logs])
    for secret in (visitor.token or "", "in-the-query", "192.0.2.1"):
        assert secret not in shown
    assert visitor.open(path).status_code == 200


def sign_in(site: Site, name: str, password: str, **more: str) -> TestResponse:
    visitor = site.visitor()
    page = visitor.page("/sign-in")
    body = visitor.body(
        "sign-in-send.n_clicks", page, sign_in_name__value=name, sign_in_password__value=password, **more
    )
    return visitor.send(body)


def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_do_not_get(
    site: Site, behind_proxy: Site
) -> None:
    for one, secure in ((site, False), (behind_proxy, True)):
        appoint(one.store, add_account(one.store, "anna"), role=site.people["clerk"].actor.role)
        answer = sign_in(one, "anna", PASSWORD)
        (cookie,) = answer.headers.getlist("Set-Cookie")
        value, *attributes = cookie.split("; ")
        assert re.fullmatch(r"session=[\w-]{43}", value)
        assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"} <= set(attributes)
        assert ("Secure" in attributes) == secure
        assert not any(attribute.startswith("Domain") for attribute in attributes)
        assert answer.headers["Cache-Control"] == "no-store"
        assert f"/{COUNTY}" in plain(answer)


def test_signing_out_takes_the_cookie_and_ends_the_session(site: Site) -> None:
    add_account(site.store, "bert")
    appoint(site.store, site.account("bert"), role=site.people["clerk"].actor.role)
    token = sign_in(site, "bert", PASSWORD).headers["Set-Cookie"].split(";")[0].removeprefix("session=")
    visitor = site.visitor()
    visitor.token = token
    page = visitor.page("/account")
    assert page["actor"]
    answer = visitor.press("sign-out.n_clicks", page)
    assert "session=;" in answer.headers["Set-Cookie"]
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert is_told(visitor.press("sign-out.n_clicks", page), "signed_out")
    assert visitor.page("/account")["actor"] == ""


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil", "/x"]
)
def test_signing_in_goes_on_to_pages_of_ours_alone(site: Site, onward: str) -> None:
    answer = sign_in(site, "anna", PASSWORD, sign_in_next__data=onward)
    assert answer.json["response"]["sign-in-done"]["href"] == f"/{COUNTY}"  # type: ignore[index]
    shown = plain(site.visitor().open("/sign-in", f"?next={onward}"))
    assert '"sign-in-next", "data": ""' in shown or '"data": "", "id": "sign-in-next"' in shown
    assert not re.search(r'"href": "(?!/[a-z0-9]|/"|#)', shown)


def test_signing_in_goes_on_to_the_page_that_asked_for_it(site: Site) -> None:
    onward = f"/en/{COUNTY}/2025/desk?project=1"
    answer = sign_in(site, "anna", PASSWORD, sign_in_next__data=onward)
    assert answer.json["response"]["sign-in-done"]["href"] == onward  # type: ignore[index]
