"""The seal of an announced round as anybody may read it, and its box where the rule set opens it to the public."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select

from dashboard.gate import Call, query
from dashboard.rules.refused import Refused
from dashboard.rules.round_frames import ANNOUNCED
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Round, RoundOption


@dataclass(frozen=True, slots=True)
class Seal:
    """The digest that was announced, where it was announced, and whether everybody may read the box itself."""

    digest: str
    announcement: str | None
    options: tuple[tuple[int, str], ...]
    is_public: bool


@query("round.read", "voting")
def announced_seal(call: Call, round_id: UUID) -> Seal:
    """Return the seal of an announced round; of any other it is not found."""
    row = call.session.scalar(
        select(Round).where(
            Round.id == round_id,
            Round.state == ANNOUNCED,
            Round.published_at.is_not(None),
            Round.box_digest.is_not(None),
        )
    )
    if row is None or row.box_digest is None:
        raise Refused("not_found")
    options = call.session.execute(
        select(RoundOption.number, RoundOption.name)
        .where(RoundOption.round_id == round_id)
        .order_by(RoundOption.number)
    )
    held = select(SealedBox.digest).where(SealedBox.round_id == round_id, SealedBox.published_at.is_not(None))
    return Seal(
        row.box_digest,
        row.announcement,
        tuple((number, name) for number, name in options),
        _is_open(row) and call.session.scalar(held) is not None,
    )


@query("round.read")
def public_box(call: Call, round_id: UUID) -> str:
    """Return the sealed box of an announced round that its rule set opens to the public, byte for byte."""
    found = call.session.execute(
        select(SealedBox.body, Round)
        .join(Round, and_(Round.congress_id == SealedBox.congress_id, Round.id == SealedBox.round_id))
        .where(
            SealedBox.round_id == round_id,
            SealedBox.published_at.is_not(None),
            Round.state == ANNOUNCED,
            Round.published_at.is_not(None),
        )
    ).one_or_none()
    if found is None or not _is_open(found[1]):
        raise Refused("not_found")
    body: str = found[0]
    return body


def _is_open(row: Round) -> bool:
    return bool((row.rules or {}).get("values", {}).get("publish_box", {}).get("value") == "public")
