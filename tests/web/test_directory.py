"""The directory: a congress is known by its code for half a minute; whatever changes ends what was made from it."""

import argparse
from datetime import date

import pytest
from sqlalchemy import update

from dashboard.store.tables.congress import Congress
from dashboard.web import context, founding
from dashboard.web.context import Directory
from tests.commands.people import COUNTY, TOWNSHIP
from tests.statements import heard
from tests.web.conftest import Makes
from tests.web.test_isolation import ask, is_kept, opening
from tests.web.visitor import Site, plain

NEW = "990121998"


@pytest.fixture
def own(make_site: Makes) -> Site:
    """An application of the test's own: its congresses change."""
    return make_site()


def later(directory: Directory) -> None:
    """Let half a minute pass for the directory."""
    past = context.DIRECTORY_SECONDS + 1
    directory._looked_at -= past
    directory._known = {key: (read_at - past, known) for key, (read_at, known) in directory._known.items()}


def rename(site: Site, code: str, name: str) -> None:
    with site.store.system().writing() as session:
        session.execute(update(Congress).where(Congress.code == code).values(name_zh=name))


def found(site: Site) -> None:
    given = argparse.Namespace(
        code=NEW, zh="新立镇人民代表大会", en="New Town", level="township", parent=COUNTY,
        term=1, since=date(2025, 1, 1),
    )  # fmt: skip
    assert founding._add(site.web.settings, given) == 0


def test_one_congress_is_one_statement_for_half_a_minute(own: Site) -> None:
    directory = own.web.directory
    directory.forget()
    directory.current()
    with heard(own.web.ground.store) as said:
        assert {directory.find(TOWNSHIP), directory.find(TOWNSHIP)} == {directory.find(TOWNSHIP)}
    assert len(said) == 1
    version = directory.version
    later(directory)
    with heard(own.web.ground.store) as said:
        directory.find(TOWNSHIP)
    # Whether one was founded, and the congress itself.
    assert (len(said), directory.version) == (2, version)


def test_a_founded_congress_opens_at_once_and_ends_what_was_kept(own: Site) -> None:
    body = opening(own, f"/{COUNTY}/2025")
    before = ask(own, body)
    assert is_kept(ask(own, body))
    assert own.visitor().ask(f"/{NEW}").status_code == 404
    found(own)
    assert own.visitor().ask(f"/{NEW}").status_code == 200
    later(own.web.directory)
    after = ask(own, body)
    assert not is_kept(after)
    assert "新立镇人民代表大会" in plain(after)
    assert "新立镇人民代表大会" not in plain(before)


def test_an_answer_that_nobody_makes_anew_ends_too(own: Site) -> None:
    """Kept answers alone are asked for: the founding is noticed all the same."""
    body = opening(own, f"/{COUNTY}/2025")
    ask(own, body)
    assert is_kept(ask(own, body))
    found(own)
    later(own.web.directory)
    assert not is_kept(ask(own, body))


def test_a_changed_congress_ends_what_was_made_before(own: Site) -> None:
    directory = own.web.directory
    version = (directory.find(TOWNSHIP), directory.version)[1]
    rename(own, TOWNSHIP, "改名镇人民代表大会")
    known = directory.find(TOWNSHIP)
    assert known is not None
    assert known.name_zh != "改名镇人民代表大会"
    later(directory)
    known = directory.find(TOWNSHIP)
    assert known is not None
    assert known.name_zh == "改名镇人民代表大会"
    assert directory.version > version


def test_what_is_not_there_is_not_remembered(own: Site) -> None:
    directory = own.web.directory
    before = len(directory._known)
    for code in range(110101, 110111):
        assert directory.find(str(code)) is None
    assert len(directory._known) == before


def test_too_many_to_remember_start_anew(own: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is let go could not be compared when it is read again: nothing made from it may stay."""
    monkeypatch.setattr(context, "MOST_KNOWN", 2)
    directory = own.web.directory
    directory.forget()
    directory.find(COUNTY), directory.find(TOWNSHIP)
    version = directory.version
    directory.find(None)
    assert directory.version == version + 1
    assert len(directory._known) == 1


@pytest.mark.parametrize("path", [f"/{COUNTY}", f"/{TOWNSHIP}", f"/en/{TOWNSHIP}/2025", "/archive"])
def test_the_switcher_shows_the_county_and_leads_to_the_others(site: Site, path: str) -> None:
    language = "/en" if path.startswith("/en") else ""
    page = plain(site.visitor().open(path))
    for code in (COUNTY, TOWNSHIP):
        assert f'"href": "{language}/{code}"' in page
    assert f'"href": "{language}/congresses"' in page
