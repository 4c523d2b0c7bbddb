"""投票: one round's list on a phone or a terminal of the hall, from marking to the receipt."""

import hashlib
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

import orjson
from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.i18n import words as words_of
from dashboard.queries.ballot_paper import TOPICS, ballot_paper, own_standing, running_rounds
from dashboard.rules.ballot_papers import OPEN, SUSPENDED, BallotPaper, Standing, in_order_for
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.addresses import Address
from dashboard.web.context import PageState, badge, current
from dashboard.web.pages.page import Page, View
from dashboard.web.parts import vote_steps as steps
from dashboard.web.parts.links import Link
from dashboard.web.parts.terminal import SECONDS, marked, watched
from dashboard.web.parts.text import carried
from dashboard.web.parts.vote_chrome import bar, marks_of, sheet, speaker
from dashboard.web.parts.vote_doors import closed_door, refused_door, waiting_list
from dashboard.web.parts.vote_words import PREFIX, SAID, bar_title, said
from dashboard.web.terminals import is_terminal, way_in
from dashboard.web.watched import live_state
from dashboard.web.wiring import reads

MODULES = " ".join(
    f"/assets/{name}.mjs"
    for name in (
        "vote/vote", "vote/marks", "vote/words", "vote/select", "vote/review", "vote/send", "vote/receipt",
        "vote/kept", "vote/clock", "vote/sheet", "vote/keep", "vote/terminal",
        "vote/cast", "vote/shown", "vendor/lean-qr",
    )
)  # fmt: skip
# What a tab may still have to say when the list is closed: that a vote is on its way, or its receipt.
WITH_RECEIPT = frozenset({"suspended", "closed"})


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the one round that is running, or the list of those to choose from."""
    try:
        running = running_rounds(call)
    except Refused as refused:
        return _refused(call, view, refused)
    if len(running) == 1:
        return _page(call, view, running[0][0])
    title = view.words("vote.title")
    terminal = is_terminal(call, view.address, view.search)
    hrefs = {
        identity: marked(view.address.to("vote", identity).path(), terminal=terminal)
        for identity, *_ in running
    }
    return _alone(call, view, title, waiting_list(view.words, running, hrefs)), title


def one_round(call: Call, view: View) -> tuple[Component, str]:
    """Return the voting page of a round, or the page that says why it cannot be voted in now."""
    identity = view.item_id
    try:
        return _page(call, view, identity)
    except Refused as refused:
        return _refused(call, view, refused)


def _page(call: Call, view: View, round_id: UUID) -> tuple[Component, str]:
    paper, standing = ballot_paper(call, round_id), own_standing(call, round_id)
    address = view.address.to("vote", round_id)
    title = bar_title(view.words, paper.purpose)
    terminal = is_terminal(call, view.address, view.search)
    content = html.Div(
        [
            live_state(call, view.words, TOPICS[:1]),
            _behind(standing, _laid_out(call, view.words, address, paper, standing, terminal)),
            dcc.Store(id="vote-round", data=str(round_id)),
            dcc.Store(id="vote-terminal", data=terminal),
        ]
    )
    return content, title


def _behind(standing: Standing, content: Component) -> Component:
    """Return the page; where its door is shut, in a place that is filled anew as soon as it opens."""
    if standing.door is None:
        return content
    return html.Div([html.Div(content, id="vote-shut"), dcc.Store(id="vote-door", data=standing.door)])


def _refused(call: Call, view: View, refused: Refused) -> tuple[Component, str]:
    """Return why somebody sees no list; what is not there is told as everywhere."""
    if refused.code not in {"sign_in_first", "not_allowed"}:
        raise refused
    title, onward = view.words("vote.title"), {"home": view.address.to("overview").path()}
    terminal = is_terminal(call, view.address, view.search)
    if terminal:
        onward = _ways(view.address, "hall_code", terminal=True)
    elif refused.code == "sign_in_first":
        onward = _ways(view.address, "sign_in", "hall_code")
    shut = refused_door(view.words, refused.code, onward, terminal=terminal)
    return _alone(call, view, title, shut), title


def _ways(address: Address, *names: str, terminal: bool = False) -> dict[str, str]:
    """Return where a page leads that cannot go on by itself; what leads to the hall stays on a terminal."""
    here = quote(address.path())
    all_ways = {
        "check_in": marked(address.to("hall", address.item).path(), terminal=terminal),
        "hall_code": marked(address.to("hall").path(), terminal=terminal),
        "sign_in": f"{Address(address.language, page='sign-in').path()}?next={here}",
        "receipt": Address(address.language, page="receipt").path(),
    }
    return {name: all_ways[name] for name in names}


def _alone(call: Call, view: View, title: str, content: Component) -> Component:
    simulated = call.place is not None and call.place.simulated
    terminal = is_terminal(call, view.address, view.search)
    hall = way_in(call, current(), view.address)
    way = Link(view.words("vote.leave"), hall if terminal else view.address.to("rounds").path())
    tags = marks_of(view.words, is_simulated=simulated, is_practice=False)
    inner = html.Div(
        [bar(view.words, title, way, tags, clock=False), html.Main(content, id="main")], className="vote"
    )
    if not terminal:
        return inner
    return watched(view.words, [inner], hall, signed_in=call.actor.account_id is not None)


def _laid_out(
    call: Call, words: Words, address: Address, paper: BallotPaper, standing: Standing, terminal: bool
) -> Component:
    """Return the page itself: the steps that its scripts lead through, or the closed door."""
    simulated = call.place is not None and call.place.simulated
    tags = marks_of(words, is_simulated=simulated, is_practice=paper.is_practice)
    hall = marked(address.to("hall").path(), terminal=True)
    way = Link(words("vote.leave"), hall if terminal else address.to("rounds").path())
    head = bar(words, bar_title(words, paper.purpose), way, tags)
    told = carried(
        modules=MODULES,
        paper=orjson.dumps(_facts(call, address, paper, standing, terminal)).decode(),
        words=said(words, SAID, PREFIX),
        hall=hall,
        **SECONDS,
    )
    main = html.Main(_steps(call, words, address, paper, standing, terminal), id="main")
    now = html.Div(_now(paper), id="vote-now", hidden=True)
    looks = "vote terminal" if terminal else "vote"
    late = html.P(words("vote.unloaded"), className="vote-unloaded")
    return html.Div([head, late, main, sheet(words), speaker(), now], id="vote", className=looks, **told)


def _steps(
    call: Call, words: Words, address: Address, paper: BallotPaper, standing: Standing, terminal: bool
) -> list[Component]:
    name, code = (call.place.name, call.place.code) if call.place is not None else ("", "")
    names = ("check_in",) if terminal else ("check_in", "hall_code", "sign_in", "receipt")
    ways = _ways(address, *names, terminal=terminal)
    after = [
        steps.waiting(words, paper),
        steps.receipt(words, paper, name, terminal=terminal),
        steps.stopped(words, ways, terminal=terminal),
    ]
    if standing.door is not None:
        shut = closed_door(words, paper, standing.door, ways["check_in"])
        return [shut, *after] if standing.door in WITH_RECEIPT else [shut]
    foot = () if terminal else (_language(words, address), Link(words("vote.way.receipt"), ways["receipt"]))
    lines = in_order_for(paper, call.actor.membership_id)
    return [
        steps.select(
            words, paper, lines, None if terminal else address, foot, code=code, shown=not standing.voted
        ),
        steps.review(words, paper),
        *after,
        steps.voted(words, paper, ways.get("receipt")),
    ]


def _language(words: Words, address: Address) -> Link:
    other, label = ("en", "English") if words.is_chinese else ("zh-CN", words("shell.chinese"))
    return Link(label, address.speaking(other).path(), lang=other, fresh=True)


def _facts(
    call: Call, address: Address, paper: BallotPaper, standing: Standing, terminal: bool
) -> dict[str, object]:
    """Return what the scripts need to know; nothing of it says how anybody votes."""
    code = call.place.code if call.place is not None else ""
    rules = paper.rules
    seat = call.actor.membership_id
    return {
        "round": str(paper.round_id),
        # Whose marks are kept in a tab: another voter's are dropped.
        "voter": hashlib.sha256(paper.round_id.bytes + (seat.bytes if seat else b"")).hexdigest()[:16],
        "actor": badge(call.actor),
        "form": rules.form,
        "most": rules.most,
        "exactly": rules.exactly,
        "limited": rules.limited,
        "blank": rules.blank,
        "change": rules.change,
        "receipt": rules.receipt,
        "numbers": [line.number for line in paper.lines],
        "title": paper.title,
        "congress": call.place.name if call.place is not None else "",
        "practice": paper.is_practice,
        "simulated": call.place is not None and call.place.simulated,
        "state": paper.state,
        "door": standing.door,
        "voted": standing.voted,
        "terminal": terminal,
        "closes": _closes(paper),
        "now": _milliseconds(call.now),
        "cast": f"/vote/{code}/{paper.round_id}",
        "look": "/receipt",
        "language": address.language,
        "receiptPage": Address(address.language, page="receipt").path(),
    }


def _closes(paper: BallotPaper) -> int | None:
    """Return what the page counts down to: nothing before the opening and after the close."""
    return _milliseconds(paper.closes_at) if paper.state in {OPEN, SUSPENDED} else None


def _milliseconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)


def _now(paper: BallotPaper) -> Component:
    """Return what changes under an open page: the state of the round, and until when it runs."""
    closes = _closes(paper)
    return html.Span(**carried(state=paper.state, closes="" if closes is None else str(closes)))


@reads(
    Output("vote-now", "children"),
    Input("live", "data"),
    State("vote-round", "data"),
    by_role=True,
)
def follow(call: Call, _live: str | None, round_id: UUID) -> Component:
    """Tell an open page that the round was suspended, resumed, closed or annulled: the same to every deputy."""
    return _now(ballot_paper(call, round_id))


@reads(
    Output("vote-shut", "children"),
    Output("vote-door", "data"),
    Input("live", "data"),
    State("vote-round", "data"),
    State("vote-terminal", "data"),
    State("vote-door", "data"),
    keeps=False,
)
def enter(
    call: Call, _live: str | None, round_id: UUID, terminal: bool, door: str | None, page: PageState
) -> tuple[object, object]:
    """Lay the list out for who waited before a closed door, as soon as it opens; what is being marked stays."""
    address = addresses.read(page.path)
    if address is None:
        raise Refused("not_found")
    paper, standing = ballot_paper(call, round_id), own_standing(call, round_id)
    if door in {None, standing.door}:
        return no_update, no_update
    here, terminal = address.to("vote", round_id), terminal or call.actor.at_terminal
    return _laid_out(call, words_of(page.language), here, paper, standing, terminal), standing.door


PAGE = Page("vote", layout, TOPICS, item=one_round, bare=True)
