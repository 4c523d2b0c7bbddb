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
