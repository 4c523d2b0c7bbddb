"""What a request must be before it runs: from here, small, of a known shape, not too often."""

import json
from typing import Any

import pytest
from pydantic import SecretStr

from dashboard.rules.refused import Refused
from dashboard.web.security import CALLBACK, LARGEST_BODY, Rate
from tests.commands.people import COUNTY
from tests.web.visitor import Body, Site, Unread, raw

OPENING = {"path": f"/{COUNTY}", "search": "", "theme": "light", "narrow": False}


def opening(site: Site, search: str = "") -> Body:
    return site.visitor().site_body("where.data", {"where.data": OPENING | {"search": search}})


def clerks_press(site: Site) -> Body:
    visitor = site.visitor("clerk")
    return visitor.body("publish-send.n_clicks", visitor.page(f"/{COUNTY}/2025/checking"))


@pytest.mark.parametrize("who", [None, "clerk"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({}, 200),
    ],
)
def test_other_sites_may_not_post(site: Site, who: str | None, headers: dict[str, str], status: int) -> None:
    answer = site.visitor(who).send(opening(site), **headers)
    assert answer.status_code == status
    if status == 403:
        assert answer.json["refused"] == "cross_site"  # type: ignore[index]


def test_other_sites_may_link_here(site: Site) -> None:
    assert site.visitor().ask("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


TAMPERED: dict[str, Any] = {
    "another output": lambda body: body | {"output": "view.children"},
    "no output": lambda body: {name: body[name] for name in body if name != "output"},
    "an output that is no text": lambda body: body | {"output": 7},
    "a clientside output": lambda body: body | {"output": "where.data"},
    "another output's name": lambda body: body | {"outputs": [{"id": "notice", "property": "children"}]},
    "an output more": lambda body: (
        body | {"outputs": [*listed(body["outputs"]), {"id": "notice", "property": "children"}]}
    ),
    "no outputs": lambda body: {name: body[name] for name in body if name != "outputs"},
    "another input": lambda body: body | {"inputs": [body["inputs"][0] | {"id": "sign-out"}]},
    "an input's other property": lambda body: body | {"inputs": [body["inputs"][0] | {"property": "data2"}]},
    "an input twice": lambda body: body | {"inputs": body["inputs"] * 2},
    "no input": lambda body: body | {"inputs": []},
    "inputs that are none": lambda body: body | {"inputs": "x"},
    "an input by pattern": lambda body: body | {"inputs": [body["inputs"][0] | {"id": {"type": "x"}}]},
    "a state more": lambda body: body | {"state": [*body["state"], {"id": "x", "property": "y", "value": 1}]},
    "no change named": lambda body: body | {"changedPropIds": "where.data"},
    "a list": lambda body: [body],
    "a number": lambda body: 7,
    "nothing": lambda body: None,
}


def listed(outputs: Any) -> list[Any]:
    return outputs if isinstance(outputs, list) else [outputs]


@pytest.mark.parametrize("how", TAMPERED)
@pytest.mark.parametrize("who", [None, "clerk"])
def test_a_tampered_body_is_malformed(site: Site, who: str | None, how: str) -> None:
    visitor = site.visitor(who)
    good = opening(site) if who is None else clerks_press(site)
    assert visitor.send(good).status_code == 200
    answer = visitor.send(TAMPERED[how](good))
    assert (answer.status_code, answer.json["refused"]) == (400, "malformed")  # type: ignore[index]


def test_the_page_state_cannot_be_left_out(site: Site) -> None:
    body = clerks_press(site)
    body["state"] = [one for one in body["state"] if one["id"] != "page"]
    assert site.visitor("clerk").send(body).status_code == 400


@pytest.mark.parametrize("who", [None, "clerk"])
@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 5000, b'{"output": NaN}', b"x" * 9000])
def test_what_is_no_json_is_malformed(site: Site, who: str | None, body: bytes) -> None:
    answer = site.visitor(who).ask(CALLBACK, "POST", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["refused"]) == (400, "malformed")  # type: ignore[index]


@pytest.mark.parametrize("who", [None, "clerk"])
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
def test_another_content_type_is_refused(site: Site, who: str | None, kind: str) -> None:
    """A form of another site may send these without asking; it may not send JSON."""
    body = json.dumps(opening(site))
    answer = site.visitor(who).ask(CALLBACK, "POST", data=body, content_type=kind)
    assert (answer.status_code, answer.json["refused"]) == (415, "wrong_type")  # type: ignore[index]


@pytest.mark.parametrize("cookie", ["", "session=token-of-clerk"])
@pytest.mark.parametrize("path", [CALLBACK, "/", "/_dash-layout"])
def test_a_huge_body_is_refused_unread(site: Site, path: str, cookie: str) -> None:
    status, headers, body = raw(
        site.front,
        PATH_INFO=path,
        REQUEST_METHOD="POST",
        CONTENT_LENGTH=str(100 * 2**20),
        CONTENT_TYPE="application/json",
        HTTP_COOKIE=cookie,
        **{"wsgi.input": Unread()},
    )
    assert status.startswith("413")
    assert json.loads(body)["refused"] == "too_large"
    assert "Content-Security-Policy" in headers
    # What was not read cannot be skipped: the connection ends.
    assert headers["Connection"] == "close"


