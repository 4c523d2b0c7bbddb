"""A later database only extends an earlier copy: every act of it, every round that it had sealed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select, update

from dashboard.store.core import table_of
from dashboard.store.extending import extends, open_copy
from dashboard.store.record import NewAct, append
from dashboard.store.tables.record import ActHead
from dashboard.store.tables.voting import RoundOfficer
from dashboard.store.transactions import Store, open_store
from dashboard.store.verifying import Failure, Holds, verify
from dashboard.store.witness import PARTS, witness
from tests.commands.people import COUNTY
from tests.conftest import NOW, SqliteTemplates
from tests.store.whole_round import CONGRESS, complete, first_row, other


@pytest.fixture
def copied(tmp_path: Path, sqlite_templates: SqliteTemplates) -> Iterator[tuple[Store, Path]]:
    """A database and an earlier copy of it, a file that nothing else has open."""
    store = open_store(sqlite_templates.copy("loaded", tmp_path))
    complete(store)
    earlier = tmp_path / "earlier.sqlite3"
    with closing(sqlite3.connect(tmp_path / "fresh.sqlite3")) as opened:
        opened.execute("VACUUM INTO ?", (str(earlier),))
    yield store, earlier
    store.close()


def since(store: Store, copy: Path) -> Failure | None:
    engine = open_copy(str(copy))
    try:
        with store.system().reading() as session:
            return extends(session, engine)
    finally:
        engine.dispose()


def act(store: Store, kind: str) -> None:
    with store.system().writing() as session:
        append(session, CONGRESS, None, NOW, [NewAct(kind, {})])


def test_a_later_database_extends_its_copy(copied: tuple[Store, Path]) -> None:
    store, earlier = copied
    before = sha256(earlier.read_bytes()).hexdigest()
    assert since(store, earlier) is None
    act(store, "later")
    assert since(store, earlier) is None
    assert sha256(earlier.read_bytes()).hexdigest() == before
    assert {path.name for path in earlier.parent.glob("earlier*")} == {"earlier.sqlite3"}


def test_a_copy_may_lie_anywhere(copied: tuple[Store, Path], tmp_path: Path) -> None:
    """What an address would take for its own: a question, a fragment, an escape."""
    store, earlier = copied
    odd = tmp_path / "50%25 kept? #1 & 早"
    odd.mkdir()
    moved = earlier.rename(odd / "a copy?mode=rw#2.sqlite3")
    assert since(store, moved) is None
    act(store, "later")
    assert since(store, moved) is None
    assert [path.name for path in odd.iterdir()] == [moved.name]


def test_a_copy_that_knows_more_or_other_acts_is_named(copied: tuple[Store, Path], tmp_path: Path) -> None:
    store, earlier = copied
    act(store, "ours")
    other_way = open_store(f"sqlite:///{earlier}")
    act(other_way, "theirs")
    other_way.close()
    with store.system().reading() as session:
        number = session.get_one(ActHead, CONGRESS).number
    assert since(store, earlier) == Failure("copy_has_other_act", COUNTY, act=number)


def test_a_copy_is_longer_than_a_chain_cut_short(copied: tuple[Store, Path]) -> None:
    """Cut with its head, a chain holds by itself: only who kept a copy, or a printed head, can tell."""
    store, earlier = copied
    longer = open_store(f"sqlite:///{earlier}")
    act(longer, "announced")
    longer.close()
    with store.system().reading() as session:
        number = session.get_one(ActHead, CONGRESS).number
        assert isinstance(next(iter(verify(session))), Holds)
    assert since(store, earlier) == Failure("copy_has_other_act", COUNTY, act=number + 1)


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("ballots", "marks"),
        ("roll", "delegation_id"),
        ("round", "recovered"),
        ("box", "body"),
        ("counts", "votes"),
    ],
)
def test_a_sealed_round_that_is_stated_anew_is_named(
    copied: tuple[Store, Path], part: str, name: str
) -> None:
    """An act that states what somebody changed makes the record hold again; the copy does not agree."""
    store, earlier = copied
    table = table_of(PARTS[part])
    with store.system().writing() as session:
        connection = session.connection()
        round_id = connection.scalars(
            select(table_of(RoundOfficer).c.round_id).where(table_of(RoundOfficer).c.congress_id == CONGRESS)
        ).one()
        row, where = first_row(connection, part, round_id)
        changed = None if name == "delegation_id" else other(table.c[name], row[name])
        connection.execute(update(table).where(*where).values({name: changed}))
        append(
            session, CONGRESS, None, NOW, [NewAct("restated", witness(session, CONGRESS, round_id, PARTS))]
        )
    assert since(store, earlier) == Failure("copy_sealed_otherwise", COUNTY, None, round_id, part)


def test_a_copy_that_is_not_there_is_refused_and_not_made(copied: tuple[Store, Path], tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        since(copied[0], tmp_path / "wrong.sqlite3")
    assert not (tmp_path / "wrong.sqlite3").exists()
