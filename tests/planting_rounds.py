"""Rounds planted straight into the tables, at any point of their life: for tests of what happens within it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from dashboard.config import ROOT
from dashboard.gate import Actor
from dashboard.rules.roles import Role
from dashboard.store.accounts import appointments_of, open_session
from dashboard.store.closing import close
from dashboard.store.loading.gathering import key_of
from dashboard.store.passwords import token_digest
from dashboard.store.record import raise_topics
from dashboard.store.tables.congress import Membership
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import (
    Ballot,
    CheckIn,
    Count,
    Participation,
    RollEntry,
    Round,
    RoundOfficer,
    RoundOption,
)
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, person, seats
from tests.conftest import NOW
from tests.rounds import adoption

TITLE = "2025年度民生实事候选项目票决"
_tokens = count(1)


@dataclass(frozen=True)
class Planted:
    """A planted round: its congress, its roll, who of it is present, the numbers of its list."""

    congress_id: UUID
    code: str
    id: UUID
    roll: tuple[UUID, ...]
    present: tuple[UUID, ...]
    numbers: tuple[int, ...]


def frozen_rules(rule_set: str, values: Mapping[str, object] | None = None) -> dict[str, Any]:
    """Return a rule set as it is frozen into a round, with some of its values changed."""
    path = ROOT / "data" / "reference" / "rule_sets" / f"{rule_set}.json"
    rules: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for name, value in (values or {}).items():
        rules["values"][name] = (
            {"source": "ours", "note": ""} | rules["values"].get(name, {}) | {"value": value}
        )
    return rules


def open_round(
    store: Store,
    code: str = COUNTY,
    *,
    rule_set: str = "adoption-mark@1",
    values: Mapping[str, object] | None = None,
    options: Sequence[str] | None = None,
    candidates: Sequence[UUID] | None = None,
    places: int = 10,
    roll: Sequence[UUID] | None = None,
    present: Sequence[UUID] | None = None,
    officers: Mapping[UUID, str] | None = None,
    now: datetime = NOW,
    **changes: Any,
) -> Planted:
    """Plant a round of 2025 that opened five minutes ago and is to close in twenty.

    Its list is the year's candidates, or some of any year, or plain names (`options`). On the roll are all seats in
    office, all of them present, unless told otherwise. `changes` are columns of the round: state, purpose, ...
    """
    congress, identity = key_of("congress", code), new_id()
    rolled = tuple(seats(store, code) if roll is None else roll)
    there = tuple(rolled if present is None else present)
    with store.system().writing() as session:
        cycle = session.scalars(
            select(Cycle.id).where(Cycle.congress_id == congress, Cycle.year == 2025)
        ).one()
        given: dict[str, Any] = {
            "meeting_id": adoption(store, code).meeting_id, "cycle_id": cycle, "purpose": "adoption", "title": TITLE,
            "state": "open", "rule_set": rule_set, "rules": frozen_rules(rule_set, values), "places": places,
            "checked_at": now - timedelta(hours=1), "opened_at": now - timedelta(minutes=5),
            "closes_at": now + timedelta(minutes=20), "entitled": len(rolled),
        }  # fmt: skip
        session.add(Round(congress_id=congress, id=identity, **given | changes))
        session.flush()
        lines = _lines(session, congress, cycle, options, candidates)
        session.add_all(
            RoundOption(
                congress_id=congress, round_id=identity, number=number, name=name, candidate_id=candidate
            )
            for number, name, candidate in lines
        )
        own = {"congress_id": congress, "round_id": identity}
        delegations = dict(
            session.execute(
                select(Membership.id, Membership.delegation_id).where(Membership.congress_id == congress)
            ).all()
        )
        session.add_all(
            RollEntry(**own, membership_id=seat, delegation_id=delegations[seat]) for seat in rolled
        )
        session.add_all(CheckIn(**own, membership_id=seat, means="hall") for seat in there)
        session.add_all(
            RoundOfficer(**own, membership_id=seat, duty=duty) for seat, duty in (officers or {}).items()
        )
        raise_topics(session, congress, ["voting"])
    return Planted(congress, code, identity, rolled, there, tuple(number for number, *_ in lines))


def _lines(
    session: Any,
    congress: UUID,
    cycle: UUID,
    options: Sequence[str] | None,
    candidates: Sequence[UUID] | None,
) -> list[tuple[int, str, UUID | None]]:
    if options is not None:
        return [(number, name, None) for number, name in enumerate(options, 1)]
    listed = session.scalars(
        select(Candidate)
        .where(
            Candidate.congress_id == congress,
            Candidate.cycle_id == cycle if candidates is None else Candidate.id.in_(candidates),
        )
        .order_by(Candidate.number)
    )
    return [(one.number, one.name, one.id) for one in listed]


def change_round(store: Store, planted: Planted, **changes: Any) -> None:
    """Change columns of a planted round and tell those who watch it, as an act of another process would."""
    with store.system().writing() as session:
        session.execute(
            update(Round)
            .where(Round.congress_id == planted.congress_id, Round.id == planted.id)
            .values(**changes)
        )
        raise_topics(session, planted.congress_id, ["voting"])


def close_round(store: Store, planted: Planted, now: datetime = NOW, *, announced: bool = False) -> None:
    """Close, count and seal a planted round; `announced` also tells it to everybody, the box by its rule."""
    with store.system().writing() as session:
        close(session, planted.congress_id, planted.id, now)
        session.flush()
        if announced:
            own = {"congress_id": planted.congress_id}
            row = session.scalars(select(Round).filter_by(**own, id=planted.id)).one()
            row.state, row.announcement, row.published_at = "announced", "主席团公告（第4号）", now
            is_open = row.rules["values"]["publish_box"]["value"] == "public"
            for table in (RoundOption, Count, *([SealedBox] if is_open else [])):
                for one in session.scalars(select(table).filter_by(**own, round_id=planted.id)):
                    one.published_at = now
        raise_topics(session, planted.congress_id, ["voting"])


def voted(store: Store, planted: Planted, seat: UUID, channel: str = "electronic") -> None:
    """Write that a seat has voted, without a ballot: what a second try finds."""
    with store.system().writing() as session:
        session.add(
            Participation(
                congress_id=planted.congress_id, round_id=planted.id, membership_id=seat, channel=channel
            )
        )


def ballots(store: Store, planted: Planted) -> list[tuple[str, str]]:
    """Return the id and the marks of every ballot of a round, by id."""
    with store.system().reading() as session:
        found = session.execute(
            select(Ballot.id, Ballot.marks)
            .where(Ballot.congress_id == planted.congress_id, Ballot.round_id == planted.id)
            .order_by(Ballot.id)
        )
        return [(identity, marks) for identity, marks in found]


def participants(store: Store, planted: Planted) -> int:
    """Return how many have voted in a round."""
    with store.system().reading() as session:
        many = select(func.count()).where(
            Participation.congress_id == planted.congress_id, Participation.round_id == planted.id
        )
        return session.scalars(many).one()


def deputy(store: Store, seat: UUID, code: str = COUNTY) -> Actor:
    """Return a new account's actor that holds a seat."""
    return person(store, Role.DEPUTY, code, seat=seat)


def session_of(store: Store, actor: Actor, *, terminal: bool = False) -> tuple[Actor, str]:
    """Open a session for a person, or one at a terminal, and return it with the token that its cookie holds."""
    assert actor.account_id is not None
    token, now = f"planted-{next(_tokens)}-{new_id().hex}", datetime.now(UTC)
    with store.system().writing() as session:
        (held,) = appointments_of(session, actor.account_id, now)
        open_session(session, token_digest(token), actor.account_id, held, now, terminal=terminal)
    return replace(actor, session_id=token_digest(token)), token
