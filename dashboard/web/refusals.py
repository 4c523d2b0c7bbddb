"""How a refusal is told: a notice on the page, or a status where the request itself was wrong."""

from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.refused import Refused
from dashboard.web.parts.notice import notice

# These are answered with a status: no page of ours asks for them. Everything else is a notice on the page.
STATUS = {
    "malformed": 400,
    "box_closed": 403,
    "cross_site": 403,
    "not_found": 404,
    "wrong_type": 415,
    "too_large": 413,
    "length_needed": 411,
    "too_many": 429,
    "server_error": 500,
    "not_ready": 503,
}


def status_of(refused: Refused) -> int | None:
    """Return the HTTP status of a refusal, or None where it is told as a notice."""
    return STATUS.get(refused.code)


def refusal_notice(refused: Refused, words: Words) -> Component:
    """Return the notice of a refusal: what is wrong, and what to do."""
    return notice(
        "red",
        words(f"refused.{refused.code}", **refused.facts),
        words(f"refused.{refused.code}.do", **refused.facts),
    )
