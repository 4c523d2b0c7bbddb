"""Which cycle a page shows."""

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.queries.projects import current_year
from dashboard.rules.refused import Refused
from dashboard.store.tables.cycle import Cycle


@query("overview.read", "cycle")
def shown_year(call: Call) -> int:
    """Return the cycle that a page shows: the one its address names, else the one carried out today."""
    known = set(call.session.scalars(select(Cycle.year)))
    year = call.year if call.year is not None else current_year(call.session, call.today)
    if year is None or year not in known:
        raise Refused("no_cycle")
    return year
