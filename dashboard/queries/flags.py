"""流动红旗、黄牌 of the departments at the end of the last period, for those who may see their ranks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from dashboard.gate import Call, query
from dashboard.queries.progress import reported_month
from dashboard.queries.projects import carried
from dashboard.queries.told import told
from dashboard.rules.flags import flags, period_end
from dashboard.rules.roles import Role
from dashboard.rules.weighing import Share, Weighed, weigh
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.progress import Project


@dataclass(frozen=True, slots=True)
class Flagged:
    """One department at the end of a period: the mean deviation of its projects that reported, and its flag."""

    department_id: str
    name: str
    projects: int
    gap: int
    flag: str | None


@dataclass(frozen=True, slots=True)
class Flags:
    """Every department that reported at the end of a period, the furthest ahead first; `month` is that end."""

    month: date | None
    rows: tuple[Flagged, ...]


@query("rank.read", "progress", "cycle", personal=True)
def departments_flags(call: Call, year: int) -> Flags:
    """Return the flags of a cycle's last period by the rules in force; a department reads its own alone."""
    rules = rules_in_force(call.session, call.congress_id)
    found = carried(call.session, year, *told(call, Project))
    last = reported_month(found)
    end = period_end(last, rules.flags) if last is not None else None
    if end is None:
        return Flags(None, ())
    sums: dict[str, Weighed] = defaultdict(Weighed)
    names = {}
    for one in found:
        if one.row.department_id is None or one.department is None:
            continue
        now = one.stand(end, rules)
        key = str(one.row.department_id)
        names[key] = one.department
        sums[key] += weigh(Share(now.actual, now.planned))
    gaps = {key: part.gap for key, part in sums.items() if part.gap is not None}
    given = flags(gaps, rules.flags)
    rows = [
        Flagged(key, names[key], sums[key].reported, gap, given.get(key))
        for key, gap in sorted(gaps.items(), key=lambda pair: (-pair[1], names[pair[0]]))
    ]
    if call.role is Role.DEPARTMENT:
        rows = [row for row in rows if row.department_id == str(call.actor.department_id)]
    return Flags(end, tuple(rows))
