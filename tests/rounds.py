"""A tie and its run-off, planted into the demonstration as the store would keep them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.voting import Count, Round, RoundOption, RoundProject
from dashboard.store.transactions import Store
from tests.commands.people import TOWNSHIP

ITEM = "得票并列后再次表决的项目"


@dataclass(frozen=True)
class Tie:
    """The round that ended level, the one that decided it, and the project of its winner."""

    first: UUID
    runoff: UUID
    winner: UUID


def adoption(store: Store, code: str = TOWNSHIP, year: int = 2025) -> Round:
    """Return the adoption round of a congress that came with the demonstration: planted ones close later."""
    with store.system().reading() as session:
        return session.scalars(
            select(Round)
            .where(
                Round.congress_id == key_of("congress", code),
                Round.purpose == "adoption",
                Round.title.startswith(str(year)),
                Round.closed_at.is_not(None),
            )
            .order_by(Round.closed_at)
        ).first()  # type: ignore[return-value]


def plant_round(store: Store, code: str = TOWNSHIP, **changes: object) -> UUID:
    """Plant a round beside the adoption round of a congress, with one option and its count."""
    first = adoption(store, code)
    values = {
        column: getattr(first, column)
        for column in (
            "meeting_id",
            "cycle_id",
            "rule_set",
            "rules",
            "opened_at",
            "closed_at",
            "entitled",
            "present",
        )
    }
    values |= {"congress_id": first.congress_id, "id": new_id(), "after_id": None, "purpose": "adoption"}
    values |= {"title": "计划外的一轮", "state": "open", "places": 1, "published_at": None} | changes
    row = Round(**values)
    own = {
        "congress_id": first.congress_id,
        "round_id": row.id,
        "number": 1,
        "published_at": values["published_at"],
    }
    with store.system().writing() as session:
        session.add(row)
        session.flush()
        session.add(RoundOption(**own, name=ITEM))
        session.add(
            Count(**own, votes=17, state="chosen", reason="tally.reason.runoff_chosen", facts={"votes": 17})
        )
    return UUID(str(values["id"]))


def plant_tie(store: Store, code: str = TOWNSHIP) -> Tie:
    """Let the last chosen item of a round stand level with the next, and a run-off choose the former."""
    first = adoption(store, code)
    runoff = new_id()
    with store.system().writing() as session:
        places = first.places or 0
        counts = session.scalars(
            select(Count).where(Count.round_id == first.id).order_by(Count.votes.desc(), Count.number)
        ).all()
        level = counts[places - 1 : places + 1]
        votes = level[0].votes
        for count in level:
            count.votes, count.state, count.reason = votes, "tied", "tally.reason.tied"
            count.facts = {
                "votes": votes,
                "needed": first.threshold,
                "place": places,
                "places": places,
                "tied": 2,
            }
        became = session.scalars(
            select(RoundProject).where(
                RoundProject.round_id == first.id, RoundProject.number == level[0].number
            )
        ).one()
        winner = became.project_id
        session.delete(became)
        later = timedelta(hours=2)
        assert first.opened_at is not None
        assert first.closed_at is not None
        assert first.published_at is not None
        published = first.published_at + later
        session.add(
            Round(
                congress_id=first.congress_id, id=runoff, meeting_id=first.meeting_id, cycle_id=first.cycle_id,
                after_id=first.id, purpose="runoff", title=f"{first.title}（再次表决）", state="announced",
                rule_set=first.rule_set, rules=first.rules, places=1, opened_at=first.opened_at + later,
                closed_at=first.closed_at + later, entitled=first.entitled, present=first.present,
                issued=first.issued, recovered=first.recovered, valid=first.valid, invalid=first.invalid,
                threshold=None, box_digest="0f" * 32, announcement="主席团公告（第3号）", published_at=published,
            )
        )  # fmt: skip
        session.flush()
        for place, (count, votes, state) in enumerate(
            zip(level, (25, 22), ("chosen", "beyond"), strict=True), 1
        ):
            option = session.get_one(RoundOption, (first.congress_id, first.id, count.number))
            own = {"congress_id": first.congress_id, "round_id": runoff, "number": count.number}
            session.add(
                RoundOption(**own, name=option.name, candidate_id=option.candidate_id, published_at=published)
            )
            facts = {"votes": votes, "place": place, "places": 1, "tied": 0}
            reason = f"tally.reason.runoff_{state}"
            session.add(
                Count(**own, votes=votes, state=state, reason=reason, facts=facts, published_at=published)
            )
        session.flush()
        own = {"congress_id": first.congress_id, "round_id": runoff, "number": level[0].number}
        session.add(RoundProject(**own, project_id=winner, published_at=published))
    return Tie(first.id, runoff, winner)
