"""A meeting as the hall's tests need it: a round that deputies can check in to, phones, cards, entries."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dashboard.commands.hall import Entered, Entry, enter, issue_codes
from dashboard.gate import PUBLIC, Actor
from dashboard.rules.hall_frames import Card
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store.accounts import live_session
from dashboard.store.loading.gathering import key_of
from dashboard.store.passwords import token_digest
from dashboard.store.tables.congress import Meeting, MembershipContact
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.voting import CheckIn, RollEntry, Round, RoundOfficer
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, call_of, person
from tests.conftest import NOW

PEPPER = b"p" * 32
HALL, ELSEWHERE = "192.0.2.1", "198.51.100.7"
REQUEST = "ab" * 16


def meeting_of(store: Store, code: str = COUNTY, *, latest: int = 0) -> UUID:
    """Return a congress's latest meeting, or one so many before it."""
    congress = key_of("congress", code)
    with store.system().reading() as session:
        found = session.scalars(
            select(Meeting.id).where(Meeting.congress_id == congress).order_by(Meeting.opens_on.desc())
        ).all()
    return found[latest]


def plant_round(
    store: Store, state: str = "checked", code: str = COUNTY, *, meeting: UUID | None = None, **values: Any
) -> UUID:
    """Plant a round of a meeting, frozen a minute ago."""
    congress = key_of("congress", code)
    with store.system().writing() as session:
        cycle = session.scalars(
            select(Cycle.id).where(Cycle.congress_id == congress).order_by(Cycle.year.desc())
        ).first()
        row = Round(
            congress_id=congress, id=new_id(), meeting_id=meeting or meeting_of(store, code), cycle_id=cycle,
            purpose="adoption", title="2026年度民生实事项目票决", state=state, rule_set="adoption-mark@1",
            rules={}, places=10, checked_at=NOW,
        )  # fmt: skip
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
    return row.id


def set_state(store: Store, round_id: UUID, state: str, roll: list[UUID] | None = None) -> None:
    """Move a round on, with the roll that its opening freezes."""
    with store.system().writing() as session:
        row = session.scalars(select(Round).where(Round.id == round_id)).one()
        row.state = state
        session.add_all(
            RollEntry(congress_id=row.congress_id, round_id=round_id, membership_id=seat)
            for seat in roll or ()
        )


def scrutineer(store: Store, round_id: UUID, seat: UUID, code: str = COUNTY) -> Actor:
    """Return a deputy who is named scrutineer of a round."""
    with store.system().writing() as session:
        session.add(
            RoundOfficer(
                congress_id=key_of("congress", code), round_id=round_id, membership_id=seat, duty="scrutineer"
            )
        )
    return person(store, Role.DEPUTY, code, seat=seat)


def give_phone(store: Store, seat: UUID, last_four: str, code: str = COUNTY) -> None:
    """Put the last four digits of a deputy's phone on file, in the place of what was there."""
    with store.system().writing() as session:
        session.merge(
            MembershipContact(
                congress_id=key_of("congress", code), membership_id=seat, phone_last_four=last_four
            )
        )


def card_of(
    store: Store, clerk: Actor, seat: UUID, means: str = "printed", code: str = COUNTY, now: datetime = NOW
) -> Card:
    """Issue a code to one seat at the latest meeting."""
    issued = issue_codes(call_of(store, clerk, code, now=now), meeting_of(store, code), [seat], means, PEPPER)
    (card,) = issued.cards
    return card


def entry(code: str, last_four: str, **given: Any) -> Entry:
    named: dict[str, Any] = {"address": HALL, "pepper": PEPPER, "request": REQUEST} | given
    return Entry(code=code, last_four=last_four, **named)


def come_in(
    store: Store, code: str, last_four: str, actor: Actor = PUBLIC, now: datetime = NOW, **given: Any
) -> Entered:
    """Sign in with a code, which must succeed."""
    place = given.pop("place", COUNTY)
    entered = enter(call_of(store, actor, place, now=now), entry(code, last_four, **given))
    assert isinstance(entered, Entered), entered.code
    return entered


def kept_out(
    store: Store, code: str, last_four: str, now: datetime = NOW, **given: Any
) -> tuple[str, object]:
    """Try to sign in with a code, which must fail; return why, and the seconds to wait."""
    place = given.pop("place", COUNTY)
    answer = enter(call_of(store, PUBLIC, place, now=now), entry(code, last_four, **given))
    assert isinstance(answer, Refused)
    return answer.code, answer.facts.get("seconds")


def deputy_of(store: Store, entered: Entered, now: datetime = NOW) -> Actor:
    """Return the deputy whose session was opened."""
    with store.system().reading() as session:
        live = live_session(session.connection(), token_digest(entered.token), now)
    assert live is not None
    assert live.held is not None
    return Actor(
        role=Role(live.held.role), account_id=live.account_id, appointment_id=live.held.id,
        congress_id=live.held.congress_id, membership_id=live.held.membership_id,
        session_id=live.session_id, name=live.display_name, must_change=live.must_change,
    )  # fmt: skip


def check_ins(store: Store, round_id: UUID) -> dict[UUID, tuple[str, bool, bool]]:
    """Return who is written as there: by which means, whether confirmed, whether gone."""
    with store.system().reading() as session:
        rows = session.scalars(select(CheckIn).where(CheckIn.round_id == round_id))
        return {
            row.membership_id: (row.means, row.confirmed_by is not None, row.left_at is not None)
            for row in rows
        }
