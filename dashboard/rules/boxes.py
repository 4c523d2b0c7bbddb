"""Sealed ballot boxes: one canonical JSON whose SHA-256 is the digest, and the count that follows from it alone."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from dashboard.rules import chain
from dashboard.rules.box_shapes import Box
from dashboard.rules.counting import count, supported
from dashboard.rules.deciding import RUNOFF
from dashboard.rules.outcomes import Attendance, Option, Outcome
from dashboard.rules.refused import Refused
from dashboard.rules.rule_sets import Rules, RuleSetInvalid, rules_of

__all__ = ["Box", "box_csv", "box_digest", "box_pb", "count_box", "read_box", "seal"]

FORMAT = 2


def seal(
    rule_set: Mapping[str, Any],
    purpose: str,
    places: int,
    options: Iterable[Option],
    attendance: Attendance,
    channels: Mapping[str, tuple[int, int]],
    ballots: Iterable[Sequence[str]],
) -> bytes:
    """Return the canonical bytes of a box; what read_box would refuse is refused here.

    `rule_set` is the whole frozen JSON; `channels` gives issued and recovered of "electronic" and "paper" (none
    where left out); a ballot is its id and its marks, in a recorded round also its member.
    """
    names = ("id", "marks", "member")
    value = {
        "format": FORMAT,
        "rule_set": rule_set,
        "purpose": purpose,
        "places": places,
        "options": [{"number": one.number, "name": one.name} for one in options],
        "entitled": attendance.entitled,
        "present": attendance.present,
        "issued": attendance.issued,
        "recovered": attendance.recovered,
        "channels": {
            name: dict(zip(("issued", "recovered"), channels.get(name, (0, 0)), strict=True))
            for name in ("electronic", "paper")
        },
        "ballots": sorted(
            (dict(zip(names, one, strict=False)) for one in ballots), key=lambda one: one["id"]
        ),
    }
    _checked(value)
    return chain.canonical(value)


def read_box(raw: bytes, digest: str | None = None) -> Box:
    """Read a sealed box; refuse what is not canonical, contradicts itself or has another digest than told."""
    if digest is not None and hashlib.sha256(raw).hexdigest() != digest:
        raise Refused("box_digest_differs", expected=digest)
    try:
        value = json.loads(raw)
        canonical = chain.canonical(value)
    except (ValueError, RecursionError) as error:
        raise Refused("box_not_json") from error
    box = _checked(value)
    if canonical != raw:
        raise Refused("box_not_canonical")
    return box


def _checked(value: object) -> Box:
    try:
        box = Box.model_validate(value)
        rules = rules_of(box.rule_set)
    except ValidationError as error:
        at = ".".join(str(part) for part in error.errors(include_url=False, include_input=False)[0]["loc"])
        raise Refused("box_not_a_box", at=at) from error
    except RuleSetInvalid as error:
        raise Refused("box_rule_set", **error.facts) from error
    _check_order(box)
    _check_numbers(box)
    members = [ballot.member for ballot in box.ballots if ballot.member is not None]
    if len(members) != (0 if rules.secret else len(box.ballots)) or len(set(members)) != len(members):
        raise Refused("box_members")
    return box


def _check_order(box: Box) -> None:
    ids = [ballot.id for ballot in box.ballots]
    if any(first >= second for first, second in pairwise(ids)):
        raise Refused("box_ballots_order")
    numbers = [option.number for option in box.options]
    if len(set(numbers)) != len(numbers):
        raise Refused("box_option_twice")


def _check_numbers(box: Box) -> None:
    """Refuse numbers that contradict one another; more recovered than issued is a fact, which voids the round."""
    for name in ("issued", "recovered"):
        parts = getattr(box.channels.electronic, name) + getattr(box.channels.paper, name)
        if parts != getattr(box, name):
            raise Refused("box_channels", told=getattr(box, name), parts=parts)
    if box.present > box.entitled:
        raise Refused("box_attendance", present=box.present, entitled=box.entitled)
    if len(box.ballots) != box.recovered and not box.attendance.is_overfull:
        raise Refused("box_ballots", recovered=box.recovered, ballots=len(box.ballots))


def box_digest(box: Box) -> str:
    """Return the SHA-256 of a box's canonical bytes."""
    return hashlib.sha256(chain.canonical(box.model_dump(exclude_none=True))).hexdigest()


def count_box(box: Box, rules: Rules | None = None, places: int | None = None) -> Outcome:
    """Count a box by its own rules, or by others and for other places, which is analysis and never the result.

    For other places a ballot stays as valid as it was: it was marked for those of its round.
    """
    return count(
        rules or rules_of(box.rule_set),
        box.listed,
        ((ballot.id, ballot.marks) for ballot in box.ballots),
        box.attendance,
        box.places if places is None else places,
        box.purpose,
        marked_for=box.places,
    )


def box_csv(box: Box) -> str:
    """Return the ballots as CSV, a line each; every line names the digest of the box it comes from."""
    recorded = any(ballot.member is not None for ballot in box.ballots)
    digest = box_digest(box)
    rows = (
        [ballot.id, ballot.marks, *([ballot.member] if recorded else []), digest] for ballot in box.ballots
    )
    return _written([["id", "marks", *(["member"] if recorded else []), "box_sha256"], *rows], ",", "\r\n")


def box_pb(box: Box) -> str:
    """Return the valid ballots in Pabulib's format: for-marks alone, or the first places of a ranking in order.

    Every project costs one of as many as there are places. Where taking the first that reach the threshold says
    the same as the rules, the file says so as `rule`; else it names the rule set. `box_sha256` is the digest.
    """
    rules = rules_of(box.rule_set)
    outcome = count_box(box)
    invalid = {ballot for ballot, _ in outcome.faults}
    ballots: list[list[object]] = [
        [one.id, ",".join(map(str, supported(rules, one.marks, box.places)))]
        for one in box.ballots
        if one.id not in invalid
    ]
    greedy = "greedy" if box.purpose == RUNOFF else "greedy-threshold"
    is_plain = rules.form != "rank" and outcome.state in {"decided", "short"}
    names = {option.number: option.name for option in box.options}
    meta = {
        "description": "Sealed ballot box",
        "num_projects": len(names),
        "num_votes": len(ballots),
        "budget": box.places,
        "vote_type": "ordinal" if rules.form == "rank" else "approval",
        "rule": greedy if is_plain else box.rule_set.reference,
        "min_project_score_threshold": outcome.needed or 0,
        "rule_set": box.rule_set.reference,
        "purpose": box.purpose,
        "entitled": box.entitled,
        "present": box.present,
        "issued": box.issued,
        "recovered": box.recovered,
        "invalid": outcome.invalid,
        "box_sha256": box_digest(box),
    }
    projects = [
        [one.number, 1, one.votes, names[one.number], int(one.state == "chosen")] for one in outcome.options
    ]
    rows: list[list[object]] = [
        ["META"], ["key", "value"], *map(list, meta.items()),
        ["PROJECTS"], ["project_id", "cost", "votes", "name", "selected"], *projects,
        ["VOTES"], ["voter_id", "vote"], *ballots,
    ]  # fmt: skip
    return _written(rows, ";", "\n")


def _written(rows: Iterable[Sequence[object]], delimiter: str, end: str) -> str:
    """Write rows as RFC 4180 has them: a cell that holds a delimiter, a quote or a line's end stands in quotes."""
    special = {delimiter, '"', "\r", "\n"}

    def cell(value: object) -> str:
        text = str(value)
        return text if special.isdisjoint(text) else '"' + text.replace('"', '""') + '"'

    return "".join(delimiter.join(map(cell, row)) + end for row in rows)
