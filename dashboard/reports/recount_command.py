"""Recounts by the command line: no database, no settings, nothing of the web."""

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from dashboard.reports.recount import recount_pabulib
from dashboard.reports.recount_text import recount_json, recount_lines
from dashboard.rules.pabulib_rows import LONGEST


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    recount = commands.add_parser("recount", help="count a file with ballots again; needs no database")
    recount.add_argument("file", metavar="FILE", help="a Pabulib file (.pb)")
    recount.add_argument("--rule", help="another rule than the file's own: one of Pabulib's by its name")
    recount.add_argument("--json", action="store_true", help="print JSON and nothing else")
    recount.set_defaults(command=run)


def run(given: argparse.Namespace) -> int:
    """Count a file and print what it gives."""
    with open(given.file, "rb") as file:
        found = recount_pabulib(_lines(file), given.rule)
    if given.json:
        sys.stdout.write(recount_json(found))
    else:
        sys.stdout.writelines(f"{line}\n" for line in recount_lines(found))
    return 0


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Return the lines of a file, of an endless one no more than is refused."""
    return iter(partial(file.readline, LONGEST + 1), b"")
