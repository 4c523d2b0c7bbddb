"""Inspections in words: the finding of a list, the state as a tag, who and when."""

from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.inspection_frames import Inspections, Listed
from dashboard.rules.inspections import ANNOUNCED, CANCELLED, HELD, PLANNED, PUBLISHED
from dashboard.web.addresses import Address
from dashboard.web.parts.badge import toned
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import Sentence, data

TONES = {ANNOUNCED: "grey", PLANNED: "grey", HELD: "amber", PUBLISHED: "blue", CANCELLED: "grey"}
DONE = frozenset({HELD, PUBLISHED})
TO_COME = frozenset({ANNOUNCED, PLANNED})


def state_tag(words: Words, state: str) -> Component:
    """Return how an inspection stands, as a tag."""
    return toned(words(f"inspection.state.{state}"), TONES[state])


def list_finding(words: Words, known: Inspections) -> Sentence:
    """Return what the list comes to: how many were held, how many are to come, how many wait to be published."""
    done = sum(one.state in DONE for one in known.rows)
    ahead = sum(one.state in TO_COME for one in known.rows)
    waits = sum(one.state == HELD for one in known.rows)
    if not done and not ahead:
        return Sentence("inspection.title")
    how = "waits" if waits else "ahead" if ahead else "done"
    return Sentence(
        f"inspection.finding.{how}",
        {
            "n": words.count(done),
            "ahead": words.count(ahead),
            "waits": words.count(waits),
            "year": str(known.year),
        },
    )


def where(words: Words, one: Listed, here: Address) -> list[Component | str]:
    """Return of which project an inspection is, by which delegation, and how many deputies go."""
    parts: list[Component | str] = []
    if one.project is not None and one.number is not None:
        parts.append(anchor(data(words, one.project), here.to("projects", one.number).path()))
    if one.delegation:
        parts.append(data(words, one.delegation))
    if one.going:
        parts.append(words.plural("inspection.going.n", one.going))
    line: list[Component | str] = []
    for part in parts:
        line += ["｜", part] if line else [part]
    return line
