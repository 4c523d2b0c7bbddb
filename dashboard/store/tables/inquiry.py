"""Inquiry sessions (问政): questions, answers, promises and the marks deputies give."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Closed, Keyed, Open, Published, Share, to


class Inquiry(Published, Keyed, Base):
    """One session in which deputies ask and departments answer."""

    __tablename__ = "inquiries"
    __table_args__ = (to("cycles", "cycle_id"),)

    cycle_id: Mapped[UUID]
    kind: Mapped[str]
    title: Mapped[str]
    day: Mapped[date]
    place: Mapped[str | None]
    state: Mapped[str]


class Question(Published, Keyed, Base):
    """One question of the paper, asked of a department about a project, from a month of its curve."""

    __tablename__ = "questions"
    __table_args__ = (
        to("inquiries", "inquiry_id"),
        to("projects", "project_id"),
        to("departments", "department_id"),
        to("delegations", "delegation_id"),
        to("orders", "order_id"),
        UniqueConstraint("congress_id", "inquiry_id", "number"),
    )

    inquiry_id: Mapped[UUID]
    project_id: Mapped[UUID | None]
    department_id: Mapped[UUID]
    delegation_id: Mapped[UUID | None]
    order_id: Mapped[UUID | None]
    number: Mapped[int]
    text: Mapped[str]
    about_month: Mapped[date | None]


class QuestionAsker(Open, Base):
    """A deputy behind a question; merging questions keeps every asker."""

    __tablename__ = "question_askers"
    __table_args__ = (to("questions", "question_id"), to("memberships", "membership_id"))

    question_id: Mapped[UUID] = mapped_column(primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(primary_key=True)


class Answer(Published, Keyed, Base):
    """A department's answer, written before or given live, and how many deputies gave which mark."""

    __tablename__ = "answers"
    __table_args__ = (
        to("questions", "question_id"),
        to("departments", "department_id"),
        UniqueConstraint("congress_id", "question_id", "version"),
    )

    question_id: Mapped[UUID]
    department_id: Mapped[UUID]
    version: Mapped[int]
    official: Mapped[str | None]
    text: Mapped[str]
    given_at: Mapped[datetime | None]
    satisfied: Mapped[int | None]
    basically: Mapped[int | None]
    dissatisfied: Mapped[int | None]


class Promise(Published, Keyed, Base):
    """What a department promised, by when; `verdict` is kept, late or broken once judged by an act.

    Whoever may read the promise reads its verdict only from `verdict_published_at` on, its own congress before.
    """

    __tablename__ = "promises"
    __table_args__ = (to("questions", "question_id"), to("projects", "project_id"))

    question_id: Mapped[UUID]
    project_id: Mapped[UUID | None]
    text: Mapped[str]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    verdict: Mapped[str | None]
    verdict_published_at: Mapped[datetime | None]


class PromiseMonth(Published, Base):
    """The promised share at a month's end: drawn as the promised curve."""

    __tablename__ = "promise_months"
    __table_args__ = (to("promises", "promise_id"),)

    promise_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    share: Mapped[Share]


class Mark(Closed, Base):
    """A deputy's recorded mark of an answer; secret marks are ballots of a round instead."""

    __tablename__ = "marks"
    __table_args__ = (to("answers", "answer_id"), to("memberships", "membership_id"))

    answer_id: Mapped[UUID] = mapped_column(primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(primary_key=True)
    grade: Mapped[str | None]
    score: Mapped[int | None]
