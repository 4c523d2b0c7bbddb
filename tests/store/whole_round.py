"""A round with rows in every part, all on record, and the ways in which a test changes one of them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Column, Connection, select

from dashboard.rules.roles import Role
from dashboard.store.core import table_of
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import NewAct, append
from dashboard.store.tables.assessment import Assessment
from dashboard.store.tables.keys import Instant, new_id
from dashboard.store.tables.sealing import PaperEntry, PaperSheet, RoundConsent, RoundDocument
from dashboard.store.tables.voting import RollEntry, Round, RoundOfficer
from dashboard.store.transactions import Store
from dashboard.store.witness import PARTS, witness
from tests.commands.people import COUNTY, add_account, appoint
from tests.conftest import NOW

CONGRESS = key_of("congress", COUNTY)


def complete(store: Store) -> UUID:
    """Give the county's first round what only a round of the product has, and state it."""
    clerk = appoint(store, add_account(store, "verifying"), Role.CLERK)
    with store.system().writing() as session:
        round_ = session.scalars(
            select(Round).where(Round.congress_id == CONGRESS).order_by(Round.id)
        ).first()
        assert round_ is not None
        own = {"congress_id": CONGRESS, "round_id": round_.id}
        seat = session.scalars(select(RollEntry.membership_id).where(RollEntry.round_id == round_.id)).first()
        session.add(
            RoundOfficer(**own, membership_id=seat, duty="chief", signed_at=NOW, signed_digest="ab" * 32)
        )
        session.add(
            RoundConsent(
                **own, id=new_id(), kind="open", reason=None, state="given", proposed_by=clerk, proposed_at=NOW,
                decided_by=clerk, decided_at=NOW,
            )
        )  # fmt: skip
        session.add(
            RoundDocument(
                **own, id=new_id(), kind="minutes", number=None, name="minutes.docx", content_type="x/y",
                body=b"minutes", digest=sha256(b"minutes").hexdigest(), made_at=NOW,
            )
        )  # fmt: skip
        session.add(PaperEntry(**own, entry=1, membership_id=seat, sheets=1))
        session.add(PaperSheet(**own, number=1, entry=1, marks="1 2", membership_id=seat))
        session.add(
            Assessment(
                **own, id=new_id(), cycle_id=round_.cycle_id, year=2023, subject="project", body="全体县人大代表",
                rule_set="grades-zhenhai@1", day=NOW.date(),
            )
        )  # fmt: skip
        append(
            session,
            CONGRESS,
            None,
            NOW,
            [NewAct("round_completed", witness(session, CONGRESS, round_.id, PARTS))],
        )
        return round_.id


def other(column: Column[Any], value: object) -> object:
    """Return a value of the same column that differs in as little as one byte."""
    kind = column.type.python_type if not isinstance(column.type, JSON | Instant) else dict
    kind = datetime if isinstance(column.type, Instant) else kind
    if value is None:
        plain: dict[type, object] = {
            UUID: uuid4(), datetime: NOW, date: NOW.date(), int: 1, str: "x", dict: {"x": 1}, bytes: b"x", bool: True,
        }  # fmt: skip
        return plain[kind]
    changes: dict[type, Callable[[Any], object]] = {
        UUID: lambda old: UUID(int=old.int ^ 1),
        datetime: lambda old: old + timedelta(microseconds=1),
        date: lambda old: old + timedelta(days=1),
        bool: lambda old: not old,
        int: lambda old: old + 1,
        str: lambda old: old[:-1] + chr(ord(old[-1]) ^ 1) if old else "x",
        dict: lambda old: {**old, "x": 1},
        bytes: lambda old: old[:-1] + bytes([old[-1] ^ 1]),
    }
    return changes[kind](value)


def first_row(connection: Connection, part: str, round_id: UUID) -> tuple[Any, Any]:
    """Return the first row of a part of a round, and the clause that finds it."""
    table = table_of(PARTS[part])
    key = table.c.id if part == "round" else table.c.round_id
    row = connection.execute(
        select(table)
        .where(table.c.congress_id == CONGRESS, key == round_id)
        .order_by(*table.primary_key.columns)
    ).first()
    assert row is not None, part
    where = [column == row._mapping[column.name] for column in table.primary_key.columns]
    return row._mapping, where
