"""The announced rounds of a cycle for who reads them by machine: what is published of them, for members too."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from dashboard.gate import Call, query
from dashboard.rules.boxes import read_box
from dashboard.rules.refused import Refused
from dashboard.rules.round_frames import ANNOUNCED
from dashboard.rules.rounds import decided_state, told_state
from dashboard.rules.vote_events import ItemVote, Voted, VotedRound, votes_of
from dashboard.store.joins import leads, same_line
from dashboard.store.tables.congress import Meeting, Membership
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count, Round, RoundOption, RoundProject

NUMBERS = ("places", "entitled", "present", "issued", "recovered", "valid", "invalid", "threshold")
# An assessment's grades are another thing than a vote on a list.
PURPOSES = ("adoption", "runoff", "second")


@query("data.read")
def voted_rounds(call: Call, year: int) -> Voted:
    """Return every announced round of a cycle; a year that is not known is not found."""
    place = call.place
    known = call.session.scalar(select(Cycle.id).where(Cycle.year == year))
    if known is None or place is None:
        raise Refused("not_found")
    found = call.session.execute(
        select(Round, Meeting.name)
        .join(Cycle, leads(Round.cycle_id, Cycle))
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(
            Cycle.year == year,
            Round.state == ANNOUNCED,
            Round.published_at.is_not(None),
            Round.purpose.in_(PURPOSES),
        )
        .order_by(Round.closed_at, Round.id)
    ).all()
    items = _items(call.session, [row for row, _ in found])
    rounds = tuple(_round(call.session, row, meeting, items[row.id]) for row, meeting in found)
    return Voted(place.code, place.name, place.level, year, place.simulated, call.today, rounds)


def _items(session: Session, rounds: list[Round]) -> Mapping[UUID, list[ItemVote]]:
    """Return the items of each round; where its votes are not published, only what became of each."""
    found: dict[UUID, list[ItemVote]] = defaultdict(list)
    held = {row.id: row for row in rounds}
    rows = session.execute(
        select(RoundOption, Count, RoundProject.project_id)
        .outerjoin(Count, and_(same_line(Count, RoundOption), Count.published_at.is_not(None)))
        .outerjoin(RoundProject, same_line(RoundProject, RoundOption))
        .where(RoundOption.round_id.in_(held))
        .order_by(RoundOption.round_id, RoundOption.number)
    )
    for option, known, project in rows:
        count: Count | None = known
        if count is None:
            facts = held[option.round_id].facts
            state = told_state(option.number, facts, became_project=project is not None)
            item = ItemVote(option.number, option.name, state, None, None, None)
        else:
            item = _counted(held[option.round_id], option, count)
        found[option.round_id].append(item)
    return found


def _counted(row: Round, option: RoundOption, count: Count) -> ItemVote:
    state = decided_state(count.state, count.number, (row.facts or {}).get("settled"), count.reason)
    if count.against is None and row.valid is not None:
        # Who marks or ranks says nothing against an item: whoever did not name it abstained.
        return ItemVote(option.number, option.name, state, count.votes, None, row.valid - count.votes)
    return ItemVote(option.number, option.name, state, count.votes, count.against, count.abstained)


def _round(session: Session, row: Round, meeting: str | None, items: list[ItemVote]) -> VotedRound:
    votes = _recorded(session, row)
    names = session.execute(select(Membership.id, Membership.name).where(Membership.id.in_(map(UUID, votes))))
    return VotedRound(
        id=str(row.id),
        title=row.title,
        purpose=row.purpose,
        announcement=row.announcement,
        meeting_id=None if row.meeting_id is None else str(row.meeting_id),
        meeting=meeting,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        rule_set=row.rule_set,
        numbers={name: getattr(row, name) for name in NUMBERS},
        digest=row.box_digest,
        items=tuple(items),
        votes=votes,
        names={str(one.id): one.name for one in names} if votes else {},
    )


def _recorded(session: Session, row: Round) -> dict[str, dict[int, str]]:
    """Return what each seat said in a recorded round whose box is open to the public, else nothing."""
    if _value(row, "secret") is not False:
        return {}
    body = session.scalar(
        select(SealedBox.body).where(SealedBox.round_id == row.id, SealedBox.published_at.is_not(None))
    )
    return {} if body is None else votes_of(read_box(body.encode()))


def _value(row: Round, name: str) -> Any:
    return row.rules.get("values", {}).get(name, {}).get("value")
