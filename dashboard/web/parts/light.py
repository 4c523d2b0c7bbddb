"""亮灯 as a part: shape, colour and word together."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.web.parts.text import aria, hidden

LIGHTS = ("blue", "green", "amber", "red", "grey")


def shape(name: str) -> Component:
    """Return the symbol of a light alone: its word must stand beside it."""
    return html.Span(className=f"shape shape-{name}", **aria(hidden="true"))


def light(words: Words, name: str, word_shown: bool = True) -> Component:
    """Return a light with its word, which a dense row gives to screen readers only."""
    word = words(f"light.{name}")
    return html.Span(
        [shape(name), html.Span(word) if word_shown else hidden(word)],
        className="light",
        title=None if word_shown else word,
    )


def light_tag(words: Words, name: str) -> Component:
    """Return a light on its ground, as it stands beside a project's title."""
    return html.Span(light(words, name), className=f"tag tag-{name}")


def counted(words: Words, counts: Mapping[str, int]) -> Component:
    """Return how many projects have each light, those that none has left out."""
    return html.Span(
        [
            html.Span(
                [shape(name), words("light.counted", word=words(f"light.short.{name}"), n=words.count(n))],
                className="light",
            )
            for name in LIGHTS
            if (n := counts.get(name, 0))
        ],
        className="lights",
    )


def key(words: Words) -> Component:
    """Return what each light means by the default limits."""
    return html.Span(
        [html.Span([shape(name), words(f"light.rule.{name}")], className="light") for name in LIGHTS],
        className="key",
    )
