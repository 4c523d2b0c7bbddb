"""Verification by the command line: anyone with the database can repeat every check."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from dashboard.config import Settings
from dashboard.i18n import DEFAULT, Words, words
from dashboard.reports.recount_text import printable
from dashboard.store.extending import extends, open_copy
from dashboard.store.verifying import Failure, find_head, verify
from dashboard.web.existing import open_existing


def add_to(commands: Any) -> None:
    """Add `verify` to the command line."""
    parser = commands.add_parser("verify", help="check the record, every round, seal and count")
    parser.add_argument("--head", metavar="DIGEST", help="a printed head that must still be in the record")
    parser.add_argument(
        "--since",
        metavar="COPY",
        help="an earlier copy (a SQLite file or an address) that must only have grown",
    )
    parser.set_defaults(command=_verify)


def _verify(settings: Settings, given: argparse.Namespace) -> int:
    """Print the head of each congress and the first thing that does not hold; 0 where everything does."""
    language = words(_terminal_language())
    with ExitStack() as stack:
        store = open_existing(settings.url)
        stack.callback(store.close)
        session = stack.enter_context(store.system().reading())
        result = None
        for result in verify(session):
            if isinstance(result, Failure):
                return _fail(language, result)
            _say(
                language(
                    "verify.holds",
                    congress=result.congress,
                    acts=language.count(result.acts),
                    rounds=language.count(result.rounds),
                    head=result.head or "—",
                )
            )
        if result is None:
            _say(language("verify.nothing"))
        if given.head is not None:
            found = find_head(session, given.head)
            if found is None:
                return _fail(language, Failure("head_unknown"))
            _say(language("verify.head_found", head=given.head, congress=found[0], act=found[1]))
        if given.since is not None:
            copy = open_copy(given.since)
            stack.callback(copy.dispose)
            failure = extends(session, copy)
            if failure is not None:
                return _fail(language, failure)
            _say(language("verify.extends"))
    return 0


def _fail(language: Words, failure: Failure) -> int:
    where = " ".join(_where(language, failure))
    _say(language("verify.fails", where=where, reason=language(f"verify.reason.{failure.reason}")))
    return 1


def _where(language: Words, failure: Failure) -> Iterator[str]:
    if failure.reason == "head_unknown":
        yield "--head"
    elif failure.congress is not None:
        yield failure.congress
    elif failure.reason != "stray":
        yield language("verify.where.file")
    if failure.round_id is not None:
        yield language("verify.where.round", round=failure.round_id)
    if failure.part is not None:
        yield language(f"verify.part.{failure.part}")
    if failure.act is not None:
        yield language("verify.where.act", act=failure.act)


def _terminal_language() -> str:
    """Return the language of the terminal, as its environment says."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return DEFAULT if told.startswith("zh") else "en"


def _say(line: str) -> None:
    sys.stdout.write(f"{printable(line)}\n")
