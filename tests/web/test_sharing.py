"""Answers that are the same for all of a role: made once for them, and for nobody else."""

from dataclasses import replace

import pytest

from dashboard.store.loading.gathering import key_of
from dashboard.store.passwords import token_digest
from dashboard.store.tables.accounts import Account
from tests.commands.people import COUNTY, TOWNSHIP, projects
from tests.web.test_isolation import is_kept
from tests.web.visitor import Body, Site, is_told

CHOSEN = "overview-project.value"
PEOPLE = ("deputy", "another deputy")


def chart(site: Site, who: str, **page: object) -> Body:
    """Return the body with which a person's page asks for a project's curve; fields of its state may differ."""
    visitor, project = site.visitor(who), str(projects(site.store)[0].id)
    state = visitor.page(f"/{COUNTY}") | page
    return visitor.body(CHOSEN, state, overview_project__value=project, look__data="light")


def fresh(site: Site) -> None:
    """Let no kept answer of the county hold."""
    site.raise_topics(key_of("congress", COUNTY), "progress")


def test_what_one_deputy_was_shown_is_kept_for_the_other(site: Site) -> None:
    fresh(site)
    first, second = (site.visitor(who).send(chart(site, who)) for who in PEOPLE)
    assert (is_kept(first), is_kept(second)) == (False, True)
    assert first.json == second.json
    assert second.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("other", ["leader", "clerk", "department", "township clerk", None])
def test_another_role_is_answered_for_itself(site: Site, other: str | None) -> None:
    fresh(site)
    site.visitor("deputy").send(chart(site, "deputy"))
    body = chart(site, "deputy") if other is None else chart(site, other)
    assert not is_kept(site.visitor(other).send(body))


@pytest.mark.parametrize("actor", ["", "\\u00ff", '"actor":""', "00000000-0000-0000-0000-000000000000"])
def test_a_page_that_another_opened_is_told_even_where_the_answer_is_kept(site: Site, actor: str) -> None:
    for who in PEOPLE:
        site.visitor(who).send(chart(site, who))
    assert is_kept(site.visitor("deputy").send(chart(site, "deputy")))
    assert is_told(site.visitor("deputy").send(chart(site, "deputy", actor=actor)), "signed_out")
    assert is_told(site.visitor("deputy").send(chart(site, "another deputy")), "signed_out")
    assert is_told(site.visitor("deputy").send(chart(site, "deputy", build="old")), "reload")


def test_a_name_in_another_place_opens_nothing(site: Site) -> None:
    """A body that carries its sender's name elsewhere is answered by the gate, not from memory."""
    site.visitor("deputy").send(chart(site, "deputy"))
    body = chart(site, "another deputy")
    body["changedPropIds"] = [site.visitor("deputy").page(f"/{COUNTY}")["actor"]]
    answer = site.visitor("deputy").send(body)
    assert not is_kept(answer)
    assert is_told(answer, "signed_out")


def test_a_change_ends_what_is_kept(site: Site) -> None:
    site.visitor("deputy").send(chart(site, "deputy"))
    assert is_kept(site.visitor("deputy").send(chart(site, "deputy")))
    fresh(site)
    assert not is_kept(site.visitor("deputy").send(chart(site, "deputy")))
    site.raise_topics(key_of("congress", TOWNSHIP), "progress")
    assert is_kept(site.visitor("deputy").send(chart(site, "deputy")))


def test_an_ended_session_is_told_and_not_answered(site: Site) -> None:
    who = "another deputy"
    body = chart(site, who)
    site.visitor(who).send(body)
    assert is_kept(site.visitor(who).send(body))
    visitor = replace(site.visitor(who), token="no-such-token")
    assert is_told(visitor.send(body), "signed_out")


def test_who_must_change_the_password_first_gets_nothing_kept(site: Site) -> None:
    who = "another deputy"
    site.visitor(who).send(chart(site, who))
    body, member = chart(site, who), site.people[who]

    def must(change: bool) -> None:
        with site.store.system().writing() as session:
            session.get_one(Account, member.actor.account_id).must_change = change
        site.web.sessions.forget([token_digest(member.token)])

    must(True)
    try:
        assert is_told(site.visitor(who).send(body), "change_password_first")
    finally:
        must(False)
    assert is_kept(site.visitor(who).send(body))


def test_a_flood_from_memory_is_told_to_wait(site: Site) -> None:
    visitor = replace(site.visitor("deputy"), address="203.0.113.60")
    body = chart(site, "deputy")
    statuses = [visitor.send(body).status_code for _ in range(3)]
    assert statuses == [200, 200, 200]
    rate = site.web.rates.members
    rate._left[visitor.token or ""] = (0.0, float("inf"))
    answer = visitor.send(body)
    rate._left.pop(visitor.token or "")
    assert answer.status_code == 429
