"""Wishes: counted and paged in the database, the screened ones alone, in few statements."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from dashboard.gate import PUBLIC, Actor, Call
from dashboard.queries.cycles import shown_year
from dashboard.queries.orders import picture, wishes
from dashboard.rules.order_frames import Wanted
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.cycle import Cycle, CycleStage
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.orders import Candidate, CandidateOrder, Order
from dashboard.store.tables.voting import Round
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person
from tests.conftest import NOW
from tests.rounds import plant_tie
from tests.statements import heard

OWN = key_of("congress", COUNTY)
SECRET = "尚未梳理的建议，不应公开"


def reading(store: Store, actor: Actor = PUBLIC, code: str = COUNTY) -> Call:
    return call_of(store, actor, code, writes=False)


def cycle_id(store: Store, year: int = 2025) -> UUID:
    with store.system().reading() as session:
        return session.scalars(select(Cycle.id).where(Cycle.congress_id == OWN, Cycle.year == year)).one()


def plant(store: Store, **changes: Any) -> UUID:
    """Plant a wish that was only received."""
    values: dict[str, Any] = {
        "congress_id": OWN, "id": new_id(), "cycle_id": cycle_id(store), "merged_into_id": None, "number": 9000,
        "text": SECRET, "category": "其他", "area_code": None, "channel": "web", "received_on": date(2024, 9, 2),
        "state": "received", "published_at": None,
    }  # fmt: skip
    row = Order(**values | changes)
    with store.system().writing() as session:
        session.add(row)
    return UUID(str((values | changes)["id"]))


def listed(
    store: Store, wanted: Wanted | None = None, actor: Actor = PUBLIC, first: int = 0, rows: int = 50
) -> Any:
    return wishes(reading(store, actor), 2025, False, wanted or Wanted(), first, rows)


def test_the_funnel_says_how_many_were_left_after_each_step(demo_store: Store) -> None:
    shown = picture(reading(demo_store), 2025, False)
    funnel = shown.funnel
    steps = (funnel.collected, funnel.merged, funnel.reserve, funnel.candidates, funnel.chosen)
    assert steps == (1286, 412, 38, 12, 10)
    for slices in (shown.categories, shown.areas, shown.channels, shown.states):
        assert sum(one.count for one in slices) == shown.published == 1286
        assert [one.count for one in slices] == sorted((one.count for one in slices), reverse=True)
    assert sum(n for one in shown.categories for _, n in one.states) == 1286


def test_a_cycle_that_collects_now_knows_its_first_steps_only(demo_store: Store) -> None:
    shown = picture(reading(demo_store), 2026, False)
    assert shown.funnel.collected is not None
    assert (shown.funnel.reserve, shown.funnel.candidates, shown.funnel.chosen) == (None, None, None)
    assert shown.collecting is not None
    assert shown.collecting.state == "running"
    assert (shown.running, shown.published, shown.candidates) == (None, 0, ())


def test_another_cycle_that_collects_now_is_told(demo_store: Store) -> None:
    running = picture(reading(demo_store), 2025, False).running
    assert running is not None
    assert running.year == 2026
    with demo_store.system().writing() as session:
        session.execute(
            update(CycleStage)
            .where(CycleStage.congress_id == OWN, CycleStage.state == "running")
            .values(state="ended")
        )
    assert picture(reading(demo_store), 2025, False).running is None


@pytest.mark.parametrize("role", [None, Role.CLERK, Role.LEADER])
def test_a_wish_that_was_only_received_is_nobodys_to_read_here(demo_store: Store, role: Role | None) -> None:
    plant(demo_store)
    actor = PUBLIC if role is None else person(demo_store, role)
    shown = picture(reading(demo_store, actor), 2025, False)
    assert shown.published == 1286
    assert "其他" not in {one.key for one in shown.categories}
    assert listed(demo_store, Wanted(q=SECRET), actor).total == 0
    assert listed(demo_store, actor=actor).total == 1286


def test_a_link_that_is_not_published_leads_nowhere(demo_store: Store) -> None:
    order = plant(demo_store, published_at=NOW, text="已公开的一条")
    with demo_store.system().writing() as session:
        candidate = session.scalars(
            select(Candidate.id).where(Candidate.cycle_id == cycle_id(demo_store), Candidate.number == 1)
        ).one()
        session.add(
            CandidateOrder(congress_id=OWN, candidate_id=candidate, order_id=order, published_at=None)
        )
    behind = listed(demo_store, Wanted(candidate=1), rows=100)
    assert 9000 not in {wish.number for wish in behind.rows}
    (found,) = listed(demo_store, Wanted(q="已公开的一条")).rows
    assert found.candidates == ()


def test_the_wishes_behind_a_candidate_are_as_many_as_it_says(demo_store: Store) -> None:
    shown = picture(reading(demo_store), 2025, False)
    for line in shown.candidates:
        behind = listed(demo_store, Wanted(candidate=line.number), rows=100)
        assert behind.total == len(behind.rows) == line.wishes
        assert all(line.number in wish.candidates for wish in behind.rows)


def test_every_wish_stands_on_one_page_whatever_the_order(demo_store: Store) -> None:
    for sort in ("", "-number", "day", "-category", "area", "channel", "-state"):
        numbers = [
            wish.number
            for first in range(0, 1300, 500)
            for wish in listed(demo_store, Wanted(sort=sort), first=first, rows=500).rows
        ]
        assert len(numbers) == len(set(numbers)) == 1286


def test_what_is_asked_for_is_what_is_found(demo_store: Store) -> None:
    by_category = listed(demo_store, Wanted(category="交通出行", state="reserve"), rows=500)
    assert by_category.rows
    assert {(wish.category, wish.state) for wish in by_category.rows} == {("交通出行", "reserve")}
    area = picture(reading(demo_store), 2025, False).areas[0]
    assert listed(demo_store, Wanted(area=area.key)).total == area.count
    assert {wish.area for wish in listed(demo_store, Wanted(area=area.key)).rows} == {area.name}
    assert (
        listed(demo_store, Wanted(q="停水", channel="station")).total
        < listed(demo_store, Wanted(q="停水")).total
    )
    assert 12 in {wish.number for wish in listed(demo_store, Wanted(q="12")).rows}


@pytest.mark.parametrize("q", ["%", "_", "\\", "'; --", "没有人写过这句话", "99999999999999999999"])
def test_a_search_is_text_and_nothing_else(demo_store: Store, q: str) -> None:
    assert listed(demo_store, Wanted(q=q)).total == 0


def test_a_merged_wish_names_what_it_went_into(demo_store: Store) -> None:
    merged = listed(demo_store, Wanted(state="merged"), rows=500).rows
    assert all(wish.into is not None or wish.candidates for wish in merged)
    assert any(wish.candidates for wish in merged)


def test_nothing_of_a_vote_shows_before_its_announcement(demo_store: Store) -> None:
    """Also where the candidates' own rows, which the screening wrote, know more."""
    with demo_store.system().writing() as session:
        session.execute(update(Round).where(Round.cycle_id == cycle_id(demo_store)).values(published_at=None))
        session.execute(
            update(Candidate).where(Candidate.cycle_id == cycle_id(demo_store)).values(state="chosen")
        )
    for actor in (PUBLIC, person(demo_store, Role.CLERK)):
        shown = picture(reading(demo_store, actor), 2025, False)
        assert {(line.state, line.votes, line.round_id, line.project) for line in shown.candidates} == {
            (None, None, None, None)
        }
        assert shown.funnel.chosen is None


