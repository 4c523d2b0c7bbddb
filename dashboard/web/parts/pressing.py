"""Buttons whose press is told with what they stand beside: assets/attendance.js puts it into a store."""

from typing import Any

from dash import html
from dash.development.base_component import Component


def pressing(
    label: str, act: str, into: str, seat: str = "", name: str = "", primary: bool = False
) -> Component:
    """Return a button of an act on one row; `into` is the id of the store, `name` says of whom to a screen reader."""
    carried: dict[str, Any] = {"data-press": act, "data-seat": seat, "data-into": into}
    if name:
        carried["aria-label"] = f"{label}：{name}"
    style = "button button-primary" if primary else "button"
    return html.Button(label, type="button", className=style, **carried)
