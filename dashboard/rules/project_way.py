"""The way of a project from a suggestion to acceptance, and what its curve means, from what its page knows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from dashboard.rules.frames import Curve
from dashboard.rules.lights import is_late, plan_tone
from dashboard.rules.plans import CANCEL
from dashboard.rules.progress import WHOLE
from dashboard.rules.project_frames import ProjectPage
from dashboard.rules.rates import rate

# A share that stood still for so many months is worth a title.
STILL = 3


@dataclass(frozen=True, slots=True)
class Event:
    """One step of the way: `code` and `facts` make its name and its note, `names` are data; `kind` as in a way."""

    code: str
    day: date
    facts: dict[str, object] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    kind: str = "done"


def events(page: ProjectPage) -> tuple[Event, ...]:
    """Return the steps in the order of their days, what is to come last."""
    past = sorted(
        [*_before(page), *_planned(page), *_reported(page), *_watched(page)], key=lambda one: one.day
    )
    return (*past, *_ahead(page))


def _before(page: ProjectPage) -> Iterator[Event]:
    origin, stood = page.origin, page.stood
    if origin is not None and origin.orders and origin.first is not None:
        names = {"area": origin.area} if origin.area else {}
        yield Event("ordered", origin.first, {"n": origin.orders, "here": origin.from_area}, names)
    if origin is not None and origin.candidate is not None:
        yield Event("listed", origin.candidate)
    if stood is not None and stood.day is not None:
        yield Event("voted", stood.day, {"votes": stood.votes, "place": stood.place})


def _planned(page: ProjectPage) -> Iterator[Event]:
    for plan in page.plans:
        if plan.approved is None:
            continue
        if plan.kind == CANCEL:
            yield Event("cancelled", plan.approved, {"version": plan.number}, kind="red")
        elif plan.number > 1:
            yield Event("changed", plan.approved, {"version": plan.number, "due": plan.due})
        elif plan.months:
            yield Event("planned", plan.approved, {"n": len(plan.months)})
        else:
            yield Event("calendar", plan.approved)


def _reported(page: ProjectPage) -> Iterator[Event]:
    known = [month for month in page.row.months if month.due and month.actual is not None]
    red = next((one for one in known if plan_tone(one.light, one.gap) == "red"), None)
    done = next((one for one in known if one.actual is not None and one.actual >= WHOLE), None)
    if red is not None:
        yield Event("red", red.day, {"gap": red.gap}, kind="red")
    if done is not None:
        yield Event("done", done.day, {"share": done.actual})


def _watched(page: ProjectPage) -> Iterator[Event]:
    for inquiry in dict.fromkeys(one.inquiry_id for one in page.asked):
        own = [one for one in page.asked if one.inquiry_id == inquiry]
        dues = [promise.due for one in own for promise in one.promises]
        facts: dict[str, object] = {"due": max(dues)} if dues else {"n": len(own)}
        if (day := own[0].inquiry_day) is not None:
            yield Event("promised" if dues else "asked", day, facts, kind="asked")
    for visit in page.visits:
        yield Event("visited", visit.day, {}, {"who": visit.delegation} if visit.delegation else {})
    if page.graded:
        first = page.graded[0]
        yield Event("graded", first.day, {"rate": rate(first.satisfied + first.basically, first.total)})


def _ahead(page: ProjectPage) -> Iterator[Event]:
    for one in page.ahead:
        if one.kind == "assessment" and page.graded:
            continue
        names = {"who": one.who} if one.who else {}
        yield Event(f"{one.kind}_ahead", one.day, {}, names, "to-come")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a curve means, as a code with its facts."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)


def meaning(curve: Curve, inside: bool) -> Meaning:
    """Return what a curve means; whether a promise will be kept is said inside the congress alone."""
    if curve.is_done:
        # The forecast of what is done is the month in which it was.
        return Meaning("done", {"month": curve.forecast.finish if curve.forecast else curve.as_of})
    still = _still(curve)
    if still >= STILL:
        return Meaning("still", {"n": still})
    forecast, promise = curve.forecast, curve.promise
    if inside and forecast and promise and forecast.finish > promise.due:
        return Meaning("faster" if _is_faster(curve, promise.asked) else "promise")
    if forecast and forecast.slip > 0:
        whole_year = (curve.planned_finish.month, curve.planned_finish.day) == (12, 31)
        return Meaning("not_this_year" if whole_year else "late", {"days": forecast.slip})
    if curve.gap is not None and is_late(curve.light, curve.gap):
        return Meaning("behind", {"gap": curve.gap})
    return Meaning("steady" if plan_tone(curve.light, curve.gap) == "green" else "plain")


def _known(curve: Curve) -> list[tuple[date, int]]:
    pairs = zip(curve.actual_days, curve.actual, strict=True)
    return [(day, share) for day, share in pairs if share is not None]


def _still(curve: Curve) -> int:
    """Return for how many months the last share has stood."""
    shares = [share for _, share in _known(curve)][1:]
    count = 0
    for before, after in zip(reversed(shares[:-1]), reversed(shares), strict=False):
        if before != after:
            break
        count += 1
    return count


def _is_faster(curve: Curve, asked: date) -> bool:
    """Tell whether a project gained more a day after an inquiry than before it."""
    known = _known(curve)
    before = [pair for pair in known if pair[0] <= asked]
    if len(before) < 2 or known[-1][0] <= asked:
        return False
    (start, low), (turn, middle), (end, high) = before[0], before[-1], known[-1]
    return (high - middle) * (turn - start).days > (middle - low) * (end - turn).days
