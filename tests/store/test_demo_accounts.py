"""The demonstration's accounts: one for each role, passwords drawn anew, a file for its owner alone."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.store.loading.demo_accounts import NoDemonstration, create_demo_accounts, write_password_file
from dashboard.store.loading.gathering import key_of
from dashboard.store.passwords import matches
from dashboard.store.tables.accounts import Account, Appointment, SignInSession
from dashboard.store.tables.congress import Department, Membership
from dashboard.store.transactions import Store
from tests.store.asking import ask

COUNTY = key_of("congress", "990121")


def test_accounts_for_every_role(loaded_store: Store, now: datetime) -> None:
    shown = create_demo_accounts(loaded_store, now)
    roles = [
        "leader",
        "deputy",
        "clerk",
        "presidium",
        "department",
        "coordinator",
        "admin",
        "deputy",
        "deputy",
        "clerk",
        "deputy",
    ]
    assert [role for _, role, _, _ in shown] == roles
    assert len({password for *_, password in shown}) == len(shown)
    with loaded_store.system().reading() as session:
        for name, _, _, password in shown:
            account = session.scalars(select(Account).where(Account.name == name)).one()
            assert matches(account.password_hash, password)
            assert not account.must_change
        bound = {
            row.role: row
            for row in session.scalars(select(Appointment).where(Appointment.congress_id == COUNTY))
        }
        department = session.get_one(Department, (COUNTY, bound["department"].department_id))
        seat = session.get_one(Membership, (COUNTY, bound["deputy"].membership_id))
        seats = [row.membership_id for row in session.scalars(select(Appointment)) if row.role == "deputy"]
    assert department.name == "县住房城乡建设局"
    # The deputy, two scrutineers, and the deputy of the township: four seats.
    assert len(set(seats)) == len(seats) == 4
    assert [name for name, *_ in shown if name.startswith("scrutineer")] == ["scrutineer-1", "scrutineer-2"]
    assert seat.delegation_id == key_of("delegations", "990121", "T01")


def test_accounts_made_again_get_new_passwords(demo_store: Store, now: datetime) -> None:
    first = create_demo_accounts(demo_store, now)
    with demo_store.system().writing() as session:
        account = session.scalars(select(Account).where(Account.name == "clerk")).one()
        session.add(SignInSession(id="open", account_id=account.id, created_at=now, expires_at=now))
    second = create_demo_accounts(demo_store, now)
    assert [row[:3] for row in first] == [row[:3] for row in second]
    assert not {row[3] for row in first} & {row[3] for row in second}
    assert len(ask(demo_store, select(Account))) == len(ask(demo_store, select(Appointment))) == len(second)
    assert ask(demo_store, select(SignInSession))[0].revoked_at == now


def test_accounts_need_the_demonstration(store: Store, now: datetime) -> None:
    with pytest.raises(NoDemonstration):
        create_demo_accounts(store, now)


def test_the_password_file_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "passwords.txt"
    path.write_text("older")
    path.chmod(0o644)
    write_password_file(path, [("clerk", "clerk", "禾澜县人民代表大会", "secret")])
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text("utf-8") == "clerk\tclerk\t禾澜县人民代表大会\tsecret\n"
    assert list(tmp_path.iterdir()) == [path]
