"""The schema's keys: the congress first in every one, and nothing that joins a ballot to its voter."""

from typing import Any

import pytest
from sqlalchemy import Table, UniqueConstraint, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from dashboard.store.core import table_of
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables import Base
from dashboard.store.tables.keys import Closed, Instant, Open, Published, Tenant
from dashboard.store.tables.voting import Ballot, Count, Participation
from dashboard.store.transactions import Store

ENTITIES = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda entity: entity.__name__)
TENANTS = [entity for entity in ENTITIES if issubclass(entity, Tenant)]
TABLES = {entity.__tablename__: table_of(entity) for entity in TENANTS}
COUNTY = key_of("congress", "990121")
TOWNSHIP = key_of("congress", "990121100")


def named(entity: type[Base]) -> str:
    return entity.__tablename__


def test_there_are_tenants() -> None:
    assert len(TENANTS) > 40


@pytest.mark.parametrize("entity", TENANTS, ids=named)
def test_tenant_says_who_may_read_it(entity: type[Base]) -> None:
    assert sum(issubclass(entity, audience) for audience in (Open, Published, Closed)) == 1


@pytest.mark.parametrize("entity", TENANTS, ids=named)
def test_primary_key_begins_with_the_congress(entity: type[Base]) -> None:
    assert next(iter(table_of(entity).primary_key.columns)).name == "congress_id"


@pytest.mark.parametrize("entity", TENANTS, ids=named)
def test_unique_keys_begin_with_the_congress(entity: type[Base]) -> None:
    own = table_of(entity)
    keys = [key.columns for key in own.constraints if isinstance(key, UniqueConstraint)]
    keys += [index.columns for index in own.indexes if index.unique]
    assert [next(iter(columns)).name for columns in keys] == ["congress_id"] * len(keys)


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_foreign_keys_to_tenants_begin_with_the_congress(table: Table) -> None:
    for key in table.foreign_key_constraints:
        if key.referred_table.name in TABLES:
            first = key.elements[0]
            assert (first.parent.name, first.column.name) == ("congress_id", "congress_id"), key
            assert [element.column for element in key.elements] == list(
                key.referred_table.primary_key.columns
            )


@pytest.mark.parametrize("entity", [entity for entity in ENTITIES if entity not in TENANTS], ids=named)
def test_a_table_with_a_congress_is_a_tenant(entity: type[Base]) -> None:
    # A session may act under an appointment; that is all that a global table knows of a congress.
    assert "congress_id" not in table_of(entity).columns or entity.__tablename__ == "sign_in_sessions"


def test_ballots_and_participations_share_no_key() -> None:
    ballots, participations = table_of(Ballot), table_of(Participation)
    shared = set(ballots.primary_key.columns.keys()) & set(participations.primary_key.columns.keys())
    assert shared == {"congress_id", "round_id"}
    # The membership stands on a ballot of a recorded round alone.
    assert set(ballots.columns.keys()) & set(participations.columns.keys()) == shared | {"membership_id"}
    assert ballots.columns["membership_id"].nullable


@pytest.mark.parametrize("entity", [Ballot, Participation], ids=named)
def test_a_vote_has_neither_time_nor_place_in_a_row(entity: type[Base]) -> None:
    own = table_of(entity)
    assert not [column for column in own.columns if isinstance(column.type, Instant)]
    assert not [column for column in own.columns if column.server_default or column.autoincrement is True]
    assert "WITHOUT ROWID" in str(CreateTable(own).compile(dialect=sqlite.dialect()))


def first(store: Store, entity: type[Any]) -> dict[str, Any]:
    own = table_of(entity)
    with store.system().reading() as session:
        return dict(session.execute(select(own).where(own.c.congress_id == COUNTY).limit(1)).mappings().one())


@pytest.mark.parametrize("changed", [{"channel": "screen"}, {}], ids=["by another channel", "again"])
def test_one_deputy_one_ballot(loaded_store: Store, changed: dict[str, str]) -> None:
    voted = first(loaded_store, Participation) | changed
    with pytest.raises(IntegrityError), loaded_store.system().writing() as session:
        session.execute(insert(Participation), [voted])


@pytest.mark.parametrize("entity", [Ballot, Participation, Count], ids=named)
def test_a_row_of_one_congress_refers_to_no_round_of_another(loaded_store: Store, entity: type[Base]) -> None:
    row = first(loaded_store, entity)
    with pytest.raises(IntegrityError), loaded_store.system().writing() as session:
        session.execute(insert(entity), [row | {"congress_id": TOWNSHIP}])


# Read by their round alone, or written by every act.
ON_THE_BALLOT_PATH = {
    "round_rolls",
    "round_officers",
    "check_ins",
    "participations",
    "ballots",
    "paper_sheets",
    "acts",
}


@pytest.mark.parametrize("entity", TENANTS, ids=named)
def test_rows_are_found_by_whatever_they_belong_to(entity: type[Base]) -> None:
    """A key to another row begins an index: a page about one project reads no other's rows."""
    own = table_of(entity)
    keys = [own.primary_key.columns, *(index.columns for index in own.indexes)]
    keys += [key.columns for key in own.constraints if isinstance(key, UniqueConstraint)]
    begins = {tuple(column.name for column in columns)[:2] for columns in keys}
    belongs = {tuple(key.column_keys) for key in own.foreign_key_constraints if len(key.column_keys) == 2}
    if own.name in ON_THE_BALLOT_PATH:
        # A ballot is found by its receipt too, whose holder need not know the round.
        found = [[column.name for column in index.columns] for index in own.indexes]
        assert found == ([["id"]] if own.name == "ballots" else [])
    else:
        assert belongs <= begins
