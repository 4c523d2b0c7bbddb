"""The second count: from the sealed box alone, compared with what was stored at the first."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.boxes import count_box, read_box
from dashboard.rules.outcomes import OptionOutcome, Outcome
from dashboard.rules.refused import Refused
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count, Round

NUMBERS = ("votes", "against", "abstained", "rank_sum", "state")


@dataclass(frozen=True, slots=True)
class Recounted:
    """The second count, and where the first differs: the round's numbers by name, options by their number."""

    outcome: Outcome
    numbers: tuple[str, ...]
    options: tuple[int, ...]

    @property
    def agrees(self) -> bool:
        """Tell whether both counts say the same."""
        return not self.numbers and not self.options


def recount(session: Session, congress: UUID, round_id: UUID) -> Recounted:
    """Count the sealed box of a round again; a box that is not the one of its digest is refused."""
    found = session.scalar(select(Round).where(Round.congress_id == congress, Round.id == round_id))
    sealed = session.scalar(
        select(SealedBox).where(SealedBox.congress_id == congress, SealedBox.round_id == round_id)
    )
    if found is None or sealed is None:
        raise Refused("round_not_closed")
    box = read_box(sealed.body.encode(), found.box_digest)
    outcome = count_box(box)
    told = {
        "entitled": box.entitled,
        "present": box.present,
        "issued": box.issued,
        "recovered": box.recovered,
        "valid": outcome.valid,
        "invalid": outcome.invalid,
        "threshold": outcome.needed,
    }
    stored = {
        count.number: count
        for count in session.scalars(
            select(Count).where(Count.congress_id == congress, Count.round_id == round_id)
        )
    }
    second = {one.number: one for one in outcome.options}
    return Recounted(
        outcome,
        tuple(name for name, value in told.items() if getattr(found, name) != value),
        tuple(
            number
            for number in sorted(second.keys() | stored.keys())
            if not _same(second.get(number), stored.get(number))
        ),
    )


def _same(second: OptionOutcome | None, first: Count | None) -> bool:
    if second is None or first is None:
        return False
    return all(getattr(second, name) == getattr(first, name) for name in NUMBERS)