def test_the_largest_body_is_still_read(site: Site) -> None:
    for length, status in ((LARGEST_BODY, 400), (LARGEST_BODY + 1, 413)):
        answer = site.visitor().ask(CALLBACK, "POST", data=b" " * length, content_type="application/json")
        assert answer.status_code == status


@pytest.mark.parametrize("length", ["", "-1", "1e3", "\xb2"])
def test_a_body_of_no_stated_length_is_refused_unread(site: Site, length: str) -> None:
    status, _headers, body = raw(
        site.front,
        PATH_INFO=CALLBACK,
        REQUEST_METHOD="POST",
        CONTENT_LENGTH=length,
        CONTENT_TYPE="application/json",
        HTTP_TRANSFER_ENCODING="chunked",
        **{"wsgi.input": Unread(), "wsgi.input_terminated": True},
    )
    assert status.startswith("411")
    assert json.loads(body)["refused"] == "length_needed"


def test_only_what_is_known_takes_a_post(site: Site) -> None:
    rules = [rule for rule in site.server.url_map.iter_rules() if "POST" in (rule.methods or ())]
    vote = "/vote/<code>/<round_id>"
    assert {rule.rule for rule in rules} == {
        CALLBACK, vote, f"{vote}/change", "/receipt", "/screen", "/hall/leave",
        "/recount/count", "/scan/<code>/<item>", "/attach/<code>/<project>/<month>", "/detach/<code>/<item>",
        "/attach/<code>/inspection/<item>", "/detach/<code>/inspection/<item>", "/candidate/<code>/<item>",
        "/sheet/<code>/<year>/<month>",
    }  # fmt: skip
    for path in ("/", f"/{COUNTY}", "/_dash-layout", "/_dash-dependencies", "/health", "/assets/theme.js"):
        for who in (None, "clerk"):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                answer = site.visitor(who).ask(path, method, data=b"{}", content_type="application/json")
                assert answer.status_code == 405, (path, method)


def test_a_callback_is_not_asked_by_get(site: Site) -> None:
    for who in (None, "clerk"):
        assert site.visitor(who).ask(CALLBACK).status_code in {404, 405, 415}


def spend_rest(rate: Rate, sender: str) -> None:
    """Take from a sender's bucket until it refuses, as many requests would within an instant."""
    try:
        while True:
            rate.take(sender)
    except Refused:
        return


def test_a_flood_is_told_to_wait(site: Site) -> None:
    """One sender's flood is refused; another sender goes on."""
    flood, answers = site.visitor(address="203.0.113.5"), []
    for number in range(5):
        # Emptied anew each time: it fills by 200 a second.
        spend_rest(site.web.rates.senders, flood.address)
        answers.append(flood.send(opening(site, f"?flood={number}")))
    told = [answer for answer in answers if answer.status_code == 429]
    assert told
    assert told[0].json["refused"] == "too_many"  # type: ignore[index]
    assert site.visitor(address="203.0.113.6").send(opening(site)).status_code == 200


def test_an_invented_cookie_opens_no_new_bucket(site: Site) -> None:
    flood = site.visitor(address="203.0.113.7")
    statuses = set()
    for number in range(5):
        spend_rest(site.web.rates.senders, flood.address)
        flood.token = f"invented-{number}"
        statuses.add(flood.send({}).status_code)
    assert 429 in statuses


def test_one_member_cannot_flood_from_many_addresses(site: Site) -> None:
    clerk = site.visitor("clerk")
    statuses = set()
    for number in range(5):
        spend_rest(site.web.rates.members, clerk.token or "")
        clerk.address = f"203.0.113.{100 + number}"
        statuses.add(clerk.send({}).status_code)
    assert 429 in statuses


def test_a_member_has_a_smaller_bucket() -> None:
    rate = Rate(per_second=0.5, burst=3)
    for _ in range(3):
        rate.take("one")
    with pytest.raises(Refused) as refused:
        rate.take("one")
    assert (refused.value.code, refused.value.facts) == ("too_many", {"seconds": 2})
    rate.take("another")


def test_the_buckets_are_bounded() -> None:
    rate = Rate(per_second=1, burst=1, limit=100)
    for number in range(1000):
        rate.take(str(number))
    assert len(rate._left) == 100


@pytest.mark.parametrize(
    ("proxies", "chain", "expected"),
    [
        (0, "198.51.100.1", "192.0.2.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (1, "", "192.0.2.1"),
        (2, "198.51.100.1", "192.0.2.1"),
        (1, "6.6.6.6, ", "192.0.2.1"),
    ],
)
def test_the_senders_address_is_what_trusted_proxies_saw(
    site: Site, proxies: int, chain: str, expected: str
) -> None:
    """What stands further left in X-Forwarded-For, the sender wrote."""
    assert site.seen_address(chain, proxies) == expected


def test_production_keeps_its_cookie_to_tls(behind_proxy: Site) -> None:
    assert behind_proxy.web.settings.secret == SecretStr("s" * 40)
    assert "Strict-Transport-Security" in behind_proxy.visitor().ask("/").headers
