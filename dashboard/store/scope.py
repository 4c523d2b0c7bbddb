"""The row filter: which congresses a session sees, and of those how much.

Every ORM statement of a session is narrowed here. `text`, `read_sql`, `__table__` and bare connections escape it,
so a test forbids them outside this package.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, event, inspect, or_
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from dashboard.store.narrowable import is_narrowable
from dashboard.store.tables.keys import Closed, Open, Published, Tenant


@dataclass(frozen=True, slots=True)
class Scope:
    """What one request may see.

    `congresses` are those of the request's address; `own` are those of them in which the actor is a member, where
    unpublished and closed rows are read too; `writes` is the one congress that may be written to. `published` widens
    reading to what every congress has published, and to nothing else of theirs.
    """

    congresses: frozenset[UUID] = frozenset()
    own: frozenset[UUID] = frozenset()
    writes: UUID | None = None
    everything: bool = False
    published: bool = False


SYSTEM = Scope(everything=True)


class OutOfScope(Exception):
    """A statement that the scope does not allow: a bug, and a loud one."""


def narrowed(session: Session, scope: Scope) -> Session:
    """Bind a session to a scope; a session without one executes nothing."""
    session.info["scope"] = scope
    return session


def _criteria(scope: Scope) -> list[Any]:
    seen, own = list(scope.congresses), list(scope.own)
    if scope.published:
        return [
            with_loader_criteria(Published, lambda row: row.published_at.is_not(None), include_aliases=True),
            with_loader_criteria(Closed, lambda row: row.congress_id.in_([]), include_aliases=True),
        ]
    return [
        with_loader_criteria(Open, lambda row: row.congress_id.in_(seen), include_aliases=True),
        with_loader_criteria(
            Published,
            lambda row: or_(
                row.congress_id.in_(own), and_(row.congress_id.in_(seen), row.published_at.is_not(None))
            ),
            include_aliases=True,
        ),
        with_loader_criteria(Closed, lambda row: row.congress_id.in_(own), include_aliases=True),
    ]


def _changes(congress: UUID) -> Any:
    """Narrow a bulk change further than reading: only the congress that is written to."""
    return with_loader_criteria(Tenant, lambda row: row.congress_id == congress, include_aliases=True)


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    scope: Scope | None = state.session.info.get("scope")
    if scope is None:
        raise OutOfScope("a session without scope")
    if scope.everything:
        return
    if state.is_insert:
        raise OutOfScope("a bulk insert outside the store: add the objects to the session")
    if not (state.is_select or state.is_update or state.is_delete):
        raise OutOfScope("a statement that the row filter cannot narrow")
    if not is_narrowable(state.statement):
        raise OutOfScope(
            "a statement of which the row filter would miss a part: name each entity in FROM or JOIN"
        )
    # Made with the first statement that needs them: casting a ballot has none.
    criteria = state.session.info.get("criteria")
    if criteria is None:
        criteria = state.session.info["criteria"] = _criteria(scope)
    if state.is_update or state.is_delete:
        if scope.writes is None:
            raise OutOfScope("a write in a session that only reads")
        criteria = [*criteria, _changes(scope.writes)]
    state.statement = state.statement.options(*criteria)


@event.listens_for(Session, "before_flush")
def _check_new_rows(session: Session, _context: object, _instances: object) -> None:
    scope: Scope | None = session.info.get("scope")
    if scope is None:
        raise OutOfScope("a session without scope")
    if not scope.everything:
        _refuse_foreign([*session.new, *session.dirty, *session.deleted], scope.writes)


def _refuse_foreign(rows: Iterable[object], congress: UUID | None) -> None:
    for row in rows:
        if not isinstance(row, Tenant):
            continue
        # Where the row was read from counts as much as where it goes: a row does not move between congresses.
        kept = inspect(row).identity
        if congress is None or row.congress_id != congress or (kept is not None and congress not in kept):
            raise OutOfScope(f"a row of another congress: {type(row).__name__}")
