"""What can be taken away of the published facts: each row as printed, with its place and its source in full."""

from typing import Any

from sqlalchemy import Select, select

from dashboard.rules.data_frames import Dataset
from dashboard.store.tables.reference import (
    ReferenceFunnel,
    ReferenceMilestone,
    ReferenceProgress,
    ReferenceProject,
    ReferenceRegion,
    ReferenceSatisfaction,
)

WHERE = "region place area_code inferred year"
ARCHIVE: dict[str, tuple[Dataset, Select[*tuple[Any, ...]]]] = {}


def _offer(name: str, table: Any, columns: str, *fields: Any) -> None:
    region = ReferenceRegion
    statement = (
        select(
            table.region, region.plain_name, region.code, region.inferred, table.year, *fields, table.source
        )
        .select_from(table)
        .join(region, region.name == table.region)
        .order_by(table.id)
    )
    ARCHIVE[name] = (Dataset(name, tuple(f"{WHERE} {columns} source_url".split())), statement)


_offer(
    "projects",
    ReferenceProject,
    "stage name category category_by_keyword kind_of_project budget_yuan department votes voting",
    ReferenceProject.stage,
    ReferenceProject.name,
    ReferenceProject.category,
    ReferenceProject.category_guessed,
    ReferenceProject.kind,
    ReferenceProject.budget,
    ReferenceProject.department,
    ReferenceProject.votes_for,
    ReferenceProject.votes_total,
)
_offer(
    "progress",
    ReferenceProgress,
    "name month done_percent share_of invested_yuan note",
    ReferenceProgress.name,
    ReferenceProgress.month,
    ReferenceProgress.share,
    ReferenceProgress.share_of,
    ReferenceProgress.invested,
    ReferenceProgress.note,
)
_offer(
    "milestones",
    ReferenceMilestone,
    "name month planned_percent note",
    ReferenceMilestone.name,
    ReferenceMilestone.month,
    ReferenceMilestone.share,
    ReferenceMilestone.note,
)
_offer(
    "satisfaction",
    ReferenceSatisfaction,
    "name satisfied basically dissatisfied total body",
    ReferenceSatisfaction.name,
    ReferenceSatisfaction.satisfied,
    ReferenceSatisfaction.basically,
    ReferenceSatisfaction.dissatisfied,
    ReferenceSatisfaction.total,
    ReferenceSatisfaction.body,
)
_offer(
    "funnel",
    ReferenceFunnel,
    "level collected collected_as_printed steps candidates chosen voting method voters",
    ReferenceFunnel.level,
    ReferenceFunnel.collected,
    ReferenceFunnel.collected_text,
    ReferenceFunnel.steps,
    ReferenceFunnel.candidates,
    ReferenceFunnel.elected,
    ReferenceFunnel.deputies_voting,
    ReferenceFunnel.method,
    ReferenceFunnel.voters,
)
