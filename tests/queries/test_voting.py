"""What the rounds tell, and to whom: the public knows a round by its announcement alone."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import update

from dashboard.gate import PUBLIC
from dashboard.queries.voting import last_adoption, round_result, rounds
from dashboard.rules.roles import Role
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.voting import Round
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal
from tests.rounds import ITEM, adoption, plant_round, plant_tie
from tests.statements import heard

PUBLISHED = datetime(2025, 1, 8, tzinfo=UTC)


def reading(store: Store, actor=PUBLIC, code: str = TOWNSHIP):  # type: ignore[no-untyped-def]
    return call_of(store, actor, code, writes=False)


def test_an_announced_round_tells_why_each_item_ended_as_it_did(demo_store: Store) -> None:
    row = adoption(demo_store, COUNTY)
    result = round_result(reading(demo_store, code=COUNTY), 2025, row.id)
    assert (result.line.candidates, result.line.chosen, result.line.tied) == (12, 10, 0)
    assert [outcome.number for outcome in result.outcomes] == [bar.number for bar in result.tally.bars]
    assert [outcome.facts["votes"] for outcome in result.outcomes] == [bar.votes for bar in result.tally.bars]
    assert [outcome.project for outcome in result.outcomes] == [*range(1, 11), None, None]
    assert result.digest == row.box_digest
    values = {rule.name: rule.value for rule in result.rules}
    assert (values["threshold"], values["write_in"], values["secret"]) == ("1/2", "no", "yes")


@pytest.mark.parametrize("hidden", [{"state": "open"}, {"state": "closed"}, {"state": "announced"}])
def test_the_public_learns_nothing_of_a_round_before_its_announcement(
    demo_store: Store, hidden: dict[str, str]
) -> None:
    planted = plant_round(demo_store, **hidden)
    assert len(rounds(reading(demo_store), 2025).rows) == 1
    assert refusal(round_result, reading(demo_store), 2025, planted) == "not_found"
    stranger = person(demo_store, Role.LEADER, COUNTY)
    assert refusal(round_result, reading(demo_store, stranger), 2025, planted) == "not_found"


def test_a_published_round_that_is_still_open_is_not_announced(demo_store: Store) -> None:
    planted = plant_round(demo_store, state="open", published_at=PUBLISHED)
    assert len(rounds(reading(demo_store), 2025).rows) == 1
    assert refusal(round_result, reading(demo_store), 2025, planted) == "not_found"


@pytest.mark.parametrize("state", ["open", "announced"])
def test_a_member_sees_that_a_round_exists_and_nothing_in_it(demo_store: Store, state: str) -> None:
    planted = plant_round(demo_store, state=state)
    call = reading(demo_store, person(demo_store, Role.CLERK, TOWNSHIP))
    line = next(row for row in rounds(call, 2025).rows if row.round_id == str(planted))
    assert line.state == ("closed" if state == "announced" else "open")
    assert (line.candidates, line.chosen, line.present, line.announcement) == (0, 0, None, None)
    result = round_result(call, 2025, planted)
    assert result.line == line
    assert (result.tally.bars, result.outcomes, result.rules, result.digest) == ((), (), (), None)
    assert ITEM not in repr(result)


def test_a_round_is_found_in_its_own_cycle_and_congress_only(demo_store: Store) -> None:
    row = adoption(demo_store)
    assert refusal(round_result, reading(demo_store), 2026, row.id) == "not_found"
    assert refusal(round_result, reading(demo_store, code=COUNTY), 2025, row.id) == "not_found"
    assert refusal(round_result, reading(demo_store), 2025, new_id()) == "not_found"


def test_a_tie_and_its_run_off_name_each_other(demo_store: Store) -> None:
    tie = plant_tie(demo_store)
    call = reading(demo_store)
    first, runoff = (round_result(call, 2025, one) for one in (tie.first, tie.runoff))
    assert [UUID(one.round_id) for one in first.after] == [tie.runoff]
    assert first.before is None
    assert runoff.before is not None
    assert UUID(runoff.before.round_id) == tie.first
    assert (first.line.tied, first.line.chosen, runoff.line.chosen) == (2, 2, 1)
    assert runoff.tally.runoff
    assert [row.round_id for row in rounds(call, 2025).rows] == [str(tie.first), str(tie.runoff)]
    assert [one.project for one in runoff.outcomes] == [3, None]


def test_a_cycle_that_has_not_voted_says_when_it_will(demo_store: Store) -> None:
    found = rounds(reading(demo_store), 2026)
    assert found.rows == ()
    assert found.opens is not None
    assert found.closes is not None
    assert last_adoption(reading(demo_store), 2026) is None


def test_no_page_of_rounds_reads_ballots_rolls_or_who_took_part(demo_store: Store) -> None:
    tie = plant_tie(demo_store)
    call = reading(demo_store)
    with call.snapshot(), heard(demo_store) as said:
        rounds(call, 2025)
        listed = sum(one.startswith("SELECT") for one in said)
        round_result(call, 2025, tie.first)
        every = sum(one.startswith("SELECT") for one in said)
    closed = ("ballots", "participations", "round_rolls", "check_ins", "round_officers")
    assert not any(table in one for one in said for table in closed)
    # Three for the list and the versions of the topics; five for one round, one of them how the rounds follow from
    # each other, one the hosts that may be linked.
    assert listed <= 4
    assert every - listed == 5


def test_the_votes_shown_settle_a_tie_by_its_announced_run_off(demo_store: Store) -> None:
    tie = plant_tie(demo_store)
    tally = last_adoption(reading(demo_store), 2025)
    assert tally is not None
    assert [(bar.state, bar.runoff) for bar in tally.bars][2:4] == [("chosen", True), ("beyond", True)]
    with demo_store.system().writing() as session:
        session.execute(update(Round).where(Round.id == tie.runoff).values(published_at=None))
    open_still = last_adoption(reading(demo_store), 2025)
    assert open_still is not None
    assert [bar.state for bar in open_still.bars][2:4] == ["tied", "tied"]


def test_an_address_is_linked_only_where_it_is_official_or_of_the_named_press(demo_store: Store) -> None:
    result = round_result(reading(demo_store), 2025, adoption(demo_store).id)
    linked = {rule.name: rule.address for rule in result.rules if rule.address}
    assert set(linked) == {"form"}
    assert linked["form"].startswith("http://www.sn.xinhuanet.com/")
    assert any("http" in rule.source for rule in result.rules if rule.address is None)
