"""A recount in writing: JSON for a program, lines for a person."""

import json
from collections.abc import Iterator
from fractions import Fraction

from dashboard.reports.recount import Counted, Recount

_SELECTED = {True: "yes", False: "no", None: "-"}


def recount_json(recount: Recount) -> str:
    """Return a recount as JSON: every project's votes, points and fate, the ties, and what is wrong.

    Points are written digit by digit: a number of JSON is exact, what a float keeps of it is not.
    """
    projects = ", ".join(
        f'{json.dumps(key)}: {{"votes": {one.votes}, "score": {_score(one, "null")}, '
        f'"selected": {json.dumps(one.selected)}}}'
        for key, one in recount.projects.items()
    )
    invalid = [{"ballot": fault.ballot, "line": fault.line, "code": fault.code} for fault in recount.invalid]
    ties = [list(tie) for tie in recount.ties]
    return f'{{"projects": {{{projects}}}, "ties": {json.dumps(ties)}, "invalid": {json.dumps(invalid)}}}\n'


def recount_lines(recount: Recount) -> Iterator[str]:
    """Yield a recount as lines: the list, then ties, what is wrong, and what was published otherwise."""
    width = max([len("project"), *map(len, recount.projects)])
    yield f"{'project':<{width}}  {'votes':>9}  {'score':>9}  selected"
    for key, one in recount.projects.items():
        score = _score(one, "-")
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


def decimal(value: Fraction) -> str:
    """Return points exactly; they have at most six decimals, as what is read has."""
    whole, parts = divmod(abs(value.numerator) * 10**6 // value.denominator, 10**6)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}" + (f".{parts:06}".rstrip("0") if parts else "")


def _score(one: Counted, none: str) -> str:
    return none if one.score is None else decimal(one.score)


def printable(text: str) -> str:
    """Return one line that does nothing to a terminal: what a file or a person names may hold its signs."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
