"""A seal speaks for itself: what somebody changes and then states by an act of their own, the box still refutes."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from dashboard.store.core import table_of
from dashboard.store.record import NewAct, append
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Ballot, Count, Round
from dashboard.store.transactions import Store
from dashboard.store.verifying import Failure, Holds, verify
from dashboard.store.witness import PARTS, witness
from tests.commands.people import COUNTY
from tests.conftest import NOW
from tests.store.whole_round import CONGRESS, complete, first_row, other

Change = Callable[[Session, UUID], None]


def values(part: str, **changes: Any) -> Change:
    """Return the change of a part's first row; a function is given the value that is there."""

    def change(session: Session, round_id: UUID) -> None:
        row, where = first_row(session.connection(), part, round_id)
        new = {name: one(row[name]) if callable(one) else one for name, one in changes.items()}
        assert all(row[name] != one for name, one in new.items())
        session.connection().execute(update(table_of(PARTS[part])).where(*where).values(new))

    return change


def changed(part: str, name: str) -> Change:
    return values(part, **{name: lambda old: other(table_of(PARTS[part]).c[name], old)})


def without(mapped: type[Any]) -> Change:
    return lambda session, round_id: (
        session.execute(delete(mapped).where(mapped.round_id == round_id)) and None
    )


def without_one_ballot(session: Session, round_id: UUID) -> None:
    _, where = first_row(session.connection(), "ballots", round_id)
    session.connection().execute(delete(table_of(Ballot)).where(*where))


def resealed(old: str, new: str) -> Change:
    """Return the change of the box's text, with its digest put right everywhere."""

    def change(session: Session, round_id: UUID) -> None:
        box = session.get_one(SealedBox, (CONGRESS, round_id))
        assert old in box.body
        box.body = box.body.replace(old, new, 1)
        box.digest = sha256(box.body.encode()).hexdigest()
        session.execute(update(Round).where(Round.id == round_id).values(box_digest=box.digest))

    return change


def annulled(session: Session, round_id: UUID) -> None:
    session.execute(update(Round).where(Round.id == round_id).values(state="annulled"))


CHANGES: list[tuple[str, Change, str, str]] = [
    ("a ballot's marks", changed("ballots", "marks"), "ballots", "seal_ballots"),
    ("a ballot's id", changed("ballots", "id"), "ballots", "seal_ballots"),
    ("a ballot gone", without_one_ballot, "ballots", "seal_ballots"),
    ("votes", changed("counts", "votes"), "counts", "count_differs"),
    ("a state", values("counts", state="beyond"), "counts", "count_differs"),
    ("a reason", values("counts", reason="tally.reason.failed"), "counts", "count_differs"),
    ("a reason's facts", values("counts", facts={"votes": 1}), "counts", "count_differs"),
    ("no counts", without(Count), "counts", "count_differs"),
    ("valid", changed("round", "valid"), "round", "count_differs"),
    ("the threshold", changed("round", "threshold"), "round", "count_differs"),
    ("who was present", changed("round", "present"), "round", "seal_attendance"),
    ("the places", changed("round", "places"), "round", "seal_attendance"),
    ("the purpose", values("round", purpose="practice"), "round", "seal_rules"),
    ("the rules", values("round", rules=lambda old: {**old, "version": 2}), "round", "seal_rules"),
    ("an option's name", changed("options", "name"), "options", "seal_options"),
    ("no box", without(SealedBox), "box", "seal_missing"),
    ("the box's text", changed("box", "body"), "box", "seal_digest"),
    ("the announced digest", changed("round", "box_digest"), "box", "seal_digest"),
    ("the algorithm", values("box", algorithm="sm3"), "box", "seal_algorithm"),
    ("a space in the box", resealed('{"ballots"', '{ "ballots"'), "box", "seal_no_box"),
    ("another box", resealed('"marks":"10"', '"marks":""'), "ballots", "seal_ballots"),
    ("a paper", changed("documents", "body"), "documents", "document_digest"),
    (
        "what the count came to",
        values("round", facts={"outcome": {"state": "tied"}}),
        "round",
        "count_differs",
    ),
    ("annulled after the count", annulled, "counts", "counted_though_annulled"),
]


@pytest.mark.parametrize(
    ("change", "part", "reason"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES]
)
def test_a_change_with_an_act_that_states_it_is_named(
    demo_store: Store, change: Change, part: str, reason: str
) -> None:
    round_id = complete(demo_store)
    with demo_store.system().writing() as session:
        change(session, round_id)
        append(
            session, CONGRESS, None, NOW, [NewAct("restated", witness(session, CONGRESS, round_id, PARTS))]
        )
    with demo_store.system().reading() as session:
        found = next(iter(verify(session)))
    assert found == Failure(reason, COUNTY, None, round_id, part)


def test_an_annulled_round_is_sealed_uncounted(demo_store: Store) -> None:
    round_id = complete(demo_store)
    with demo_store.system().writing() as session:
        annulled(session, round_id)
        without(Count)(session, round_id)
        numbers = dict.fromkeys(("valid", "invalid", "threshold"))
        session.execute(update(Round).where(Round.id == round_id).values(**numbers))
        append(
            session, CONGRESS, None, NOW, [NewAct("annulled", witness(session, CONGRESS, round_id, PARTS))]
        )
    with demo_store.system().reading() as session:
        assert isinstance(next(iter(verify(session))), Holds)
