"""What a start loads: published facts always, the demonstration into an empty database that may hold one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dashboard.config import Settings
from dashboard.store.loading.demonstration import load_demonstration
from dashboard.store.loading.reference import load_reference
from dashboard.store.transactions import Store


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows went into which table; nothing where the database already had them."""

    reference: Mapping[str, int] = field(default_factory=dict)
    demonstration: Mapping[str, int] = field(default_factory=dict)


def load_all(store: Store, settings: Settings, now: datetime) -> Loaded:
    """Load what the settings ask for and the database lacks, and return what was loaded.

    Raises BadRow for a file that is refused; production never gets the demonstration.
    """
    reference = load_reference(store, now)
    if not settings.demonstration or settings.env == "production":
        return Loaded(reference)
    return Loaded(reference, load_demonstration(store, now))
