"""What a receipt finds: that its ballot is in the box, and no more than the round's rules tell its holder."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from dashboard.rules.reasons import Reason
from dashboard.rules.refused import Refused
from dashboard.store.casting import ANNULLED, BALLOTS, ballot_id
from dashboard.store.core import table_of
from dashboard.store.frozen import ROUNDS, read_frozen
from dashboard.store.tables.congress import Congress

CONGRESSES = table_of(Congress)


@dataclass(frozen=True, slots=True)
class Found:
    """A ballot as its receipt shows it.

    `state` is in_box (the round is not counted yet), counted, invalid (with the reason) or uncounted (the round was
    annulled). `marks` are told where the rule set's receipt is with_marks, else None.
    """

    state: str
    congress_id: UUID
    code: str
    congress: str
    round_id: UUID
    title: str
    reason: Reason | None = None
    marks: str | None = field(default=None, repr=False)


_FIND = (
    select(
        BALLOTS.c.congress_id,
        BALLOTS.c.round_id,
        BALLOTS.c.marks,
        CONGRESSES.c.code,
        CONGRESSES.c.name_zh,
        ROUNDS.c.title,
        ROUNDS.c.state,
        ROUNDS.c.box_digest,
    )
    .join(
        ROUNDS,
        and_(ROUNDS.c.congress_id == BALLOTS.c.congress_id, ROUNDS.c.id == BALLOTS.c.round_id),
    )
    .join(CONGRESSES, CONGRESSES.c.id == BALLOTS.c.congress_id)
    .where(BALLOTS.c.id == bindparam("ballot"))
    # One receipt, one ballot; a browser that used it twice is shown the newer.
    .order_by(ROUNDS.c.opened_at.desc())
    .limit(1)
)


def find_ballot(session: Session, receipt: bytes) -> Found:
    """Return what a receipt finds in any congress, or refuse it; unknown and not to be told are one answer."""
    row = session.connection().execute(_FIND, {"ballot": ballot_id(receipt)}).one_or_none()
    if row is None:
        raise Refused("receipt_unknown")
    congress, round_id, marks, code, name, title, state, digest = row
    frozen = read_frozen(session, congress, round_id)
    if frozen.rules.receipt == "none":
        raise Refused("receipt_unknown")
    is_sealed = digest is not None and state != ANNULLED
    reason = frozen.fault(marks) if is_sealed else None
    told = marks if frozen.rules.receipt == "with_marks" else None
    return Found(_state(state, is_sealed, reason), congress, code, name, round_id, title, reason, told)


def _state(state: str, is_sealed: bool, reason: Reason | None) -> str:
    if state == ANNULLED:
        return "uncounted"
    if not is_sealed:
        return "in_box"
    return "counted" if reason is None else "invalid"
