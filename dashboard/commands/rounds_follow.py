"""The round that follows from another's outcome: among the tied, for the places left, or the same once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, command
from dashboard.i18n import DEFAULT, words
from dashboard.rules.refused import Refused
from dashboard.rules.round_links import others_living
from dashboard.rules.rounds import ANNULLED, DRAFT, RECEIVED, RUNOFF, SECOND, UNDECIDED
from dashboard.store.round_links import links_of
from dashboard.store.rounds import taken
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.voting import Round, RoundOfficer, RoundOption
from dashboard.store.witness import witness

REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class _Next:
    """The list and the places of the round that follows, and its purpose."""

    purpose: str
    numbers: Sequence[int] | None
    places: int | None


@command("round.prepare")
def draft_following(call: Call, round_id: UUID, kind: Literal["runoff", "second", "repeat"]) -> UUID:
    """Draft the round that follows from another: its list, rules and officers are taken over; return its id.

    The law's run-off and second ballot for persons (地方组织法 28, 29) are the model. Numbers on the list stay those
    of the round before, so that everybody finds an item under the number that it had.
    """
    before = taken(call.session, round_id)
    if before is None:
        raise Refused("not_found")
    following = _next(before, kind)
    # Another's repetition counts as well: two run-offs of one tie would choose more than there are places.
    if others_living(links_of(call.session, call.congress_id, before.id), before.id):
        raise Refused("following_drafted")
    row = Round(
        congress_id=call.congress_id, id=new_id(), meeting_id=before.meeting_id, cycle_id=before.cycle_id,
        after_id=before.id, purpose=following.purpose, title=_title(kind, before.title), state=DRAFT,
        rule_set=before.rule_set, rules={}, places=following.places, on_paper=before.on_paper,
        rules_confirmed_by=before.rules_confirmed_by, method_adopted_on=before.method_adopted_on,
        officers_adopted_on=before.officers_adopted_on,
    )  # fmt: skip
    call.session.add(row)
    call.session.flush()
    _take_over(call, before.id, row.id, following.numbers)
    stated = witness(call.session, call.congress_id, row.id, ("round", "options", "officers"))
    call.act("round_drafted", **stated, before=str(before.id))
    call.changed("voting")
    return row.id


def _next(before: Round, kind: str) -> _Next:
    """Return what follows from an outcome, or refuse a round that does not follow from it."""
    outcome: Mapping[str, Any] = (before.facts or {}).get("outcome", {})
    state = outcome.get("state")
    received = before.state in RECEIVED
    if kind == RUNOFF and received and state == "tied" and before.purpose != RUNOFF:
        return _Next(RUNOFF, outcome["tied"], outcome["open_places"])
    if kind == SECOND and received and state == "short" and outcome["second"]:
        return _Next(SECOND, outcome["second"], outcome["missing"])
    if kind == REPEAT and (before.state == ANNULLED or (received and state in UNDECIDED)):
        return _Next(before.purpose, None, before.places)
    raise Refused("nothing_follows")


def _title(kind: str, title: str) -> str:
    return words(DEFAULT)(f"conduct.title.{kind}", title=title)


def _take_over(call: Call, before: UUID, after: UUID, numbers: Sequence[int] | None) -> None:
    own = {"congress_id": call.congress_id, "round_id": after}
    for option in call.session.scalars(select(RoundOption).where(RoundOption.round_id == before)):
        if numbers is None or option.number in numbers:
            found = {
                "name": option.name,
                "candidate_id": option.candidate_id,
                "project_id": option.project_id,
            }
            call.session.add(RoundOption(**own, number=option.number, **found))
    for officer in call.session.scalars(select(RoundOfficer).where(RoundOfficer.round_id == before)):
        call.session.add(RoundOfficer(**own, membership_id=officer.membership_id, duty=officer.duty))
