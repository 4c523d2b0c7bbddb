"""How the rounds of a cycle follow from each other, read past the row filter: what was annulled is nobody's page."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.round_links import Link, Links
from dashboard.store.core import table_of
from dashboard.store.tables.voting import Round


def links_of(session: Session, congress: UUID, round_id: UUID) -> Links:
    """Return every round of the cycle that a round belongs to, as it stands now.

    Core on purpose: a run-off that was repeated leads from the repetition to the round whose tie it decides, and the
    public may read the two of them. Only ids and states leave here.
    """
    table = table_of(Round)
    own = select(table.c.cycle_id).where(table.c.congress_id == congress, table.c.id == round_id)
    rows = session.connection().execute(
        select(table.c.id, table.c.after_id, table.c.state, table.c.facts).where(
            table.c.congress_id == congress, table.c.cycle_id == own.scalar_subquery()
        )
    )
    return {
        row.id: Link(row.after_id, row.state, (row.facts or {}).get("outcome", {}).get("state"))
        for row in rows
    }
