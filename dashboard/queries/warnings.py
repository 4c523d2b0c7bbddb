"""What needs care in a cycle: derived on reading, by rules, from what was published."""

from datetime import date

from sqlalchemy import select

from dashboard.gate import Call
from dashboard.queries.projects import Carried
from dashboard.queries.told import told_askers
from dashboard.rules.frames import Alert, Standing
from dashboard.rules.lights import BEHIND, STATES, WHOLE, plan_tone, tone
from dashboard.store.joins import leads
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.inquiry import Promise, PromiseMonth


def warnings(call: Call, found: list[Carried], rows: tuple[Standing, ...]) -> tuple[Alert, ...]:
    """Return what needs care, red before amber before grey; what is internal only to members of the congress."""
    months = rules_in_force(call.session, call.congress_id).escalation.talk_after_months
    alerts = [alert for row in rows if (alert := _standing(row, months)) is not None]
    if call.is_member:
        alerts += _promises(call, rows)
    alerts += [
        Alert(
            "grey", "over_full", {"project": row.name, "actual": row.actual}, row.department, row.project_id
        )
        for row in rows
        if row.actual is not None and row.actual > WHOLE
    ]
    names = {str(one.row.id): one.row.short_name for one in found}
    for alert in alerts:
        if alert.project_id in names:
            alert.facts["project"] = names[alert.project_id]
    order = {"red": 0, "amber": 1, "grey": 2}
    return tuple(sorted(alerts, key=lambda alert: (order.get(tone(alert.light), 3), _gap(alert))))


def _gap(alert: Alert) -> int:
    gap = alert.facts.get("gap")
    return gap if isinstance(gap, int) else 0


def _standing(row: Standing, talk_after: int) -> Alert | None:
    facts: dict[str, object] = {
        "project": row.name,
        "gap": row.gap,
        "actual": row.actual,
        "planned": row.planned,
    }
    told = plan_tone(row.light, row.gap)
    # A set that asks no plan has no word for it: the default's is taken.
    shown = row.light if STATES[row.light].by_plan else told
    if told == "red" and row.months_behind >= talk_after:
        facts["months"] = row.months_behind
        return Alert(shown, "behind_months", facts, row.department, row.project_id)
    if told in BEHIND:
        return Alert(shown, "behind", facts, row.department, row.project_id)
    return None


def _promises(call: Call, rows: tuple[Standing, ...]) -> list[Alert]:
    standing = {row.project_id: row for row in rows}
    promised = call.session.execute(
        select(Promise.project_id, Promise.asked_on, PromiseMonth.month, PromiseMonth.share)
        .join(PromiseMonth, leads(PromiseMonth.promise_id, Promise))
        .where(PromiseMonth.month <= call.today, *told_askers(call, Promise))
        .order_by(PromiseMonth.month)
    )
    latest: dict[str, tuple[date, date, int]] = {
        str(project): (asked, month, share) for project, asked, month, share in promised
    }
    alerts = []
    for project, (asked, month, share) in latest.items():
        row = standing.get(project)
        if row is None or row.actual is None or row.actual >= share:
            continue
        facts: dict[str, object] = {
            "project": row.name,
            "asked": asked,
            "month": month,
            "promised": share,
            "actual": row.actual,
        }
        alerts.append(Alert("red", "promise_missed", facts, row.department, project))
    return alerts
