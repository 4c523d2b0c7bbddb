"""What is pressed on the page of a round: what two do together, the count, the signatures, the announcement."""

from typing import Any
from uuid import UUID

from dash import Input, Output, State, no_update
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.rounds import Proposal, assent, propose, withdraw
from dashboard.commands.rounds_announce import announce_round, correct_round
from dashboard.commands.rounds_end import recount_round, report_round, settle_tie, sign_round
from dashboard.commands.rounds_follow import draft_following
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.conduct import conduct
from dashboard.rules.refused import Refused
from dashboard.web.conduct_views import body_view, head_view, round_of, stamp
from dashboard.web.context import PageState
from dashboard.web.parts.notice import notice
from dashboard.web.wiring import reads, writes

Drawn = tuple[list[Component], list[Component], list[Component], list[Component], str]
DRAWN = (
    # What was refused before is not so any more.
    Output("notice", "children", allow_duplicate=True),
    Output("conduct-told", "children", allow_duplicate=True),
    Output("conduct-head", "children", allow_duplicate=True),
    Output("conduct-body", "children", allow_duplicate=True),
    Output("conduct-stamp", "data", allow_duplicate=True),
)


def drawn(call: Call, page: PageState, told: str | None, **facts: Any) -> Drawn:
    """Return the page drawn again after an act, under a notice of it; None where the page itself says it."""
    here, round_id = round_of(page)
    language = words(call.language)
    one = conduct(call, round_id)
    done = (
        []
        if told is None
        else [notice("green", language(f"conduct.told.{told}", **facts), language("conduct.told.do"))]
    )
    return [], done, head_view(call, language, one), body_view(call, language, one, here), stamp(one)


def passed(answer: object) -> None:
    """Tell a refusal that a command returned, so that what it counted stays counted."""
    if isinstance(answer, Refused):
        raise answer


@reads(
    Output("conduct-head", "children"),
    Output("conduct-body", "children"),
    Output("conduct-stamp", "data"),
    Input("live", "data"),
    State("conduct-stamp", "data"),
    keeps=False,
)
def follow(call: Call, _version: str | None, known: str | None, page: PageState) -> tuple[Any, ...]:
    """Draw the numbers again, and the steps where the round moved on: what is being typed is lost only then."""
    here, round_id = round_of(page)
    language = words(call.language)
    one = conduct(call, round_id)
    now = stamp(one)
    if now == known:
        return head_view(call, language, one), no_update, no_update
    return head_view(call, language, one), body_view(call, language, one, here), now


@writes(
    *DRAWN,
    Input("propose-send", "n_clicks"),
    Input("propose-password", "n_submit"),
    State("propose-kind", "value"),
    State("propose-reason", "value"),
    State("propose-password", "value"),
)
def send_proposal(
    call: Call,
    _clicks: int | None,
    _submits: int | None,
    kind: str | None,
    reason: str | None,
    password: str | None,
    page: PageState,
) -> Drawn:
    """Propose an act to the other of the two."""
    _, round_id = round_of(page)
    try:
        new = Proposal.model_validate(
            {"round_id": round_id, "kind": kind, "reason": reason or "", "password": password or ""}
        )
    except ValidationError as error:
        raise Refused("malformed") from error
    passed(propose(call, new))
    return drawn(call, page, None)


@writes(
    *DRAWN,
    Input("assent-send", "n_clicks"),
    Input("assent-password", "n_submit"),
    State("assent-choice", "value"),
    State("assent-password", "value"),
)
def send_assent(
    call: Call,
    _clicks: int | None,
    _submits: int | None,
    chosen: UUID | None,
    password: str | None,
    page: PageState,
) -> Drawn:
    """Assent to what the other proposed, which is then done."""
    if chosen is None:
        raise Refused("consent_over")
    done = assent(call, chosen, password or "")
    if isinstance(done, Refused):
        raise done
    return drawn(call, page, f"done.{done.kind}")


@writes(*DRAWN, Input("assent-withdraw", "n_clicks"), State("assent-choice", "value"))
def send_withdrawal(call: Call, _clicks: int, chosen: UUID | None, page: PageState) -> Drawn:
    """Take the own proposal back, or decline the other's."""
    if chosen is None:
        raise Refused("consent_over")
    withdraw(call, chosen)
    return drawn(call, page, "withdrawn")


@writes(*DRAWN, Input("recount-send", "n_clicks"))
def send_recount(call: Call, _clicks: int, page: PageState) -> Drawn:
    """Count the sealed box a second time."""
    passed(recount_round(call, round_of(page)[1]))
    return drawn(call, page, "counted")


@writes(
    *DRAWN,
    Input("sign-send", "n_clicks"),
    Input("sign-password", "n_submit"),
    State("sign-digest", "data"),
    State("sign-password", "value"),
)
def send_signature(
    call: Call,
    _clicks: int | None,
    _submits: int | None,
    digest: str | None,
    password: str | None,
    page: PageState,
) -> Drawn:
    """Sign the count by the digest that the page showed."""
    passed(sign_round(call, round_of(page)[1], digest or "", password or ""))
    return drawn(call, page, "signed")


@writes(*DRAWN, Input("report-send-presidium", "n_clicks"))
def send_report(call: Call, _clicks: int, page: PageState) -> Drawn:
    """Report the signed count to the presidium."""
    report_round(call, round_of(page)[1])
    return drawn(call, page, "reported")


@writes(*DRAWN, Input("settle-send", "n_clicks"), State("settle-numbers", "value"))
def send_settlement(call: Call, _clicks: int, numbers: list[int] | None, page: PageState) -> Drawn:
    """Record the presidium's decision on a second tie."""
    settle_tie(call, round_of(page)[1], numbers or [])
    return drawn(call, page, "settled")


@writes(
    *DRAWN,
    Input("announce-send", "n_clicks"),
    Input("announce-text", "n_submit"),
    State("announce-text", "value"),
)
def send_announcement(
    call: Call, _clicks: int | None, _submits: int | None, text: str | None, page: PageState
) -> Drawn:
    """Announce the round under its number."""
    made = announce_round(call, round_of(page)[1], text or "")
    return drawn(call, page, "announced", n=words(call.language).count(made))


@writes(
    *DRAWN,
    Input("correct-send", "n_clicks"),
    State("correct-text", "value"),
    State("correct-reason", "value"),
)
def send_correction(call: Call, _clicks: int, text: str | None, reason: str | None, page: PageState) -> Drawn:
    """Correct what was announced, with the reason."""
    correct_round(call, round_of(page)[1], text or "", reason or "")
    return drawn(call, page, "corrected")


@writes(*DRAWN, Input("follow-send", "n_clicks"), State("follow-kind", "data"))
def send_following(call: Call, _clicks: int, kind: str | None, page: PageState) -> Drawn:
    """Draft the round that follows from this one; the page then leads to it."""
    if kind not in {"runoff", "second", "repeat"}:
        raise Refused("malformed")
    draft_following(call, round_of(page)[1], kind)  # type: ignore[arg-type]  # One of the three, as just seen.
    return drawn(call, page, "followed")
