"""The same ballots under other rules, for those who prepare the next cycle: the one query that reads a sealed box."""

from uuid import UUID

from sqlalchemy import and_, select

from dashboard.gate import Call, query
from dashboard.rules.board import rules_in
from dashboard.rules.boxes import read_box
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.what_if import WhatIf, analyse
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Round, RoundOption

# Before the announcement the count is the clerk's alone of the two.
COUNTED = frozenset({"counted", "signed", "reported", "announced"})


@query("what_if.read", "voting", "orders")
def what_if(call: Call, round_id: UUID, places: tuple[int, ...] = (), budget: int | None = None) -> WhatIf:
    """Return a counted round beside other numbers of places, a threshold of those present, and a budget in fen.

    Without a budget that of the chosen stands. A leader waits for the announcement, and is shown no votes that the
    rules of the round tell nobody.
    """
    found = call.session.execute(
        select(Round, Meeting.name, SealedBox.body)
        .join(SealedBox, and_(SealedBox.congress_id == Round.congress_id, SealedBox.round_id == Round.id))
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(Round.id == round_id, Round.purpose != "practice")
    ).one_or_none()
    if found is None:
        raise Refused("not_found")
    row, meeting, body = found
    told = row.state == "announced" and row.published_at is not None
    if row.state not in COUNTED or not (told or call.role is Role.CLERK):
        raise Refused("what_if_early")
    rules = rules_in(row.rules)
    if call.role is not Role.CLERK and (rules is None or rules.publish_votes != "numbers"):
        raise Refused("what_if_untold")
    box = read_box(body.encode(), row.box_digest)
    lines, own, others = analyse(box, _costs(call, round_id), places, budget)
    return WhatIf(row.title, meeting, told, lines, own, others)


def _costs(call: Call, round_id: UUID) -> dict[int, int | None]:
    """Return the sum of each line's candidate in fen."""
    rows = call.session.execute(
        select(RoundOption.number, Candidate.budget)
        .outerjoin(Candidate, leads(RoundOption.candidate_id, Candidate))
        .where(RoundOption.round_id == round_id)
    )
    return {row.number: row.budget for row in rows}
