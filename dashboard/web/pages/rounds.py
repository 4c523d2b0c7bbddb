"""票决: the rounds of a cycle, and one round with its votes, its reasons, its rules and its seal."""

from dataclasses import replace
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.boxes import may_take_box
from dashboard.queries.conduct_choices import choices
from dashboard.queries.cycles import shown_year
from dashboard.queries.documents import issued_announcement
from dashboard.queries.own_rounds import held_rounds
from dashboard.queries.round_papers import announced_paper
from dashboard.queries.voting import TOPICS, last_adoption, round_result, rounds
from dashboard.reports.round_texts import announcement_text
from dashboard.rules.roles import PREPARING, Role, may
from dashboard.rules.round_frames import ANNOUNCED, RoundLine, RoundResult, Rounds
from dashboard.web import conduct_new
from dashboard.web.addresses import Address
from dashboard.web.charts import tally_card
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.conduct_new import new_card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import act
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.papers import announcement_card
from dashboard.web.parts.rounds_body import (
    attendance_card,
    below_law_part,
    box_card,
    corrections_part,
    reasons_card,
    threshold_card,
    tie_card,
    undecided_part,
)
from dashboard.web.parts.rounds_list import round_card
from dashboard.web.parts.rounds_rules import rules_card
from dashboard.web.parts.rounds_words import (
    awaited_key,
    purpose_word,
    round_finding,
    rounds_finding,
    state_tag,
)
from dashboard.web.parts.text import data, printed, spoken
from dashboard.web.round_charts import votes_card

TALL = 8
# Importing it puts what a clerk presses here into the registry.
ACTS = (conduct_new,)
# While a round is in these states its voters have a page for it.
RUNNING = frozenset({"checked", "open", "suspended"})


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return every round of the cycle, or when it is going to vote."""
    words, year = view.words, shown_year(call)
    found = rounds(call, year)
    title = rounds_finding(words, year, found.rows)
    line = [*_place(call, words), "｜", words("round.list.line")]
    head = heading(printed(words, title), line, [*_marks(call, words), *_board(call, view)])
    held = held_rounds(call, year) if call.is_member else frozenset()
    cards = [
        round_card(words, row, _address(view, row.round_id), _conduct(view, row, held)) for row in found.rows
    ]
    tally = last_adoption(call, year)
    body = cards or [_none(words, year, found)]
    if tally is not None:
        votes = tally_card("rounds-tally", tally, words, view.theme, view.narrow, announced=True)
        pair = [html.Div(body, className="span-5 stack"), html.Div(votes, className="span-7")]
        body = [html.Div(pair, className="columns round-list")]
    if call.role is Role.CLERK:
        body = [*body, new_card(words, choices(call))]
    if may(call.role, "rule_set.read"):
        way = anchor(words("rules.title"), view.address.to("rule-sets").path())
        body = [*body, html.P(way, className="conduct-ways")]
    return html.Div([head, *body], className="stack round"), spoken(words, title)


def one_round(call: Call, view: View) -> tuple[Component, str]:
    """Return one round as announced; to a member also that a round exists which is not."""
    words = view.words
    result = round_result(call, shown_year(call), view.item_id)
    line, title = result.line, round_finding(words, result.line)
    content = [
        crumbs(words, (Link(words("place.rounds"), view.address.to("rounds").path()),)),
        heading(
            printed(words, title), _under(call, words, result), [state_tag(words, line), *_marks(call, words)]
        ),
        *_papers(call, view),
        *(_announced(call, view, result) if line.state == ANNOUNCED else _awaited(call, view, line)),
    ]
    return html.Div(content, className="stack round"), spoken(words, title)


def _announced(call: Call, view: View, result: RoundResult) -> list[Component]:
    """Return what an announced round shows; an assessment's grades stand on their own page."""
    words, tally = view.words, result.tally
    cards = [*undecided_part(words, result.line), *below_law_part(words, result.below_law)]
    cards += corrections_part(words, result.corrections)
    cards.append(attendance_card(words, tally))
    if result.line.purpose == "assessment":
        way = Link(words("round.assessment.go"), view.address.to("assessments").path())
        cards.append(card(words("round.assessment"), empty(words("round.assessment.line"), "", way)))
    aside = [threshold_card(words, result), tie_card(words, result, lambda one: _address(view, one))]
    box, rules = box_card(words, result, _box_files(call, view), _recount(view)), rules_card(words, result)
    if len(tally.bars) >= TALL:
        # Beside a long list of bars there is room for the seal as well.
        aside, box = [*aside, box], None
    beside = html.Div([one for one in aside if one is not None], className="span-5 stack")
    reasons: Component | None = None
    if tally.bars:
        votes = votes_card("round-votes", result, words, view.theme, view.narrow)
        reasons = reasons_card(words, result, lambda number: view.address.to("projects", number).path())
        cards.append(html.Div([votes, beside], className="columns"))
    else:
        cards.append(beside)
    told = _announcement(call, view)
    return [*cards, *(one for one in (reasons, told, box, rules) if one is not None)]


