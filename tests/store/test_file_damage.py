"""One byte changed in the file itself, in any table of a round or in an index of it, is found and told.

A statement that changes a value changes its indexes too; who writes into the file does not.
"""

import shutil
from pathlib import Path
from uuid import UUID

import pytest

from dashboard.store.core import table_of
from dashboard.store.tables.record import Act
from dashboard.store.transactions import open_store
from dashboard.store.verifying import Failure, Holds, verify
from dashboard.store.witness import PARTS
from tests.conftest import SqliteTemplates
from tests.store.file_pages import changed, first_bytes, page_size, trees
from tests.store.whole_round import CONGRESS, complete


@pytest.fixture(scope="module")
def whole(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, UUID]:
    """A file that nothing has open, whose first congress has a round with rows in every part."""
    folder = tmp_path_factory.mktemp("whole")
    store = open_store(sqlite_templates.copy("loaded", folder))
    round_id = complete(store)
    store.close()
    return folder / "fresh.sqlite3", round_id


def last(path: Path) -> Holds | Failure:
    store = open_store(f"sqlite:///{path}")
    try:
        with store.system().reading() as session:
            return list(verify(session))[-1]
    finally:
        store.close()


@pytest.mark.parametrize("part", PARTS)
def test_one_byte_of_a_table_or_of_its_index_is_named(
    part: str, whole: tuple[Path, UUID], tmp_path: Path
) -> None:
    path, round_id = whole
    table = PARTS[part].__tablename__
    raw, key = path.read_bytes(), f"{CONGRESS.hex}{round_id.hex}".encode()
    # An assessment has an id of its own between them.
    wanted = key if part not in {"documents", "consents", "assessments"} else round_id.hex.encode()
    places = {name: first_bytes(raw, root, wanted) for name, root in trees(path, table).items()}
    assert places[table] is not None
    for name, at in places.items():
        if at is None:
            continue
        # The last letter of the round, then one of the congress.
        for offset in (len(wanted) - 1, 3):
            copy = Path(shutil.copyfile(path, tmp_path / "copy.sqlite3"))
            changed(copy, at + offset)
            found = last(copy)
            assert isinstance(found, Failure), (name, offset)
            # What no index repeats is seen as any other change of a value.
            assert found.reason in {"damaged", "part_differs", "unstated", "stray"}
            assert found.part == part


def test_the_file_holds_before(whole: tuple[Path, UUID]) -> None:
    assert isinstance(last(whole[0]), Holds)


def test_a_page_that_is_none_is_told(whole: tuple[Path, UUID], tmp_path: Path) -> None:
    """The first byte of a page says what it is."""
    path, _ = whole
    table = table_of(Act).name
    root = trees(path, table)[table]
    copy = Path(shutil.copyfile(path, tmp_path / "copy.sqlite3"))
    changed(copy, (root - 1) * page_size(path.read_bytes()), 0x40)
    assert last(copy) == Failure("damaged")
