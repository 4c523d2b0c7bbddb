"""What the papers of a round say, read in one snapshot: for those inside before they are published, then for all."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.gate import Call, query
from dashboard.i18n import DEFAULT, SHANGHAI
from dashboard.queries.inside import is_inside
from dashboard.queries.round_steps import officers, replaced, steps
from dashboard.rules.boxes import count_box, read_box
from dashboard.rules.outcomes import Attendance
from dashboard.rules.reasons import Reason
from dashboard.rules.refused import Refused
from dashboard.rules.round_frames import ANNOUNCED
from dashboard.rules.round_papers import BEYOND, CHOSEN, SEALED, TIED, Channel, Head, PaperItem, RoundPaper
from dashboard.rules.rounds import decided_state
from dashboard.rules.rule_sets import ADOPTION, needs_confirmation, read_rule_set, rules_of
from dashboard.store.joins import leads, same_line
from dashboard.store.tables.congress import Congress, Meeting
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.record import ActHead
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count, Round, RoundOption
from dashboard.store.witness import part_digest

# An assessment's grades are announced in another way.
VOTED = ("adoption", "runoff", "second")


@query("document.read")
def round_paper(call: Call, round_id: UUID) -> RoundPaper:
    """Return what every paper of a sealed round is made from; whoever is not inside is refused."""
    row, meeting, year = _found(call, round_id)
    if not is_inside(call, row):
        raise Refused("not_allowed" if call.is_member else "not_found")
    if row.state not in SEALED or row.box_digest is None or row.valid is None:
        raise Refused("paper_too_early")
    return _paper(call, row, meeting, year, _facts(call.session, row))


@query("round.read", "voting", "cycle")
def announced_paper(call: Call, round_id: UUID) -> RoundPaper | None:
    """Return what the announcement of a round says, as far as its published counts tell it.

    None of a round that is not announced, or of which the votes are not published: then only what was issued is told.
    """
    row, meeting, year = _found(call, round_id)
    if row.state != ANNOUNCED or row.published_at is None or row.box_digest is None or row.valid is None:
        return None
    if row.purpose not in VOTED or row.rules.get("kind") != ADOPTION:
        return None
    if row.rules["values"]["publish_votes"]["value"] != "numbers":
        return None
    # A page counts no ballots: what only a recount would tell is left to the papers.
    return _paper(call, row, meeting, year, row.facts or {})


def _found(call: Call, round_id: UUID) -> tuple[Round, str | None, int]:
    found = call.session.execute(
        select(Round, Meeting.name, Cycle.year)
        .join(Cycle, leads(Round.cycle_id, Cycle))
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(Round.id == round_id)
    ).one_or_none()
    if found is None:
        raise Refused("not_found")
    row, meeting, year = found
    return row, meeting, year


def _paper(call: Call, row: Round, meeting: str | None, year: int, facts: Mapping[str, Any]) -> RoundPaper:
    session, place = call.session, call.place
    rule_set = read_rule_set(row.rules)
    rules = rules_of(rule_set)
    closed = None if row.closed_at is None else row.closed_at.astimezone(SHANGHAI).date()
    told = None if row.published_at is None else row.published_at.astimezone(SHANGHAI).date()
    head = session.get(ActHead, call.congress_id) if call.is_member else None
    return RoundPaper(
        # Papers are in Chinese, whatever language the page is read in.
        congress=session.scalars(select(Congress.name_zh).where(Congress.id == call.congress_id)).one(),
        simulated=place is not None and place.simulated,
        year=year,
        round_id=str(row.id),
        title=row.title,
        purpose=row.purpose,
        state=row.state,
        meeting=meeting,
        announcement=row.announcement,
        announced_on=told,
        closed_on=closed,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        rule_set=row.rule_set,
        rule_name=rule_set.name[DEFAULT],
        rules=rules,
        places=row.places or 0,
        threshold=row.threshold,
        attendance=_attendance(row, facts),
        valid=row.valid or 0,
        invalid=row.invalid or 0,
        channels={name: Channel(**told) for name, told in facts.get("channels", {}).items()},
        items=_items(session, row, facts.get("settled")),
        outcome=_outcome(facts.get("outcome")),
        faults=facts.get("faults", {}),
        digest=row.box_digest or "",
        officers=officers(session, row.id) if call.is_member else (),
        replaced=replaced(session, row.id) if call.is_member else (),
        steps=steps(session, row) if call.is_member else (),
        corrections=tuple(facts.get("corrections", ())),
        settled_sheets=facts.get("settled_sheets"),
        warnings=needs_confirmation(rules),
        is_confirmed=row.rules_confirmed_by is not None,
        head=None if head is None else Head(head.number, head.digest),
        stands_on=part_digest(session, call.congress_id, row.id, "round"),
    )


def _facts(session: Session, row: Round) -> Mapping[str, Any]:
    """Return what the count said beside the numbers; of a loaded round, whose row has none, from its box."""
    if row.facts is not None:
        return row.facts
    body = session.scalar(select(SealedBox.body).where(SealedBox.round_id == row.id))
    if body is None:
        return {}
    outcome = count_box(read_box(body.encode(), row.box_digest))
    faults: dict[str, int] = {}
    for _, reason in outcome.faults:
        faults[reason.code] = faults.get(reason.code, 0) + 1
    return {"outcome": {"code": outcome.reason.code, "facts": outcome.reason.facts}, "faults": faults}


def _attendance(row: Round, facts: Mapping[str, Any]) -> Attendance:
    sheets = facts.get("channels", {}).get("paper", {})
    return Attendance(
        row.entitled or 0,
        row.present or 0,
        row.issued or 0,
        row.recovered or 0,
        sheets.get("issued", 0),
        sheets.get("recovered", 0),
    )


def _outcome(told: Mapping[str, Any] | None) -> Reason | None:
    return None if told is None else Reason(told["code"], told["facts"])


def _items(session: Session, row: Round, settled: list[int] | None) -> tuple[PaperItem, ...]:
    """Return the items in the order of the result; a second tie as the presidium decided it."""
    rows = session.execute(
        select(RoundOption.number, RoundOption.name, Count)
        .join(Count, same_line(Count, RoundOption))
        .where(RoundOption.round_id == row.id)
    ).all()
    found = [
        PaperItem(
            number,
            name,
            count.votes,
            count.against,
            count.abstained,
            decided_state(count.state, number, settled, count.reason),
            Reason(count.reason, count.facts),
        )
        for number, name, count in rows
    ]
    places = {number: count.facts.get("place", 0) for number, _, count in rows}
    order = (CHOSEN, TIED, BEYOND)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                order.index(one.state) if one.state in order else len(order),
                places[one.number],
                -one.votes,
                one.number,
            ),
        )
    )
