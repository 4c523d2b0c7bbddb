"""Announced rounds as Popolo JSON (popoloproject.com/specs/vote-event.html).

One vote event for each item of a list: a count of Popolo has an option and no place for what it is an option of, so
that one event for the whole list could not carry for, against and abstained of every item. The round holds them
together: each event's motion names the item and the round; `round` carries what Popolo has no word for (attendance,
places, threshold, the digest of the sealed box). The file is an Organization, whose `vote_events` Popolo defines.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from dashboard.i18n import DEFAULT, words
from dashboard.rules.rounds import NOT_DECIDED
from dashboard.rules.vote_events import ABSTAIN, NO, YES, ItemVote, Voted, VotedRound

# Popolo's own words for a result; a tie is neither, and its list may be added to. Where nothing was decided: none.
RESULTS = {"chosen": "pass", "tied": "tied", NOT_DECIDED: None}


def popolo_of(voted: Voted) -> bytes:
    """Return the rounds of a cycle as one JSON document."""
    told = words(DEFAULT)
    document = {
        "id": voted.code,
        "name": voted.congress,
        "classification": "legislature",
        "provenance": told("tag.simulated" if voted.simulated else "data.own"),
        "abstract": told("data.of", congress=voted.congress, year=str(voted.year)),
        "vote_events": [
            _event(voted, one, item, place)
            for one in voted.rounds
            for place, item in enumerate(one.items, start=1)
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_INDENT_2)


def _event(voted: Voted, one: VotedRound, item: ItemVote, place: int) -> dict[str, Any]:
    result = RESULTS.get(item.state, "fail")
    event: dict[str, Any] = {
        "id": f"{one.id}/{item.number}",
        "identifier": f"{one.title} {place}/{len(one.items)}",
        "organization_id": voted.code,
        "legislative_session_id": one.meeting_id,
        "motion": {
            "id": f"{one.id}/{item.number}",
            "organization_id": voted.code,
            "text": item.name,
            "classification": one.purpose,
            "requirement": _requirement(one),
            "result": result,
        },
        "classification": one.purpose,
        "start_date": _moment(one.opened_at),
        "end_date": _moment(one.closed_at),
        "result": result,
        "counts": list(_counts(item)),
        "sources": [
            {"url": f"/{voted.code}/{voted.year}/rounds/{one.id}", "note": one.announcement or one.title}
        ],
        "round": {
            "id": one.id,
            "title": one.title,
            "list": [{"number": listed.number, "name": listed.name} for listed in one.items],
            "outcome": item.state,
            "rule_set": one.rule_set,
            "box_sha256": one.digest,
            **one.numbers,
        },
    }
    if one.meeting is not None:
        event["legislative_session"] = {"id": one.meeting_id, "name": one.meeting}
    if one.votes:
        event["votes"] = list(_votes(one, item))
    return event


def _requirement(one: VotedRound) -> str | None:
    """Return how many votes an item needed, of all in office as the rule set names it."""
    needed = one.numbers.get("threshold")
    return None if needed is None else f">= {needed}"


def _counts(item: ItemVote) -> Iterator[dict[str, Any]]:
    for option, value in ((YES, item.votes), (NO, item.against), (ABSTAIN, item.abstained)):
        if value is not None:
            yield {"option": option, "value": value}


def _votes(one: VotedRound, item: ItemVote) -> Iterator[dict[str, Any]]:
    """Yield each seat's vote on an item, in the order of the seats' ids; a name where it is known."""
    for seat, said in sorted(one.votes.items()):
        yield {"voter_id": seat, "voter": {"name": one.names.get(seat)}, "option": said[item.number]}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
