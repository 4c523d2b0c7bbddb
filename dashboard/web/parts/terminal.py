"""What a page needs on a shared terminal of the hall: a head that leads nowhere, an end when nobody touches it."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.text import aria, carried
from dashboard.web.parts.vote_chrome import speaker
from dashboard.web.parts.vote_words import PREFIX, said

MODULES = "/assets/vote/terminal.mjs /assets/vote/words.mjs"
# Untouched until it goes blank, of that with a warning, and after a vote.
SECONDS = {"idle": "60", "warning": "15", "leaving": "20"}
SAID = ("vote.say.idle", "vote.say.gone", "vote.say.leaving")
MARK = "?terminal=1"


def marked(path: str, *, terminal: bool) -> str:
    """Return an address that stays on a terminal where it is one."""
    return path + MARK if terminal else path


def watched(words: Words, content: Sequence[Component], hall: str, *, signed_in: bool) -> Component:
    """Return what assets/vote/terminal.mjs blanks and signs out; of one who is not signed in, what was typed goes."""
    told = carried(
        modules=MODULES,
        words=said(words, SAID, PREFIX),
        hall=hall,
        signed="yes" if signed_in else "no",
        **SECONDS,
    )
    return html.Div([*content, speaker()], className="terminal-page", **told)


def head(name: str, language: Link) -> Component:
    """Return the head of a page on a terminal: what it is, and the other language."""
    brand = html.Span(
        [html.Span(className="mark", **aria(hidden="true")), html.Span(name, className="brand-name")],
        className="brand",
    )
    return html.Header(
        html.Div([brand, linked(language, "head-plain")], className="head-line"), className="head"
    )
