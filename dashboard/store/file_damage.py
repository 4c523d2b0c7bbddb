"""Whether a SQLite file agrees with itself, table and index alike.

A value stands in a file twice where an index holds it too, and a statement that finds all it needs in the index never
looks at the table: a byte changed there would be seen by nothing that reads values.
"""

from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dashboard.store.witness import PARTS

WHOLE = "ok"


def damaged_table(session: Session) -> str | None:
    """Return the table that its file contradicts ("" where it is no single one's), or None; None on PostgreSQL."""
    if session.get_bind().dialect.name != "sqlite" or _is_whole(session):
        return None
    # Asked only now: which one it is makes the check twice as long.
    parts = [mapped.__tablename__ for mapped in PARTS.values()]
    try:
        others = sorted(set(inspect(session.connection()).get_table_names()).difference(parts))
    except DBAPIError:
        return ""
    return next((table for table in [*parts, *others] if not _is_whole(session, table)), "")


def _is_whole(session: Session, table: str | None = None) -> bool:
    named = "1" if table is None else '"' + table.replace('"', '""') + '"'
    try:
        return session.connection().exec_driver_sql(f"PRAGMA integrity_check({named})").scalar() == WHOLE
    except DBAPIError:
        return False
