"""Sealed ballot boxes: one canonical JSON whose SHA-256 is the digest, and the count that follows from it."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from dashboard.rules import chain
from dashboard.store.loading.rows import BadRow

Hexadecimal = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SealedBallot(_Part):
    """One ballot: the digest of its receipt, and the numbers of the options it marks."""

    id: Hexadecimal
    marks: Annotated[str, StringConstraints(pattern=r"^([1-9][0-9]*( [1-9][0-9]*)*)?$")]


class SealedOption(_Part):
    """One line of the list that was voted on."""

    number: int
    name: str


class SealedRules(_Part):
    """Which rule set held."""

    key: str
    version: int


class Box(_Part):
    """Everything that a count needs, as it was sealed at the close."""

    format: Literal[1]
    rule_set: SealedRules
    options: list[SealedOption]
    entitled: int
    present: int
    issued: int
    recovered: int
    ballots: list[SealedBallot]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many ballots were valid, and how many of those marked each option."""

    valid: int
    invalid: int
    votes: Mapping[int, int]


def read_box(path: Path, digest: str) -> Box:
    """Read a sealed box; raise BadRow where it is not the one of the digest, or not in its canonical form."""
    file = f"{path.parent.name}/{path.name}"
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise BadRow(file, 1, None, "no_such_box") from error
    if hashlib.sha256(raw).hexdigest() != digest:
        raise BadRow(file, 1, None, "digest_differs", expected=digest)
    try:
        value = json.loads(raw)
        box = Box.model_validate(value)
    except (ValueError, ValidationError) as error:
        raise BadRow(file, 1, None, "not_a_box") from error
    ids = [ballot.id for ballot in box.ballots]
    if chain.canonical(value) != raw or ids != sorted(set(ids)):
        raise BadRow(file, 1, None, "not_canonical")
    return box


def count_marks(box: Box, at_most: int) -> Counted:
    """Count the ballots of a list on which options are marked (划选), at most so many of them.

    A ballot with more marks, a mark twice or one off the list is invalid as a whole; a blank one is valid and
    abstains from every option.
    """
    numbers = {option.number for option in box.options}
    votes = Counter(dict.fromkeys(sorted(numbers), 0))
    valid = 0
    for ballot in box.ballots:
        marks = [int(mark) for mark in ballot.marks.split()]
        if len(marks) <= at_most and len(set(marks)) == len(marks) and numbers.issuperset(marks):
            valid += 1
            votes.update(marks)
    return Counted(valid, len(box.ballots) - valid, dict(votes))
