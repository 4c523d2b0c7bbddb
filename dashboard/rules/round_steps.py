"""The steps in which a round is held, as a page lists them: which are done, which is running, which are to come."""

from collections.abc import Collection

from dashboard.rules.reasons import Reason
from dashboard.rules.rounds import (
    ANNOUNCED,
    ANNULLED,
    CHECKED,
    CLOSED,
    COUNTED,
    DRAFT,
    OPEN,
    PRACTICE,
    REPORTED,
    SIGNED,
    SUSPENDED,
)

STEPS = ("prepare", "adopt", "arrive", "open", "vote", "close", "count", "sign", "report", "announce")
# A practice ends with its close: there is nothing to count.
PRACTISED = STEPS[: STEPS.index("close") + 1]
DONE, RUNNING, UPCOMING = "done", "running", "upcoming"
_RUNNING = {
    OPEN: "vote", SUSPENDED: "vote", CLOSED: "count", COUNTED: "sign", SIGNED: "report", REPORTED: "announce",
}  # fmt: skip
# What the meeting and a leader do once everything else is there.
_ADOPTION = ("method_not_adopted", "officers_not_adopted", "below_law")


def standing(
    state: str, purpose: str, problems: Collection[Reason], *, has_quorum: bool
) -> tuple[tuple[str, str], ...]:
    """Return each step with how it stands; of an annulled round none, it has no next step."""
    if state == ANNULLED:
        return ()
    steps = PRACTISED if purpose == PRACTICE else STEPS
    running = _step(state, problems, has_quorum=has_quorum)
    at = steps.index(running) if running in steps else len(steps)
    return tuple(
        (step, DONE if place < at else RUNNING if place == at else UPCOMING)
        for place, step in enumerate(steps)
    )


def _step(state: str, problems: Collection[Reason], *, has_quorum: bool) -> str | None:
    if state == ANNOUNCED:
        return None
    if state == DRAFT:
        rest = [one for one in problems if not one.code.endswith(_ADOPTION)]
        return "prepare" if rest else "adopt"
    if state == CHECKED:
        return "open" if has_quorum else "arrive"
    return _RUNNING[state]
