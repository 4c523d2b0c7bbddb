"""The versions of topics as one process knows them: many congresses at once, and never more than fit."""

import pytest

from dashboard.store import versions as module
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import raise_topics
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions
from tests.commands.people import COUNTY, TOWNSHIP
from tests.statements import heard

OWN, OTHER = key_of("congress", COUNTY), key_of("congress", TOWNSHIP)


def test_several_congresses_are_read_in_one_statement(loaded_store: Store) -> None:
    # Fresh for as long as the test takes, however busy the machine is.
    versions = Versions(loaded_store, fresh=600)
    with heard(loaded_store) as said:
        versions.gather([OWN, OTHER])
        stamps = tuple(
            (congress, "progress", versions.stamp(congress, ["progress"])[0]) for congress in (OWN, OTHER)
        )
    assert len(said) == 1
    assert versions.hold(stamps)
    for congress in (OWN, OTHER):
        versions.forget(congress)
    with heard(loaded_store) as said:
        assert versions.hold(stamps)
    assert len(said) == 1


@pytest.mark.parametrize("changed", [OWN, OTHER])
def test_what_was_made_of_several_ends_with_any_of_them(loaded_store: Store, changed: object) -> None:
    versions = Versions(loaded_store)
    stamps = tuple((congress, "progress", versions.of(congress)["progress"]) for congress in (OWN, OTHER))
    with loaded_store.system().writing() as session:
        raise_topics(session, changed, ["progress"])  # type: ignore[arg-type]
    versions.forget(OWN), versions.forget(OTHER)
    assert not versions.hold(stamps)


def test_no_more_is_known_than_fits(loaded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KNOWN", 1)
    versions = Versions(loaded_store)
    versions.of(OWN), versions.of(OTHER)
    assert list(versions._known) == [OTHER]
    assert versions.of(OWN)["progress"] > 0
