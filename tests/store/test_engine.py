"""The connections of PostgreSQL: found again after the server let them go, statements said often planned once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from dashboard.store import engine as engine_module
from dashboard.store.engine import OFTEN
from dashboard.store.transactions import Store, open_store
from tests.conftest import PostgresqlTemplates

pytestmark = pytest.mark.postgresql


@pytest.fixture
def served(postgresql_templates: PostgresqlTemplates) -> Iterator[Store]:
    address = postgresql_templates.copy("bare", postgresql_templates)  # type: ignore[arg-type]  # It has no folder.
    opened = open_store(address)
    yield opened
    opened.close()
    postgresql_templates.drop(address)


def number(store: Store) -> int:
    """Return the server's number of the connection that is used."""
    with store.writer.connect() as connection:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_a_connection_that_is_gone_is_replaced(served: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "QUIET_SECONDS", 0.0)
    first = number(served)
    assert number(served) == first
    with served.reader.connect() as other:
        assert other.execute(text("SELECT pg_terminate_backend(:it, 10000)"), {"it": first}).scalar_one()
    assert number(served) != first


def test_what_is_said_often_is_prepared(served: Store) -> None:
    for engine in (served.reader, served.writer):
        with engine.connect() as connection:
            for _ in range(OFTEN + 2):
                connection.execute(text("SELECT 1 + :n"), {"n": 1})
            prepared = connection.execute(text("SELECT statement FROM pg_prepared_statements"))
            assert [one for one in prepared.scalars() if "1 +" in one]


def test_a_reading_connection_writes_nothing(served: Store) -> None:
    with served.reader.connect() as connection, pytest.raises(Exception, match="read-only"):
        connection.execute(text("CREATE TABLE x (y int)"))


def test_a_glance_leaves_the_connection_as_it_was(served: Store) -> None:
    """One statement without a transaction around it; the next one reads a snapshot again, and neither writes."""
    how = text(
        "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only'), pg_backend_pid()"
    )
    with served.system().glancing() as connection:
        _, read_only, glancing = connection.execute(how).one()
        assert read_only == "on"
        assert connection.connection.driver_connection.autocommit  # type: ignore[union-attr]
    with served.system().reading() as session:
        assert session.execute(how).one() == ("repeatable read", "on", glancing)
