"""核对计票: anyone's box counted again in memory, every rule and every reason shown; nothing of it is kept."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call, allow
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.card import card
from dashboard.web.parts.heading import heading
from dashboard.web.parts.papers import upload
from dashboard.web.parts.text import aria
from dashboard.web.uploading import LARGEST_BOX, RECOUNT

RESULT = "recount-result"
COMMAND = "python -m dashboard recount"


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return where a file is handed in, and the place of what it gives."""
    allow(call, "box.recount")
    words = view.words
    language = "en" if view.address.language == "en" else "zh"
    steps = [html.Li(words(f"recount.step.{name}")) for name in ("take", "choose", "compare")]
    button = upload(
        words,
        words("recount.choose"),
        f"{RECOUNT}?lang={language}",
        RESULT,
        ".json,.pb,application/json",
        LARGEST_BOX,
    )
    dropped: dict[str, Any] = {"data-drop": "yes"}
    body = [
        html.Ol(steps, className="steps"),
        html.Div(button, className="recount-drop", **dropped),
        html.P(words("recount.private"), className="secondary"),
        html.P([words("recount.offline"), html.Code(COMMAND)], className="secondary"),
    ]
    content = [
        heading(words("recount.title"), words("recount.line")),
        card(
            words("recount.upload"), body, words("recount.upload.line", most=str(LARGEST_BOX // 1024 // 1024))
        ),
        html.Div(id=f"{RESULT}-told", **aria(live="polite")),
        html.Div(id=RESULT, className="stack", **aria(live="polite")),
    ]
    return html.Div(content, className="stack round recount"), words("recount.title")


PAGE = Page("recount", layout)
