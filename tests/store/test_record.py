"""The chain of acts: it holds however many write it, and says where it was tampered with."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from dashboard.rules import chain
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import Broken, NewAct, append, raise_topics, topic_versions, verify
from dashboard.store.tables.record import Act, ActHead
from dashboard.store.tables.voting import Round
from dashboard.store.transactions import Store

COUNTY = key_of("congress", "990121")
TOWNSHIP = key_of("congress", "990121100")
# The load itself, and one act for each of the county's rounds.
LOADED = 5
AT = datetime(2025, 10, 10, 9, 30, 15, 123456, tzinfo=UTC)


def acts(store: Store, count: int, congress: UUID = COUNTY) -> None:
    for number in range(count):
        with store.system().writing() as session:
            append(session, congress, None, AT, [NewAct("tested", {"number": number, "none": None})])


def verified(store: Store, congress: UUID = COUNTY) -> Broken | None:
    with store.system().reading() as session:
        return verify(session, congress)


def test_the_demonstration_is_on_record(loaded_store: Store) -> None:
    with loaded_store.system().reading() as session:
        loaded, *stated = session.scalars(
            select(Act).where(Act.congress_id == COUNTY).order_by(Act.number)
        ).all()
        rounds = session.scalars(select(Round).where(Round.congress_id == COUNTY)).all()
    assert loaded.kind == "demonstration_loaded"
    assert loaded.previous == chain.FIRST
    assert loaded.payload == {str(row.id): row.box_digest for row in rounds}
    assert "9732cfb621afd686e814c166103d9450bd908f095433933fc4dddffcd741ad5d" in loaded.payload.values()
    assert {act.payload["round"] for act in stated} == set(loaded.payload)
    assert {act.kind for act in stated} == {"round_loaded"}
    assert len(stated) == LOADED - 1


def test_a_chain_that_grows_holds(loaded_store: Store) -> None:
    acts(loaded_store, 5)
    assert verified(loaded_store) is None
    assert verified(loaded_store, TOWNSHIP) is None


def test_several_acts_of_one_transaction_follow_one_another(loaded_store: Store) -> None:
    with loaded_store.system().writing() as session:
        head = append(session, COUNTY, None, AT, [NewAct("first", {}), NewAct("second", {})])
    with loaded_store.system().reading() as session:
        kinds = session.scalars(select(Act.kind).where(Act.congress_id == COUNTY).order_by(Act.number)).all()
        assert session.get_one(ActHead, COUNTY).digest == head
    assert kinds[0] == "demonstration_loaded"
    assert kinds[LOADED:] == ["first", "second"]
    assert verified(loaded_store) is None


def together(*works: Callable[[], None]) -> None:
    """Run works in threads that start at once, and raise what one of them raised."""
    start = threading.Barrier(len(works))
    failed: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        start.wait()
        try:
            work()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def test_writers_at_once_make_one_chain(loaded_store: Store) -> None:
    together(*[lambda: acts(loaded_store, 8)] * 4)
    with loaded_store.system().reading() as session:
        assert session.scalar(select(func.max(Act.number)).where(Act.congress_id == COUNTY)) == LOADED + 32
    assert verified(loaded_store) is None


def test_a_transaction_that_fails_leaves_no_act(loaded_store: Store) -> None:
    def fail() -> None:
        with loaded_store.system().writing() as session:
            append(session, COUNTY, None, AT, [NewAct("tested", {})])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    acts(loaded_store, 1)
    with loaded_store.system().reading() as session:
        assert session.get_one(ActHead, COUNTY).number == LOADED + 1
    assert verified(loaded_store) is None


def at(number: int) -> tuple[object, object]:
    return Act.congress_id == COUNTY, Act.number == LOADED - 1 + number


def change_payload(session: Session) -> None:
    session.execute(update(Act).where(*at(3)).values(payload={"number": 7, "none": None}))


def change_kind(session: Session) -> None:
    session.execute(update(Act).where(*at(3)).values(kind="Tested"))


def change_moment(session: Session) -> None:
    session.execute(update(Act).where(*at(3)).values(at=AT.replace(microsecond=123457)))


def change_with_digest(session: Session) -> None:
    act = session.scalars(select(Act).where(*at(3))).one()
    digest = chain.link(act.previous, act.number, AT, None, "forged", {})
    session.execute(update(Act).where(*at(3)).values(kind="forged", payload={}, digest=digest))


def remove_row(session: Session) -> None:
    session.execute(delete(Act).where(*at(3)))


def cut_end(session: Session) -> None:
    session.execute(delete(Act).where(*at(6)))


def cut_head(session: Session) -> None:
    session.execute(delete(ActHead).where(ActHead.congress_id == COUNTY))


def turn_back_head(session: Session) -> None:
    last = session.scalars(select(Act).where(*at(5))).one()
    session.execute(
        update(ActHead).where(ActHead.congress_id == COUNTY).values(number=last.number, digest=last.digest)
    )


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        (change_payload, Broken(LOADED + 2, "act_changed")),
        (change_kind, Broken(LOADED + 2, "act_changed")),
        (change_moment, Broken(LOADED + 2, "act_changed")),
        (change_with_digest, Broken(LOADED + 3, "link_broken")),
        (remove_row, Broken(LOADED + 2, "act_missing")),
        (cut_end, Broken(LOADED + 4, "head_differs")),
        (cut_head, Broken(LOADED + 5, "head_differs")),
        (turn_back_head, Broken(LOADED + 5, "head_differs")),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_tampering_is_found_where_it_happened(
    loaded_store: Store, tamper: Callable[[Session], None], broken: Broken
) -> None:
    acts(loaded_store, 5)
    with loaded_store.system().writing() as session:
        tamper(session)
    assert verified(loaded_store) == broken
    assert verified(loaded_store, TOWNSHIP) is None


def test_topics_are_raised_each_by_one(loaded_store: Store) -> None:
    def raise_both(first: str, second: str) -> None:
        with loaded_store.system().writing() as session:
            raise_topics(session, COUNTY, [first, second, first])

    with loaded_store.system().reading() as session:
        before = topic_versions(session, [COUNTY])[COUNTY]
    together(*[lambda: raise_both("orders", "voting"), lambda: raise_both("voting", "orders")] * 3)
    with loaded_store.system().reading() as session:
        found = topic_versions(session, [COUNTY, TOWNSHIP])
        after = found[COUNTY]
        assert found[TOWNSHIP]["orders"] == before["orders"]
    assert (after["orders"], after["voting"]) == (before["orders"] + 6, before["voting"] + 6)
    assert after["progress"] == before["progress"]
