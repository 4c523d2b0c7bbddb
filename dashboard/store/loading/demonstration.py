"""The simulated congresses: read, checked against one another and written in one transaction."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.topics import PUBLIC_TOPICS
from dashboard.store.loading.bulk import DEMONSTRATION, REFERENCE, insert_all, load_alone
from dashboard.store.loading.demonstration_assessment import (
    gather_assessments,
    gather_department_assessments,
)
from dashboard.store.loading.demonstration_cycle import gather_calendar, gather_cycles
from dashboard.store.loading.demonstration_inquiry import gather_inquiries, gather_promises
from dashboard.store.loading.demonstration_orders import gather_candidates, gather_funnels, gather_orders
from dashboard.store.loading.demonstration_people import gather_people
from dashboard.store.loading.demonstration_progress import (
    gather_drafts,
    gather_milestones,
    gather_partners,
    gather_plan_changes,
    gather_projects,
    gather_reports,
)
from dashboard.store.loading.demonstration_supervision import (
    gather_groups,
    gather_inspections,
    gather_remarks,
    gather_tasks,
    gather_weeks,
)
from dashboard.store.loading.demonstration_voting import gather_rounds
from dashboard.store.loading.gathering import Gathering
from dashboard.store.record import NewAct, append, raise_topics
from dashboard.store.sums import refresh_all
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress
from dashboard.store.transactions import Store
from dashboard.store.witness import PARTS as WITNESSED
from dashboard.store.witness import witness

RULE_SETS = REFERENCE / "rule_sets"
ACT = "demonstration_loaded"
ROUND_ACT = "round_loaded"
# Those referred to before those that refer.
PARTS = (
    gather_cycles,
    gather_candidates,
    gather_orders,
    gather_projects,
    gather_plan_changes,
    gather_milestones,
    gather_partners,
    gather_drafts,
    gather_funnels,
    gather_rounds,
    gather_reports,
    gather_inquiries,
    gather_promises,
    gather_groups,
    gather_inspections,
    gather_weeks,
    gather_remarks,
    gather_tasks,
    gather_assessments,
    gather_department_assessments,
    gather_calendar,
)


def load_demonstration(
    store: Store, now: datetime, root: Path = DEMONSTRATION, rule_sets: Path = RULE_SETS
) -> dict[str, int]:
    """Load the simulated congresses into a database that has none, and return how many rows went where.

    Areas must be loaded before. Raises BadRow, and leaves the database as it was, when a file has anything wrong or
    two files disagree: above all when a sealed box does not give the numbers that were announced.
    """
    with store.system().writing() as session:
        load_alone(session)
        if session.scalar(select(Congress.id).limit(1)) is not None:
            return {}
        gathering = _gathered(session, now, root, rule_sets)
        loaded = insert_all(session, gathering.rows)
        for row in gathering.rows[Congress]:
            _record(session, now, row["id"], gathering.digests[row["code"]])
        return loaded


def _gathered(session: Session, now: datetime, root: Path, rule_sets: Path) -> Gathering:
    """Gather every file, the congresses first."""
    parents = {area.code: area.parent_code for area in session.scalars(select(Area))}
    gathering = Gathering(root, rule_sets, frozenset(parents))
    gather_people(gathering, now, parents)
    for gather in PARTS:
        gather(gathering)
    return gathering


def _record(session: Session, now: datetime, congress: UUID, digests: dict[str, str]) -> None:
    """Compute the congress's sums, then write the load into its record: each box's digest, and each round's parts."""
    refresh_all(session, congress)
    raise_topics(session, congress, PUBLIC_TOPICS)
    rounds = [NewAct(ROUND_ACT, witness(session, congress, UUID(one), WITNESSED)) for one in digests]
    append(session, congress, None, now, [NewAct(ACT, digests), *rounds])
