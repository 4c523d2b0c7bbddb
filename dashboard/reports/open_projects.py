"""Projects as OC4IDS 0.9.5 (standard.open-contracting.org/infrastructure): one project, or a package of a cycle's.

Shares are told as physicalProgress and money as financialProgress, under `forecasts` what the plans meant and under
`metrics` what was reported. Every plan that was in force is told: an observation's `planVersion` says which, 0 is the
calendar of a project without plan. Beside OC4IDS's own fields `provenance` says in package and project whether the
data are simulated; the standard lets a publisher add fields.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

import orjson

from dashboard.i18n import DEFAULT, SHANGHAI, words
from dashboard.rules.open_projects import (
    MET,
    OpenMilestone,
    OpenProject,
    OpenProjects,
    finishing,
    reached,
    stage,
)
from dashboard.rules.progress import WHOLE

VERSION = "0.9"
PHYSICAL, FINANCIAL = "physicalProgress", "financialProgress"
# A unit of UN/CEFACT Recommendation 20, as OC4IDS's own example writes it.
PERCENT = {"name": "percent", "scheme": "UNCEFACT", "id": "P1"}
Told = dict[str, Any]


def package_of(found: OpenProjects) -> bytes:
    """Return the projects of a cycle as one project package; the standard knows none without a project."""
    document = {
        # Nobody tells us under which address the world reaches this installation: the cycle's own key names it.
        "uri": f"urn:uuid:{found.id}",
        "publishedDate": _moment(found.as_of),
        "version": VERSION,
        "publisher": {"name": found.congress},
        "provenance": _provenance(found),
        "projects": [_project(found, one) for one in found.projects],
    }
    return _written(document)


def project_of(found: OpenProjects, number: int) -> bytes | None:
    """Return one project of a cycle as OC4IDS, None where no published project has the number."""
    one = next((one for one in found.projects if one.number == number), None)
    return None if one is None else _written(_project(found, one))


def _written(document: Told) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_INDENT_2)


def _provenance(found: OpenProjects) -> str:
    return words(DEFAULT)("tag.simulated" if found.simulated else "data.own")


def _project(found: OpenProjects, one: OpenProject) -> Told:
    parties = list(_parties(one))
    told = {
        "id": f"{found.code}-{found.year}-{one.number}",
        "provenance": _provenance(found),
        "updated": None if one.updated is None else _utc(one.updated),
        "language": "zh",
        "title": one.name,
        "description": one.target,
        "status": stage(one, found.as_of),
        "period": {"startDate": _moment(one.starts_on), "endDate": _moment(one.due_on)},
        "additionalClassifications": [
            {"scheme": "category", "id": one.category, "description": one.category}
        ],
        "locations": None if one.place is None else [{"id": "1", "description": one.place}],
        "budget": _budget(one),
        "publicAuthority": _only(id=one.department_id, name=one.department),
        "parties": parties,
        "forecasts": _metrics(_planned(one)),
        "metrics": _metrics(_reported(one)),
        "milestones": [_milestone(step, one, found.as_of) for step in one.milestones],
        "completion": _completion(one),
    }
    # A field without value is left out: the standard allows neither null nor an empty list here.
    return _only(**told)


def _only(**fields: Any) -> Told:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _budget(one: OpenProject) -> Told:
    if one.budget is None:
        return {}
    budget: Told = {"amount": _value(one.budget)}
    if one.voted_budget is not None and one.voted_budget != one.budget:
        told = words(DEFAULT)
        budget["description"] = told("data.oc4ids.voted_budget", yuan=str(_units(one.voted_budget)))
    return budget


def _parties(one: OpenProject) -> Iterator[Told]:
    if one.department_id is not None:
        yield {"id": one.department_id, "name": one.department, "roles": ["publicAuthority"]}
    for key, name in one.partners:
        # The list of roles is open: it knows no department that carries a project out beside the one in charge.
        yield {"id": key, "name": name, "roles": ["jointDepartment"]}


def _planned(one: OpenProject) -> Iterator[tuple[str, Told]]:
    for month in one.planned:
        more = {"dimensions": {"planVersion": month.version}}
        key = f"{month.version}-{month.day}"
        yield PHYSICAL, _observation(key, month.day, month.share) | more
        if month.money is not None:
            yield FINANCIAL, _paid(key, month.day, month.money, one.budget) | more


def _reported(one: OpenProject) -> Iterator[tuple[str, Told]]:
    for report in one.reports:
        yield PHYSICAL, _observation(str(report.month), report.month, report.share)
        if report.paid is not None:
            yield FINANCIAL, _paid(str(report.month), report.month, report.paid, one.budget)


def _metrics(observations: Iterable[tuple[str, Told]]) -> list[Told]:
    found: dict[str, list[Told]] = {PHYSICAL: [], FINANCIAL: []}
    for kind, observation in observations:
        found[kind].append(observation)
    told = words(DEFAULT)
    return [
        {"id": kind, "title": told(f"data.oc4ids.{kind}"), "observations": rows}
        for kind, rows in found.items()
        if rows
    ]


def _observation(key: str, day: date, share: int) -> Told:
    moment = _moment(day)
    return {
        "id": key,
        "measure": _units(share),
        "unit": PERCENT,
        "period": {"startDate": moment, "endDate": moment},
    }


def _paid(key: str, day: date, sum_: int, budget: int | None) -> Told:
    """Return money as a sum, and as per cent of the budget where there is one."""
    moment = _moment(day)
    told: Told = {"id": key, "value": _value(sum_), "period": {"startDate": moment, "endDate": moment}}
    if budget:
        told |= {"measure": _units(round(Fraction(sum_ * WHOLE, budget))), "unit": PERCENT}
    return told


def _milestone(step: OpenMilestone, one: OpenProject, as_of: date) -> Told:
    status, met = reached(step, one.reports, as_of)
    last = one.reports[-1].month if one.reports else None
    return _only(
        id=step.id,
        title=step.name,
        type="delivery",
        description=step.evidence,
        dueDate=_moment(step.due_on),
        dateMet=_moment(met) if status == MET and met is not None else None,
        dateModified=None if last is None else _moment(last),
        status=status,
    )


def _completion(one: OpenProject) -> Told:
    """Return how a project ended: the month from which on it is reported whole, and what was paid by now."""
    done = finishing(one.reports)
    if done is None:
        return {}
    paid = next((row.paid for row in reversed(one.reports) if row.paid is not None), None)
    return _only(
        endDate=_moment(done.month),
        finalValue=None if paid is None else _value(paid),
        finalScope=done.done,
    )


def _value(fen: int) -> Told:
    return {"amount": _units(fen), "currency": "CNY"}


def _units(hundredths: int) -> int | float:
    """Return yuan of fen, or per cent of basis points."""
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


def _moment(day: date) -> str:
    """Return a day as the moment at which it begins here: OC4IDS knows no day without a time."""
    return datetime.combine(day, time(), SHANGHAI).isoformat()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
