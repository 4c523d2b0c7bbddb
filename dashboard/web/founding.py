"""Founding a congress by the command line: what a real user starts from, beside the demonstration."""

import argparse
import sys
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from dashboard.config import Settings
from dashboard.rules.refused import Refused
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress, Term
from dashboard.store.tables.keys import new_id
from dashboard.store.transactions import open_store

LEVELS = ("province", "city", "county", "township")


def add_to(commands: Any) -> None:
    """Add the command that founds a congress to the command line."""
    congress = commands.add_parser("congress", help="congresses: add")
    verbs = congress.add_subparsers(required=True, metavar="VERB")
    add = verbs.add_parser(
        "add", help="found a congress with its present term; its data are a real user's own"
    )
    add.add_argument("code", help="the area's code, which stands in every address and is never reused")
    add.add_argument("--zh", required=True, help="its name in Chinese")
    add.add_argument("--en", required=True, help="its name in English")
    add.add_argument("--level", required=True, choices=LEVELS)
    add.add_argument("--parent", help="the code of the congress above it, if that one is here")
    add.add_argument("--term", type=int, required=True, help="the number of the present term")
    add.add_argument(
        "--since", type=date.fromisoformat, required=True, help="the day on which the term began"
    )
    add.set_defaults(command=_add)


def _add(settings: Settings, given: argparse.Namespace) -> int:
    store = open_store(settings.url)
    with store.system().writing() as session:
        if session.scalar(select(Congress.id).where(Congress.code == given.code)) is not None:
            raise Refused("congress_exists", code_of=given.code)
        parent = session.scalar(select(Congress.id).where(Congress.code == given.parent))
        if given.parent is not None and parent is None:
            raise Refused("no_such_congress", congress=given.parent)
        if session.get(Area, given.code) is None:
            above = session.get(Area, given.parent or given.code[:-3] or "")
            area = Area(code=given.code, level=given.level, name_zh=given.zh, name_en=given.en)
            area.parent_code = above.code if above is not None else None
            session.add(area)
            session.flush()
        congress = Congress(
            id=new_id(),
            code=given.code,
            area_code=given.code,
            parent_id=parent,
            level=given.level,
            name_zh=given.zh,
            name_en=given.en,
            provenance="own",
            created_at=datetime.now(UTC),
        )
        session.add(congress)
        session.flush()
        session.add(Term(congress_id=congress.id, id=new_id(), number=given.term, from_day=given.since))
    sys.stdout.write(f"{given.code} {given.zh}\n")
    return 0
