"""Every table of the schema, imported once so that the metadata is whole."""

from dashboard.store.tables import (
    accounts,
    areas,
    assessment,
    congress,
    cycle,
    hall,
    inquiry,
    orders,
    progress,
    record,
    reference,
    sealing,
    supervision,
    voting,
)
from dashboard.store.tables.keys import Base, index_references

# Written while a round is open, and read by their round alone; an act is written by every command.
index_references(
    Base.metadata.tables.values(),
    unless={
        "round_rolls",
        "round_officers",
        "check_ins",
        "participations",
        "ballots",
        "paper_sheets",
        "acts",
    },
)

__all__ = [
    "Base",
    "accounts",
    "areas",
    "assessment",
    "congress",
    "cycle",
    "hall",
    "inquiry",
    "orders",
    "progress",
    "record",
    "reference",
    "sealing",
    "supervision",
    "voting",
]
