"""Tags: a state said in one word."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words

TAGS = ("simulated", "announced", "running", "ended", "upcoming")


def tag(words: Words, state: str) -> Component:
    """Return the tag of a stage's or result's state, or of simulated data."""
    return html.Span(words(f"tag.{state}"), className=f"tag tag-{state}")


def simulated(words: Words) -> Component:
    """Return the badge that stands wherever the numbers are invented."""
    return tag(words, "simulated")


def toned(text: str, tone: str) -> Component:
    """Return a finished word on the ground of a light, or of a promise."""
    return html.Span(text, className=f"tag tag-{tone}")
