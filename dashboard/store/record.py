"""Writing the record: acts onto the chain, topics raised; both last in their transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dashboard.rules import chain
from dashboard.store.core import table_of, upsert
from dashboard.store.tables.record import Act, ActHead, TopicVersion


@dataclass(frozen=True, slots=True)
class NewAct:
    """An act to be recorded: its kind and its ids and digests, no personal data."""

    kind: str
    payload: Mapping[str, str | int | None]


def append(
    session: Session, congress: UUID, appointment: UUID | None, at: datetime, acts: Iterable[NewAct]
) -> str:
    """Append acts to a congress's chain and return its new head; the head row is locked here, last."""
    session.flush()
    # Core, not ORM: the row filter refuses bulk inserts, and the head must be made if it is not there.
    heads = table_of(ActHead)
    connection = session.connection()
    connection.execute(
        upsert(session, heads)
        .values(congress_id=congress, number=0, digest=chain.FIRST)
        .on_conflict_do_nothing()
    )
    number, head = connection.execute(
        select(heads.c.number, heads.c.digest).where(heads.c.congress_id == congress).with_for_update()
    ).one()
    moment = at.astimezone(UTC)
    for act in acts:
        number += 1
        new = chain.link(head, number, moment, _text(appointment), act.kind, act.payload)
        session.add(
            Act(
                congress_id=congress,
                number=number,
                appointment_id=appointment,
                at=moment,
                kind=act.kind,
                payload=dict(act.payload),
                previous=head,
                digest=new,
            )
        )
        head = new
    session.flush()
    connection.execute(
        update(heads).where(heads.c.congress_id == congress).values(number=number, digest=head)
    )
    return str(head)


def raise_topics(session: Session, congress: UUID, topics: Iterable[str]) -> None:
    """Raise the version of each topic by one, in a fixed order so that two writers cannot block each other."""
    table = table_of(TopicVersion)
    for topic in sorted(set(topics)):
        statement = upsert(session, table).values(congress_id=congress, topic=topic, version=1)
        session.connection().execute(
            statement.on_conflict_do_update(
                index_elements=[table.c.congress_id, table.c.topic], set_={"version": table.c.version + 1}
            )
        )


def topic_versions(session: Session, congresses: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """Return every topic of some congresses with its version, in one statement."""
    found: dict[UUID, dict[str, int]] = {congress: {} for congress in congresses}
    for row in session.execute(
        select(TopicVersion.congress_id, TopicVersion.topic, TopicVersion.version).where(
            TopicVersion.congress_id.in_(congresses)
        )
    ):
        found[row.congress_id][row.topic] = row.version
    return found


@dataclass(frozen=True, slots=True)
class Broken:
    """The first act of a chain that does not hold, and why."""

    number: int
    reason: str


def verify(session: Session, congress: UUID) -> Broken | None:
    """Walk a congress's chain and return the first act that does not hold, or None."""
    head, number = chain.FIRST, 0
    for act in _acts(session, congress):
        number += 1
        if act.number != number:
            return Broken(number, "act_missing")
        if act.previous != head:
            return Broken(number, "link_broken")
        if chain.link(head, number, act.at, _text(act.appointment_id), act.kind, act.payload) != act.digest:
            return Broken(number, "act_changed")
        head = act.digest
    stored = session.get(ActHead, congress)
    # No head row means no acts: a chain whose head was taken away does not hold either.
    if (number, head) != ((0, chain.FIRST) if stored is None else (stored.number, stored.digest)):
        return Broken(number, "head_differs")
    return None


def _acts(session: Session, congress: UUID) -> Iterator[Act]:
    statement = select(Act).where(Act.congress_id == congress).order_by(Act.number)
    # Closed even when the walk ends early: PostgreSQL keeps the cursor of a stream until then.
    with session.scalars(statement.execution_options(yield_per=500)) as acts:
        yield from acts


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
