"""How the rounds of a cycle follow from each other: from an outcome, or from none as a repetition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from dashboard.rules.rounds import ANNOUNCED, ANNULLED, RECEIVED, UNDECIDED


@dataclass(frozen=True, slots=True)
class Link:
    """One round: the one that it comes after, how it stands, and what its count came to where it was counted."""

    after: UUID | None
    state: str
    outcome: str | None = None

    @property
    def decides_nothing(self) -> bool:
        """Tell whether what comes after it only repeats it: it was annulled, or received without a decision."""
        return self.state == ANNULLED or (self.state in RECEIVED and self.outcome in UNDECIDED)


Links = Mapping[UUID, Link]


def befores(links: Links, round_id: UUID) -> Iterator[UUID]:
    """Yield the rounds that a round comes after, the nearest first."""
    before = links[round_id].after
    while before is not None:
        yield before
        before = links[before].after


def rests_on(links: Links, round_id: UUID) -> UUID | None:
    """Return the round whose outcome another stands on: the nearest before it that it does not just repeat."""
    return next((one for one in befores(links, round_id) if not links[one].decides_nothing), None)


def follow(links: Links, round_id: UUID) -> Iterator[UUID]:
    """Yield what stands on a round: those after it, and after one that decided nothing its repetitions."""
    for key, link in links.items():
        if link.after == round_id:
            yield key
            if link.decides_nothing:
                yield from follow(links, key)


def others_living(links: Links, before: UUID) -> tuple[UUID, ...]:
    """Return which rounds that are not annulled stand already where one that comes after `before` would stand."""
    line = (before, *befores(links, before))
    top = line[0]
    for one in line:
        # Up to the outcome that it would stand on, or to the first of those that were repeated.
        top = one
        if not links[one].decides_nothing:
            break
    return tuple(one for one in follow(links, top) if links[one].state != ANNULLED and one not in line)


def is_received(links: Links, round_id: UUID) -> bool:
    """Tell whether the round whose outcome another stands on was reported, so that another may follow from it."""
    found = rests_on(links, round_id)
    return found is not None and links[found].state in RECEIVED


def is_told(links: Links, round_id: UUID, *, rests: bool) -> bool:
    """Tell whether whatever a round comes after was announced or annulled, what it `rests` on announced."""
    found = rests_on(links, round_id)
    if rests and (found is None or links[found].state != ANNOUNCED):
        return False
    return all(links[one].state in {ANNOUNCED, ANNULLED} for one in befores(links, round_id))
