"""The record verifies; with one value changed in any column of any table of a round it does not, and says where."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import JSON, Connection, delete, insert, select, text, type_coerce, update
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from dashboard.rules import chain
from dashboard.store.core import table_of
from dashboard.store.record import NewAct, append
from dashboard.store.scope import SYSTEM, narrowed
from dashboard.store.tables.record import Act, ActHead
from dashboard.store.tables.sealing import RoundConsent, SealedBox
from dashboard.store.tables.voting import CheckIn, Round
from dashboard.store.transactions import Store, open_store
from dashboard.store.verifying import Failure, Holds, find_head, verify
from dashboard.store.witness import PARTS, witness
from tests.commands.people import COUNTY
from tests.conftest import BOTH, NOW, SqliteTemplates, Templates
from tests.store.whole_round import CONGRESS, complete, first_row, other

COLUMNS = [(part, column.name) for part, mapped in PARTS.items() for column in table_of(mapped).columns]


@dataclass(frozen=True)
class Ground:
    """A database whose first congress has a round with rows in every part, all of them on record."""

    store: Store
    round_id: UUID


@pytest.fixture(scope="module", params=BOTH)
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    templates: Templates = request.getfixturevalue(f"{request.param}_templates")
    address = templates.copy("loaded", tmp_path_factory.mktemp("verifying"))
    store = open_store(address)
    yield Ground(store, complete(store))
    store.close()
    templates.drop(address)


@pytest.fixture(scope="module")
def file(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """The same on SQLite alone, whose files hold whatever is written into them."""
    store = open_store(sqlite_templates.copy("loaded", tmp_path_factory.mktemp("file")))
    yield Ground(store, complete(store))
    store.close()


@contextmanager
def unbound(store: Store) -> Iterator[Connection]:
    """Open a transaction in which no foreign key holds and that leaves no trace."""
    with store.writer.connect() as connection:
        if connection.dialect.name == "sqlite":
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
        begun = connection.begin()
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield connection
        begun.rollback()
        connection.invalidate()


def failure(connection: Connection) -> Failure | None:
    """Return the first thing that does not hold."""
    with Session(connection) as session:
        last = list(verify(narrowed(session, SYSTEM)))[-1]
    return last if isinstance(last, Failure) else None


def test_the_demonstration_verifies(loaded_store: Store) -> None:
    with loaded_store.system().reading() as session:
        results = list(verify(session))
        heads = {head.congress_id: head.digest for head in session.scalars(select(ActHead))}
    assert len(results) == 13
    assert all(isinstance(result, Holds) for result in results)
    assert {result.head for result in results if isinstance(result, Holds)} == set(heads.values())
    assert sum(result.rounds for result in results if isinstance(result, Holds)) == 41


def test_what_the_tests_tamper_with_holds_before(ground: Ground) -> None:
    with ground.store.system().reading() as session:
        assert all(isinstance(result, Holds) for result in verify(session))


@pytest.mark.parametrize(("part", "name"), COLUMNS)
def test_one_changed_value_is_named(ground: Ground, part: str, name: str) -> None:
    table = table_of(PARTS[part])
    with unbound(ground.store) as connection:
        row, where = first_row(connection, part, ground.round_id)
        # No other row has the number, whatever the list's length.
        changed = 999 if name == "number" else other(table.c[name], row[name])
        done = connection.execute(update(table).where(*where).values({name: changed}))
        assert done.rowcount == 1
        found = failure(connection)
    assert found is not None
    assert (found.congress, found.part) == (COUNTY, part)
    assert found.reason in {"part_differs", "unstated"}
    moved = name == ("id" if part == "round" else "round_id")
    assert found.round_id in ({ground.round_id, changed} if moved else {ground.round_id})


@pytest.mark.parametrize("part", PARTS)
def test_a_deleted_row_is_named(ground: Ground, part: str) -> None:
    with unbound(ground.store) as connection:
        _, where = first_row(connection, part, ground.round_id)
        connection.execute(delete(table_of(PARTS[part])).where(*where))
        found = failure(connection)
    assert found is not None
    assert (found.reason, found.round_id, found.part) == ("part_differs", ground.round_id, part)


@pytest.mark.parametrize("part", PARTS)
def test_an_added_row_is_named(ground: Ground, part: str) -> None:
    table = table_of(PARTS[part])
    own = list(table.primary_key.columns)[-1] if part != "box" else None
    with unbound(ground.store) as connection:
        row, _ = first_row(connection, part, ground.round_id)
        values = dict(row)
        if part == "projects":
            values["project_id"] = uuid4()
        if part == "entries":
            values["membership_id"] = uuid4()
        if own is None:
            # A round has one box: another one can only be that of a round which no act knows.
            values["round_id"] = uuid4()
        else:
            values[own.name] = other(own, row[own.name]) if own.name != "number" else 999
        connection.execute(insert(table).values(values))
        found = failure(connection)
    assert found is not None
    assert (found.congress, found.part) == (COUNTY, part)


def test_a_row_of_no_congress_is_named(ground: Ground) -> None:
    table = table_of(CheckIn)
    with unbound(ground.store) as connection:
        row, _ = first_row(connection, "check_ins", ground.round_id)
        connection.execute(insert(table).values({**row, "congress_id": uuid4()}))
        assert failure(connection) == Failure("stray", part="check_ins")


def test_a_swapped_act_is_named(ground: Ground) -> None:
    table = table_of(Act)
    with unbound(ground.store) as connection:
        for old, new in ((2, -1), (3, 2), (-1, 3)):
            connection.execute(
                update(table).where(table.c.congress_id == CONGRESS, table.c.number == old).values(number=new)
            )
        assert failure(connection) == Failure("link_broken", COUNTY, act=2)


def test_a_chain_cut_short_with_its_head_is_named_by_what_the_last_acts_stated(ground: Ground) -> None:
    table, heads = table_of(Act), table_of(ActHead)
    with unbound(ground.store) as connection:
        last = connection.scalars(
            select(table.c.number).where(table.c.congress_id == CONGRESS).order_by(table.c.number.desc())
        ).first()
        connection.execute(delete(table).where(table.c.congress_id == CONGRESS, table.c.number == last))
        assert failure(connection) == Failure("head_differs", COUNTY, act=last - 1)
        before = connection.scalar(
            select(table.c.digest).where(table.c.congress_id == CONGRESS, table.c.number == last - 1)
        )
        connection.execute(
            update(heads).where(heads.c.congress_id == CONGRESS).values(number=last - 1, digest=before)
        )
        found = failure(connection)
    assert found is not None
    assert (found.reason, found.round_id, found.part) == ("part_differs", ground.round_id, "officers")


def test_a_printed_head_is_found_and_a_forged_one_is_not(ground: Ground) -> None:
    with ground.store.system().reading() as session:
        acts = session.scalars(select(Act).where(Act.congress_id == CONGRESS).order_by(Act.number)).all()
        assert len(acts) > 2
        assert find_head(session, acts[1].digest) == (COUNTY, 2)
        spaced = " ".join(acts[-1].digest.upper()[place : place + 8] for place in range(0, 64, 8))
        assert find_head(session, spaced) == (COUNTY, len(acts))
        assert find_head(session, chain.digest("forged")) is None
        assert find_head(session, chain.FIRST) is None


def test_a_round_that_is_open_changes_without_acts_and_no_longer_once_closed(demo_store: Store) -> None:
    round_id = complete(demo_store)
    ballots = table_of(PARTS["ballots"])

    def state(session: Session, new: str) -> None:
        session.execute(update(Round).where(Round.id == round_id).values(state=new))
        stated = witness(session, CONGRESS, round_id, ["round", "box"])
        append(session, CONGRESS, None, NOW, [NewAct("tested", stated)])

    with demo_store.system().writing() as session:
        session.execute(delete(SealedBox).where(SealedBox.round_id == round_id))
        session.execute(update(Round).where(Round.id == round_id).values(box_digest=None))
        state(session, "open")
        _, where = first_row(session.connection(), "ballots", round_id)
        session.connection().execute(update(ballots).where(*where).values(marks="1"))
    with demo_store.system().reading() as session:
        assert isinstance(next(iter(verify(session))), Holds)
    with demo_store.system().writing() as session:
        state(session, "closed")
    with demo_store.system().reading() as session:
        found = next(iter(verify(session)))
    assert isinstance(found, Failure)
    assert (found.reason, found.round_id, found.part) == ("part_differs", round_id, "ballots")


def stored(connection: Connection, part: str, round_id: UUID) -> tuple[dict[str, Any], str, tuple[Any, ...]]:
    """Return the first row of a part as the file holds it, and the words and values that find it."""
    table = table_of(PARTS[part])
    _, where = first_row(connection, part, round_id)
    raw = (type_coerce(column, NullType()).label(column.name) for column in table.columns)
    row = dict(connection.execute(select(*raw).where(*where)).one()._mapping)
    keys = [column.name for column in table.primary_key.columns]
    return row, " AND ".join(f"{key} = ?" for key in keys), tuple(row[key] for key in keys)


@pytest.mark.parametrize(("part", "name"), COLUMNS)
def test_one_byte_of_the_file_changed_is_named(file: Ground, part: str, name: str) -> None:
    """As another program would: a letter's case, a digit, a byte that no text has."""
    table = PARTS[part].__tablename__
    for flip in (0x20, 0x01, 0x80):
        with unbound(file.store) as connection:
            row, where, keys = stored(connection, part, file.round_id)
            if row[name] is None or isinstance(row[name], int):
                return
            held = row[name] if isinstance(row[name], bytes) else row[name].encode()
            changed = held[:-1] + bytes([held[-1] ^ flip])
            kind = "BLOB" if isinstance(row[name], bytes) else "TEXT"
            connection.exec_driver_sql(
                f"UPDATE {table} SET {name} = CAST(? AS {kind}) WHERE {where}", (changed, *keys)
            )
            found = failure(connection)
        assert found is not None, (held, changed)
        assert found.part in {part, None}
        assert found.congress == COUNTY or name == "congress_id"


