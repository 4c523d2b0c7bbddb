"""Who of a congress reads what is not published yet: the row filter shows it to every member, the pages do not."""

from typing import Any

from sqlalchemy import ColumnElement

from dashboard.gate import Call
from dashboard.rules.roles import ASKING, PREPARING, Role


def told(call: Call, *tables: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on rows that those who prepare them read early, and everyone else once published."""
    return _told(call, PREPARING, tables)


def told_askers(call: Call, *tables: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on rows that deputies too read early: never those who are asked or visited."""
    return _told(call, ASKING, tables)


def _told(call: Call, early: frozenset[Role], tables: tuple[Any, ...]) -> tuple[ColumnElement[bool], ...]:
    return () if call.role in early else tuple(one.published_at.is_not(None) for one in tables)
