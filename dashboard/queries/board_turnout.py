"""The turnout of a round: who is on its roll, there, and took part; never who, never what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from dashboard.rules.board import Delegation, Turnout, quorum_of, turnout_of
from dashboard.rules.rule_sets import Rules
from dashboard.store.joins import leads
from dashboard.store.paper import entered
from dashboard.store.seats import BEFORE_OPENING, in_office, is_there
from dashboard.store.tables.congress import Delegation as Sitting
from dashboard.store.tables.congress import Membership
from dashboard.store.tables.voting import CheckIn, Participation, RollEntry, Round

PAPER, ELECTRONIC = "paper", "electronic"


@dataclass(frozen=True, slots=True)
class Group:
    """One delegation on the roll; `paper` counts who took a ballot on paper."""

    told: Delegation
    paper: int


def groups(session: Session, row: Round, today: date) -> list[Group]:
    """Return who is entitled, there, and took part, by delegation: before the opening the seats in office."""
    base: Any = RollEntry
    seat, sits = RollEntry.membership_id, RollEntry.delegation_id
    among = RollEntry.round_id == row.id
    if row.state in BEFORE_OPENING:
        base, seat, sits = Membership, Membership.id, Membership.delegation_id
        among = Membership.id.in_(in_office(today))

    def of_seat(table: Any) -> ColumnElement[bool]:
        return and_(
            table.congress_id == base.congress_id, table.membership_id == seat, table.round_id == row.id
        )

    took = Participation.membership_id.is_not(None)
    there = and_(CheckIn.membership_id.is_not(None), is_there(CheckIn))
    rows = session.execute(
        select(
            Sitting.name,
            func.count(),
            func.sum(case((or_(there, took), 1), else_=0)),
            func.sum(case((took, 1), else_=0)),
            func.sum(case((Participation.channel == PAPER, 1), else_=0)),
        )
        .select_from(base)
        .outerjoin(CheckIn, of_seat(CheckIn))
        .outerjoin(Participation, of_seat(Participation))
        .outerjoin(Sitting, leads(sits, Sitting))
        .where(among)
        .group_by(Sitting.name, Sitting.position)
        .order_by(Sitting.position.is_(None), Sitting.position)
    )
    return [
        Group(Delegation(name, entitled, present, voted), paper)
        for name, entitled, present, voted, paper in rows
    ]


def turnout(session: Session, row: Round, rules: Rules | None, found: Sequence[Group]) -> Turnout:
    """Return the turnout as the close stored it, and before as it stands now."""
    paper = sum(one.paper for one in found)
    if row.recovered is not None:
        return _kept(row, rules, paper)
    # Not while they are entered: on the screen in the hall one teller would read how far the other is.
    compared = entered(session, row.congress_id, row.id).compared if row.on_paper else None
    sheets = 0 if compared is None else compared.sheets
    entitled = row.entitled if row.entitled is not None else sum(one.told.entitled for one in found) or None
    present = row.present if row.present is not None else sum(one.told.present for one in found)
    voted = sum(one.told.voted or 0 for one in found)
    return turnout_of(entitled, present, voted - paper, paper, sheets, rules)


def _kept(row: Round, rules: Rules | None, paper: int) -> Turnout:
    """Return the numbers that the close kept; who did not press is told of the electronic ballots alone."""
    channel = (row.facts or {}).get("channels", {}).get(ELECTRONIC, {})
    issued, recovered = channel.get("issued", row.issued), channel.get("recovered", row.recovered)
    return Turnout(
        entitled=row.entitled,
        present=row.present,
        issued=row.issued,
        recovered=row.recovered,
        not_pressed=None if issued is None else max(issued - recovered, 0),
        quorum=quorum_of(row.entitled, rules),
        paper=paper,
    )
