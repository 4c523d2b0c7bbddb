"""项目调整: who decides a change of a plan, and what its record must hold."""

from typing import Literal

from dashboard.rules.rule_sets import Strict

ChangeKind = Literal["schedule", "scope", "amount", "cancel"]
Decider = Literal["government", "standing_committee", "presidium", "congress", "presidium_or_congress"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("schedule", "scope", "amount", "cancel")


class ChangeRules(Strict):
    """Who decides each kind of change, in a county (or above) and in a township.

    Source: 大连 2023 (the government agreed to moved nodes), 浙江 2018 (计划、预算调整 before the standing
    committee); no text read says it of voted projects, so the whole is a default to be changed.
    """

    schedule_county: Decider = "government"
    schedule_township: Decider = "government"
    scope_county: Decider = "standing_committee"
    scope_township: Decider = "presidium_or_congress"
    amount_county: Decider = "standing_committee"
    amount_township: Decider = "presidium_or_congress"
    cancel_county: Decider = "standing_committee"
    cancel_township: Decider = "presidium_or_congress"
    reason_required: bool = True
    document_required: bool = True

    def deciders(self, kind: ChangeKind, level: str) -> tuple[str, ...]:
        """Return who may decide a kind of change in a congress of a level, one of them is enough."""
        place = "township" if level == "township" else "county"
        decider: str = getattr(self, f"{kind}_{place}")
        return tuple(decider.split("_or_"))
