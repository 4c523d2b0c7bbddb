"""Components written as HTML, for what is shown before the scripts run, or without them.

Only what is read: ids are left out, so that nothing stands twice on the page once Dash draws it, and stores and polls
have nothing to show. A form is not for here: what is typed before its script runs would be lost. Filters are shown as
they stand, and choose nothing yet.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

from dashboard.figures.drawing import drawn

VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})
# What an attribute is called in HTML; any other of the first set keeps its name in small letters.
NAMES = {
    "className": "class",
    "htmlFor": "for",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
    "dateTime": "datetime",
}
KEPT = frozenset(
    {"href", "lang", "role", "title", "scope", "open", "hidden", "rel", "target", "alt", "src", "value"}
)
TAGS = {"Link": "a", "Form": "div"}
DROPPED = frozenset({"aria-controls", "aria-labelledby", "aria-describedby"})


class Unwritten(TypeError):
    """A component that cannot be written as HTML: the page it stands on has no first paint."""


def markup(wide: Any, narrow: Any) -> str:
    """Return a page as HTML, given as laid out for a wide and for a narrow window: only its charts differ."""
    if isinstance(wide, Component):
        return _component(wide, narrow)
    if wide is None or isinstance(wide, (bool, str, int, float)):
        return "" if wide is None or isinstance(wide, bool) else escape(str(wide), quote=False)
    return "".join(markup(*pair) for pair in zip(wide, narrow, strict=True))


def _component(wide: Any, narrow: Any) -> str:
    kind: str = wide._type
    if kind in WRITERS:
        return WRITERS[kind](wide)
    if wide._namespace != "dash_html_components" and kind != "Link":
        raise Unwritten(kind)
    if kind == "Form" and wide.method != "get":
        raise Unwritten(kind)
    tag = TAGS.get(kind, kind.lower())
    if getattr(getattr(wide, "children", None), "_type", "") == "Graph":
        return _one(tag, wide, wide, "only-wide") + _one(tag, narrow, narrow, "only-narrow")
    return _one(tag, wide, narrow)


def _one(tag: str, wide: Component, narrow: Component, style: str = "") -> str:
    opened = f"<{tag}{_attributes(wide, style)}>"
    if tag in VOID:
        return opened
    inner = markup(getattr(wide, "children", None), getattr(narrow, "children", None))
    return f"{opened}{inner}</{tag}>"


def _select(component: Any) -> str:
    """Write a choice with what is chosen in it; it chooses nothing yet."""
    options: Iterable[Mapping[str, str]] = component.options
    chosen = next((one["label"] for one in options if one["value"] == component.value), "")
    style = f"form-select {getattr(component, 'className', '')}".strip()
    return f'<select class="{escape(style)}" disabled><option>{escape(chosen)}</option></select>'


def _input(component: Any) -> str:
    """Write a filter's text; anything else that is typed into is not for here."""
    if component.type == "hidden":
        return ""
    if component.type != "search":
        raise Unwritten(component._type)
    return f'<div class="dash-input-container control">{escape(component.value)}</div>'


def _attributes(component: Component, style: str) -> str:
    told = {
        NAMES.get(name, name.lower()): value
        for name, value in vars(component).items()
        if name in KEPT or name in NAMES or (name.startswith(("data-", "aria-")) and name not in DROPPED)
    }
    if style:
        told["class"] = f"{told.get('class') or ''} {style}".strip()
    look: Mapping[str, str | int] | None = getattr(component, "style", None)
    if look:
        told["style"] = ";".join(f"{_dashed(name)}:{value}" for name, value in look.items())
    return "".join(
        _attribute(name, value)
        for name, value in sorted(told.items())
        if value is not None and value is not False
    )


def _attribute(name: str, value: object) -> str:
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def _dashed(name: str) -> str:
    """Return a style's name as CSS writes it; a variable keeps its own."""
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name)


# What is not written as a tag of its own name: charts are drawn, choices are shown, stores have nothing to show.
WRITERS: Mapping[str, Callable[[Any], str]] = {
    "Graph": lambda graph: drawn(graph.figure),
    "Select": _select,
    "Input": _input,
    **dict.fromkeys(("Store", "Location", "Interval"), lambda _unseen: ""),
}
