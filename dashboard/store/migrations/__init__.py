"""Migrations in code: no ini file, the address comes from the settings."""

import hashlib
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.schema import CreateIndex, CreateTable

from dashboard.store.tables import Base
from dashboard.store.transactions import Store

STAMP = "schema_stamp"


class SchemaChanged(Exception):
    """The database was made by another state of the first migration, which is edited until the first tag."""


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision; doing it again does nothing."""
    script = ScriptDirectory.from_config(_config())

    def upgrade(revision: object, _context: MigrationContext) -> object:
        return script._upgrade_revs("head", revision)  # type: ignore[arg-type]  # Alembic types it as a tuple.

    environment = EnvironmentContext(_config(), script, fn=upgrade)
    with engine.begin() as connection:
        # One migrator at a time: SQLite by BEGIN IMMEDIATE, PostgreSQL by an advisory lock.
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7105)")
        _refuse_other_stamp(connection)
        environment.configure(connection=connection, target_metadata=Base.metadata)
        environment.run_migrations()
        _stamp(connection)


def is_current(connection: Connection) -> bool:
    """Tell whether the schema is at the newest revision."""
    script = ScriptDirectory.from_config(_config())
    return MigrationContext.configure(connection).get_current_revision() == script.get_current_head()


def stands(store: Store) -> bool:
    """Tell whether a database has the newest schema; one that is not there yet has none."""
    with store.reader.connect() as connection:
        return is_current(connection)


def schema_digest(connection: Connection) -> str:
    """Return the SHA-256 of the whole schema as this database would be told it."""
    digest = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        digest.update(str(CreateTable(table).compile(dialect=connection.dialect)).encode())
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            digest.update(str(CreateIndex(index).compile(dialect=connection.dialect)).encode())
    return digest.hexdigest()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def _refuse_other_stamp(connection: Connection) -> None:
    if not inspect(connection).has_table(STAMP):
        return
    stamp = connection.exec_driver_sql(f"SELECT digest FROM {STAMP}").scalar()  # noqa: S608 - a constant name
    if stamp != schema_digest(connection):
        raise SchemaChanged("The schema changed before the first release; move the old database away.")


def _stamp(connection: Connection) -> None:
    connection.exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {STAMP} (digest VARCHAR(64) PRIMARY KEY)")
    connection.exec_driver_sql(f"DELETE FROM {STAMP}")  # noqa: S608 - a constant name
    connection.exec_driver_sql(f"INSERT INTO {STAMP} VALUES ('{schema_digest(connection)}')")  # noqa: S608 - hex
