"""What somebody does who has the database and wants to know whose ballot is whose: every order that a file keeps.

A list of voters and a list of ballots, each in the order in which some place holds them, are laid side by side. Where
the order is that of casting, all pairs are right; by chance one is, however many there are.
"""

import sqlite3
from ast import literal_eval
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import make_url

from dashboard.store.transactions import Store

Pair = tuple[str, str]
FRAME_HEADER, LOG_HEADER = 24, 32


@dataclass(frozen=True)
class Votes:
    """What really happened in a round: which seat cast which ballot, in the order of casting."""

    round_id: UUID
    pairs: Sequence[tuple[UUID, str]]

    def right(self, guessed: Iterable[Pair]) -> int:
        """Return how many of the guessed pairs are so."""
        return len({(str(seat), ballot) for seat, ballot in self.pairs} & set(guessed))


def side_by_side(seats: Sequence[str], ballots: Sequence[str]) -> list[Pair]:
    """Pair the first with the first, the second with the second."""
    return list(zip(seats, ballots, strict=False))


def together(seats: Mapping[str, object], ballots: Mapping[str, object]) -> list[Pair]:
    """Pair what alone shares a mark: one seat and one ballot of one transaction."""
    marks: dict[object, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for kind, marked in enumerate((seats, ballots)):
        for name, mark in marked.items():
            marks[mark][kind].append(name)
    return [(one[0], other[0]) for one, other in marks.values() if len(one) == len(other) == 1]


def attacks(store: Store, votes: Votes) -> dict[str, list[Pair]]:
    """Return the pairs that each way of looking gives."""
    return _on_sqlite(store, votes) if store.writer.dialect.name == "sqlite" else _on_postgresql(store, votes)


def file_of(store: Store) -> Path:
    """Return the file of a SQLite database."""
    return Path(make_url(str(store.writer.url)).database or "")


def move_log(store: Store) -> None:
    """Move SQLite's log into its file, as it does by itself from time to time."""
    with sqlite3.connect(file_of(store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def traces(store: Store, votes: Votes) -> dict[str, int]:
    """Return how often each participation and each ballot stands in SQLite's files, deleted ones included."""
    raw = file_of(store).read_bytes() + _log(store)
    return {name: raw.count(mark) for name, mark in _marks_on_sqlite(votes).items()}


def _marks_on_sqlite(votes: Votes) -> dict[str, bytes]:
    """Return by which bytes a row is known anywhere in a file: the columns of a key stand one after the other."""
    own = votes.round_id.hex
    marks = {str(seat): f"{own}{seat.hex}electronic".encode() for seat, _ in votes.pairs}
    return marks | {ballot: f"{own}{ballot}".encode() for _, ballot in votes.pairs}


def _on_sqlite(store: Store, votes: Votes) -> dict[str, list[Pair]]:
    marks = _marks_on_sqlite(votes)
    seats, ballots = [str(seat) for seat, _ in votes.pairs], [ballot for _, ballot in votes.pairs]
    found = {
        f"{name}, as it lies, the {which} trace": side_by_side(
            _as_it_lies(raw, {one: marks[one] for one in seats}, which),
            _as_it_lies(raw, {one: marks[one] for one in ballots}, which),
        )
        for name, raw in (("file", file_of(store).read_bytes()), ("log", _log(store)))
        for which in ("first", "last")
    }
    came = _by_commit(store, marks)
    return found | {
        "log, by commit": together(
            {name: came[name] for name in seats if name in came},
            {name: came[name] for name in ballots if name in came},
        )
    }


def _log(store: Store) -> bytes:
    path = file_of(store)
    log = path.with_name(path.name + "-wal")
    return log.read_bytes() if log.exists() else b""


def _as_it_lies(raw: bytes, marks: Mapping[str, bytes], which: str) -> list[str]:
    """Return what is found in a file in its order there, by the first or the last trace of each."""
    # A page is filled from its end: what came last stands first, in every table alike.
    find = raw.find if which == "first" else raw.rfind
    return sorted((name for name in marks if marks[name] in raw), key=lambda name: find(marks[name]))


def _by_commit(store: Store, marks: Mapping[str, bytes]) -> dict[str, int]:
    """Return with which commit of SQLite's log each row came."""
    raw, came, commit = _log(store), dict[str, int](), 0
    if not raw:
        return came
    size = int.from_bytes(raw[8:12], "big")
    for start in range(LOG_HEADER, len(raw) - size, FRAME_HEADER + size):
        page = raw[start + FRAME_HEADER : start + FRAME_HEADER + size]
        for name, mark in marks.items():
            if name not in came and mark in page:
                came[name] = commit
        # The last page of a commit says how large the database is then.
        commit += raw[start + 4 : start + 8] != bytes(4)
    return came


def _on_postgresql(store: Store, votes: Votes) -> dict[str, list[Pair]]:
    seats = {str(seat): seat.bytes for seat, _ in votes.pairs}
    ballots = {ballot: ballot.encode() for _, ballot in votes.pairs}
    with store.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")

        def ask(table: str, key: str, what: str) -> dict[str, object]:
            rows = connection.exec_driver_sql(
                f"SELECT {key}::text, {what} FROM {table} WHERE round_id = '{votes.round_id}'"
            )
            return {row[0]: row[1] for row in rows}

        def lies(relation: str, marks: Mapping[str, bytes], which: str) -> list[str]:
            read = f"SELECT pg_read_binary_file(pg_relation_filepath('{relation}'))"
            return _as_it_lies(bytes(connection.exec_driver_sql(read).scalar_one()), marks, which)

        # As they lie first: whoever asks for rows lets the database clear its pages.
        found = {
            f"{name}, as they lie, the {which} trace": side_by_side(
                lies(f"{prefix}participations", seats, which), lies(f"{prefix}ballots", ballots, which)
            )
            for name, prefix in (("tables", ""), ("keys", "pk_"))
            for which in ("first", "last")
        }
        number = "xmin::text::bigint"
        came = [ask("participations", "membership_id", number), ask("ballots", "id", number)]
        places = [ask("participations", "membership_id", "ctid::text"), ask("ballots", "id", "ctid::text")]
        ordered = [sorted(one, key=lambda name: literal_eval(str(one[name]))) for one in places]
        return found | {"transaction": together(*came), "place of the row": side_by_side(*ordered)}
