"""Migrations: twice is once, at once is once, a foreign schema is refused, and the way back is whole."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from dashboard.store.migrations import STAMP, SchemaChanged, _config, is_current, migrate
from dashboard.store.tables import Base
from dashboard.store.transactions import Store, open_store

OF_ALEMBIC = {"alembic_version", STAMP}


@pytest.fixture
def bare(bare_url: str) -> Iterator[Store]:
    opened = open_store(bare_url)
    yield opened
    opened.close()


def tables(engine: Engine) -> set[str]:
    with engine.begin() as connection:
        return set(inspect(connection).get_table_names())


def stamps(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        return list(connection.exec_driver_sql(f"SELECT digest FROM {STAMP}").scalars())


def downgrade(engine: Engine) -> None:
    script = ScriptDirectory.from_config(_config())
    environment = EnvironmentContext(
        _config(), script, fn=lambda revision, _context: script._downgrade_revs("base", revision)
    )
    with engine.begin() as connection:
        environment.configure(connection=connection, target_metadata=Base.metadata)
        environment.run_migrations()


def test_a_bare_database_gets_every_table(bare: Store) -> None:
    with bare.reader.connect() as connection:
        assert not is_current(connection)
    migrate(bare.writer)
    assert tables(bare.writer) == set(Base.metadata.tables) | OF_ALEMBIC
    with bare.reader.connect() as connection:
        assert is_current(connection)


def test_twice_is_once(loaded_store: Store) -> None:
    before = stamps(loaded_store.writer)
    with loaded_store.writer.begin() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM ballots").scalar()
    migrate(loaded_store.writer)
    assert stamps(loaded_store.writer) == before
    with loaded_store.writer.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM ballots").scalar() == rows > 3000


def test_at_once_is_once(bare: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: migrate(bare.writer), range(4)))
    assert len(stamps(bare.writer)) == 1


def test_the_database_is_what_the_tables_say(store: Store) -> None:
    with store.writer.begin() as connection:
        # SQLite keeps no type to compare an instant or a fact with, and no name of a key that is not unique.
        context = MigrationContext.configure(
            connection, opts={"compare_type": False, "include_name": lambda name, *_: name not in OF_ALEMBIC}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_foreign_stamp_is_refused(store: Store) -> None:
    with store.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {STAMP} SET digest = '{'0' * 64}'")
    with pytest.raises(SchemaChanged):
        migrate(store.writer)
    assert stamps(store.writer) == ["0" * 64]


def test_the_way_back_and_forth(loaded_store: Store) -> None:
    downgrade(loaded_store.writer)
    assert tables(loaded_store.writer) == OF_ALEMBIC
    migrate(loaded_store.writer)
    assert tables(loaded_store.writer) == set(Base.metadata.tables) | OF_ALEMBIC
