"""A recount in writing: JSON for a program, lines for a person."""

import json
from collections.abc import Iterator
from fractions import Fraction

from dashboard.reports.recount import Recount

_SELECTED = {True: "yes", False: "no", None: "-"}


def recount_json(recount: Recount) -> str:
    """Return a recount as JSON: every project's votes, points and fate, the ties, and what is wrong."""
    told = {
        "projects": {
            key: {"votes": one.votes, "score": _plain(one.score), "selected": one.selected}
            for key, one in recount.projects.items()
        },
        "ties": [list(tie) for tie in recount.ties],
        "invalid": [
            {"ballot": fault.ballot, "line": fault.line, "code": fault.code} for fault in recount.invalid
        ],
    }
    return json.dumps(told) + "\n"


def recount_lines(recount: Recount) -> Iterator[str]:
    """Yield a recount as lines: the list, then ties, what is wrong, and what was published otherwise."""
    width = max([len("project"), *map(len, recount.projects)])
    yield f"{'project':<{width}}  {'votes':>9}  {'score':>9}  selected"
    for key, one in recount.projects.items():
        score = _plain(one.score) if one.score is not None else "-"
        yield printable(
            f"{key:<{width}}  {one.votes:>9}  {score:>9}  {_SELECTED[one.selected]:<8}  {one.name}"
        )
    for tie in recount.ties:
        yield printable(f"tie: {', '.join(tie)}")
    for fault in recount.invalid:
        ballot = "" if fault.ballot is None else f" ballot {fault.ballot}:"
        yield printable(f"invalid: line {fault.line}:{ballot} {fault.code}")
    for key, one in recount.projects.items():
        if one.differs:
            yield printable(f"published otherwise: {key}: {', '.join(one.differs)}")


def _plain(value: Fraction | None) -> int | float | None:
    """Return a number as JSON holds it; points have at most six decimals."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def printable(text: str) -> str:
    """Return one line that does nothing to a terminal: what a file or a person names may hold its signs."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
