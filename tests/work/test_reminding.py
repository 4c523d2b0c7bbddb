"""Reminders: one notice before the day due, one after it, however often they are looked for."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select, update

from dashboard.commands.progress import submit_report
from dashboard.gate import Actor
from dashboard.rules.roles import Role
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.cycle import CycleStage
from dashboard.store.tables.record import OutboxNotice
from dashboard.store.transactions import Store
from dashboard.work.reminding import remind
from tests.commands.people import COUNTY, call_of, place
from tests.conftest import NOW
from tests.reporting import APRIL_DUE, department_of, lagging, report

OCTOBER = date(2025, 10, 31)


def stand_on(store: Store, day: date) -> None:
    with store.system().writing() as session:
        session.execute(update(Congress).values(as_of=day))


def notices(store: Store, project: object) -> list[tuple[str, str, str]]:
    """Return kind, month and day due of a project's notices."""
    with store.system().reading() as session:
        rows = session.scalars(select(OutboxNotice).order_by(OutboxNotice.created_at, OutboxNotice.kind))
        return sorted(
            (one.kind, one.payload["month"], one.payload["due"])
            for one in rows
            if one.payload["project"] == str(project)
        )


def test_a_report_is_reminded_of_before_its_day_and_after_it(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    late = ("report_late", "2025-04-30", APRIL_DUE.isoformat())
    stand_on(loaded_store, date(2025, 10, 31))
    assert remind(loaded_store, NOW) > 0
    # October is due on Wednesday, 5 November: five days before it is too early.
    assert notices(loaded_store, project.id) == [late]
    stand_on(loaded_store, date(2025, 11, 3))
    assert remind(loaded_store, NOW) > 0
    due = ("report_due", "2025-10-31", "2025-11-05")
    assert notices(loaded_store, project.id) == [due, late]
    assert remind(loaded_store, NOW) == 0
    stand_on(loaded_store, date(2025, 11, 6))
    assert remind(loaded_store, NOW) > 0
    over = ("report_late", "2025-10-31", "2025-11-05")
    assert notices(loaded_store, project.id) == [due, late, over]
    assert remind(loaded_store, NOW) == 0


def test_what_was_submitted_is_not_reminded_of(demo_store: Store) -> None:
    project = lagging(demo_store)
    stand_on(demo_store, date(2025, 11, 3))
    actor: Actor = department_of(demo_store, project)
    call = call_of(demo_store, actor)
    call.place = replace(place(demo_store, COUNTY), as_of=date(2025, 11, 3))
    submit_report(call, report(project.id, OCTOBER, share=6_000))
    remind(demo_store, NOW)
    assert [month for _, month, _ in notices(demo_store, project.id)] == ["2025-04-30"]
    with demo_store.system().reading() as session:
        (one, *_) = session.scalars(select(OutboxNotice)).all()
        # Ids and days: whom to write to is looked up when it is sent.
        assert set(one.payload) == {"project", "department", "month", "due"}
    assert actor.role is Role.DEPARTMENT


def test_a_cycle_that_is_not_carried_out_reminds_of_nothing(demo_store: Store) -> None:
    with demo_store.system().writing() as session:
        session.execute(update(CycleStage).where(CycleStage.stage == "deliver").values(state="ended"))
    assert remind(demo_store, NOW) == 0
