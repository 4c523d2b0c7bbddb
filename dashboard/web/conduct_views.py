"""The page of a round's life drawn from its query, at its opening and again after every act and change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import SHANGHAI, Words
from dashboard.queries.conduct_choices import choices
from dashboard.rules import chain
from dashboard.rules.conduct_frames import Conduct
from dashboard.rules.roles import PREPARING, Role
from dashboard.rules.round_papers import MADE_IN, REPORT
from dashboard.rules.rounds import ANNOUNCED, CHECKED, CLOSED, DRAFT, PRACTICE, SEALED, TOGETHER, VOTING
from dashboard.web import addresses
from dashboard.web.addresses import Address
from dashboard.web.context import PageState
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.conduct_body import Drawn, now_part, steps_part
from dashboard.web.parts.conduct_end import announce_step, count_step, follow_part, report_step, sign_step
from dashboard.web.parts.conduct_prepare import adopt_step, prepare_step, problems_part
from dashboard.web.parts.conduct_shown import around_part, groups_part, papers_part, shown_card, ways_part
from dashboard.web.parts.conduct_tellers import replace_form, replacing_card
from dashboard.web.parts.conduct_together import assent_card, propose_form
from dashboard.web.parts.forms import button
from dashboard.web.parts.links import anchor
from dashboard.web.typed import write_moment
from dashboard.web.watched import conduct_live

# Before the second count there is nothing to sign.
BEFORE_COUNT = frozenset({DRAFT, CHECKED, *VOTING, CLOSED})


def round_of(page: PageState) -> tuple[Address, UUID]:
    """Return the address of a page about one round's life, and the round."""
    return addresses.thing_on(page.path, "conduct")


def clock_day(call: Call) -> date:
    """Return the day on the wall: what the vote's times are told by, also in a demonstration."""
    return call.now.astimezone(SHANGHAI).date()


def head_view(call: Call, words: Words, one: Conduct) -> list[Component]:
    """Return the heading and the numbers."""
    end: list[Component] = [conduct_live(call, words, one.round_id)]
    if call.place is not None and call.place.simulated:
        end.append(simulated(words))
    return now_part(words, one, end)


def body_view(call: Call, words: Words, one: Conduct, here: Address) -> list[Component]:
    """Return what waits, the steps, and what stands under them."""
    role = call.role
    steps = steps_part(words, one, _draws(call, words, one, here))
    body: list[Component] = [
        *assent_card(words, one, role), *replacing_card(words, one), steps, *follow_part(words, one, role)
    ]  # fmt: skip
    papers = [
        *around_part(words, one, lambda item: here.to("conduct", item).path()),
        *papers_part(words, one),
    ]
    if papers:
        body.append(card(words("conduct.around"), papers))
    if role is not Role.PRESIDIUM and one.state != DRAFT:
        body.append(shown_card(words, one))
    body += replace_form(words, one, role)
    annul = propose_form(words, one, role, ("annul",)) if one.state in SEALED else []
    if annul:
        body.append(
            html.Details([html.Summary(words("conduct.annul.ask")), *annul], className="conduct-more")
        )
    return body


def _draws(call: Call, words: Words, one: Conduct, here: Address) -> dict[str, Drawn]:
    """Return what draws each step."""
    role = call.role
    known = choices(call, one.round_id) if role is Role.CLERK and one.state == DRAFT else None

    def address(page: str) -> str:
        return here.to(page, one.round_id).path()

    return {
        "prepare": lambda: [
            *prepare_step(words, one, known, write_moment(one.closes_at)),
            *_told_part(words, one, role, here),
        ],
        "adopt": lambda: adopt_step(words, one, role, call.today),
        "arrive": lambda: [*ways_part(words, one, ("hall",), address), *groups_part(words, one)],
        "open": lambda: _open(words, one, role),
        "vote": lambda: _vote(words, one, role, address),
        "count": lambda: count_step(words, one, role, address("paper")),
        "sign": lambda: [
            *(sign_step(words, one) if one.state not in BEFORE_COUNT else []),
            *(ways_part(words, one, ("papers",), address) if one.state in MADE_IN[REPORT] else []),
        ],
        "report": lambda: report_step(words, one, role),
        "announce": lambda: [
            *announce_step(words, one, role),
            *(ways_part(words, one, ("rounds", "papers"), address) if one.state == ANNOUNCED else []),
        ],
    }


def _told_part(words: Words, one: Conduct, role: Role, here: Address) -> list[Component]:
    """Return the way to what voters are told of the candidates, to those who prepare the choice."""
    if role not in PREPARING or one.purpose == PRACTICE:
        return []
    way = replace(here, year=one.year).to("candidates").path()
    return [html.P(anchor(words("candidates.way"), way), className="conduct-ways")]


def _vote(words: Words, one: Conduct, role: Role, address: Callable[[str], str]) -> list[Component]:
    """Return the ways to those who come late and to the live board, and what two can do while a vote runs."""
    if one.state not in VOTING:
        return []
    return [*ways_part(words, one, ("hall", "board"), address), *propose_form(words, one, role, TOGETHER)]


def _open(words: Words, one: Conduct, role: Role) -> list[Component]:
    """Return what stands in the way of the opening, the proposal to open, and the way back into preparation."""
    if one.state != CHECKED:
        return []
    body = [*problems_part(words, one), *propose_form(words, one, role, TOGETHER)]
    if role is Role.CLERK:
        line = html.P(words("conduct.thaw.line"), className="secondary")
        act = html.Div(button("thaw-send", words("conduct.thaw")), className="acts")
        body.append(
            html.Details([html.Summary(words("conduct.thaw.ask")), line, act], className="conduct-more")
        )
    return body


def stamp(one: Conduct) -> str:
    """Return what changes when the steps are to be drawn again: not with who comes or votes, which the head shows.

    A password that is being typed is lost when they are.
    """
    kept = (
        one.state, one.version, [str(waits.consent_id) for waits in one.waiting],
        [str(waits.consent_id) for waits in one.replacing],
        [reason.code for reason in one.problems], len(one.steps), len(one.shown), len(one.after),
        one.is_followed,
    )  # fmt: skip
    return chain.digest(list(kept))