def test_a_candidate_that_was_tied_is_what_the_run_off_made_of_it(demo_store: Store) -> None:
    tie = plant_tie(demo_store)
    lines = picture(reading(demo_store, code=TOWNSHIP), 2025, False).candidates
    decided = {line.state: line for line in lines if line.round_id == str(tie.runoff)}
    assert set(decided) == {"chosen", "beyond"}
    assert decided["chosen"].project == 3
    assert decided["beyond"].project is None


def test_kept_frames_speak_the_language_they_were_asked_in(demo_store: Store) -> None:
    call = reading(demo_store)
    chinese, english = (picture(call, 2025, spoken) for spoken in (False, True))
    assert [one.key for one in chinese.areas] == [one.key for one in english.areas]
    assert {one.name for one in chinese.areas}.isdisjoint({one.name for one in english.areas})


def test_the_page_of_wishes_asks_the_database_nine_times_at_most(demo_store: Store) -> None:
    call = reading(demo_store)
    with call.snapshot(), heard(demo_store) as said:
        year = shown_year(call)
        picture(call, year, False)
        whole = len([one for one in said if one.startswith("SELECT")])
        wishes(call, year, False, Wanted(category="教育", sort="-day"), 50, 50)
        every = len([one for one in said if one.startswith("SELECT")])
    # The cycles and their topics' versions, six for the whole (its documents with them), two for a page of the list.
    assert whole <= 9
    assert every - whole == 2
    assert not any("ballots" in one or "participations" in one for one in said)
