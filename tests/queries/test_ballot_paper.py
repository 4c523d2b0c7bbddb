"""What the voting page reads: the list once for all, one's own standing each time, and never a ballot."""

from dashboard.commands.rounds_prepare import discard_round, thaw_round
from dashboard.gate import Ground
from dashboard.queries.ballot_paper import ballot_paper, own_standing
from dashboard.rules.roles import Role
from dashboard.store.tables.voting import CheckIn
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal
from tests.commands.sessions import session_of
from tests.planting_rounds import deputy, open_round, voted
from tests.statements import heard


def test_a_hall_of_deputies_reads_the_list_once(demo_store: Store) -> None:
    opened = open_round(demo_store)
    ground = Ground(demo_store, Versions(demo_store))
    actors = [deputy(demo_store, seat) for seat in opened.roll[:3]]
    with heard(demo_store) as said:
        for actor in actors:
            ballot_paper(call_of(demo_store, actor, writes=False, ground=ground), opened.id)
    # The list once, and once the documents of what stands on it.
    for table in ("round_options", "candidate_documents"):
        assert sum(table in statement for statement in said) == 1, table
    with heard(demo_store) as said:
        own_standing(call_of(demo_store, actors[0], writes=False, ground=ground), opened.id)
    # The congress of the call, the state, the relation, the own rows.
    assert len(said) == 4
    assert not any("ballots" in statement for statement in said)


def test_a_check_in_by_hand_waits_for_its_confirmation(demo_store: Store) -> None:
    opened = open_round(demo_store, present=[])
    seat, scrutineer = opened.roll[:2]
    actor = deputy(demo_store, seat)

    def door() -> str | None:
        return own_standing(call_of(demo_store, actor, writes=False), opened.id).door

    assert door() == "absent"
    own = {"congress_id": opened.congress_id, "round_id": opened.id, "membership_id": seat}
    with demo_store.system().writing() as session:
        session.add(CheckIn(**own, means="hand", confirmed_by=None, left_at=None))
    assert door() == "absent"
    with demo_store.system().writing() as session:
        session.get_one(CheckIn, tuple(own.values())).confirmed_by = scrutineer
    assert door() is None


def test_that_a_seat_voted_is_told_to_that_seat_alone(demo_store: Store) -> None:
    opened = open_round(demo_store)
    voted(demo_store, opened, opened.roll[0])
    first, other = (deputy(demo_store, seat) for seat in opened.roll[:2])
    assert own_standing(call_of(demo_store, first, writes=False), opened.id).voted
    assert not own_standing(call_of(demo_store, other, writes=False), opened.id).voted


def test_a_draft_is_not_there_before_its_freeze_nor_after_a_thaw(demo_store: Store) -> None:
    played = session_of(demo_store)
    voter = person(demo_store, Role.DEPUTY, seat=played.seats[9])

    def state() -> str:
        return ballot_paper(played.call(voter, writes=False), played.round_id).state

    assert refusal(state) == "not_found"
    played.check()
    assert state() == "checked"
    thaw_round(played.call(played.clerk), played.round_id)
    assert refusal(state) == "not_found"
    discard_round(played.call(played.clerk), played.round_id, "不再需要")
    assert refusal(state) == "not_found"


def test_only_deputies_of_the_congress_read_it(demo_store: Store) -> None:
    opened = open_round(demo_store)
    for role in (Role.CLERK, Role.LEADER, Role.PRESIDIUM):
        call = call_of(demo_store, person(demo_store, role), writes=False)
        assert refusal(ballot_paper, call, opened.id) == "not_allowed"
    theirs = call_of(demo_store, person(demo_store, Role.DEPUTY, TOWNSHIP), COUNTY, writes=False)
    assert refusal(ballot_paper, theirs, opened.id) == "not_allowed"
