"""Answers kept for the public: never given to a member, never made by one, dropped when they no longer hold."""

from datetime import datetime, timedelta

import pytest
import time_machine
from werkzeug.test import TestResponse

from dashboard.i18n import SHANGHAI
from dashboard.store.loading.gathering import key_of
from dashboard.web.front import Front
from dashboard.web.security import CALLBACK
from tests.commands.people import COUNTY, TOWNSHIP, projects
from tests.web.visitor import Body, Site, plain

TOWN = f"/{TOWNSHIP}"
PRESENT = datetime(2026, 3, 4, 12, tzinfo=SHANGHAI)


def opening(site: Site, path: str = TOWN, search: str = "") -> Body:
    where = {"path": path, "search": search, "theme": "light", "narrow": False}
    return site.visitor().site_body("where.data", {"where.data": where})


def is_kept(answer: TestResponse) -> bool:
    """Tell whether an answer came from memory: only those carry an ETag."""
    return "ETag" in answer.headers


def ask(site: Site, body: Body, who: str | None = None, **headers: str) -> TestResponse:
    answer = site.visitor(who).send(body, **headers)
    assert answer.status_code == 200, answer.text
    return answer


def test_a_public_answer_is_kept_and_equal(site: Site) -> None:
    body = opening(site)
    first, second = ask(site, body), ask(site, body)
    assert (is_kept(first), is_kept(second)) == (False, True) or is_kept(first)
    assert first.data == second.data
    for encoding in ("br", "gzip"):
        packed = ask(site, body, **{"Accept-Encoding": encoding})
        assert packed.headers["Content-Encoding"] == encoding


def test_a_member_gets_no_answer_of_the_public(site: Site) -> None:
    body = opening(site)
    public = ask(site, body)
    assert is_kept(ask(site, body))
    for who in ("clerk", "township clerk", "deputy"):
        answer = ask(site, body, who)
        assert not is_kept(answer)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.data != public.data
    assert ask(site, body).data == public.data


@pytest.mark.parametrize("name", ["session", "session ", " session", "x; session", "a=b;session"])
def test_no_answer_to_a_member_is_kept(site: Site, name: str) -> None:
    """However the cookie is written: what is made for a member stays with the member."""
    body = opening(site, search=f"?cookie={name}")
    token = site.people["township clerk"].token
    before = len(site.web.answers)
    ask(site, body, Cookie=f"{name}={token}")
    assert len(site.web.answers) == before
    public = ask(site, body)
    assert public.data == ask(site, opening(site, search=f"?cookie={name}")).data
    assert "/desk" not in plain(public)


def test_a_member_is_never_answered_from_memory_when_signed_in_by_an_odd_cookie(site: Site) -> None:
    body = opening(site)
    ask(site, body)
    page = ask(site, body, Cookie=f"session={site.people['township clerk'].token}")
    assert f"{TOWN}/desk" in plain(page)


def test_a_cookie_that_means_nothing_leaves_nothing(site: Site) -> None:
    before = len(site.web.answers)
    body = opening(site, search="?nothing")
    ask(site, body, Cookie="session=nobody")
    assert len(site.web.answers) == before


def test_another_host_poisons_nothing(site: Site) -> None:
    path = f"{TOWN}/2025"
    poisoned = site.visitor().ask(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    answer = site.visitor().ask(path)
    assert answer.status_code == poisoned.status_code == 200
    assert "evil.example" not in answer.text + poisoned.text
    assert "evil.example" not in str(answer.headers)


def test_query_string_and_body_are_part_of_the_key(site: Site) -> None:
    behind, ahead = (str(projects(site.store, TOWNSHIP)[n].id) for n in (0, 1))
    one, other = (ask(site, opening(site, search=f"?project={which}")) for which in (behind, ahead))
    assert one.data != other.data
    # A callback's query string is no part of its answer, so it cannot make another one.
    body = opening(site, search=f"?project={behind}")
    strange = site.visitor().ask(f"{CALLBACK}?project={ahead}", "POST", json=body)
    assert strange.data == ask(site, body).data == one.data


def test_a_get_with_a_body_is_not_the_callback(site: Site) -> None:
    plain = site.visitor().ask(TOWN)
    odd = site.visitor().ask(TOWN, data=b'{"output": "x"}', content_type="application/json")
    assert odd.data == plain.data == site.visitor().ask(TOWN).data


def test_english_and_chinese_do_not_mix(site: Site) -> None:
    chinese, english = (site.visitor().ask(path).text for path in (TOWN, f"/en{TOWN}"))
    assert 'lang="zh-CN"' in chinese
    assert 'lang="en"' in english
    assert site.visitor().ask(TOWN, headers={"Accept-Language": "en"}).text == chinese


def test_refusals_and_errors_are_not_kept(site: Site) -> None:
    before = len(site.web.answers)
    for path in ("/junk", "/990199"):
        assert site.visitor().ask(path).status_code == 404
    visitor = site.visitor()
    page = {"path": TOWN, "theme": "light", "narrow": False, "build": "old", "actor": ""}
    assert visitor.press("overview-project.value", page, overview_project__value="x").status_code == 200
    assert len(site.web.answers) == before


def test_an_answer_ends_when_its_topic_is_raised(site: Site) -> None:
    body = opening(site, f"{TOWN}/2025")
    ask(site, body)
    assert is_kept(ask(site, body))
    site.raise_topics(key_of("congress", TOWNSHIP), "orders")
    assert not is_kept(ask(site, body))
    assert is_kept(ask(site, body))
    # What another congress does, or a topic that was not read, ends nothing.
    site.raise_topics(key_of("congress", COUNTY), "orders")
    site.raise_topics(key_of("congress", TOWNSHIP), "desk")
    assert is_kept(ask(site, body))


def test_an_answer_ends_with_the_day_in_china(site: Site) -> None:
    body = opening(site, f"{TOWN}/2025", "?day")
    last_second = PRESENT.replace(hour=23, minute=59, second=59)
    with time_machine.travel(last_second, tick=False):
        ask(site, body)
        assert is_kept(ask(site, body))
        assert is_kept(site.visitor().ask(TOWN)) or is_kept(site.visitor().ask(TOWN))
    with time_machine.travel(last_second + timedelta(seconds=1), tick=False):
        assert not is_kept(ask(site, body))
        assert not is_kept(site.visitor().ask(TOWN))
        assert is_kept(ask(site, body))
        assert is_kept(site.visitor().ask(TOWN))


def test_an_answer_ends_when_a_congress_comes_or_goes(site: Site) -> None:
    body = opening(site, f"{TOWN}/2025", "?directory")
    ask(site, body)
    assert is_kept(ask(site, body))
    site.web.directory.version += 1
    assert not is_kept(ask(site, body))


def test_a_repeated_question_needs_no_body(site: Site) -> None:
    site.visitor().ask(TOWN)
    kept = site.visitor().ask(TOWN)
    again = site.visitor().ask(TOWN, headers={"If-None-Match": kept.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    member = site.visitor("clerk").ask(TOWN, headers={"If-None-Match": kept.headers["ETag"]})
    assert member.status_code == 200


def test_the_front_is_what_is_served(site: Site) -> None:
    assert isinstance(site.front, Front)
