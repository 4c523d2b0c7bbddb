"""The values of the rules by which projects are watched, in words: percent, points, lights and shapes."""

from dashboard.i18n import Words
from dashboard.rules.rule_set_values import POINT_VALUES

# Values that are told as points of a deviation; other ones kept in basis points are told as percent.
DEVIATIONS = frozenset(
    {
        "green_from", "amber_from", "tolerance", "jump", "money_ahead", "behind_below", "red_flag_from",
        "yellow_card_below",
    }
)  # fmt: skip
LISTS = {"states": "light.short", "symbols": "light.symbol"}
# The notes of the rule sets of supervision that come with the product.
NOTES = (
    "due_day_frequency", "due_day_day_of_next_month", "due_day_on_day_off", "due_day_grace_days",
    "due_day_remind_days", "due_day_objection_days", "due_day_time_zone", "escalation_behind_below",
    "escalation_talk_after_months", "escalation_notice_at_month", "escalation_accountability",
    "escalation_talk_owner", "escalation_notice_owner", "escalation_accountability_owner",
    "escalation_talk_days", "escalation_notice_days", "escalation_accountability_days", "flags_period",
    "flags_red_flags", "flags_red_flag_from", "flags_yellow_card_below", "lights_default_states",
    "lights_default_symbols", "lights_default_done", "lights_default_green_from",
    "lights_default_amber_from", "lights_default_stalled_months", "lights_default_no_report",
    "lights_default_planned_without_plan", "lights_five_states", "lights_five_red_below_share",
    "lights_five_orange_below_share", "lights_five_yellow_below_share", "lights_five_green_from_share",
    "lights_five_blue_when", "lights_four_states", "lights_four_done", "lights_four_tolerance",
    "lights_four_stalled_months", "plan_changes_schedule_county", "plan_changes_scope_county",
    "plan_changes_scope_township", "plan_changes_reason_required", "plan_changes_document_required",
    "report_quality_jump", "report_quality_copied_share", "report_quality_evidence_from",
    "report_quality_money_ahead", "report_quality_over_budget", "report_quality_round_step",
    "report_quality_round_months", "report_quality_forecast_months",
)  # fmt: skip


def written(words: Words, name: str, value: str) -> str:
    """Return a value as it stands in its sentence: percent and points with a decimal, anything else as it is."""
    plain = value.removeprefix("-")
    if name not in POINT_VALUES or not (plain.isascii() and plain.isdecimal()):
        return value
    return words.gap(int(value)).lstrip("+") if name in DEVIATIONS else words.share(int(value))


def listed(words: Words, name: str, value: str) -> str:
    """Return the lights or shapes of a set in words."""
    between = words("summary.list")
    return between.join(words(f"{LISTS[name]}.{one}") for one in value.split())
