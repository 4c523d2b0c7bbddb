"""Fills an empty database with the nation: `python -m tests.bulk ADDRESS [CONGRESSES]`."""

import sys
import time
from datetime import UTC, datetime

from dashboard.config import Settings
from dashboard.store.loading.reference import load_reference
from dashboard.store.migrations import migrate
from dashboard.store.transactions import open_store
from tests.bulk.filling import fill
from tests.bulk.nation import BLOCK, Nation


def main(address: str, congresses: int = BLOCK) -> None:
    """Migrate and fill the database at an address, saying what was written."""
    store, now, begun = open_store(Settings(database_url=address).url), datetime.now(UTC), time.monotonic()
    migrate(store.writer)
    load_reference(store, now)
    filled = fill(store, Nation(congresses), now)
    store.close()
    for table, rows in filled.items():
        print(f"{rows:>10,} {table}")
    print(f"{sum(filled.values()):>10,} rows in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
