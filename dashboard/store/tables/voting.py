"""Rounds (票决): list, officers, roll, participation, ballots, counts.

Ballots and participation share no key, order or time.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Closed, Facts, Keyed, Published, to


class Round(Published, Keyed, Base):
    """One ballot on one list; the rule set is frozen into it when it is checked, attendance at the close.

    `closes_at` is what the page counts down to; it closes nothing: two officers do. `version` tells the sheets and
    pages of one list from those of an earlier one. `facts` holds what the count says beside the options' counts:
    how the round came out, by channel what was issued, recovered, valid and invalid, why ballots were invalid.
    """

    __tablename__ = "rounds"
    __table_args__ = (
        to("meetings", "meeting_id"),
        to("cycles", "cycle_id"),
        to("rounds", "after_id"),
        to("appointments", "rules_confirmed_by"),
    )

    meeting_id: Mapped[UUID | None]
    cycle_id: Mapped[UUID]
    after_id: Mapped[UUID | None]
    purpose: Mapped[str]
    title: Mapped[str]
    state: Mapped[str]
    rule_set: Mapped[str]
    rules: Mapped[Facts]
    places: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    on_paper: Mapped[bool] = mapped_column(default=False)
    rules_confirmed_by: Mapped[UUID | None]
    method_adopted_on: Mapped[date | None]
    officers_adopted_on: Mapped[date | None]
    checked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    entitled: Mapped[int | None]
    present: Mapped[int | None]
    issued: Mapped[int | None]
    recovered: Mapped[int | None]
    valid: Mapped[int | None]
    invalid: Mapped[int | None]
    threshold: Mapped[int | None]
    box_digest: Mapped[str | None]
    facts: Mapped[Facts | None]
    announcement: Mapped[str | None]
    reason: Mapped[str | None]


class RoundOption(Published, Base):
    """One line of a round's list: a candidate, a project, a department or an answer.

    `about_digest` is written at the freeze: of what its voters are told of a candidate, the plan and documents too.
    """

    __tablename__ = "round_options"
    __table_args__ = (
        to("rounds", "round_id"),
        to("candidates", "candidate_id"),
        to("projects", "project_id"),
        to("departments", "department_id"),
        to("answers", "answer_id"),
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    candidate_id: Mapped[UUID | None]
    project_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    answer_id: Mapped[UUID | None]
    about_digest: Mapped[str | None]


class RollEntry(Closed, Base):
    """A seat entitled to vote (应到), frozen at opening."""

    __tablename__ = "round_rolls"
    __table_args__ = (
        to("rounds", "round_id"),
        to("memberships", "membership_id"),
        to("delegations", "delegation_id"),
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(primary_key=True)
    delegation_id: Mapped[UUID | None]


class RoundOfficer(Closed, Base):
    """A chief scrutineer (chief), scrutineer or teller of a round, and what the person signed."""

    __tablename__ = "round_officers"
    __table_args__ = (to("rounds", "round_id"), to("memberships", "membership_id"))

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(primary_key=True)
    duty: Mapped[str] = mapped_column(primary_key=True)
    signed_at: Mapped[datetime | None]
    signed_digest: Mapped[str | None]


class CheckIn(Closed, Base):
    """A seat present at a round (实到); one written by hand waits for a scrutineer's confirmation.

    `means` is hand, seat (QR code at the seat), screen (code that changes), hall (hall code) or file (loaded). It has
    no time: the order in which deputies came would stand beside the order of their votes.
    """

    __tablename__ = "check_ins"
    __table_args__ = (
        to("rounds", "round_id"),
        to("memberships", "membership_id"),
        to("memberships", "confirmed_by"),
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(primary_key=True)
    confirmed_by: Mapped[UUID | None]
    means: Mapped[str]
    left_at: Mapped[datetime | None]


class Participation(Closed, Base):
    """That a seat voted in a round; never what, never when. The key is the rule one deputy, one ballot."""

    __tablename__ = "participations"
    __table_args__ = (
        to("rounds", "round_id"),
        to("memberships", "membership_id"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]


class Ballot(Closed, Base):
    """One ballot: `id` is the SHA-256 of the receipt; `membership_id` is set in recorded rounds only.

    It does not say how it was cast: the one ballot on paper would point at the one deputy who voted on paper.
    """

    __tablename__ = "ballots"
    __table_args__ = (
        to("rounds", "round_id"),
        to("memberships", "membership_id"),
        # A receipt is looked up by itself: who holds it need not know the round.
        Index(None, "id"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    marks: Mapped[str]
    membership_id: Mapped[UUID | None]


class Count(Published, Base):
    """One option's stored count, written in the closing transaction, and the reason of its outcome."""

    __tablename__ = "counts"
    __table_args__ = (to("rounds", "round_id"),)

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    votes: Mapped[int]
    against: Mapped[int | None]
    abstained: Mapped[int | None]
    rank_sum: Mapped[int | None]
    state: Mapped[str]
    reason: Mapped[str]
    facts: Mapped[Facts]


class RoundProject(Published, Base):
    """Which project a chosen option became."""

    __tablename__ = "round_projects"
    __table_args__ = (
        to("rounds", "round_id"),
        to("projects", "project_id"),
        UniqueConstraint("congress_id", "project_id"),
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[UUID]