@pytest.mark.parametrize("name", [column.name for column in table_of(Act).columns])
def test_one_byte_of_an_act_in_the_file_is_named(file: Ground, name: str) -> None:
    """The first act with a person behind it: so that no column of it is empty."""
    acts = table_of(Act)
    raw = (type_coerce(column, NullType()).label(column.name) for column in acts.columns)
    some = acts.c.congress_id == CONGRESS, acts.c.kind == "round_tested"
    with unbound(file.store) as connection, Session(connection) as session:
        by = connection.scalar(select(table_of(RoundConsent).c.proposed_by))
        append(narrowed(session, SYSTEM), CONGRESS, by, NOW, [NewAct("round_tested", {"x": "y"})])
        row = connection.execute(select(*raw).where(*some)).one()._mapping
        assert failure(connection) is None
        for flip in (0x20, 0x01, 0x80):
            with connection.begin_nested() as nested:
                held = row[name]
                if isinstance(held, str):
                    changed: object = held.encode()[:-1] + bytes([held.encode()[-1] ^ flip])
                    value = "CAST(:changed AS TEXT)"
                else:
                    # A number that no other act has.
                    changed, value = held ^ flip << 4, ":changed"
                connection.execute(
                    text(
                        f"UPDATE acts SET {name} = {value} WHERE number = :number AND congress_id = :congress"
                    ),
                    {"changed": changed, "number": row["number"], "congress": row["congress_id"]},
                )
                found = failure(connection)
                nested.rollback()
            assert found is not None, (held, changed)
            assert found.congress == COUNTY


