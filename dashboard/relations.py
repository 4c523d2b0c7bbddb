"""The relations that permissions depend on, each answered from the rows of the call's own congress."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from dashboard.rules.roles import Relation
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Congress, MembershipState
from dashboard.store.tables.cycle import CycleStage
from dashboard.store.tables.progress import Project, ProjectPartner
from dashboard.store.tables.supervision import InspectionMember, SupervisionMember
from dashboard.store.tables.voting import RollEntry, Round, RoundOfficer


class Bound(Protocol):
    """What a relation needs to know of the actor."""

    @property
    def account_id(self) -> UUID | None:
        """Return the account."""

    @property
    def membership_id(self) -> UUID | None:
        """Return the seat."""

    @property
    def department_id(self) -> UUID | None:
        """Return the department."""

    @property
    def meeting_id(self) -> UUID | None:
        """Return the meeting whose screen it is."""


Subject = Mapping[str, UUID | None]


def _own_account(_session: Session, actor: Bound, _today: date, subject: Subject) -> bool:
    return actor.account_id is not None and subject.get("account_id") == actor.account_id


def _in_office(session: Session, actor: Bound, today: date, _subject: Subject) -> bool:
    if actor.membership_id is None:
        return False
    state = session.scalar(
        select(MembershipState.state)
        .where(
            MembershipState.membership_id == actor.membership_id,
            MembershipState.from_day <= today,
            or_(MembershipState.to_day.is_(None), MembershipState.to_day >= today),
        )
        .order_by(MembershipState.from_day.desc())
        .limit(1)
    )
    return state in {"in_office", "by_elected"}


def _responsible(session: Session, actor: Bound, _today: date, subject: Subject) -> bool:
    if actor.department_id is None:
        return False
    found = select(Project.id).where(Project.id == subject.get("project_id"), carried_by(actor.department_id))
    return session.scalar(found) is not None


def _leading(session: Session, actor: Bound, _today: date, subject: Subject) -> bool:
    if actor.department_id is None:
        return False
    found = select(Project.id).where(
        Project.id == subject.get("project_id"), Project.department_id == actor.department_id
    )
    return session.scalar(found) is not None


def _concerned(_session: Session, actor: Bound, _today: date, subject: Subject) -> bool:
    return actor.department_id is not None and subject.get("department_id") == actor.department_id


def _author(_session: Session, actor: Bound, _today: date, subject: Subject) -> bool:
    return actor.membership_id is not None and subject.get("membership_id") == actor.membership_id


def _on_roll(session: Session, actor: Bound, _today: date, subject: Subject) -> bool:
    held = select(RollEntry.membership_id).where(
        RollEntry.round_id == subject.get("round_id"), RollEntry.membership_id == actor.membership_id
    )
    return actor.membership_id is not None and session.scalar(held) is not None


def _on_duty(*duties: str) -> Callable[[Session, Bound, date, Subject], bool]:
    """Return the relation of those who hold one of some duties in the subject's round."""

    def holds(session: Session, actor: Bound, _today: date, subject: Subject) -> bool:
        held = select(RoundOfficer.duty).where(
            RoundOfficer.round_id == subject.get("round_id"),
            RoundOfficer.membership_id == actor.membership_id,
            RoundOfficer.duty.in_(duties),
        )
        return actor.membership_id is not None and session.scalar(held.limit(1)) is not None

    return holds


def _heading(session: Session, actor: Bound, today: date, subject: Subject) -> bool:
    """Tell whether a deputy in office heads the supervision group of the subject's project."""
    held = select(SupervisionMember.heads).where(
        SupervisionMember.project_id == subject.get("project_id"),
        SupervisionMember.membership_id == actor.membership_id,
        SupervisionMember.heads,
    )
    return _in_office(session, actor, today, subject) and session.scalar(held) is not None


def _going(session: Session, actor: Bound, today: date, subject: Subject) -> bool:
    """Tell whether a deputy in office goes on the subject's inspection."""
    held = select(InspectionMember.membership_id).where(
        InspectionMember.inspection_id == subject.get("inspection_id"),
        InspectionMember.membership_id == actor.membership_id,
    )
    return _in_office(session, actor, today, subject) and session.scalar(held) is not None


def _screen(session: Session, actor: Bound, _today: date, subject: Subject) -> bool:
    """Tell whether a screen was let in to the subject's meeting, or to the meeting of its round."""
    if actor.meeting_id is None:
        return False
    if subject.get("meeting_id") == actor.meeting_id:
        return True
    held = select(Round.id).where(Round.id == subject.get("round_id"), Round.meeting_id == actor.meeting_id)
    return session.scalar(held) is not None


def carried_by(*departments: UUID) -> ColumnElement[bool]:
    """Return the condition that one of some departments carries a project out, alone or with others."""
    partner = (
        select(ProjectPartner.project_id)
        .where(leads(ProjectPartner.project_id, Project), ProjectPartner.department_id.in_(departments))
        .exists()
    )
    return or_(Project.department_id.in_(departments), partner)


def congresses_below(session: Session, congress: UUID) -> tuple[UUID, ...]:
    """Return the congresses directly under one, whose published rows it sees beside its own."""
    below = select(Congress.id).where(Congress.parent_id == congress).order_by(Congress.code)
    return tuple(session.scalars(below))


def stage_is_open(session: Session, stage: str, subject: Subject) -> bool:
    """Tell whether a stage is running in the cycle of the subject's project."""
    project = subject.get("project_id")
    state = session.scalar(
        select(CycleStage.state)
        .join(
            Project,
            and_(Project.congress_id == CycleStage.congress_id, Project.cycle_id == CycleStage.cycle_id),
        )
        .where(Project.id == project, CycleStage.stage == stage)
    )
    return state == "running"


RELATIONS: Mapping[Relation, Callable[[Session, Bound, date, Subject], bool]] = {
    Relation.OWN_ACCOUNT: _own_account,
    Relation.IN_OFFICE: _in_office,
    Relation.RESPONSIBLE: _responsible,
    Relation.LEADING: _leading,
    Relation.CONCERNED: _concerned,
    Relation.AUTHOR: _author,
    Relation.ON_ROLL: _on_roll,
    Relation.OFFICER: _on_duty("chief", "scrutineer", "teller"),
    Relation.SCRUTINEER: _on_duty("chief", "scrutineer"),
    Relation.CHIEF: _on_duty("chief"),
    Relation.TELLER: _on_duty("teller"),
    Relation.SCREEN: _screen,
    Relation.HEADING: _heading,
    Relation.GOING: _going,
}
