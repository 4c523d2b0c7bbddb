"""Reading of a Pabulib file (.pb): an election with its projects and its ballots.

A file that cannot be understood as a whole is Refused with the line. What is wrong with one ballot, or with a count
that the file states of itself, is a Fault: the file can still be counted, and the count says so.
Source: the description of the format by Pabulib; what its files really hold, seen in the collection.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dashboard.rules.elections import Election, Project, is_as_published
from dashboard.rules.pabulib_ballots import Bounds, Cast, Fault, read_ballots
from dashboard.rules.pabulib_rows import Lines, Row, fitted, header_of, number, rows_of
from dashboard.rules.refused import Refused

SECTIONS = ("META", "PROJECTS", "VOTES")
VOTE_TYPES = ("approval", "choose-1", "ordinal", "cumulative", "scoring")
BOUNDS = ("min_length", "max_length", "min_sum_points", "max_sum_points", "max_sum_cost")
# Longer is shown to nobody: what a refusal repeats from a file is no essay.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Meta:
    """The section META: its values, and the line of each."""

    values: Mapping[str, str]
    lines: Mapping[str, int]

    def amount(self, key: str) -> Fraction | None:
        """Return a number that is not negative, or None where the file does not give it."""
        text = self.values.get(key, "")
        found = number(text)
        if text and (found is None or found < 0):
            raise Refused("pb_value", line=self.lines[key], column=key)
        return found


def read_pabulib(source: Iterable[bytes], *, one_by_one: bool | None = None) -> Election:
    """Read the lines of a file, each with its end.

    `one_by_one` keeps the voters' ballots; None keeps them where the file names a rule set of ours as its rule.
    """
    lines = Lines(iter(source))
    rows = rows_of(lines)
    _title(rows)
    meta = _meta(rows, lines)
    projects, (header_line, header) = _projects(rows, lines)
    bounds = Bounds(
        vote_type=_vote_type(meta),
        costs={key: project.cost for key, project in projects.items()},
        **{key: meta.amount(key) for key in BOUNDS},
    )
    each: list[Cast] = []
    is_ours = "@" in meta.values.get("rule", "")
    keeps = is_ours if one_by_one is None else one_by_one
    ballots, faults, cast = read_ballots(_to_the_end(rows), lines, bounds, each if keeps else None)
    stated = meta.amount("num_votes")
    if stated is not None and stated > cast and not lines.ended:
        raise Refused("pb_truncated", line=lines.read)
    found = {"num_projects": len(projects), "num_votes": cast}
    election = Election(
        meta=meta.values,
        rule=meta.values.get("rule", ""),
        budget=meta.amount("budget"),
        threshold=meta.amount("min_project_score_threshold"),
        bounds=bounds,
        projects=projects,
        has_score="score" in header,
        ballots=ballots,
        faults=(*_miscounted(meta, found), *faults),
        header_line=header_line,
        each=tuple(each),
    )
    # What is left of a ballot can be a whole one: only the votes that are published tell.
    if not lines.ended and not is_as_published(election):
        raise Refused("pb_truncated", line=lines.read)
    return election


def _miscounted(meta: _Meta, found: Mapping[str, int]) -> Iterator[Fault]:
    for key, count in found.items():
        if meta.amount(key) not in (None, count):
            yield Fault(None, meta.lines[key], f"{key}_differs")


def _is_title(row: list[str], title: str) -> bool:
    return row[0].strip().upper() == title and not any(row[1:])


def _title(rows: Iterator[Row]) -> None:
    line, row = next(rows, (1, [""]))
    if not _is_title(row, "META"):
        raise Refused("pb_section", line=line, section="META")


def _until(rows: Iterator[Row], lines: Lines, title: str) -> Iterator[Row]:
    """Yield the rows before the title of the next section, which must come."""
    for line, row in rows:
        if _is_title(row, title):
            return
        if any(_is_title(row, other) for other in SECTIONS):
            raise Refused("pb_section", line=line, section=title)
        yield line, row
    raise Refused("pb_section", line=lines.read, section=title)


def _to_the_end(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows of the last section, after which none comes."""
    for line, row in rows:
        if not any(row[1:]) and any(_is_title(row, title) for title in SECTIONS):
            raise Refused("pb_section", line=line, section=row[0].strip().upper())
        yield line, row


def _meta(rows: Iterator[Row], lines: Lines) -> _Meta:
    values: dict[str, str] = {}
    found: dict[str, int] = {}
    section = _until(rows, lines, "PROJECTS")
    line, head = next(section, (lines.read, [""]))
    if [name.strip().lower() for name in head[:2]] != ["key", "value"]:
        raise Refused("pb_column", line=line, column="key;value")
    for line, row in section:
        key = row[0].strip().lower()
        if key in values:
            raise Refused("pb_key_twice", line=line, key=key[:_SHOWN])
        values[key], found[key] = ";".join(row[1:]).strip().rstrip(";"), line
    return _Meta(values, found)


def _vote_type(meta: _Meta) -> str:
    found = meta.values.get("vote_type", "")
    if found not in VOTE_TYPES:
        raise Refused("pb_vote_type", line=meta.lines.get("vote_type", 1), vote_type=found[:_SHOWN] or "-")
    return found


def _projects(rows: Iterator[Row], lines: Lines) -> tuple[dict[str, Project], tuple[int, list[str]]]:
    section = _until(rows, lines, "VOTES")
    first = next(section, (lines.read, []))
    header = header_of(first, "project_id", "cost")
    found: dict[str, Project] = {}
    begun: dict[str, int] = {}
    for line, row in section:
        values = fitted(row, len(header))
        if values is None:
            raise Refused("pb_columns", line=line, expected=len(header), found=len(row))
        given = dict(zip(header, (value.strip() for value in values), strict=True))
        key = given["project_id"]
        if not key or "," in key:
            raise Refused("pb_value", line=line, column="project_id")
        if key in found:
            raise Refused("pb_project_twice", line=line, project=key[:_SHOWN])
        found[key], begun[key] = _project(line, given), line
    for key, project in found.items():
        if not found.keys() >= set(project.conflicts or ()):
            raise Refused("pb_value", line=begun[key], column="conflicts")
    return found, (first[0], header)


def _project(line: int, given: Mapping[str, str]) -> Project:
    def amount(column: str) -> Fraction | None:
        text = given.get(column, "")
        if text and number(text) is None:
            raise Refused("pb_value", line=line, column=column)
        return number(text)

    cost = amount("cost")
    if cost is None or cost < 0:
        raise Refused("pb_value", line=line, column="cost")
    selected = given.get("selected", "")
    if selected not in ("", "0", "1", "2", "3"):
        raise Refused("pb_value", line=line, column="selected")
    return Project(
        name=given.get("name", ""),
        cost=cost,
        votes=amount("votes"),
        score=amount("score"),
        selected=int(selected) if selected else None,
        conflicts=_listed(given["conflicts"]) if "conflicts" in given else None,
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())
