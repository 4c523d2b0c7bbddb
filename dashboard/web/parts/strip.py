"""The four stages side by side, on a phone one under the other."""

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.frames import Stage
from dashboard.web.parts.badge import tag
from dashboard.web.parts.links import anchor
from dashboard.web.parts.stage_text import StageText, stage_text
from dashboard.web.parts.text import aria


def strip(words: Words, stages: Sequence[Stage], addresses: Mapping[str, str] | None = None) -> Component:
    """Return the strip; `addresses` leads from a stage's key to its page.

    Stages overlap, so where they belong to different cycles each says which one it shows.
    """
    mixed = len({stage.cycle for stage in stages}) > 1
    places = addresses or {}
    items = [_stage(words, n, stage, places.get(stage.key), mixed) for n, stage in enumerate(stages, 1)]
    return html.Ol(items, className="card strip", **aria(label=words("stage.strip")))


def _stage(words: Words, number: int, stage: Stage, href: str | None, mixed: bool) -> Component:
    text = stage_text(words, stage)
    name = words(f"stage.{stage.key}.name")
    title: list[Component | str] = [
        html.Span(str(number), className="stage-number"),
        anchor(name, href) if href else name,
    ]
    if mixed:
        title.append(html.Span(words("stage.cycle", year=str(stage.cycle)), className="stage-cycle"))
    head = html.Div([html.H2(title, className="stage-name"), tag(words, stage.state)], className="stage-head")
    children = [head, _figure(text)]
    if text.line:
        children.append(html.P(text.line, className="stage-line"))
    if text.brief:
        children.append(html.P(text.brief, className="stage-brief"))
    if text.detail:
        children.append(html.Div(text.detail, className="stage-detail"))
    return html.Li(children, className=f"stage {stage.state}")


def _figure(text: StageText) -> Component:
    return html.P(
        [html.Strong(text.figure), text.unit, html.Span(text.more, className="full")],
        className="stage-figure",
    )