def _announcement(call: Call, view: View) -> Component | None:
    """Return the announcement: as it was issued, else the text that follows from the result and the rules."""
    issued = issued_announcement(call, view.item_id)
    if issued is not None and call.place is not None:
        return announcement_card(view.words, issued.text, f"/document/{call.place.code}/{issued.file}")
    paper = announced_paper(call, view.item_id)
    # Without a head: nothing of it was printed.
    return (
        None
        if paper is None
        else announcement_card(view.words, announcement_text(replace(paper, head=None)), None)
    )


def _papers(call: Call, view: View) -> list[Component]:
    """Return the way to the round's papers for those who make them and receive them."""
    if not call.is_member or call.role not in {Role.CLERK, Role.PRESIDIUM}:
        return []
    way = Link(view.words("papers.inside.go"), view.address.to("papers", view.item_id).path())
    return [html.P(act(way), className="acts")]


def _box_files(call: Call, view: View) -> str | None:
    """Return where the round's box is taken away, None to whom its rule set does not name."""
    if call.place is None or not may_take_box(call, view.item_id):
        return None
    return f"/box/{call.place.code}/{view.item_id}"


def _recount(view: View) -> str:
    return Address(view.address.language, page="recount").path()


def _awaited(call: Call, view: View, line: RoundLine) -> list[Component]:
    """Say that nothing shows before the announcement; a deputy is led to the vote while it is held."""
    words = view.words
    key = awaited_key(line)
    told = [notice("grey", words(key), words("round.awaited.do") if key == "round.awaited" else None)]
    if call.role is Role.DEPUTY and line.state in RUNNING:
        way = Link(words("vote.way.vote"), view.address.to("vote", line.round_id).path())
        told.append(html.P(act(way, primary=True), className="acts"))
    return told


def _none(words: Words, year: int, found: Rounds) -> Component:
    """Say that the cycle has not voted, and when it will."""
    since = words("round.none.since")
    if found.opens is not None and found.closes is not None:
        since = words("round.none.when", opens=words.day(found.opens), closes=words.day(found.closes))
    return card(words("round.none.title"), empty(words("round.none", year=str(year)), since))


def _under(call: Call, words: Words, result: RoundResult) -> list[Component | str]:
    line: RoundLine = result.line
    parts = _place(call, words)
    if line.meeting:
        parts += ["｜", data(words, line.meeting)]
    parts += ["｜", purpose_word(words, line)]
    if line.day is not None:
        parts += ["｜", words("round.voted_on", day=words.day(line.day))]
    if result.announced_on is not None:
        parts.append(words("round.announced_on", day=words.day(result.announced_on)))
    return parts


def _place(call: Call, words: Words) -> list[Component | str]:
    return [data(words, call.place.name if call.place is not None else "")]


def _marks(call: Call, words: Words) -> list[Component]:
    return [simulated(words)] if call.place is not None and call.place.simulated else []


def _conduct(view: View, line: RoundLine, held: frozenset[UUID]) -> str | None:
    """Return where a round is held, for those who hold it."""
    return view.address.to("conduct", line.round_id).path() if UUID(line.round_id) in held else None


def _board(call: Call, view: View) -> list[Component]:
    """Return the way to the live boards for those who lead the meeting."""
    if not (call.is_member and call.role in PREPARING):
        return []
    return [act(Link(view.words("board.title"), view.address.to("board").path()))]


def _address(view: View, round_id: str) -> str:
    return view.address.to("rounds", round_id).path()


PAGE = Page("rounds", layout, TOPICS, item=one_round)
