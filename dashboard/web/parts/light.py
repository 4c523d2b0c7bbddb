"""亮灯 as a part: shape, colour and word together."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.lights import DEFAULT_LIGHTS, STATES, FiveLights, LightRules, limits
from dashboard.web.parts.made import made
from dashboard.web.parts.text import aria, hidden

LIGHTS = tuple(STATES)
# The shape that each colour has in the default set; a light of another shape names it.
SHAPES = {one.colour: one.symbol for name, one in STATES.items() if name == one.colour}


def shape(name: str) -> Component:
    """Return the symbol of a light alone: its word must stand beside it."""
    state = STATES[name]
    style = f"shape shape-{state.colour}"
    if SHAPES.get(state.colour) != state.symbol:
        style += f" symbol-{state.symbol}"
    return made(html.Span, className=style, **aria(hidden="true"))


def light(words: Words, name: str, word_shown: bool = True) -> Component:
    """Return a light with its word, which a dense row gives to screen readers only."""
    word = words(f"light.{name}")
    return made(
        html.Span,
        [shape(name), made(html.Span, word) if word_shown else hidden(word)],
        className="light",
        title=None if word_shown else word,
    )


def light_tag(words: Words, name: str) -> Component:
    """Return a light on its ground, as it stands beside a project's title."""
    return made(html.Span, light(words, name), className=f"tag tag-{STATES[name].colour}")


def counted(words: Words, counts: Mapping[str, int]) -> Component:
    """Return how many projects have each light, those that none has left out."""
    return made(
        html.Span,
        [
            made(
                html.Span,
                [shape(name), words("light.counted", word=words(f"light.short.{name}"), n=words.count(n))],
                className="light",
            )
            for name in LIGHTS
            if (n := counts.get(name, 0))
        ],
        className="lights",
    )


def key(words: Words, rules: LightRules = DEFAULT_LIGHTS) -> Component:
    """Return what each light of a set means, with its limits."""
    return made(
        html.Span,
        [
            made(html.Span, [shape(name), meaning(words, rules, name)], className="light")
            for name in rules.states
        ],
        className="key",
    )


def meaning(words: Words, rules: LightRules, name: str) -> str:
    """Return when a light of a set is shown."""
    facts = {
        fact: words.share(value, 0) if isinstance(rules, FiveLights) else _points(words, value)
        for fact, value in zip(("low", "limit"), limits(rules, name), strict=True)
        if value is not None
    }
    return words(f"light.rule.{name}", **facts)


def _points(words: Words, value: int) -> str:
    """Write a limit without the sign of what is above the plan, and without decimals where there are none."""
    return words.gap(value).lstrip("+").removesuffix(".0")
