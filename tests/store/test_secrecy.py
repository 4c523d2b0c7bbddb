"""Whose ballot is whose: the database knows while a round is open, and no longer once it has ended."""

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import OperationalError

from dashboard.store.casting import ballot_id
from dashboard.store.closing import close, seal_uncounted
from dashboard.store.rewriting import rewrite, tidy, uncleared
from dashboard.store.tables import Base
from dashboard.store.transactions import Store
from dashboard.work.clearing import clear, keep_clearing
from tests.hall import ELSEWHERE, Hall, plant_hall
from tests.store.ballots import set_round
from tests.store.linking import Votes, attacks, file_of, move_log, traces

# So many that one page holds them: what a page forgets when it is divided, an attacker cannot use.
VOTERS = 24
# Of so many pairs laid side by side at random more than five are right once in 1,700 times; nothing here is random.
CHANCE = 5


@pytest.fixture
def hall(store: Store) -> Hall:
    return plant_hall(store, VOTERS)


def vote(hall: Hall) -> Votes:
    """Let everybody vote, in an order drawn by lot."""
    opened, order = hall.open_round(), list(range(len(hall.seats)))
    hall.luck.shuffle(order)
    tidy(hall.store)
    pairs = []
    for number in order:
        receipt = hall.receipt()
        hall.cast(opened, number, receipt, marks_of(number))
        pairs.append((hall.seats[number], ballot_id(receipt)))
    return Votes(opened, pairs)


def marks_of(number: int) -> str:
    return " ".join(str(one) for one in sorted(random.Random(number).sample(range(1, 13), 6)))


def end(hall: Hall, opened: UUID, how: Callable[..., object] = close) -> None:
    with hall.store.system().writing() as session:
        how(session, hall.congress, opened, datetime.now(UTC))


def linked(hall: Hall, votes: Votes) -> dict[str, int]:
    """Return how many pairs each attack finds."""
    return {name: votes.right(pairs) for name, pairs in attacks(hall.store, votes).items()}


def test_while_a_round_is_open_whoever_has_the_files_can_link(hall: Hall) -> None:
    """The documents say so; and it shows that the attacks work."""
    votes = vote(hall)
    found = linked(hall, votes)
    if hall.store.writer.dialect.name == "sqlite":
        assert found["log, by commit"] == VOTERS
        # Moved from the log into the file, the order of casting lies there.
        move_log(hall.store)
        found = linked(hall, votes)
        assert found["file, as it lies, the first trace"] == VOTERS
    else:
        assert found == dict.fromkeys(found, VOTERS)


@pytest.mark.parametrize("how", [close, seal_uncounted])
def test_after_the_end_nobody_links_better_than_by_chance(hall: Hall, how: Callable[..., object]) -> None:
    votes = vote(hall)
    end(hall, votes.round_id, how)
    assert tidy(hall.store)
    found = linked(hall, votes)
    assert len(found) >= 3
    assert {name: right for name, right in found.items() if right > CHANCE} == {}


def test_ending_without_writing_anew_would_leave_the_links(hall: Hall) -> None:
    """A round that is only said to be closed: SQLite's pages and PostgreSQL's rows still tell."""
    votes = vote(hall)
    set_round(hall.store, votes.round_id, state="closed")
    if hall.store.writer.dialect.name == "sqlite":
        move_log(hall.store)
    else:
        assert tidy(hall.store)
    assert max(linked(hall, votes).values()) == VOTERS


def test_written_anew_sqlites_pages_tell_nothing(hall: Hall) -> None:
    """Also where nobody tidies and the log is moved as it is from time to time."""
    if hall.store.writer.dialect.name == "sqlite":
        votes = vote(hall)
        end(hall, votes.round_id)
        move_log(hall.store)
        assert max(linked(hall, votes).values()) <= CHANCE


def test_ending_without_tidying_would_leave_the_links(hall: Hall) -> None:
    """The rows as they were before are still there: in SQLite's log, on PostgreSQL's pages."""
    votes = vote(hall)
    end(hall, votes.round_id)
    assert max(linked(hall, votes).values()) == VOTERS


