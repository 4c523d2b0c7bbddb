"""满意度等次: which grade a project's ballots make, by the rule set that its assessment names.

Source: data/reference/rule_sets/grades-zhenhai@1.json (宁波市镇海区, 2021).
"""

ZHENHAI = "grades-zhenhai"
GRADES = ("satisfied", "basically", "dissatisfied")


def grade(satisfied: int, basically: int, base: int) -> str | None:
    """Return the grade of so many marks: half of the base satisfied, else half of it with basically satisfied.

    Exactly one half reaches the better grade. Without ballots there is none.
    """
    if base <= 0:
        return None
    if 2 * satisfied >= base:
        return "satisfied"
    return "basically" if 2 * (satisfied + basically) >= base else "dissatisfied"


def rate(part: int, whole: int) -> int | None:
    """Return a part of a whole in basis points, half up; None of nothing."""
    return (20_000 * part + whole) // (2 * whole) if whole > 0 else None
