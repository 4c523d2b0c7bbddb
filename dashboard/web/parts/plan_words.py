"""The words of a plan: its numbers, who decided on it, what stands in its way."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.plan_problems import Problem
from dashboard.rules.plans import Content, Milestone
from dashboard.web.parts.text import Sentence, printed


def quantity_text(words: Words, content: Content) -> list[Component | str]:
    """Return the yearly target as a number with its unit, which is typed and therefore Chinese; nothing of none."""
    if content.quantity is None:
        return []
    number = f"{Decimal(content.quantity) / 1000:,f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return printed(words, Sentence("plan.quantity.text", {"n": number}, {"unit": content.unit}))


def step_text(words: Words, step: Milestone) -> str:
    """Return a milestone in one line."""
    day = words.day(step.due) if step.due else "—"
    return words("plan.step.text", day=day, share=words.share(step.share), name=step.name)


def problem_text(words: Words, problem: Problem) -> str:
    """Return what is wrong with a field, and what to do; numbers and days are told as everywhere."""
    if problem.code.startswith("typed_"):
        key, facts = f"refused.{problem.code}", _facts(words, problem.facts)
        between = "" if words.is_chinese else " "
        return between.join((words(key, **facts), words(f"{key}.do", **facts)))
    return words(f"plan.problem.{problem.code}", **_facts(words, problem.facts))


def _facts(words: Words, facts: Mapping[str, object]) -> dict[str, str]:
    told = {}
    for name, value in facts.items():
        if name == "needed":
            told[name] = words(f"plan.kind.{value}")
        elif name == "sum" and isinstance(value, int):
            told[name] = words.money(value)
        elif name == "share" and isinstance(value, int):
            told[name] = words.share(value)
        elif isinstance(value, date):
            told[name] = words.month(value) if name == "month" else words.day(value)
        else:
            told[name] = words.count(value) if isinstance(value, int) else str(value)
    return told


def at_fields(found: Sequence[Problem], content: Content) -> dict[str, Problem]:
    """Return the first problem of each field by the field's name in the form: a month is named by its month."""
    told: dict[str, Problem] = {}
    for one in found:
        parts = one.at.split(".")
        if parts[0] == "months" and parts[1].isdecimal() and int(parts[1]) < len(content.months):
            parts[1] = f"{content.months[int(parts[1])].month:%Y-%m}"
        told.setdefault(".".join(parts), one)
    return told


def bodies_text(words: Words, bodies: Sequence[str]) -> str:
    """Return who may decide, one of them being enough."""
    return words("plan.body.or").join(words(f"plan.body.{body}") for body in bodies)
