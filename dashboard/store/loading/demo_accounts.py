"""Accounts to try the demonstration with: one for each role of the county, its scrutineers, two of a township."""

import os
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dashboard.rules.roles import Role
from dashboard.store.accounts import account_by_name, revoke
from dashboard.store.passwords import hashed
from dashboard.store.tables.accounts import Account, Appointment
from dashboard.store.tables.congress import Congress, Department, Membership, MembershipState, Term
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.inquiry import Question
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project, ProjectState
from dashboard.store.transactions import Store
from dashboard.store.way_in import tell_way_in

COUNTY_ROLES = (
    Role.LEADER,
    Role.DEPUTY,
    Role.CLERK,
    Role.PRESIDIUM,
    Role.DEPARTMENT,
    Role.COORDINATOR,
    Role.ADMIN,
)
# Deputies to be named in a practice round: the chief scrutineer and another.
SCRUTINEERS = ("scrutineer-1", "scrutineer-2")
TOWNSHIP_ROLES = (Role.CLERK, Role.DEPUTY)
IN_OFFICE = ("in_office", "by_elected")

Shown = tuple[str, str, str, str]


class NoDemonstration(Exception):
    """There is no simulated county whose accounts could be made."""


def is_without_accounts(store: Store) -> bool:
    """Tell whether a demonstration is there that nobody can sign in to."""
    with store.system().reading() as session:
        simulated = session.scalar(select(Congress.id).where(Congress.provenance == "simulated").limit(1))
        return simulated is not None and session.scalar(select(Account.id).limit(1)) is None


def create_demo_accounts(store: Store, now: datetime) -> list[Shown]:
    """Create the accounts with random passwords and return (name, role, congress, password) of each.

    An account that is there already gets a new password, and its sessions end. The deputy sits in the delegation
    that asked about the project furthest behind its plan, the department is the one that carries it out.
    """
    with store.system().writing() as session:
        simulated = select(Congress).where(Congress.provenance == "simulated").order_by(Congress.code)
        county = session.scalar(simulated.where(Congress.level == "county"))
        if county is None:
            raise NoDemonstration("load the demonstration first")
        shown = [_create(session, now, county, role, str(role)) for role in COUNTY_ROLES]
        shown += [_create(session, now, county, Role.DEPUTY, name) for name in SCRUTINEERS]
        township = session.scalar(simulated.where(Congress.parent_id == county.id))
        if township is not None:
            shown += [
                _create(session, now, township, role, f"{role}-{township.code}") for role in TOWNSHIP_ROLES
            ]
        return shown


def write_password_file(path: Path, accounts: Iterable[Sequence[str]]) -> None:
    """Write the accounts to a file that only its owner may read, in the place of an older one."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    # The mode is set as the file is made: a moment of being readable by all would be enough.
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines("\t".join(account) + "\n" for account in accounts)
    fresh.replace(path)


def _create(session: Session, now: datetime, congress: Congress, role: Role, name: str) -> Shown:
    password = secrets.token_urlsafe(9)
    account = account_by_name(session, name)
    if account is None:
        _add(session, now, congress, role, Account(id=new_id(), name=name, password_hash=hashed(password)))
    else:
        account.password_hash, account.must_change = hashed(password), False
        revoke(session, now, account=account.id)
        tell_way_in(session, account.id, "round_password_reset", now)
    return name, str(role), congress.name_zh, password


def _add(session: Session, now: datetime, congress: Congress, role: Role, account: Account) -> None:
    seat = _seat(session, congress) if role is Role.DEPUTY else None
    department = _department(session, congress) if role is Role.DEPARTMENT else None
    account.display_name = seat.name if seat else department.short_name if department else congress.name_zh
    account.must_change, account.created_at = False, now
    appointment = Appointment(
        congress_id=congress.id,
        id=new_id(),
        account_id=account.id,
        role=str(role),
        membership_id=seat.id if seat else None,
        department_id=department.id if department else None,
        from_day=session.scalars(
            select(Term.from_day).where(Term.congress_id == congress.id).order_by(Term.number.desc())
        ).first(),
        to_day=None,
    )
    session.add_all([account, appointment])


def _seat(session: Session, congress: Congress) -> Membership:
    """Return the first deputy without account of the delegation that asked about the lagging project, or of any."""
    today = congress.as_of
    taken = select(Appointment.membership_id).where(
        Appointment.congress_id == congress.id, Appointment.membership_id.is_not(None)
    )
    seats = (
        select(Membership)
        .join(MembershipState, MembershipState.membership_id == Membership.id)
        .where(
            Membership.congress_id == congress.id,
            Membership.id.not_in(taken),
            MembershipState.state.in_(IN_OFFICE),
            MembershipState.from_day <= today,
            or_(MembershipState.to_day.is_(None), MembershipState.to_day >= today),
        )
        .order_by(Membership.position)
        .limit(1)
    )
    asked = session.scalar(
        select(Question.delegation_id).where(
            Question.congress_id == congress.id, Question.project_id == _lagging(session, congress)
        )
    )
    seat = session.scalar(seats if asked is None else seats.where(Membership.delegation_id == asked))
    if seat is None:
        raise NoDemonstration("no deputy is in office")
    return seat


def _department(session: Session, congress: Congress) -> Department | None:
    return session.scalar(
        select(Department)
        .join(Project, Project.department_id == Department.id)
        .where(Project.congress_id == congress.id, Project.id == _lagging(session, congress))
    )


def _lagging(session: Session, congress: Congress) -> UUID | None:
    """Return the running project of the year's cycle that is furthest behind its plan."""
    return session.scalar(
        select(ProjectState.project_id)
        .join(Project, Project.id == ProjectState.project_id)
        .join(Cycle, Cycle.id == Project.cycle_id)
        .where(
            ProjectState.congress_id == congress.id,
            Project.state == "running",
            Cycle.year == (congress.as_of.year if congress.as_of else None),
        )
        .order_by(ProjectState.share - ProjectState.planned, ProjectState.project_id)
        .limit(1)
    )
