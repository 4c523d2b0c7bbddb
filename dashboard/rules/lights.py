"""亮灯: the colour of a project's standing against its schedule."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LightLimits:
    """Where one light turns into the next, in basis points; a congress's rule set may hold others."""

    done: int = 10_000
    green_from: int = -300
    amber_from: int = -1_000


DEFAULT_LIMITS = LightLimits()


def light(
    actual: int | None, planned: int | None, stalled: bool = False, limits: LightLimits = DEFAULT_LIMITS
) -> str:
    """Return blue, green, amber, red or grey for a reported and a planned share in basis points.

    A project known to be stalled is red even when its report is missing: silence does not put the light out.
    Source: the default rule table of the design (blue from 100 %, green from -3, amber from -10 points).
    """
    if actual is not None and actual >= limits.done:
        return "blue"
    if stalled:
        return "red"
    if actual is None or planned is None:
        return "grey"
    gap = actual - planned
    if gap >= limits.green_from:
        return "green"
    return "amber" if gap >= limits.amber_from else "red"
