"""What lies in a round's tables, and many who act at the same instant."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select, update

from dashboard.rules.refused import Refused
from dashboard.store.tables.voting import Ballot, Participation, Round
from dashboard.store.transactions import Store

Result = TypeVar("Result")


def box(store: Store, round_id: UUID) -> dict[str, str]:
    """Return the ballots of a round by id."""
    with store.system().reading() as session:
        found = session.execute(select(Ballot.id, Ballot.marks).where(Ballot.round_id == round_id))
        return {row.id: row.marks for row in found}


def voters(store: Store, round_id: UUID) -> dict[UUID, str]:
    """Return who voted in a round, and how."""
    with store.system().reading() as session:
        found = session.execute(
            select(Participation.membership_id, Participation.channel).where(
                Participation.round_id == round_id
            )
        )
        return {row.membership_id: row.channel for row in found}


def set_round(store: Store, round_id: UUID, **values: Any) -> None:
    """Change a round as its officers would."""
    with store.system().writing() as session:
        session.execute(update(Round).where(Round.id == round_id).values(**values))


def at_once(actions: Sequence[Callable[[], Result]]) -> list[Result | str]:
    """Do things at the same instant, each in a thread of its own; a refusal gives its code."""
    start = threading.Barrier(len(actions))

    def run(action: Callable[[], Result]) -> Result | str:
        start.wait(30)
        try:
            return action()
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))
