"""The live state of a page, with the version that it was drawn from."""

from uuid import UUID

from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.conduct import conduct_mark
from dashboard.queries.paper import paper_mark
from dashboard.web.context import Web, current
from dashboard.web.hall_requests import hall_etag
from dashboard.web.parts.live import live


def live_state(call: Call, words: Words, topics: tuple[str, ...]) -> Component:
    """Return what lets a page follow some topics of its congress."""
    stamp = call.ground.versions.stamp(call.congress_id, topics)
    code = call.place.code if call.place is not None else ""
    return live(words, f"/live/{code}/{'+'.join(topics)}", current().etag(stamp))


def hall_live(call: Call, words: Words, round_id: UUID) -> Component:
    """Return what lets a page follow who is there in a round."""
    code = call.place.code if call.place is not None else ""
    return live(words, f"/hall/live/{code}/{round_id}", hall_etag(current(), call, round_id))


def conduct_live(call: Call, words: Words, round_id: UUID) -> Component:
    """Return what lets those who hold a round follow its state, who is there and how many took part."""
    code = call.place.code if call.place is not None else ""
    return live(words, f"/conduct/live/{code}/{round_id}", conduct_etag(current(), call, round_id))


def conduct_etag(web: Web, call: Call, round_id: UUID) -> str:
    """Return the version of a round as those who hold it follow it."""
    (version,) = call.ground.versions.stamp(call.congress_id, ("voting",))
    return f'"{web.build[:8]}.{version}.{conduct_mark(call, round_id)}"'


def paper_live(call: Call, words: Words, round_id: UUID) -> Component:
    """Return what lets the officers of a round on paper follow what they may see of its sheets."""
    code = call.place.code if call.place is not None else ""
    return live(words, f"/paper/live/{code}/{round_id}", paper_etag(current(), call, round_id))


def paper_etag(web: Web, call: Call, round_id: UUID) -> str:
    """Return the version of a round's paper as whoever asks may see it."""
    return f'"{web.build[:8]}.{paper_mark(call, round_id)}"'
