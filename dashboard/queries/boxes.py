"""The sealed box of a round, to those alone whom the rule set frozen into the round names."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.gate import Call, query
from dashboard.relations import RELATIONS
from dashboard.rules.box_readers import may_read_box
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Relation, Role
from dashboard.rules.round_frames import ANNOUNCED
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count, Round


@dataclass(frozen=True, slots=True)
class Sealed:
    """A box as it was sealed: `body` is its one canonical text, `digest` the SHA-256 of it."""

    digest: str
    body: str


@query("box.read")
def sealed_box(call: Call, round_id: UUID) -> Sealed:
    """Return the box of a round; refuse whom the rule set does not name, and everyone before the seal."""
    found = call.session.execute(
        select(Round.state, Round.published_at, Round.rules, SealedBox.digest, SealedBox.body)
        .join(SealedBox, leads(SealedBox.round_id, Round))
        .where(Round.id == round_id)
    ).one_or_none()
    if found is None or not _may(call, round_id, found):
        raise Refused("box_closed" if _is_known(call, round_id) else "not_found")
    return Sealed(found.digest, found.body)


@query("box.read")
def may_take_box(call: Call, round_id: UUID) -> bool:
    """Tell whether who asks may take the sealed box of a round away."""
    found = call.session.execute(
        select(Round.state, Round.published_at, Round.rules)
        .join(SealedBox, leads(SealedBox.round_id, Round))
        .where(Round.id == round_id)
    ).one_or_none()
    return found is not None and _may(call, round_id, found)


def _is_known(call: Call, round_id: UUID) -> bool:
    """Tell whether who asks may know that there is such a round."""
    state = call.session.scalar(select(Round.state).where(Round.id == round_id))
    return state is not None and (call.is_member or state == ANNOUNCED)


def _may(call: Call, round_id: UUID, row: Any) -> bool:
    return may_read_box(
        str(row.rules["values"].get("publish_box", {}).get("value")),
        row.state,
        is_announced=row.state == ANNOUNCED and row.published_at is not None,
        is_deputy=call.role is Role.DEPUTY,
        is_scrutineer=_watches(call.session, call, round_id),
    )


def _watches(session: Session, call: Call, round_id: UUID) -> bool:
    holds = RELATIONS[Relation.SCRUTINEER]
    return call.role is Role.DEPUTY and holds(session, call.actor, call.today, {"round_id": round_id})


@dataclass(frozen=True, slots=True)
class Known:
    """An announced round whose box has a digest: where it stands, and the votes and state of each item by number."""

    code: str
    congress_zh: str
    congress_en: str
    simulated: bool
    year: int
    round_id: str
    title: str
    announcement: str | None
    counts: tuple[tuple[int, int, str], ...]


@query("box.recount", reach="nation")
def round_of_box(call: Call, digest: str) -> Known | None:
    """Return the announced round of any congress whose announcement has this digest."""
    found = call.session.execute(
        select(Round, Cycle.year, Congress)
        .join(Cycle, leads(Round.cycle_id, Cycle))
        .join(Congress, Congress.id == Round.congress_id)
        .where(Round.box_digest == digest, Round.state == ANNOUNCED, Round.published_at.is_not(None))
        .limit(1)
    ).first()
    if found is None:
        return None
    row, year, congress = found
    counts = call.session.execute(
        select(Count.number, Count.votes, Count.state)
        .join(Round, leads(Count.round_id, Round))
        .where(Round.id == row.id, Count.congress_id == congress.id, Count.published_at.is_not(None))
        .order_by(Count.number)
    )
    return Known(
        congress.code, congress.name_zh, congress.name_en, congress.provenance == "simulated", year, str(row.id),
        row.title, row.announcement, tuple((one.number, one.votes, one.state) for one in counts),
    )  # fmt: skip
