"""Databases of the commands' tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.store.transactions import Store, open_store
from tests.conftest import SqliteTemplates


@pytest.fixture
def plain_store(sqlite_templates: SqliteTemplates, tmp_path: Path) -> Iterator[Store]:
    """A migrated, empty SQLite database, for what does not depend on the database."""
    opened = open_store(sqlite_templates.copy("empty", tmp_path))
    yield opened
    opened.close()
