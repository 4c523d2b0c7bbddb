"""A database that must be there already: SQLite would make a new, empty one of a wrong name."""

from pathlib import Path

from sqlalchemy import make_url

from dashboard.rules.refused import Refused
from dashboard.store.migrations import stands
from dashboard.store.transactions import Store, open_store


def open_existing(address: str) -> Store:
    """Open the database at an address; one that is not there, or was never migrated, is Refused and not made."""
    place = make_url(address)
    is_file = place.drivername.startswith("sqlite")
    if is_file and not Path(place.database or "").is_file():
        raise Refused("no_database", path=place.database or "-")
    # Even to look at it SQLite would write its journal's mode into it.
    if is_file and not Path(place.database or "").stat().st_size:
        raise Refused("database_empty", path=place.database or "-")
    store = open_store(address)
    if not stands(store):
        store.close()
        raise Refused("database_empty", path=place.database or "-")
    return store
