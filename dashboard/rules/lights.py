"""亮灯: the light of a project's standing against its schedule, by the set of lights in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from dashboard.rules.rule_sets import Strict

WHOLE = 10_000
Words = Annotated[tuple[str, ...], BeforeValidator(tuple)]
Points = Annotated[int, Field(ge=-WHOLE, le=WHOLE)]
Months = Annotated[int, Field(ge=0, le=12)]


@dataclass(frozen=True, slots=True)
class LightState:
    """One light: how grave it is (`tone`, by the colours of the default set) and the shape it is drawn with."""

    tone: str
    symbol: str


# Shapes differ beside the colours (design): disc with tick, disc, diamond, triangle, square, ring.
STATES: Mapping[str, LightState] = {
    "blue": LightState("blue", "tick"),
    "green": LightState("green", "disc"),
    "amber": LightState("amber", "triangle"),
    "red": LightState("red", "square"),
    "five-blue": LightState("blue", "tick"),
    "five-green": LightState("green", "disc"),
    "five-yellow": LightState("amber", "triangle"),
    "five-orange": LightState("amber", "diamond"),
    "five-red": LightState("red", "square"),
    "early": LightState("blue", "tick"),
    "ahead": LightState("green", "diamond"),
    "on-plan": LightState("green", "disc"),
    "lagging": LightState("red", "square"),
    "grey": LightState("grey", "ring"),
}


class ThreeLights(Strict):
    """Red, amber, green by the deviation from the plan, blue once finished; shares and points in basis points.

    Source: ours (design), with the calendar of 三明 and 张家界 where there is no plan.
    """

    states: Words = ("blue", "green", "amber", "red", "grey")
    symbols: Words = ("tick", "disc", "triangle", "square", "ring")
    done: Annotated[int, Field(ge=1, le=WHOLE)] = WHOLE
    green_from: Points = -300
    amber_from: Points = -1_000
    stalled_months: Months = 2
    no_report: Literal["grey"] = "grey"
    planned_without_plan: Literal["calendar"] = "calendar"


class FiveLights(Strict):
    """五色: by the share done alone, blue once accepted; no plan is asked. Source: 重庆市大足区双路街道 2025."""

    states: Words = ("five-blue", "five-green", "five-yellow", "five-orange", "five-red", "grey")
    symbols: Words = ("tick", "disc", "triangle", "diamond", "square", "ring")
    red_below_share: Points = 3_000
    orange_below_share: Points = 6_000
    yellow_below_share: Points = 9_000
    green_from_share: Points = 9_000
    blue_when: Literal["accepted"] = "accepted"
    no_report: Literal["grey"] = "grey"


class FourStates(Strict):
    """四种状态: 提前完成, 超序时, 按序时, 滞后, by the deviation with a tolerance. Source: 连云港 2025, 大连 2023."""

    states: Words = ("early", "ahead", "on-plan", "lagging", "grey")
    symbols: Words = ("tick", "diamond", "disc", "square", "ring")
    done: Annotated[int, Field(ge=1, le=WHOLE)] = WHOLE
    tolerance: Annotated[int, Field(ge=0, le=WHOLE)] = 200
    stalled_months: Months = 2
    no_report: Literal["grey"] = "grey"
    planned_without_plan: Literal["calendar"] = "calendar"


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
        return "five-blue"
    if actual is None:
        return "grey"
    if actual < rules.red_below_share:
        return "five-red"
    if actual < rules.orange_below_share:
        return "five-orange"
    return "five-yellow" if actual < rules.yellow_below_share else "five-green"


def _four(
    actual: int | None, planned: int | None, rules: FourStates, *, stalled: bool, early: bool | None
) -> str:
    if actual is not None and actual >= rules.done:
        before = planned is not None and planned < rules.done if early is None else early
        return "early" if before else "on-plan"
    if stalled:
        return "lagging"
    if actual is None or planned is None:
        return "grey"
    gap = actual - planned
    if abs(gap) <= rules.tolerance:
        return "on-plan"
    return "ahead" if gap > 0 else "lagging"
