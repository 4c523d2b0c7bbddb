"""Casting a ballot and changing it: no act, no topic, no word of it in any log."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from dashboard.gate import Call, command, relate
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Relation
from dashboard.store import casting
from dashboard.store.casting import Cast, Freezes, Standing, Voter
from dashboard.store.frozen import Frozen, read_frozen

LONGEST_MARKS = 4096


class NewVote(BaseModel):
    """A ballot as a browser sends it: the receipt that it drew, and the marks. No repr and no error shows them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    receipt: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", repr=False)]
    marks: Annotated[str, Field(max_length=LONGEST_MARKS, repr=False)]


@command("vote.cast", together=True)
def cast(call: Call, round_id: UUID, vote: NewVote) -> Cast:
    """Put the actor's ballot into the box of an open round, once; a repeated request gets the same answer.

    One receipt belongs to one press with its marks: whoever alters the marks after a press draws another, so that
    `repeated` always speaks of what was sent with it.
    """
    voter, receipt, freezes = _voter(call), bytes.fromhex(vote.receipt), _freezes(call, round_id)
    done = casting.cast(call.session, call.congress_id, round_id, voter, receipt, vote.marks, freezes)
    relate(call, "vote.cast", read=Relation.ON_ROLL, round_id=round_id)
    return done


@command("vote.change", together=True)
def change(call: Call, round_id: UUID, vote: NewVote) -> Cast:
    """Replace the marks of the actor's ballot, which its receipt finds, while the round is open."""
    voter, receipt, freezes = _voter(call), bytes.fromhex(vote.receipt), _freezes(call, round_id)
    done = casting.change(call.session, call.congress_id, round_id, voter, receipt, vote.marks, freezes)
    relate(call, "vote.change", read=Relation.ON_ROLL, round_id=round_id)
    return done


def _voter(call: Call) -> Voter:
    if call.actor.membership_id is None:
        raise Refused("not_on_roll")
    return Voter(call.actor.membership_id, call.actor.session_id)


def _freezes(call: Call, round_id: UUID) -> Freezes:
    """Return what finds a round's rules and list: read by the first vote of a process, kept for the others."""

    def find(standing: Standing) -> Frozen:
        key = ("frozen", call.congress_id, round_id, standing.version, standing.checked_at)
        known: Frozen | None = call.ground.frames.get(key)
        if known is None:
            known = read_frozen(call.session, call.congress_id, round_id)
            call.ground.frames.put(key, known)
        return known

    return find
