"""亮灯: the light of a project's standing against its schedule, by the set of lights in force."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from dashboard.rules.rule_sets import POINTS, Strict

WHOLE = 10_000
Words = Annotated[tuple[str, ...], BeforeValidator(tuple)]
Points = Annotated[int, Field(ge=-WHOLE, le=WHOLE), POINTS]
Months = Annotated[int, Field(ge=0, le=12)]


@dataclass(frozen=True, slots=True)
class LightState:
    """One light: how grave it is (`tone`, by the colours of the default set), its shape and its colour.

    `by_plan` tells whether its set holds a project to its plan, or looks at the share alone.
    """

    tone: str
    symbol: str
    own_colour: str = ""
    by_plan: bool = True

    @property
    def colour(self) -> str:
        """Return the name of its colour among the tokens of the design."""
        return self.own_colour or self.tone


# Shapes differ beside the colours (design): disc with tick, disc, diamond, triangle, square, ring.
STATES: Mapping[str, LightState] = {
    "blue": LightState("blue", "tick"),
    "green": LightState("green", "disc"),
    "amber": LightState("amber", "triangle"),
    "red": LightState("red", "square"),
    "five_blue": LightState("blue", "tick", by_plan=False),
    "five_green": LightState("green", "disc", by_plan=False),
    "five_yellow": LightState("amber", "triangle", by_plan=False),
    "five_orange": LightState("amber", "diamond", "orange", by_plan=False),
    "five_red": LightState("red", "square", by_plan=False),
    "early": LightState("blue", "tick"),
    "ahead": LightState("green", "diamond"),
    "on_plan": LightState("green", "disc"),
    "lagging": LightState("red", "square"),
    "grey": LightState("grey", "ring"),
    # No light of any set: what was cancelled keeps its row, and counts in none.
    "cancelled": LightState("out", "bar", "grey"),
}


class ThreeLights(Strict):
    """Red, amber, green by the deviation from the plan, blue once finished; shares and points in basis points.

    Source: ours (design), with the calendar of 三明 and 张家界 where there is no plan.
    """

    states: Words = ("blue", "green", "amber", "red", "grey")
    symbols: Words = ("tick", "disc", "triangle", "square", "ring")
    done: Annotated[int, Field(ge=1, le=WHOLE), POINTS] = WHOLE
    green_from: Points = -300
    amber_from: Points = -1_000
    stalled_months: Months = 2
    no_report: Literal["grey"] = "grey"
    planned_without_plan: Literal["calendar"] = "calendar"


class FiveLights(Strict):
    """五色: by the share done alone, blue once accepted; no plan is asked. Source: 重庆市大足区双路街道 2025."""

    states: Words = ("five_blue", "five_green", "five_yellow", "five_orange", "five_red", "grey")
    symbols: Words = ("tick", "disc", "triangle", "diamond", "square", "ring")
    red_below_share: Points = 3_000
    orange_below_share: Points = 6_000
    yellow_below_share: Points = 9_000
    green_from_share: Points = 9_000
    blue_when: Literal["accepted"] = "accepted"
    no_report: Literal["grey"] = "grey"


class FourStates(Strict):
    """四种状态: 提前完成, 超序时, 按序时, 滞后, by the deviation with a tolerance. Source: 连云港 2025, 大连 2023."""

    states: Words = ("early", "ahead", "on_plan", "lagging", "grey")
    symbols: Words = ("tick", "diamond", "disc", "square", "ring")
    done: Annotated[int, Field(ge=1, le=WHOLE), POINTS] = WHOLE
    tolerance: Annotated[int, Field(ge=0, le=WHOLE), POINTS] = 200
    stalled_months: Months = 2
    no_report: Literal["grey"] = "grey"
    planned_without_plan: Literal["calendar"] = "calendar"


# What asks for care, and what goes as it should, by tone.
BEHIND = frozenset({"red", "amber"})
STEADY = frozenset({"blue", "green"})

CANCELLED = "cancelled"

LightRules = ThreeLights | FiveLights | FourStates
DEFAULT_LIGHTS = ThreeLights()


def light(
    actual: int | None,
    planned: int | None,
    rules: LightRules = DEFAULT_LIGHTS,
    *,
    stalled: bool = False,
    accepted: bool = False,
    early: bool | None = None,
) -> str:
    """Return the light of a reported and a planned share in basis points, by a set of lights.

    A project known to be stalled shows the gravest light even when its report is missing: silence does not put it
    out. `early` tells whether a finished project was finished before its plan was; unknown, the plan now decides.
    """
    if isinstance(rules, FiveLights):
        return _five(actual, rules, accepted=accepted)
    if isinstance(rules, FourStates):
        return _four(actual, planned, rules, stalled=stalled, early=early)
    return _three(actual, planned, rules, stalled=stalled)


def tone(name: str) -> str:
    """Return how grave a light is, by the colours of the default set: red asks for an act, amber for care."""
    return STATES[name].tone


def plan_tone(name: str, gap: int | None) -> str:
    """Return the tone of a gap from the plan: its light's, or, of a set that asks no plan, the default's."""
    return STATES[name].tone if STATES[name].by_plan else light(gap, 0)


def is_late(name: str, gap: int | None) -> bool:
    """Tell whether a project with a light and a gap is behind its plan."""
    return plan_tone(name, gap) in BEHIND


def tones(names: Iterable[str]) -> Counter[str]:
    """Return how many lights there are of each tone."""
    return Counter(STATES[name].tone for name in names)


def limits(rules: LightRules, name: str) -> tuple[int | None, int | None]:
    """Return the lower and the upper limit that a light of a set is told by, None where it needs none."""
    if isinstance(rules, ThreeLights):
        known: dict[str, tuple[int | None, int | None]] = {
            "green": (None, rules.green_from),
            "amber": (rules.amber_from, rules.green_from),
            "red": (None, rules.amber_from),
        }
    elif isinstance(rules, FiveLights):
        known = {
            "five_green": (None, rules.green_from_share),
            "five_yellow": (rules.orange_below_share, rules.yellow_below_share),
            "five_orange": (rules.red_below_share, rules.orange_below_share),
            "five_red": (None, rules.red_below_share),
        }
    else:
        known = dict.fromkeys(("ahead", "on_plan", "lagging"), (None, rules.tolerance))
    return known.get(name, (None, None))


def stalled_months(rules: LightRules) -> int:
    """Return after how many months without growth a project is stalled by a set of lights, 0 where it never is."""
    return 0 if isinstance(rules, FiveLights) else rules.stalled_months


def nothing_due(rules: LightRules) -> str:
    """Return the light of a project that has not begun by its plan: nothing was due, so nothing is behind.

    Where the share alone decides, there is none to show.
    """
    return light(0, 0, rules) if not isinstance(rules, FiveLights) else rules.no_report


def _three(actual: int | None, planned: int | None, rules: ThreeLights, *, stalled: bool) -> str:
    if actual is not None and actual >= rules.done:
        return "blue"
    if stalled:
        return "red"
    if actual is None or planned is None:
        return "grey"
    gap = actual - planned
    if gap >= rules.green_from:
        return "green"
    return "amber" if gap >= rules.amber_from else "red"


def _five(actual: int | None, rules: FiveLights, *, accepted: bool) -> str:
    if accepted:
        return "five_blue"
    if actual is None:
        return "grey"
    if actual < rules.red_below_share:
        return "five_red"
    if actual < rules.orange_below_share:
        return "five_orange"
    return "five_yellow" if actual < rules.yellow_below_share else "five_green"


def _four(
    actual: int | None, planned: int | None, rules: FourStates, *, stalled: bool, early: bool | None
) -> str:
    if actual is not None and actual >= rules.done:
        before = planned is not None and planned < rules.done if early is None else early
        return "early" if before else "on_plan"
    if stalled:
        return "lagging"
    if actual is None or planned is None:
        return "grey"
    gap = actual - planned
    if abs(gap) <= rules.tolerance:
        return "on_plan"
    return "ahead" if gap > 0 else "lagging"
