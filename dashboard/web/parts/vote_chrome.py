"""What stands around the voting page: its own bar with the time left, steps with their docks, the sheet."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.web.parts.badge import simulated, toned
from dashboard.web.parts.light import shape
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.text import Content, aria, carried, hidden


def bar(
    words: Words, title: str, way: Link, tags: Sequence[Component] = (), *, clock: bool = True
) -> Component:
    """Return the bar: back, the one h1, what the round is marked as, the time left."""
    time = html.Span(
        [html.Span(words("vote.left")), html.Strong("—", role="timer", **aria(live="off"))],
        className="vote-time",
        hidden=True,
    )
    back = anchor(
        [html.Span(className="vote-chevron", **aria(hidden="true")), hidden(way.label)],
        way.href or "/",
        "vote-back",
    )
    return html.Header(
        [
            back,
            html.H1(title, className="vote-title", tabIndex="-1"),
            html.Span(list(tags), className="vote-tags"),
            *([time, html.Span(className="vote-at")] if clock else []),
        ],
        className="vote-bar",
    )


def marks_of(words: Words, *, is_simulated: bool, is_practice: bool) -> list[Component]:
    """Return the tags that stand on every step: 练习, 模拟数据."""
    practice = [toned(words("vote.practice"), "amber")] if is_practice else []
    return [*practice, *([simulated(words)] if is_simulated else [])]


def step(
    name: str,
    title: str,
    content: Sequence[Component],
    dock: Sequence[Component] = (),
    *,
    shown: bool = False,
) -> Component:
    """Return one step: its content, and the dock that stays at the foot of the window."""
    told = carried(step=name, title=title)
    foot = [html.Div(list(dock), className="vote-dock")] if dock else []
    return html.Section(
        [html.Div(list(content), className="vote-body"), *foot],
        className="vote-step",
        hidden=not shown,
        **told,
    )


def press(text: str, style: str, *, primary: bool = False, **more: Any) -> Component:
    """Return a button of a dock or of a step; its class says what it does."""
    look = "button button-primary" if primary else "button"
    return html.Button(text, className=f"{look} {style}", type="button", **more)


def acts(*buttons: Component) -> Component:
    """Return the buttons of a dock, the last one at the thumb's side."""
    return html.Div(list(buttons), className="vote-acts")


def told(light: str, line: Content, advice: Content | None = None, style: str = "") -> Component:
    """Return a notice that a script may fill in; it is no live region, the page's own says what changes."""
    words: list[Component] = [html.P(line, className="notice-line")]
    if advice is not None:
        words.append(html.P(advice))
    return html.Div([shape(light), html.Div(words)], className=f"notice notice-{light} {style}".strip())


def sheet(words: Words) -> Component:
    """Return the sheet that opens over the page."""
    panel = html.Div(
        [
            html.Div(
                [html.H2(), press(words("vote.close"), "vote-close")],
                className="vote-sheet-head",
            ),
            html.Div(className="vote-sheet-body"),
        ],
        className="vote-panel",
    )
    return html.Div(
        panel,
        className="vote-sheet",
        hidden=True,
        role="dialog",
        **aria(modal="true", label=words("vote.more")),
    )


def speaker() -> Component:
    """Return the one live region: counts, seconds left, what was saved."""
    return html.Div(className="vote-said visually-hidden", role="status", **aria(live="polite"))
