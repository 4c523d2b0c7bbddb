"""查票: what a receipt finds, told to whoever holds it; it is read from the address's fragment or typed."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import field, text_input
from dashboard.web.parts.heading import heading
from dashboard.web.parts.text import aria, carried
from dashboard.web.parts.vote_chrome import press
from dashboard.web.parts.vote_words import said

MODULES = "/assets/vote/lookup.mjs /assets/vote/receipt.mjs /assets/vote/words.mjs /assets/vote/send.mjs"
PREFIX = "receipt.say."
SAID = (
    "receipt.say.asking", "receipt.say.typed", "receipt.say.lost", "receipt.say.state.in_box",
    "receipt.say.state.counted", "receipt.say.state.invalid", "receipt.say.state.uncounted",
    "receipt.say.do.in_box", "receipt.say.do.counted", "receipt.say.do.uncounted", "receipt.say.congress",
    "receipt.say.round", "receipt.say.marks", "receipt.say.blank", "receipt.say.mark.mark",
    "receipt.say.mark.for", "receipt.say.mark.against", "receipt.say.mark.abstained", "receipt.say.mark.rank",
    "receipt.say.digest", "receipt.say.to_round", "receipt.say.to_vote", "receipt.say.checking",
    "receipt.say.box.found", "receipt.say.box.missing", "receipt.say.box.differs", "receipt.say.box.unread",
    "receipt.say.box.closed", "receipt.say.show", "receipt.say.box.insecure", "receipt.say.simulated",
)  # fmt: skip
TELLS = ("in_box", "counted", "marks", "nobody")


def layout(_call: Call, view: View) -> tuple[Component, str]:
    """Return the form; what it finds is asked for by its script, so that no address ever holds a receipt."""
    words = view.words
    prefix = "" if words.is_chinese else "/en"
    form = html.Div(
        [
            field(
                "receipt-code",
                words("receipt.code"),
                text_input("receipt-code", autoComplete="off", spellCheck="false"),
                words("receipt.help"),
            ),
            html.P(className="receipt-fault", role="alert", hidden=True),
            html.Div(press(words("receipt.send"), "receipt-send", primary=True), className="acts"),
        ],
        className="form",
    )
    found = html.Div(className="receipt-found", role="status", hidden=True, **aria(live="polite"))
    told = carried(modules=MODULES, words=said(words, SAID, PREFIX), language=words.language, prefix=prefix)
    tells = html.Ul([html.Li(words(f"receipt.tells.{name}")) for name in TELLS], className="receipt-tells")
    content = html.Div(
        [
            heading(words("receipt.title"), words("receipt.line")),
            html.Div([card(words("receipt.card"), form), found], id="receipt", className="stack", **told),
            card(words("receipt.tells"), tells),
        ],
        className="slim stack",
    )
    return content, words("receipt.title")


PAGE = Page("receipt", layout)
