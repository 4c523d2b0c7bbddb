"""How a row leads to another of the same congress, as every join between tenant tables says it."""

from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import QueryableAttribute


def leads(key: QueryableAttribute[Any], to: Any) -> ColumnElement[bool]:
    """Return the condition that a row's key names the row of `to`, a table or an alias, in its own congress."""
    owner = key.parent.entity
    return and_(to.congress_id == owner.congress_id, to.id == key)


def same_line(row: Any, option: Any) -> ColumnElement[bool]:
    """Return the condition that a row (a count, a project) belongs to a line of a round's list."""
    return and_(
        row.congress_id == option.congress_id,
        row.round_id == option.round_id,
        row.number == option.number,
    )
