"""The rules by which a congress watches its projects: one rule set of each kind, read together."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from dashboard.rules.escalation import EscalationRules
from dashboard.rules.flags import FlagRules
from dashboard.rules.lights import STATES, FiveLights, FourStates, LightRules, ThreeLights
from dashboard.rules.plan_changes import ChangeRules
from dashboard.rules.report_quality import ReportLimits
from dashboard.rules.rule_sets import RuleSet, RuleSetInvalid, Strict

LIGHTS, DUE_DAY, QUALITY = "lights", "due_day", "report_quality"
CHANGES, ESCALATION, FLAGS = "plan_changes", "escalation", "flags"
# What holds in a congress that has chosen nothing.
DEFAULTS: Mapping[str, str] = {
    LIGHTS: "lights-default@1",
    DUE_DAY: "due-day@1",
    QUALITY: "report-quality@1",
    CHANGES: "plan-changes@1",
    ESCALATION: "escalation@1",
    FLAGS: "flags@1",
}


class DueRules(Strict):
    """When a month's report is due, when the department is reminded, and how long objections to it are open.

    Source: 杭州 2019 (一月一通报), 巴中 2017 (seven days for objections); the day itself is ours, 大竹 asks for
    the 20th.
    """

    frequency: Literal["month"] = "month"
    day_of_next_month: Annotated[int, Field(ge=1, le=28)] = 5
    on_day_off: Literal["next_working_day", "same_day"] = "next_working_day"
    grace_days: Annotated[int, Field(ge=0, le=31)] = 0
    remind_days: Annotated[int, Field(ge=0, le=31)] = 3
    objection_days: Annotated[int, Field(ge=0, le=31)] = 7
    time_zone: Literal["Asia/Shanghai"] = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class SupervisionRules:
    """Every rule by which projects are watched; made without arguments, the product's own defaults."""

    lights: LightRules = field(default_factory=ThreeLights)
    due: DueRules = field(default_factory=DueRules)
    quality: ReportLimits = field(default_factory=ReportLimits)
    changes: ChangeRules = field(default_factory=ChangeRules)
    escalation: EscalationRules = field(default_factory=EscalationRules)
    flags: FlagRules = field(default_factory=FlagRules)

    @property
    def objection_days(self) -> int:
        """Return for how many days a published report is open to objections (巴中 2017: seven)."""
        return self.due.objection_days


def read_supervision_rules(rule_sets: Mapping[str, RuleSet]) -> SupervisionRules:
    """Return the rules that some rule sets by kind make together; a kind not given keeps its default.

    Raises RuleSetInvalid as `supervision_values` does.
    """
    found: dict[str, Any] = {_PLACES[kind]: supervision_values(one) for kind, one in rule_sets.items()}
    return SupervisionRules(**found)


def supervision_values(rule_set: RuleSet) -> Strict:
    """Return the typed values of one rule set; raise RuleSetInvalid where it is of no such kind or does not stand."""
    if rule_set.kind not in _PLACES:
        raise RuleSetInvalid("other_kind", rule_set.kind)
    values = {name: one.value for name, one in rule_set.values.items()}
    model = model_of(rule_set.kind, values)
    for name in sorted(values.keys() - model.model_fields.keys()):
        raise RuleSetInvalid("unknown_value", name)
    for name in sorted(model.model_fields.keys() - values.keys()):
        raise RuleSetInvalid("missing_value", name)
    try:
        found = model.model_validate(values)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"][:3])
        raise RuleSetInvalid("bad_value", place) from error
    for names in _contradictions(found):
        raise RuleSetInvalid("contradiction", names)
    return found


def model_of(kind: str, values: Mapping[str, object]) -> type[Strict]:
    """Return what types the values of a kind; of lights the form that their names show."""
    if kind == LIGHTS:
        return FiveLights if "blue_when" in values else FourStates if "tolerance" in values else ThreeLights
    return _MODELS[kind]


def due_day(month: date, rules: DueRules, is_working_day: Callable[[date], bool]) -> date:
    """Return the day by whose end a month's report is due; one on a day off moves as the rules say."""
    first = month.replace(day=monthrange(month.year, month.month)[1]) + timedelta(days=1)
    day = first.replace(day=rules.day_of_next_month)
    while rules.on_day_off == "next_working_day" and not is_working_day(day):
        day += timedelta(days=1)
    return day


def last_day(month: date, rules: DueRules, is_working_day: Callable[[date], bool]) -> date:
    """Return the last day on which a month's report is in time: the day due, and the days of grace after it."""
    return due_day(month, rules, is_working_day) + timedelta(days=rules.grace_days)


_PLACES = {
    LIGHTS: "lights",
    DUE_DAY: "due",
    QUALITY: "quality",
    CHANGES: "changes",
    ESCALATION: "escalation",
    FLAGS: "flags",
}
_MODELS: Mapping[str, type[Strict]] = {
    DUE_DAY: DueRules,
    QUALITY: ReportLimits,
    CHANGES: ChangeRules,
    ESCALATION: EscalationRules,
    FLAGS: FlagRules,
}

# Every model of values, for those who ask what a value of some name is.
MODELS: tuple[type[Strict], ...] = (ThreeLights, FiveLights, FourStates, *_MODELS.values())


def _contradictions(values: Strict) -> list[str]:
    """Name the values that cannot stand together, in pairs."""
    found: dict[str, bool] = {}
    if isinstance(values, ThreeLights | FourStates | FiveLights):
        shapes = tuple(STATES[name].symbol for name in values.states if name in STATES)
        found["states symbols"] = (values.states, values.symbols) != (type(values)().states, shapes)
    if isinstance(values, ThreeLights):
        found["green_from amber_from"] = values.green_from < values.amber_from
    if isinstance(values, FiveLights):
        found["red_below_share orange_below_share"] = values.red_below_share > values.orange_below_share
        found["orange_below_share yellow_below_share"] = values.orange_below_share > values.yellow_below_share
        found["yellow_below_share green_from_share"] = values.yellow_below_share != values.green_from_share
    return [names for names, holds in found.items() if holds]
