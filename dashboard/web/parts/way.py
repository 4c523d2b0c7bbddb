"""The way of a project from a suggestion to acceptance, one dot a step."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.web.parts.text import Content


@dataclass(frozen=True, slots=True)
class Step:
    """A step with its date; `kind` is done, red, asked (an inquiry) or to-come."""

    day: str
    name: str
    note: Content = ""
    kind: str = "done"


def way(steps: Sequence[Step]) -> Component:
    """Return the steps; from the last one done the line goes on dashed."""
    return html.Ol(
        [
            html.Li(
                [step.day, html.Strong(step.name), html.Span(step.note)],
                className=f"{step.kind} last-done" if _last_done(steps, n) else step.kind,
            )
            for n, step in enumerate(steps)
        ],
        className="way",
    )


def _last_done(steps: Sequence[Step], n: int) -> bool:
    return steps[n].kind != "to-come" and n + 1 < len(steps) and steps[n + 1].kind == "to-come"