def test_a_reader_who_is_in_the_way_is_told_and_cleared_up_after(hall: Hall) -> None:
    """Whatever an older snapshot reads, the database keeps for it what was deleted: until then nothing is clear."""
    votes = vote(hall)
    with hall.store.reader.connect() as reader:
        reader.execute(text("SELECT count(*) FROM congresses")).scalar_one()
        end(hall, votes.round_id)
        assert not tidy(hall.store)
        assert uncleared(hall.store) == [(hall.congress, votes.round_id)]
        assert max(linked(hall, votes).values()) == VOTERS
        assert not clear(hall.store)
    assert clear(hall.store)
    assert uncleared(hall.store) == []
    assert max(linked(hall, votes).values()) <= CHANCE


def test_a_server_that_was_killed_before_it_cleared_does_so_at_its_next_start(hall: Hall) -> None:
    votes, ended = vote(hall), threading.Event()
    end(hall, votes.round_id)
    thread = keep_clearing(hall.store, ended, every=0.0)
    ended.set()
    thread.join(30)
    assert uncleared(hall.store) == []
    assert max(linked(hall, votes).values()) <= CHANCE


def test_sqlite_keeps_no_trace_of_what_was_deleted(hall: Hall) -> None:
    if hall.store.writer.dialect.name != "sqlite":
        # PostgreSQL's tables are new files; the attacks above read them whole.
        return
    # On many pages, which were divided as they filled.
    crowd = plant_hall(hall.store, 240, ELSEWHERE)
    votes = vote(crowd)
    end(crowd, votes.round_id)
    assert max(traces(crowd.store, votes).values()) > 1
    assert tidy(crowd.store)
    assert set(traces(crowd.store, votes).values()) == {1}
    log = file_of(crowd.store)
    assert log.with_name(log.name + "-wal").stat().st_size == 0


def test_a_practice_rounds_ballots_are_gone(hall: Hall) -> None:
    opened, receipt = hall.open_round(purpose="practice"), hall.receipt()
    hall.cast(opened, 0, receipt)
    end(hall, opened)
    assert tidy(hall.store)
    if hall.store.writer.dialect.name == "sqlite":
        assert ballot_id(receipt).encode() not in file_of(hall.store).read_bytes()
    with hall.store.writer.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM ballots").scalar_one() == 0


def test_votes_have_no_number_of_their_own(hall: Hall) -> None:
    vote(hall)
    for table in ("participations", "ballots"):
        columns = {one["name"] for one in inspect(hall.store.reader).get_columns(table)}
        assert columns <= {"congress_id", "round_id", "membership_id", "channel", "id", "marks"}
        if hall.store.writer.dialect.name == "sqlite":
            with pytest.raises(OperationalError), hall.store.reader.connect() as connection:
                connection.exec_driver_sql(f"SELECT rowid FROM {table}")


def test_voting_leaves_nothing_in_any_other_table(hall: Hall) -> None:
    """No act, no topic, no outbox, no session, no counter moves with a vote: nothing stands beside its time."""

    def everything() -> dict[str, list[str]]:
        with hall.store.system().reading() as session:
            return {
                table.name: sorted(repr(tuple(row)) for row in session.execute(select(table)))
                for table in Base.metadata.sorted_tables
                if table.name not in {"participations", "ballots"}
            }

    opened = hall.open_round()
    before = everything()
    receipts = [hall.receipt() for _ in range(3)]
    for number, receipt in enumerate(receipts):
        hall.cast(opened, number, receipt)
        hall.change(opened, number, receipt, "7")
    assert everything() == before
    end(hall, opened)
    tables = {name: held for name, rows in everything().items() if (held := "".join(rows))}
    holding = {name for name, held in tables.items() if ballot_id(receipts[0]) in held}
    assert holding == {"sealed_boxes"}
    assert not [name for name, held in tables.items() if receipts[0].hex() in held]


def test_writing_anew_keeps_every_row(hall: Hall) -> None:
    votes = vote(hall)

    def rows() -> list[str]:
        with hall.store.system().reading() as session:
            return sorted(
                repr(tuple(row))
                for name in ("participations", "ballots")
                for row in session.execute(select(Base.metadata.tables[name]))
            )

    before = rows()
    with hall.store.system().writing() as session:
        rewrite(session, hall.congress, votes.round_id)
    assert rows() == before
    assert len(before) == 2 * VOTERS
