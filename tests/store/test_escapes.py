"""What would go around the row filter is written nowhere outside the store."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "dashboard"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if PACKAGE / "store" not in path.parents)

# SQL that no entity stands for, connections without a session, and rows that pass by before_flush.
ESCAPES = frozenset(
    {
        "text",
        "literal_column",
        "TextClause",
        "create_engine",
        "open_engine",
        "MetaData",
        "read_sql",
        "read_sql_query",
        "read_sql_table",
        "exec_driver_sql",
        "__table__",
        "from_statement",
        "connection",
        "raw_connection",
        "connect",
        "get_bind",
        "bulk_save_objects",
        "bulk_insert_mappings",
        "bulk_update_mappings",
    }
)
SOURCES = ("sqlalchemy", "pandas", "dashboard.store.engine")
# Words that are escapes as SQLAlchemy's own, and harmless as a name of ours.
OURS = frozenset({"text"})
# Asks one row of the migrations' table, before there is any congress to narrow to.
ALLOWED = {"web/create.py": {"text", "connect"}}
# Layers that answer requests: what sees every congress is not theirs to open.
ANSWERING = ("commands", "queries", "figures", "reports")


def escapes(source: str) -> Iterator[tuple[int, str]]:
    """Yield each escape's line and name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SOURCES):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name in ESCAPES)
        elif isinstance(node, ast.Attribute) and node.attr in ESCAPES:
            of_sqlalchemy = isinstance(node.value, ast.Name) and node.value.id in {"sqlalchemy", "sa", "sql"}
            if of_sqlalchemy or node.attr not in OURS:
                yield node.lineno, node.attr


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_goes_around_the_row_filter(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    found = [*escapes(path.read_text("utf-8"))]
    assert [(line, word) for line, word in found if word not in ALLOWED.get(name, set())] == []


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_still_used(name: str) -> None:
    assert {word for _, word in escapes((PACKAGE / name).read_text("utf-8"))} == ALLOWED[name]


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.relative_to(PACKAGE).parts[0] in ANSWERING],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_an_answer_sees_no_more_than_its_scope(path: Path) -> None:
    names = {
        node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)
    }
    assert not names & {"system", "reader", "writer"}
    assert "SYSTEM" not in path.read_text("utf-8")


@pytest.mark.parametrize(
    "source",
    [
        "from sqlalchemy import text",
        "import sqlalchemy\nsqlalchemy.text('SELECT 1')",
        "import pandas\npandas.read_sql('SELECT 1', None)",
        "select(Ballot.__table__)",
        "session.connection().execute(statement)",
        "from sqlalchemy import create_engine",
        "connection.exec_driver_sql('SELECT 1')",
        "session.bulk_insert_mappings(Ballot, [])",
    ],
)
def test_each_way_around_is_found(source: str) -> None:
    assert list(escapes(source))


def test_our_own_words_are_no_escapes() -> None:
    assert list(escapes("remark.text = text\nparts.text('x')\nfrom dashboard.web.parts import text")) == []
