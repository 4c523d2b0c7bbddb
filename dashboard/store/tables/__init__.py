"""Every table of the schema, imported once so that the metadata is whole."""

from dashboard.store.tables import (
    accounts,
    areas,
    assessment,
    congress,
    cycle,
    inquiry,
    orders,
    progress,
    record,
    reference,
    supervision,
    voting,
)
from dashboard.store.tables.keys import Base

__all__ = [
    "Base",
    "accounts",
    "areas",
    "assessment",
    "congress",
    "cycle",
    "inquiry",
    "orders",
    "progress",
    "record",
    "reference",
    "supervision",
    "voting",
]
