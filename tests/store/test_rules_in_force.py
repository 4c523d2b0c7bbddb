"""Which rules hold in a congress: what was chosen and confirmed last of each kind, else the product's own."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select

from dashboard.rules.lights import FiveLights, FourStates
from dashboard.rules.supervision_rules import SupervisionRules
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.record import OwnRuleSet, RuleChoice
from dashboard.store.transactions import Store
from tests.rules.adoption import raw
from tests.statements import heard

NOON = datetime(2025, 3, 1, 4, tzinfo=UTC)


def congresses(store: Store) -> list[UUID]:
    with store.system().reading() as session:
        return list(session.scalars(select(Congress.id).order_by(Congress.code)))


def choose(
    store: Store, congress: UUID, kind: str, reference: str, day: date | None, own: UUID | None = None
) -> None:
    with store.system().writing() as session:
        session.add(
            RuleChoice(
                congress_id=congress, id=new_id(), kind=kind, reference=reference, rule_set_id=own,
                chosen_by=None, chosen_at=NOON, confirmed_by=None,
                confirmed_at=None if day is None else NOON, from_day=day,
            )
        )  # fmt: skip


def in_force(store: Store, congress: UUID, day: date | None = None) -> SupervisionRules:
    with store.system().reading() as session:
        return rules_in_force(session, congress, day)


def test_what_was_confirmed_last_holds_in_its_congress_alone(loaded_store: Store) -> None:
    county, township, *_ = congresses(loaded_store)
    assert in_force(loaded_store, county) == SupervisionRules()
    choose(loaded_store, county, "lights", "lights-five@1", date(2025, 3, 1))
    choose(loaded_store, county, "lights", "lights-four@1", date(2025, 6, 1))
    choose(loaded_store, county, "lights", "lights-default@1", None)
    assert in_force(loaded_store, county) == SupervisionRules(lights=FourStates())
    assert in_force(loaded_store, county, date(2025, 5, 31)).lights == FiveLights()
    assert in_force(loaded_store, county, date(2025, 2, 28)) == SupervisionRules()
    assert in_force(loaded_store, township) == SupervisionRules()


def test_an_own_set_holds_with_its_values(loaded_store: Store) -> None:
    county = congresses(loaded_store)[0]
    body = raw("due-day", day_of_next_month=8) | {"key": "own-due-day"}
    with loaded_store.system().writing() as session:
        own = OwnRuleSet(
            congress_id=county, id=new_id(), key="own-due-day", version=1, kind="due_day", body=body,
            approved_by=None, approved_at=NOON,
        )  # fmt: skip
        session.add(own)
    choose(loaded_store, county, "due_day", "own-due-day@1", date(2025, 3, 1), own.id)
    rules = in_force(loaded_store, county)
    assert (rules.due.day_of_next_month, rules.objection_days) == (8, 7)
    assert rules.lights == SupervisionRules().lights


def test_a_snapshot_asks_once_and_a_transaction_that_writes_sees_its_own_choice(demo_store: Store) -> None:
    county = congresses(demo_store)[0]
    with demo_store.system().reading() as session:
        with heard(demo_store) as said:
            rules_in_force(session, county)
            rules_in_force(session, county)
        assert len(said) == 1
    with demo_store.system().writing() as session:
        assert rules_in_force(session, county).due.day_of_next_month == 5
        session.add(
            RuleChoice(
                congress_id=county, id=new_id(), kind="lights", reference="lights-five@1", rule_set_id=None,
                chosen_by=None, chosen_at=NOON, confirmed_by=None, confirmed_at=NOON,
                from_day=date(2025, 3, 1),
            )
        )  # fmt: skip
        session.flush()
        assert rules_in_force(session, county).lights == FiveLights()
