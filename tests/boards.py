"""What a board is looked at with: votes cast straight into the tables, counts as a close stores them, screens."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from uuid import UUID

from sqlalchemy import select

from dashboard.store.passwords import token_digest
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.hall import Screen, ScreenToken
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.voting import Ballot, Count, Participation, Round
from dashboard.store.transactions import Store
from tests.planting_rounds import Planted

_numbers = count(1)
LONG_AFTER = datetime(2100, 1, 1, tzinfo=UTC)


def cast(
    store: Store,
    planted: Planted,
    marks: Mapping[UUID, str],
    *,
    recorded: bool = False,
    channel: str = "electronic",
) -> None:
    """Cast a ballot for each seat: its participation and, apart from it, its marks."""
    own = {"congress_id": planted.congress_id, "round_id": planted.id}
    with store.system().writing() as session:
        for seat, text in marks.items():
            session.add(Participation(**own, membership_id=seat, channel=channel))
            name = sha256(new_id().bytes).hexdigest()
            session.add(Ballot(**own, id=name, marks=text, membership_id=seat if recorded else None))


def counted(
    store: Store,
    planted: Planted,
    votes: Sequence[int],
    *,
    state: str = "counted",
    threshold: int = 162,
    places: int = 10,
    split: bool = False,
    published: datetime | None = None,
) -> None:
    """Close a round as the closing transaction does: counts by option, attendance kept in the round."""
    own = {"congress_id": planted.congress_id, "round_id": planted.id}
    present, ranks = len(planted.present), sorted(range(len(votes)), key=lambda place: -votes[place])
    with store.system().writing() as session:
        row = session.get_one(Round, (planted.congress_id, planted.id))
        row.state, row.places, row.threshold, row.closed_at = state, places, threshold, row.opened_at
        row.entitled, row.present, row.issued = len(planted.roll), present, present
        row.recovered, row.valid, row.invalid = present - 2, present - 4, 2
        row.published_at = published
        for place, number, given in zip(range(len(votes)), planted.numbers, votes, strict=False):
            passed = given >= threshold
            word = "failed" if not passed else "chosen" if ranks.index(place) < places else "beyond"
            against = (present - 4 - given) * 2 // 3 if split else None
            abstained = present - 4 - given - against if against is not None else None
            session.add(
                Count(
                    **own, number=number, votes=given, against=against, abstained=abstained, rank_sum=None,
                    state=word, reason=f"tally.reason.{word}", facts={}, published_at=published,
                )
            )  # fmt: skip


def let_in(
    store: Store,
    congress: UUID,
    meeting: UUID,
    token: str,
    *,
    expires: datetime = LONG_AFTER,
    revoked: datetime | None = None,
) -> None:
    """Issue the token of a screen."""
    with store.system().writing() as session:
        session.add(
            ScreenToken(
                congress_id=congress, id=token_digest(token), meeting_id=meeting, issued_by=None,
                issued_at=datetime(2025, 1, 1, tzinfo=UTC), expires_at=expires, revoked_at=revoked,
            )
        )  # fmt: skip


def revoke(store: Store, congress: UUID, token: str) -> None:
    """Revoke the token of a screen now."""
    with store.system().writing() as session:
        one = session.get_one(ScreenToken, (congress, token_digest(token)))
        one.revoked_at = datetime.now(UTC) - timedelta(seconds=1)


def meeting_of(store: Store, planted: Planted) -> UUID:
    """Return the meeting of a round."""
    with store.system().reading() as session:
        found = session.get_one(Round, (planted.congress_id, planted.id)).meeting_id
    assert found is not None
    return found


def new_meeting(store: Store, planted: Planted) -> UUID:
    """Hold a round at a meeting of its own, whose screen no other test looks at; return it."""
    with store.system().writing() as session:
        row = session.get_one(Round, (planted.congress_id, planted.id))
        held = session.get_one(Meeting, (planted.congress_id, row.meeting_id))
        made = Meeting(
            congress_id=planted.congress_id, id=new_id(), term_id=held.term_id, number=100 + next(_numbers),
            name="县十八届人大五次会议", opens_on=date(2025, 10, 9), closes_on=date(2025, 10, 12),
        )  # fmt: skip
        session.add(made)
        session.flush()
        row.meeting_id = made.id
    return made.id


def shows(store: Store, congress: UUID, meeting: UUID, what: str, round_id: UUID | None = None) -> None:
    """Let the screen of a meeting show something, as the clerk's command does."""
    with store.system().writing() as session:
        screen = session.scalar(
            select(Screen).where(Screen.congress_id == congress, Screen.meeting_id == meeting)
        )
        if screen is None:
            screen = Screen(
                congress_id=congress,
                meeting_id=meeting,
                round_id=None,
                shows="title",
                version=0,
                secret="ab" * 32,
            )
            session.add(screen)
        screen.shows, screen.round_id, screen.version = what, round_id, screen.version + 1
