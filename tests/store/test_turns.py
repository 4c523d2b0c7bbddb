"""Writers of one process on SQLite take turns; votes share a commit, and no one's failure is another's success."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from dashboard.rules.refused import Refused
from dashboard.store import turns as turns_module
from dashboard.store.scope import SYSTEM
from dashboard.store.tables.areas import Area
from dashboard.store.transactions import Store, open_store
from dashboard.store.turns import MOST_TOGETHER, NotCommitted, Turns
from tests.conftest import SqliteTemplates

Write = Callable[[Session], None]


@pytest.fixture
def plain(sqlite_templates: SqliteTemplates, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(sqlite_templates.copy("empty", tmp_path))
    yield opened
    opened.close()


def turns_of(store: Store) -> Turns:
    assert store.turns is not None
    return store.turns


def area(code: int, parent: str | None = None) -> Write:
    def write(session: Session) -> None:
        session.add(Area(code=str(code), parent_code=parent, level="county", name_zh="县", name_en="County"))
        session.flush()

    return write


def refused(session: Session) -> None:
    area(0)(session)
    raise Refused("too_late")


def codes(store: Store) -> set[str]:
    with store.system().reading() as session:
        return set(session.scalars(select(Area.code)))


@contextmanager
def commits(store: Store) -> Iterator[list[int]]:
    """Count the commits of the writing engine."""
    counted: list[int] = []

    def count(_connection: object) -> None:
        counted.append(1)

    event.listen(store.writer, "commit", count)
    yield counted
    event.remove(store.writer, "commit", count)


def queued(store: Store, *writes: tuple[Write, bool]) -> list[Future[None]]:
    """Let writers come one after the other while somebody else has the turn, and give it to them all at once."""

    def write(one: Write, together: bool) -> None:
        with store.writing(SYSTEM, together=together) as session:
            one(session)

    # Enough threads for everyone: each waits in the queue in one of its own.
    pool = ThreadPoolExecutor(len(writes))
    with turns_of(store).alone():
        found = []
        for number, (one, together) in enumerate(writes, start=1):
            found.append(pool.submit(write, one, together))
            while len(turns_of(store)._queue) < number:
                assert not found[-1].done()
    pool.shutdown(wait=True)
    return found


def test_those_who_wait_together_share_one_commit(plain: Store) -> None:
    with commits(plain) as counted:
        done = queued(plain, *((area(code), True) for code in range(20)))
    assert [one.exception() for one in done] == [None] * 20
    assert len(counted) == 1
    assert codes(plain) == {str(code) for code in range(20)}


def test_nobody_waits_for_too_many(plain: Store) -> None:
    with commits(plain) as counted:
        queued(plain, *((area(code), True) for code in range(MOST_TOGETHER + 1)))
    assert len(counted) == 2
    assert len(codes(plain)) == MOST_TOGETHER + 1


def test_one_alone_waits_for_nobody_and_joins_nobody(plain: Store) -> None:
    with commits(plain) as counted:
        done = queued(plain, (area(1), True), (area(2), True), (area(3), False), (area(4), True))
    assert [one.exception() for one in done] == [None] * 4
    assert len(counted) == 3


def test_a_refused_one_takes_nothing_of_the_others(plain: Store) -> None:
    done = queued(plain, (area(1), True), (refused, True), (area(2), True), (refused, True))
    assert [type(one.exception()) for one in done] == [type(None), Refused, type(None), Refused]
    assert codes(plain) == {"1", "2"}


def test_an_error_of_the_database_takes_nothing_of_the_others(plain: Store) -> None:
    done = queued(plain, (area(1), True), (area(1), True), (area(2, "nowhere"), True), (area(3), True))
    assert [type(one.exception()) for one in done] == [type(None), IntegrityError, IntegrityError, type(None)]
    assert codes(plain) == {"1", "3"}


def fails_at_the_commit(session: Session) -> None:
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    area(9, "nowhere")(session)


def undoes_everything(session: Session) -> None:
    """As SQLite does by itself on a full disk."""
    session.connection().exec_driver_sql("ROLLBACK")


def test_where_the_commit_fails_nobody_is_told_that_it_went_well(plain: Store) -> None:
    done = queued(plain, (area(1), True), (fails_at_the_commit, True), (refused, True), (area(2), True))
    assert {type(one.exception()) for one in done} == {IntegrityError}
    assert codes(plain) == set()
    assert [one.exception() for one in queued(plain, (area(1), True))] == [None]


def test_where_the_transaction_is_gone_nobody_is_told_that_it_went_well(plain: Store) -> None:
    done = queued(plain, (area(1), True), (undoes_everything, True))
    assert type(done[0].exception()) is NotCommitted
    assert done[1].exception() is not None
    assert codes(plain) == set()
    with plain.writing(SYSTEM, together=True) as session:
        area(2)(session)
    assert codes(plain) == {"2"}


def test_where_none_can_begin_the_next_one_can(plain: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process has the file for longer than one waits for it."""
    other = open_store(str(plain.writer.url))
    with plain.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
    with other.system().writing() as session:
        session.connection()
        done = queued(plain, (area(1), True))
        assert isinstance(done[0].exception(), OperationalError)
    other.close()
    with plain.writing(SYSTEM, together=True) as session:
        area(1)(session)
    assert codes(plain) == {"1"}


def test_who_waits_too_long_gives_up_the_place(plain: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "PATIENCE_SECONDS", 0.05)
    with ThreadPoolExecutor(2) as pool, turns_of(plain).alone():

        def write(together: bool) -> None:
            with plain.writing(SYSTEM, together=together) as session:
                area(1)(session)

        for together in (True, False):
            assert isinstance(pool.submit(write, together).exception(), TimeoutError)
    assert not turns_of(plain)._queue
    with plain.writing(SYSTEM) as session:
        area(1)(session)


def test_many_who_come_as_they_like_all_get_their_turn(plain: Store) -> None:
    begin = threading.Barrier(24)

    def write(number: int) -> None:
        begin.wait(30)
        for turn in range(5):
            code = number * 5 + turn
            with plain.writing(SYSTEM, together=bool(code % 3)) as session:
                area(code)(session)

    with ThreadPoolExecutor(24) as pool:
        list(pool.map(write, range(24)))
    assert codes(plain) == {str(code) for code in range(120)}
    assert (turns_of(plain)._is_taken, list(turns_of(plain)._queue)) == (False, [])
