"""Who may analyse which round, and that the round's own column is its announced result."""

from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.queries.what_if import what_if
from dashboard.rules.roles import Role
from dashboard.store.tables.voting import Count, Round
from dashboard.store.transactions import Store
from tests.commands.people import TOWNSHIP, call_of, person, refusal
from tests.rounds import adoption

COUNTY = "990121"


def held(store: Store) -> Round:
    return adoption(store, COUNTY)


def change(store: Store, round_id: UUID, **values: object) -> None:
    with store.system().writing() as session:
        row = session.scalars(select(Round).where(Round.id == round_id)).one()
        for name, value in values.items():
            setattr(row, name, value)


def seen(store: Store, role: Role, round_id: UUID, code: str = COUNTY, **asked: object):  # type: ignore[no-untyped-def]
    return what_if(call_of(store, person(store, role, code), code, writes=False), round_id, **asked)


def test_the_own_column_is_what_was_announced(demo_store: Store) -> None:
    first = held(demo_store)
    found = seen(demo_store, Role.LEADER, first.id, places=(8, 12))
    with demo_store.system().reading() as session:
        counts = session.scalars(select(Count).where(Count.round_id == first.id)).all()
    assert {one.number: one.votes for one in found.lines} == {one.number: one.votes for one in counts}
    chosen = {one.number for one in counts if one.state == "chosen"}
    assert {number for number, state in found.own.states.items() if state == "chosen"} == chosen
    eight = next(one for one in found.others if one.value == 8)
    assert eight.chosen == 8
    assert len(found.changed(eight)) == len(chosen) - 8


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.PRESIDIUM, Role.DEPARTMENT, Role.COORDINATOR, Role.ADMIN])
def test_nobody_else_analyses(demo_store: Store, role: Role) -> None:
    assert refusal(seen, demo_store, role, held(demo_store).id) == "not_allowed"


def test_before_the_announcement_it_is_the_clerks_alone(demo_store: Store) -> None:
    first = held(demo_store)
    change(demo_store, first.id, state="counted", published_at=None)
    assert refusal(seen, demo_store, Role.LEADER, first.id) == "what_if_early"
    assert seen(demo_store, Role.CLERK, first.id).announced is False


@pytest.mark.parametrize("told", ["list", "order"])
def test_votes_that_the_rules_tell_nobody_are_the_clerks_alone(demo_store: Store, told: str) -> None:
    first = held(demo_store)
    values = {**first.rules["values"], "publish_votes": {"value": told, "source": "ours", "note": ""}}
    change(demo_store, first.id, rules={**first.rules, "values": values})
    assert refusal(seen, demo_store, Role.LEADER, first.id) == "what_if_untold"
    assert seen(demo_store, Role.CLERK, first.id).lines


@pytest.mark.parametrize("state", ["open", "suspended", "closed", "annulled"])
def test_a_round_that_is_not_counted_is_not_analysed(demo_store: Store, state: str) -> None:
    first = held(demo_store)
    change(demo_store, first.id, state=state, published_at=None)
    assert refusal(seen, demo_store, Role.CLERK, first.id) == "what_if_early"


def test_another_congress_has_no_such_round(demo_store: Store) -> None:
    assert refusal(seen, demo_store, Role.CLERK, held(demo_store).id, TOWNSHIP) == "not_found"
