"""The turnout of a round: who is on its roll, there, and took part; never who, never what."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from dashboard.rules.board import Delegation, Turnout, quorum_of, turnout_of
from dashboard.rules.rule_sets import Rules
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Delegation as Sitting
from dashboard.store.tables.sealing import PaperSheet
from dashboard.store.tables.voting import CheckIn, Participation, RollEntry, Round

PAPER, HAND = "paper", "hand"


@dataclass(frozen=True, slots=True)
class Group:
    """One delegation on the roll; `paper` counts who took a ballot on paper."""

    told: Delegation
    paper: int


def groups(session: Session, round_id: UUID) -> list[Group]:
    """Return who is on the roll, there, and took part, by delegation: one statement on the roll's index."""
    took = Participation.membership_id.is_not(None)
    there = and_(
        CheckIn.membership_id.is_not(None),
        or_(CheckIn.means != HAND, CheckIn.confirmed_by.is_not(None)),
        CheckIn.left_at.is_(None),
    )
    rows = session.execute(
        select(
            Sitting.name,
            func.count(),
            func.sum(case((or_(there, took), 1), else_=0)),
            func.sum(case((took, 1), else_=0)),
            func.sum(case((Participation.channel == PAPER, 1), else_=0)),
        )
        .select_from(RollEntry)
        .outerjoin(
            CheckIn,
            and_(
                CheckIn.congress_id == RollEntry.congress_id,
                CheckIn.round_id == RollEntry.round_id,
                CheckIn.membership_id == RollEntry.membership_id,
            ),
        )
        .outerjoin(
            Participation,
            and_(
                Participation.congress_id == RollEntry.congress_id,
                Participation.round_id == RollEntry.round_id,
                Participation.membership_id == RollEntry.membership_id,
            ),
        )
        .outerjoin(Sitting, leads(RollEntry.delegation_id, Sitting))
        .where(RollEntry.round_id == round_id)
        .group_by(Sitting.name, Sitting.position)
        .order_by(Sitting.position.is_(None), Sitting.position)
    )
    return [
        Group(Delegation(name, entitled, present, voted), paper)
        for name, entitled, present, voted, paper in rows
    ]


def turnout(session: Session, row: Round, rules: Rules | None, found: Sequence[Group]) -> Turnout:
    """Return the turnout as the close stored it, and before as it stands now."""
    if row.recovered is not None:
        pressed = None if row.issued is None else max(row.issued - row.recovered, 0)
        return Turnout(
            row.entitled, row.present, row.issued, row.recovered, pressed,
            quorum_of(row.entitled, rules), sum(one.paper for one in found), row.valid, row.invalid,
        )  # fmt: skip
    paper = sum(one.paper for one in found)
    sheets = 0
    if row.on_paper:
        sheets = (
            session.scalar(
                select(func.count(PaperSheet.number.distinct())).where(PaperSheet.round_id == row.id)
            )
            or 0
        )
    entitled = row.entitled if row.entitled is not None else sum(one.told.entitled for one in found) or None
    voted = sum(one.told.voted or 0 for one in found)
    return turnout_of(entitled, sum(one.told.present for one in found), voted - paper, paper, sheets, rules)
