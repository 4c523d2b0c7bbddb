"""Recounts by the command line: no database, no settings, nothing of the web."""

import argparse
import sys
from typing import Any

from dashboard.reports.recount import recount_file
from dashboard.reports.recount_text import recount_json, recount_lines

RULE = (
    "another rule than the file's own: one of Pabulib's by its name, a rule set as KEY@VERSION, or its path"
)


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    recount = commands.add_parser("recount", help="count a file with ballots again; needs no database")
    recount.add_argument("file", metavar="FILE", help="a sealed box (.json) or a Pabulib file (.pb)")
    recount.add_argument("--rule", help=RULE)
    recount.add_argument("--json", action="store_true", help="print JSON and nothing else")
    recount.set_defaults(command=run)


def run(given: argparse.Namespace) -> int:
    """Count a file and print what it gives."""
    with open(given.file, "rb") as file:
        found = recount_file(file, given.rule)
    if given.json:
        sys.stdout.write(recount_json(found))
    else:
        sys.stdout.writelines(f"{line}\n" for line in recount_lines(found))
    return 0
