"""After the close: the box is counted again, signed in order, reported; a second tie is the presidium's."""

import pytest
from sqlalchemy import update

from dashboard.commands.rounds_end import recount_round, report_round, settle_tie, sign_round
from dashboard.gate import PUBLIC
from dashboard.rules.refused import Refused
from dashboard.store.record import verify
from dashboard.store.tables.voting import Count, RoundOfficer
from dashboard.store.transactions import Store
from tests.commands.people import PASSWORD, refusal
from tests.commands.sessions import CONGRESS, Played, session_of, voted_on

TEN = "1 2 3 4 5 6 7 8 9 10"
# 321 in office: more than half is 161. Ten with 200 votes, two with none.
CLEAR = {TEN: 200}


def closed(store: Store) -> Played:
    return voted_on(store, CLEAR)


def counts(played: Played) -> list[tuple[int, int, str]]:
    return sorted((one.number, one.votes, one.state) for one in played.rows(Count))


def test_a_round_is_counted_signed_and_reported(loaded_store: Store) -> None:
    played = closed(loaded_store)
    before = counts(played)
    # The demonstration's rule: more than half of all 321 in office is 161.
    assert played.row().threshold == 161
    assert before == [(n, 200, "chosen") for n in range(1, 11)] + [(n, 0, "failed") for n in (11, 12)]
    played.report()
    assert played.row().state == "reported"
    assert counts(played) == before
    signed = {one.duty: one.signed_digest for one in played.rows(RoundOfficer)}
    digest = played.row().box_digest
    assert signed == {"chief": digest, "scrutineer": digest, "teller": None}
    assert played.acts()[-4:] == ["round_counted", "round_signed", "round_signed", "round_reported"]
    with loaded_store.system().reading() as session:
        assert verify(session, CONGRESS) is None


def test_a_changed_count_is_found_by_the_second_and_recorded(demo_store: Store) -> None:
    played = closed(demo_store)
    with demo_store.system().writing() as session:
        session.execute(
            update(Count).where(Count.round_id == played.round_id, Count.number == 11).values(votes=1)
        )
    answer = recount_round(played.call(played.chief), played.round_id)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.facts) == ("recount_differs", {"n": 1})
    assert (played.row().state, played.acts()[-1]) == ("closed", "round_recount_differs")


def test_a_round_whose_sheets_are_not_entered_is_not_counted(demo_store: Store) -> None:
    played = session_of(demo_store, on_paper=True)
    played.open()
    played.together("close")
    assert refusal(recount_round, played.call(played.clerk), played.round_id) == "round_not_sealed"


def test_who_counts_a_second_time(demo_store: Store) -> None:
    played = closed(demo_store)
    for actor, code in (
        (played.teller, "not_yours"), (played.leader, "not_allowed"), (PUBLIC, "sign_in_first"),
    ):  # fmt: skip
        assert refusal(recount_round, played.call(actor), played.round_id) == code
    assert recount_round(played.call(played.scrutineer), played.round_id) is None
    assert refusal(recount_round, played.call(played.clerk), played.round_id) == "round_stands_elsewhere"


def test_the_chief_signs_last(demo_store: Store) -> None:
    played = closed(demo_store)
    digest = played.row().box_digest or ""
    early = refusal(sign_round, played.call(played.scrutineer), played.round_id, digest, PASSWORD)
    assert early == "round_stands_elsewhere"
    played.count()
    chief = played.call(played.chief)
    assert refusal(sign_round, chief, played.round_id, digest, PASSWORD) == "signatures_missing"
    assert sign_round(played.call(played.scrutineer), played.round_id, digest, PASSWORD) is None
    assert played.row().state == "counted"
    again = refusal(sign_round, played.call(played.scrutineer), played.round_id, digest, PASSWORD)
    assert again == "signed_before"
    assert refusal(report_round, played.call(played.clerk), played.round_id) == "round_stands_elsewhere"
    assert sign_round(played.call(played.chief), played.round_id, digest, PASSWORD) is None
    assert played.row().state == "signed"


def test_a_signature_needs_the_digest_and_the_password(demo_store: Store) -> None:
    played = closed(demo_store)
    played.count()
    digest = played.row().box_digest or ""
    call = played.call(played.scrutineer)
    assert refusal(sign_round, call, played.round_id, "0" * 64, PASSWORD) == "signed_digest_differs"
    answer = sign_round(played.call(played.scrutineer), played.round_id, digest, "wrong horse")
    assert isinstance(answer, Refused)
    assert answer.code == "confirm_wrong"
    assert {one.signed_at for one in played.rows(RoundOfficer)} == {None}
    for actor in (played.teller, played.clerk, played.presidium):
        code = refusal(sign_round, played.call(actor), played.round_id, digest, PASSWORD)
        assert code == ("not_yours" if actor is played.teller else "not_allowed")


@pytest.mark.parametrize("numbers", [[], [1], [1, 1], [2, 3], [1, 2, 3]])
def test_a_second_tie_takes_as_many_as_there_are_places(demo_store: Store, numbers: list[int]) -> None:
    played = voted_on(demo_store, {"1": 150, "2": 150}, places=1)
    played.change(purpose="runoff")
    played.change(facts={"outcome": {"state": "tied", "tied": [1, 2], "open_places": 1}})
    played.report()
    if numbers == [1]:
        settle_tie(played.call(played.presidium), played.round_id, numbers)
        assert (played.row().facts or {})["settled"] == [1]
    else:
        assert refusal(settle_tie, played.call(played.presidium), played.round_id, numbers) == "tie_places"


def test_no_tie_is_no_matter_of_the_presidium(demo_store: Store) -> None:
    played = closed(demo_store)
    assert (
        refusal(settle_tie, played.call(played.presidium), played.round_id, [1]) == "round_stands_elsewhere"
    )
    played.report()
    assert refusal(settle_tie, played.call(played.presidium), played.round_id, [1]) == "no_second_tie"
    assert refusal(settle_tie, played.call(played.clerk), played.round_id, [1]) == "not_allowed"


def test_a_practice_ends_with_its_close(demo_store: Store) -> None:
    played = session_of(demo_store, "practice")
    played.open()
    played.together("close")
    assert refusal(recount_round, played.call(played.clerk), played.round_id) == "round_stands_elsewhere"
