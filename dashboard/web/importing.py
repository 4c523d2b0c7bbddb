"""Real elections taken in by the command line, each into a scratch congress of its own."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from dashboard.config import Settings
from dashboard.reports.rule_files import rule_set_named
from dashboard.rules.pabulib import read_pabulib
from dashboard.rules.pabulib_rows import lines_of
from dashboard.store.importing import import_election
from dashboard.store.recounting import recount
from dashboard.store.rewriting import tidy
from dashboard.web.existing import open_existing

DEFAULT = "adoption-mark@1"


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    one = commands.add_parser("import-round", help="take a Pabulib file in as a closed, sealed round")
    one.add_argument("file", metavar="FILE", help="a Pabulib file (.pb)")
    one.add_argument("--rule", default=DEFAULT, help=f"a rule set as KEY@VERSION or its path ({DEFAULT})")
    one.set_defaults(command=_import)


def _import(settings: Settings, given: argparse.Namespace) -> int:
    rule_set = rule_set_named(given.rule, may_be_path=True)
    with open(given.file, "rb") as file:
        election = read_pabulib(lines_of(file), one_by_one=True)
    store = open_existing(settings.url)
    try:
        with store.system().writing() as session:
            found = import_election(session, election, rule_set, datetime.now(UTC))
            congress = found.congress
        tidy(store)
        with store.system().reading() as session:
            if not recount(session, congress, found.round_id).agrees:
                raise RuntimeError("the second count differs from the first")
    finally:
        store.close()
    closed = found.closed
    sys.stdout.write(
        f"/{found.code}/{found.year}/rounds/{found.round_id}\n"
        f"{closed.state}: entitled {closed.entitled}, valid {closed.valid}, invalid {closed.invalid}\n"
        f"sha256 {closed.box_digest}\n"
    )
    return 0
