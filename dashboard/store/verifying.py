"""Verification: the record holds, and every round is what the record says of it, down to the last byte."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dashboard.store.core import table_of
from dashboard.store.file_damage import damaged_table
from dashboard.store.record import verify as verify_chain
from dashboard.store.stored_form import oddly_stored
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.record import Act, ActHead
from dashboard.store.tables.voting import Round
from dashboard.store.verifying_reports import changed_report
from dashboard.store.verifying_seal import broken_about, broken_document, broken_seal
from dashboard.store.witness import PARTS, keys_of, part_digest

# What changes without an act: attendance and ballots until the close, sheets of paper until the seal.
BEFORE_CLOSE = frozenset({"draft", "checked", "open", "suspended"})
SILENT = {
    **dict.fromkeys(("check_ins", "participations", "ballots"), BEFORE_CLOSE),
    **dict.fromkeys(("entries", "sheets"), BEFORE_CLOSE | {"closed"}),
}
NOTHING = hashlib.sha256().hexdigest()
# What reading a value that we did not write can raise; SQLite hands out whatever its file holds.
UNREADABLE = (ValueError, TypeError, AttributeError, DBAPIError)
Stated = dict[UUID, dict[str, tuple[int, str]]]
_PART_OF = {mapped.__tablename__: part for part, mapped in PARTS.items()}


@dataclass(frozen=True, slots=True)
class Failure:
    """The first thing that does not hold: in which congress, of which act, round and part, and why."""

    reason: str
    congress: str | None = None
    act: int | None = None
    round_id: UUID | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Holds:
    """A congress whose record and rounds hold, with the head that the next paper prints."""

    congress: str
    acts: int
    head: str
    rounds: int


def verify(session: Session) -> Iterator[Holds | Failure]:
    """Check every congress in the order of codes; a failure ends it.

    The file itself, where it is SQLite's; the chain of acts; of every round each part against what the last act
    states of it; every seal and its count; every report against the act that published it.
    """
    damaged = damaged_table(session)
    if damaged is not None:
        yield Failure("damaged", part=_PART_OF.get(damaged))
        return
    try:
        congresses = session.execute(select(Congress.code, Congress.id).order_by(Congress.code)).all()
    except UNREADABLE as error:
        _only_unreadable(session, error)
        yield Failure("unreadable")
        return
    for code, congress in congresses:
        result = _congress(session, code, congress)
        yield result
        if isinstance(result, Failure):
            return
    for part in PARTS:
        if _strays(session, part):
            yield Failure("stray", part=part)
            return


def find_head(session: Session, digest: str) -> tuple[str, int] | None:
    """Return the congress and the number of the act that a printed head is, or None where no record has it."""
    found = session.execute(
        select(Congress.code, Act.number)
        .join(Act, Act.congress_id == Congress.id)
        .where(Act.digest == "".join(digest.split()).lower())
    ).first()
    return None if found is None else (found.code, found.number)


def _congress(session: Session, code: str, congress: UUID) -> Holds | Failure:
    try:
        broken = verify_chain(session, congress)
        stated = {} if broken is not None else _stated(session, congress)
        odd = None if broken is not None else _odd_act(session, congress)
    except UNREADABLE as error:
        _only_unreadable(session, error)
        return Failure("act_unreadable", code, act=_first_unreadable(session, congress))
    if broken is not None:
        return Failure(broken.reason, code, act=broken.number)
    if odd is not None:
        return Failure("oddly_stored", code, act=odd)
    try:
        rounds = _rounds(session, congress) | stated.keys()
    except UNREADABLE as error:
        _only_unreadable(session, error)
        return Failure("unreadable", code)
    for round_id in sorted(rounds):
        failure = _round(session, code, congress, round_id, stated.get(round_id, {}))
        if failure is not None:
            return failure
    head = session.get(ActHead, congress)
    return _reports(session, code, congress) or (
        Holds(code, 0, "", len(rounds))
        if head is None
        else Holds(code, head.number, head.digest, len(rounds))
    )


def _reports(session: Session, code: str, congress: UUID) -> Failure | None:
    try:
        changed = changed_report(session, congress)
    except UNREADABLE as error:
        _only_unreadable(session, error)
        return Failure("unreadable", code)
    return None if changed is None else Failure("report_differs", code, act=changed)


def _round(
    session: Session, code: str, congress: UUID, round_id: UUID, stated: dict[str, tuple[int, str]]
) -> Failure | None:
    state: str | None = None
    for part in PARTS:
        act, digest = stated.get(part, (None, NOTHING))
        try:
            found = part_digest(session, congress, round_id, part)
            odd = oddly_stored(session, table_of(PARTS[part]), keys_of(part, congress, round_id))
            if part == "round":
                state = session.scalar(
                    select(Round.state).where(Round.congress_id == congress, Round.id == round_id)
                )
        except UNREADABLE as error:
            _only_unreadable(session, error)
            return Failure("unreadable", code, act, round_id, part)
        if odd is not None:
            return Failure("oddly_stored", code, act, round_id, part)
        if found != digest and state not in SILENT.get(part, ()):
            return Failure("unstated" if act is None else "part_differs", code, act, round_id, part)
    try:
        broken = (
            broken_seal(session, congress, round_id)
            or broken_document(session, congress, round_id)
            or broken_about(session, congress, round_id)
        )
    except UNREADABLE as error:
        _only_unreadable(session, error)
        broken = ("box", "unreadable")
    return None if broken is None else Failure(broken[1], code, None, round_id, broken[0])


def _odd_act(session: Session, congress: UUID) -> int | None:
    """Return the number of an act whose bytes are not as they are written here."""
    odd = oddly_stored(session, table_of(Act), {"congress_id": congress})
    return None if odd is None else int(str(odd["number"]))


def _stated(session: Session, congress: UUID) -> Stated:
    """Return what the acts state last of each part of each round, with the number of the act that does."""
    found: Stated = {}
    statement = select(Act.number, Act.payload).where(Act.congress_id == congress).order_by(Act.number)
    with session.execute(statement.execution_options(yield_per=500)) as acts:
        for number, payload in acts:
            if "round" not in payload:
                continue
            parts = found.setdefault(UUID(payload["round"]), {})
            for part in PARTS:
                if f"{part}_digest" in payload:
                    parts[part] = (number, payload[f"{part}_digest"])
    return found


def _rounds(session: Session, congress: UUID) -> set[UUID]:
    """Return every round of which a congress has rows in any part."""
    found: set[UUID] = set()
    for part, mapped in PARTS.items():
        table = table_of(mapped)
        key = table.c.id if part == "round" else table.c.round_id
        # An assessment may be of no round at all.
        known = select(key).where(table.c.congress_id == congress, key.is_not(None)).distinct()
        found.update(session.connection().scalars(known))
    return found


def _strays(session: Session, part: str) -> int:
    """Return how many rows of a part belong to no congress at all, which no congress's check reads."""
    table = table_of(PARTS[part])
    congresses = select(table_of(Congress).c.id)
    statement = select(func.count()).select_from(table).where(table.c.congress_id.not_in(congresses))
    return session.connection().scalar(statement) or 0


def _only_unreadable(session: Session, error: Exception) -> None:
    """Let rise what is no unreadable value: a server that does not answer."""
    if isinstance(error, DBAPIError) and session.get_bind().dialect.name != "sqlite":
        raise error


def _first_unreadable(session: Session, congress: UUID) -> int | None:
    numbers = table_of(Act).c
    known = select(numbers.number).where(numbers.congress_id == congress).order_by(numbers.number)
    found: list[int] = list(session.connection().scalars(known))
    for number in found:
        try:
            session.get(Act, (congress, number))
        except UNREADABLE:
            return number
    return None
