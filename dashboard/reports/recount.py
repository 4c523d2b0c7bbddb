"""A file with ballots counted again, without a database: by the rule it states, or by another one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from typing import BinaryIO

from dashboard.rules.elections import Election, scores_of, votes_of
from dashboard.rules.pabulib import read_pabulib
from dashboard.rules.pabulib_ballots import Fault
from dashboard.rules.pabulib_rows import BOM, LONGEST, lines_of
from dashboard.rules.recounting import RULES, UNKNOWN, funded, untold
from dashboard.rules.refused import Refused


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of the list: what the ballots give it, whether it is chosen, and what the file publishes otherwise.

    `score` is None where the file has no points, `selected` where its rule is not known.
    """

    name: str
    votes: int
    score: Fraction | None
    selected: bool | None
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recount:
    """What a file says when it is counted: its lines by id, who stood level, what is wrong with which ballot.

    `meta` is what a Pabulib file says of itself.
    """

    projects: Mapping[str, Counted]
    ties: tuple[tuple[str, ...], ...]
    invalid: tuple[Fault, ...]
    meta: Mapping[str, str] = field(default_factory=dict)


def recount_file(file: BinaryIO, rule: str | None = None) -> Recount:
    """Count a sealed box or a Pabulib file by the rule that it states, or by another.

    `rule` is one of Pabulib's by its name, one of our rule sets by its key and version, or the path of one.
    """
    if rule is not None and rule in UNKNOWN:
        # A file may not know its rule; who asks for one does.
        raise Refused("no_such_rule", rule=rule or "-")
    first = file.readline(LONGEST + 1)
    if is_box(first):
        # Imported here: a Pabulib file under its own rule needs none of it and is counted in half the time.
        from dashboard.reports.recount_rounds import recount_box  # noqa: PLC0415 - see above

        return recount_box(first + file.read(), rule)
    return recount_pabulib(chain([first] if first else [], lines_of(file)), rule)


def is_box(raw: bytes) -> bool:
    """Tell whether a file that begins so claims to be JSON."""
    return raw.removeprefix(BOM).lstrip()[:1] in {b"{", b"["}


def recount_pabulib(lines: Iterable[bytes], rule: str | None = None) -> Recount:
    """Count the lines of a Pabulib file by the rule that it states, or by another."""
    is_pabulibs = rule is None or rule in RULES
    election = read_pabulib(lines, one_by_one=None if is_pabulibs else True)
    asked = election.rule if rule is None else rule
    if not is_pabulibs or "@" in asked:
        from dashboard.reports.recount_rounds import recount_election  # noqa: PLC0415 - as above

        found = recount_election(election, asked, may_be_path=not is_pabulibs)
    else:
        found = _by_pabulibs_rule(election, asked, is_own=rule is None)
    return replace(found, meta=election.meta)


def _by_pabulibs_rule(election: Election, rule: str, is_own: bool) -> Recount:
    votes, scores = votes_of(election), scores_of(election)
    found = funded(election, rule)
    chosen = None if found is None else frozenset(found.projects)
    projects = {}
    for key, project in election.projects.items():
        score = scores[key] if scores else None
        selected = None if chosen is None else key in chosen
        # Another rule chooses others: that is no difference to what was published.
        differs = _differs(election, key, votes[key], score, selected if is_own else None)
        projects[key] = Counted(project.name, votes[key], score, selected, differs)
    lacking = untold(election, rule)
    faults = election.faults if lacking is None else (lacking, *election.faults)
    return Recount(projects, found.ties if found else (), faults)


def _differs(
    election: Election, key: str, votes: int, score: Fraction | None, selected: bool | None
) -> tuple[str, ...]:
    """Return what the file publishes of a project and its ballots do not give."""
    told = election.projects[key]
    pairs = {
        "votes": (told.votes, votes),
        "score": (told.score, score),
        "selected": (None if told.selected is None else told.selected > 0, selected),
    }
    return tuple(name for name, (old, new) in pairs.items() if None not in (old, new) and old != new)
