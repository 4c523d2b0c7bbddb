"""Who reads of a round what is not published: one rule for its papers and for what they are made from."""

from dashboard.gate import Call
from dashboard.relations import RELATIONS
from dashboard.rules.roles import Relation, Role
from dashboard.rules.round_frames import ANNOUNCED
from dashboard.rules.round_papers import may_read_inside
from dashboard.store.tables.voting import Round

READERS = frozenset({Role.CLERK, Role.PRESIDIUM})


def is_inside(call: Call, row: Round) -> bool:
    """Tell whether who asks reads the papers of a round that are not published."""
    watches = call.role is Role.DEPUTY and RELATIONS[Relation.SCRUTINEER](
        call.session, call.actor, call.today, {"round_id": row.id}
    )
    shows = row.rules.get("values", {}).get("show_at_seal", {}).get("value") is True
    return may_read_inside(
        call.role in READERS,
        is_scrutineer=watches,
        is_leader=call.role is Role.LEADER,
        is_announced=row.state == ANNOUNCED and row.published_at is not None,
        shows_at_seal=shows,
    )
