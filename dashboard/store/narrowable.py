"""Which statements the row filter can narrow: SQLAlchemy's loader criteria miss some forms, so those are refused.

Criteria reach the entities of select_from() and join(), those near the surface of WHERE, and of each column the first
one. They reach nothing where SQLAlchemy does not see an ORM statement: a window or a filtered aggregate alone in the
columns, an and_() alone in the WHERE of a subquery, a join given as FROM, a plain table. Seen with SQLAlchemy 2.1.9.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Delete, Select, TableClause, TextClause, Update
from sqlalchemy.orm import Mapper
from sqlalchemy.sql import util as sql_util
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import FromClause, Join, SelectBase

from dashboard.store.tables import Base
from dashboard.store.tables.keys import Tenant

ENTITY = "parententity"
# Whatever carries tenants' rows, by the name that SQL knows it under.
TENANTS = frozenset(
    table.name
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Tenant)
    for table in mapper.tables
    if isinstance(table, TableClause)
)

MOST_KNOWN = 2048
_known: dict[Any, bool] = {}

# SQLAlchemy's own, so that what counts as reached here is what its criteria reach.
_first: Callable[[Any, str], Any] = sql_util.extract_first_column_annotation
_near: Callable[[Any], Iterable[Any]] = sql_util.surface_expressions


def is_narrowable(statement: Any) -> bool:
    """Tell whether the row filter reaches every row of a congress that a statement reads or changes.

    The answer depends on the statement's form alone, so it is kept by the key under which SQLAlchemy keeps its SQL.
    """
    key = statement._generate_cache_key()
    if key is None:
        return _walk(statement)
    known = _known.get(key.key)
    if known is None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        known = _known[key.key] = _walk(statement)
    return known


def _walk(statement: Any) -> bool:
    return all(_is_reached(node) for node in visitors.iterate(statement))


def _is_reached(node: Any) -> bool:
    if isinstance(node, Select):
        return _select_is_reached(node)
    if isinstance(node, Update | Delete):
        return _change_is_reached(node)
    return not isinstance(node, TextClause)


def _select_is_reached(select: Select[Any]) -> bool:
    froms: list[Any] = list(select._from_obj)
    for target, _on, left, _flags in select._setup_joins:
        froms += [target] if left is None else [target, left]
    parts = [*select._raw_columns, *froms, *select._where_criteria]
    elements = [element for part in parts for element in _surface(part)]
    reached: set[Any] = set()
    if select._propagate_attrs.get("compile_state_plugin") == "orm":
        reached |= {_first(column, ENTITY) for column in select._raw_columns}
        reached |= {part._annotations.get(ENTITY) for part in froms}
        reached |= {
            element._annotations.get(ENTITY) for part in select._where_criteria for element in _near(part)
        }
    return _entities(elements) <= reached and not _plain_tables(elements) - {
        str(entity.local_table) for entity in reached if isinstance(entity, Mapper)
    }


def _change_is_reached(change: Update | Delete) -> bool:
    """Tell whether an update or delete changes one entity by its own columns; others it may ask in subqueries."""
    target = change.table._annotations.get(ENTITY)
    parts = [*change._where_criteria, *(getattr(change, "_values", None) or {}).values()]
    elements = [element for part in parts for element in _surface(part)]
    return target is not None and _entities(elements) <= {target} and not _plain_tables(elements)


def _entities(elements: Iterable[ClauseElement]) -> set[Any]:
    return {element._annotations[ENTITY] for element in elements if ENTITY in element._annotations}


def _plain_tables(elements: Iterable[ClauseElement]) -> set[str]:
    """Return the tenants' tables that elements name, or take a column of, without an entity standing for them."""
    plain = (element for element in elements if ENTITY not in element._annotations)
    tables = (
        element if isinstance(element, FromClause) else getattr(element, "table", None) for element in plain
    )
    return {table.name for table in tables if isinstance(table, TableClause)} & TENANTS


def _surface(part: ClauseElement) -> Iterator[ClauseElement]:
    """Yield an element and what it is made of, the nearest first, down to subqueries, which stand for themselves."""
    waiting = [part]
    for element in waiting:
        yield element
        # A function is a FROM clause to SQLAlchemy, since some return rows.
        if isinstance(element, Join | FunctionElement) or not isinstance(element, SelectBase | FromClause):
            waiting.extend(element.get_children())
