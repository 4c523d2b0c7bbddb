"""Accounts by the command line: add, list, reset, disable."""

import argparse
import secrets
import sys
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from dashboard.config import Settings
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store import accounts
from dashboard.store.passwords import hashed
from dashboard.store.tables.accounts import Account, Appointment
from dashboard.store.tables.congress import Congress, Department, Membership
from dashboard.store.tables.keys import new_id
from dashboard.store.transactions import open_store
from dashboard.store.way_in import tell_way_in


def add_to(commands: Any) -> None:
    """Add the commands about accounts to the command line."""
    users = commands.add_parser("user", help="accounts: add, list, reset, disable")
    verbs = users.add_subparsers(required=True, metavar="VERB")
    add = verbs.add_parser("add", help="make an account; prints its first password, which must be changed")
    add.add_argument("name")
    add.add_argument("--display", help="the person's name; the account's name by default")
    add.add_argument("--role", required=True, choices=[role for role in Role if role is not Role.PUBLIC])
    add.add_argument("--congress", required=True, help="the congress's code")
    add.add_argument("--seat", help="a deputy's name as it stands in the congress")
    add.add_argument("--department", help="a department's name as it stands in the congress")
    add.set_defaults(command=_add)
    verbs.add_parser("list", help="every account with its roles").set_defaults(command=_list)
    for verb, function, line in (
        ("reset", _reset, "give a new first password and end every session"),
        ("disable", _disable, "close an account and end every session"),
    ):
        one = verbs.add_parser(verb, help=line)
        one.add_argument("name")
        one.set_defaults(command=function)


def _add(settings: Settings, given: argparse.Namespace) -> int:
    store, now, password = open_store(settings.url), datetime.now(UTC), secrets.token_urlsafe(12)
    with store.system().writing() as session:
        congress = session.scalar(select(Congress).where(Congress.code == given.congress))
        if congress is None:
            raise Refused("no_such_congress", congress=given.congress)
        if accounts.account_by_name(session, given.name) is not None:
            raise Refused("account_exists", name=given.name)
        seat = _one(session, Membership, congress.id, given.seat, "no_such_seat")
        department = _one(session, Department, congress.id, given.department, "no_such_department")
        if (given.role == Role.DEPUTY) != (seat is not None):
            raise Refused("deputy_needs_seat")
        if (given.role == Role.DEPARTMENT) != (department is not None):
            raise Refused("department_needs_department")
        account = Account(
            id=new_id(),
            name=given.name,
            display_name=given.display or given.name,
            password_hash=hashed(password),
            must_change=True,
            created_at=now,
        )
        session.add(account)
        session.flush()
        session.add(
            Appointment(
                congress_id=congress.id,
                id=new_id(),
                account_id=account.id,
                role=given.role,
                membership_id=seat,
                department_id=department,
                from_day=now.date(),
            )
        )
        tell_way_in(session, account.id, "round_account_added", now)
    sys.stdout.write(f"{given.name} {password}\n")
    return 0


def _one(session: Any, table: Any, congress: Any, name: str | None, code: str) -> Any:
    if name is None:
        return None
    found = session.scalars(select(table.id).where(table.congress_id == congress, table.name == name)).all()
    if len(found) != 1:
        raise Refused(code, name=name, found=len(found))
    return found[0]


def _list(settings: Settings, _given: argparse.Namespace) -> int:
    store, now = open_store(settings.url), datetime.now(UTC)
    with store.system().reading() as session:
        for account in session.scalars(select(Account).order_by(Account.name)):
            held = accounts.appointments_of(session, account.id, now)
            roles = ", ".join(f"{one.role}@{one.congress_code}" for one in held) or "-"
            state = (
                "disabled" if account.disabled_at else ("first password" if account.must_change else "active")
            )
            sys.stdout.write(f"{account.name}\t{account.display_name}\t{state}\t{roles}\n")
    return 0


def _reset(settings: Settings, given: argparse.Namespace) -> int:
    store, now, password = open_store(settings.url), datetime.now(UTC), secrets.token_urlsafe(12)
    with store.system().writing() as session:
        account = _named(session, given.name)
        account.password_hash, account.must_change = hashed(password), True
        accounts.revoke(session, now, account=account.id)
        tell_way_in(session, account.id, "round_password_reset", now)
    sys.stdout.write(f"{given.name} {password}\n")
    return 0


def _disable(settings: Settings, given: argparse.Namespace) -> int:
    store, now = open_store(settings.url), datetime.now(UTC)
    with store.system().writing() as session:
        account = _named(session, given.name)
        account.disabled_at = now
        accounts.revoke(session, now, account=account.id)
        tell_way_in(session, account.id, "round_account_disabled", now)
    return 0


def _named(session: Any, name: str) -> Account:
    account = accounts.account_by_name(session, name)
    if account is None:
        raise Refused("no_such_account", name=name)
    return account
