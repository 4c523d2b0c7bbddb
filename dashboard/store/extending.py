"""Whether a database only extends an earlier copy of itself: every act of the copy, every round it had sealed."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import URL, Engine, Select, create_engine, make_url, select
from sqlalchemy.orm import Session

from dashboard.rules import chain
from dashboard.store.core import table_of
from dashboard.store.scope import SYSTEM, narrowed
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.record import Act
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count, Round
from dashboard.store.verifying import Failure
from dashboard.store.witness import part_digest

# What a seal fixes; announcing publishes these rows later, which changes none of them.
FROZEN = ("entitled", "present", "issued", "recovered", "valid", "invalid", "threshold", "box_digest")
COUNTED = ("number", "votes", "against", "abstained", "rank_sum")
WHOLE = ("roll", "check_ins", "participations", "ballots")


def open_copy(address: str) -> Engine:
    """Open an earlier copy for reading: the path of a SQLite file, or the address of a database.

    Nothing is written, not even the journal that SQLite would make beside the file.
    """
    if "://" in address and not address.startswith("sqlite:"):
        return create_engine(
            make_url(address).set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            isolation_level="REPEATABLE READ",
            connect_args={"options": "-c default_transaction_read_only=on"},
        )
    path = Path(address.removeprefix("sqlite:///")).resolve()
    # SQLite would make a new, empty database of a wrong name.
    path.open("rb").close()
    kept = {"mode": "ro"} if Path(f"{path}-wal").exists() else {"immutable": "1"}
    # A path may hold what has a meaning in an address (#, ?, %): quoted for SQLite, and never read as one here.
    place = URL.create("sqlite", database=f"file:{quote(str(path))}", query={**kept, "uri": "true"})
    return create_engine(place, hide_parameters=True)


def extends(session: Session, copy: Engine) -> Failure | None:
    """Return the first thing of an earlier copy that is not in this database as it was, or None."""
    with Session(copy) as opened:
        earlier = narrowed(opened, SYSTEM)
        congresses = earlier.execute(select(Congress.code, Congress.id).order_by(Congress.code)).all()
        for code, congress in congresses:
            failure = _acts(session, earlier, code, congress) or _seals(session, earlier, code, congress)
            if failure is not None:
                return failure
    return None


def _acts(session: Session, earlier: Session, code: str, congress: UUID) -> Failure | None:
    with session.scalars(_chain(congress)) as now, earlier.scalars(_chain(congress)) as then:
        digests: Iterator[str] = iter(now)
        for number, digest in enumerate(then, 1):
            if next(digests, chain.FIRST) != digest:
                return Failure("copy_has_other_act", code, act=number)
    return None


def _chain(congress: UUID) -> Select[str]:
    return (
        select(Act.digest)
        .where(Act.congress_id == congress)
        .order_by(Act.number)
        .execution_options(yield_per=1000)
    )


def _seals(session: Session, earlier: Session, code: str, congress: UUID) -> Failure | None:
    sealed = select(Round.id).where(Round.congress_id == congress, Round.box_digest.is_not(None))
    for round_id in earlier.scalars(sealed.order_by(Round.id)).all():
        for part in WHOLE:
            if part_digest(session, congress, round_id, part) != part_digest(
                earlier, congress, round_id, part
            ):
                return Failure("copy_sealed_otherwise", code, None, round_id, part)
        for part, mapped, names in (
            ("round", Round, FROZEN),
            ("box", SealedBox, ("algorithm", "digest", "body")),
            ("counts", Count, COUNTED),
        ):
            if _rows(session, congress, round_id, mapped, names) != _rows(
                earlier, congress, round_id, mapped, names
            ):
                return Failure("copy_sealed_otherwise", code, None, round_id, part)
    return None


def _rows(
    session: Session, congress: UUID, round_id: UUID, mapped: type, names: tuple[str, ...]
) -> list[tuple[object, ...]]:
    table = table_of(mapped)
    key = table.c.id if mapped is Round else table.c.round_id
    found = session.connection().execute(
        select(*(table.c[name] for name in names))
        .where(table.c.congress_id == congress, key == round_id)
        .order_by(table.c[names[0]])
    )
    return [tuple(row) for row in found]
