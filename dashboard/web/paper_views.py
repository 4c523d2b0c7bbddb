"""What is to be done on a round's paper, part by part: drawn whole after an act, and by parts when others act."""

import hashlib

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.paper_frames import PaperRound
from dashboard.rules.rounds import TELLER
from dashboard.web.parts.card import card
from dashboard.web.parts.notice import notice
from dashboard.web.parts.paper_entry import entry_card, own_card, own_told
from dashboard.web.parts.paper_work import (
    compare_card,
    hand_out_card,
    issued_list,
    numbers,
    seats_offered,
    settle_card,
    totals_card,
)

# In their order on the page.
PARTS = ("numbers", "notices", "form", "lists")


def work_view(word: Words, found: PaperRound) -> list[Component]:
    """Return what is to be done now, each part by itself, and the stamp of the form among them."""
    parts = parts_of(word, found)
    drawn: list[Component] = [
        html.Div(part, id=f"paper-{name}", className="paper-part")
        for name, part in zip(PARTS, parts, strict=True)
    ]
    return [*drawn, dcc.Store(id="paper-stamp", data=stamp(found))]


def parts_of(word: Words, found: PaperRound) -> tuple[list[Component], ...]:
    """Return numbers, notices, the one form, and lists: hand out while open, enter and settle once closed.

    Only the form is typed into, and only it is drawn again no more often than it changes.
    """
    head = [numbers(word, found)]
    if found.state == "open":
        form = [hand_out_card(word)] if found.duties else []
        issued = card(word("paper.issued"), issued_list(word, found.issued))
        return head, [], form, [seats_offered(found), issued]
    if found.sealed:
        return head, [notice("grey", word("paper.sealed"), word("paper.sealed.do"))], [], []
    if found.state != "closed":
        return head, [notice("grey", word("paper.before"), word("paper.before.do"))], [], []
    told = [totals_card(word)] if found.totals_differ else []
    forms = (entry_card(word, found) if TELLER in found.duties else None, settle_card(word, found))
    lists = (own_card(word, found), None if found.totals_differ else compare_card(word, found))
    return (
        head,
        [*told, *own_told(word, found)],
        [one for one in forms if one is not None],
        [one for one in lists if one is not None],
    )


def stamp(found: PaperRound) -> str:
    """Return what the form was drawn from: what is typed into it is lost only where this changed."""
    entering = None if found.compared else (found.own and (found.own.total, sorted(found.own.sheets.items())))
    settling = [one.number for one in found.differing]
    done = found.compared is not None and found.compared.is_settled
    whole = (found.state, found.sealed, bool(found.duties), entering, found.others_enter, settling, done)
    return hashlib.sha256(repr(whole).encode()).hexdigest()[:20]