@pytest.mark.parametrize("written", [" {spaced}", "{spaced} "])
def test_an_act_of_which_only_the_bytes_changed_is_named(file: Ground, written: str) -> None:
    """A space in its JSON is no change of its content, and no digest sees it."""
    with unbound(file.store) as connection:
        held = connection.exec_driver_sql(
            "SELECT payload FROM acts WHERE congress_id = ? AND number = 2", (CONGRESS.hex,)
        ).scalar_one()
        connection.exec_driver_sql(
            "UPDATE acts SET payload = ? WHERE congress_id = ? AND number = 2",
            (written.format(spaced=held), CONGRESS.hex),
        )
        assert failure(connection) == Failure("oddly_stored", COUNTY, act=2)


def test_nothing_has_one_form(ground: Ground) -> None:
    """JSON's null reads as NULL does; we write NULL alone."""
    rounds = table_of(Round)
    mine = rounds.c.congress_id == CONGRESS, rounds.c.facts.is_(None)
    with unbound(ground.store) as connection:
        round_id = connection.scalars(select(rounds.c.id).where(*mine).order_by(rounds.c.id)).first()
        assert round_id is not None
        connection.execute(update(rounds).where(*mine, rounds.c.id == round_id).values(facts=JSON.NULL))
        found = failure(connection)
    assert found is not None
    assert (found.reason, found.round_id, found.part) == ("oddly_stored", round_id, "round")


def test_a_congress_that_cannot_be_read_is_no_traceback(file: Ground) -> None:
    with unbound(file.store) as connection:
        connection.exec_driver_sql("UPDATE congresses SET id = 'z' WHERE id = ?", (CONGRESS.hex,))
        assert failure(connection) == Failure("unreadable")
