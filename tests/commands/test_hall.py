"""Hall codes: one code, one deputy, one meeting, once; wrong ones delay and never lock; nothing secret is stored."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text, update

from dashboard.commands.accounts import choose_appointment, sign_in
from dashboard.commands.hall import Entered, enter, issue_codes
from dashboard.gate import PUBLIC, Ground
from dashboard.rules.hall import LONGEST_WAIT, MEANS, stored_id
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store import hall as rows
from dashboard.store.accounts import LIFETIME, live_session, open_session
from dashboard.store.loading.gathering import key_of
from dashboard.store.passwords import token_digest
from dashboard.store.tables.accounts import Account, Appointment, SignInSession
from dashboard.store.tables.congress import Meeting, MembershipContact, MembershipState
from dashboard.store.tables.hall import HallCode
from dashboard.store.tables.record import Act
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions
from tests.commands.hall_session import (
    ELSEWHERE,
    HALL,
    PEPPER,
    card_of,
    check_ins,
    come_in,
    deputy_of,
    entry,
    give_phone,
    kept_out,
    meeting_of,
    plant_round,
    set_state,
)
from tests.commands.people import (
    COUNTY,
    TOWNSHIP,
    add_account,
    appoint,
    call_of,
    person,
    refusal,
    seats,
)
from tests.commands.signing_in import credentials
from tests.conftest import NOW

PHONE = "0427"


def acts(store: Store) -> list[tuple[str, dict[str, object]]]:
    with store.system().reading() as session:
        rows = session.execute(
            select(Act.kind, Act.payload)
            .where(Act.congress_id == key_of("congress", COUNTY))
            .order_by(Act.number)
        )
        return [(kind, payload) for kind, payload in rows]


def test_a_card_opens_a_session_of_its_deputy_once(loaded_store: Store) -> None:
    store = loaded_store
    seat = seats(store)[4]
    give_phone(store, seat, PHONE)
    round_id = plant_round(store)
    card = card_of(store, person(store, Role.CLERK), seat)
    entered = come_in(store, card.code, PHONE)
    assert (entered.round_id, entered.is_open, entered.is_present) == (round_id, False, False)
    actor = deputy_of(store, entered)
    assert (actor.role, actor.membership_id, actor.name) == (Role.DEPUTY, seat, card.name)
    assert kept_out(store, card.code, PHONE, request="cd" * 16) == ("hall_used", None)
    # A printed card says nothing of where the deputy is.
    assert check_ins(store, round_id) == {}


def test_the_code_at_the_seat_checks_in_too(loaded_store: Store) -> None:
    store = loaded_store
    seat, absent = seats(store)[4:6]
    give_phone(store, seat, PHONE)
    round_id = plant_round(store)
    clerk = person(store, Role.CLERK)
    before = acts(store)
    entered = come_in(store, card_of(store, clerk, seat, "seat").code, PHONE)
    assert entered.is_present
    assert check_ins(store, round_id) == {seat: ("seat", False, False)}
    assert [kind for kind, _ in acts(store)[len(before) :]] == ["hall_codes_issued"]
    # From the opening on the roll decides.
    give_phone(store, absent, PHONE)
    card = card_of(store, clerk, absent, "seat")
    set_state(store, round_id, "open", [seat])
    late = come_in(store, card.code, PHONE)
    assert (late.is_open, late.is_present) == (True, False)
    assert set(check_ins(store, round_id)) == {seat}


@pytest.mark.parametrize(
    ("code", "last_four", "told"),
    [
        ("{code}", "0428", "hall_wrong"),
        ("0000-0000", PHONE, "hall_wrong"),
        ("{code}", "", "hall_incomplete"),
        ("{code}", "42", "hall_incomplete"),
        ("10AB", PHONE, "hall_incomplete"),
    ],
)
def test_a_wrong_code_and_wrong_digits_are_told_alike(
    demo_store: Store, code: str, last_four: str, told: str
) -> None:
    seat = seats(demo_store)[4]
    give_phone(demo_store, seat, PHONE)
    card = card_of(demo_store, person(demo_store, Role.CLERK), seat)
    assert kept_out(demo_store, code.format(code=card.code), last_four) == (told, None)
    come_in(demo_store, card.code, PHONE)


def test_a_code_is_of_one_congress(demo_store: Store) -> None:
    seat = seats(demo_store)[4]
    give_phone(demo_store, seat, PHONE)
    card = card_of(demo_store, person(demo_store, Role.CLERK), seat)
    assert kept_out(demo_store, card.code, PHONE, place=TOWNSHIP) == ("hall_wrong", None)
    come_in(demo_store, card.code, PHONE)


def test_a_code_is_of_one_meeting(demo_store: Store) -> None:
    """The round of another meeting is not gone on to, and the code of a meeting long over opens nothing."""
    seat = seats(demo_store)[4]
    give_phone(demo_store, seat, PHONE)
    other = plant_round(demo_store, meeting=meeting_of(demo_store, latest=1))
    clerk = person(demo_store, Role.CLERK)
    entered = come_in(demo_store, card_of(demo_store, clerk, seat, "seat").code, PHONE)
    assert entered.round_id is None
    assert check_ins(demo_store, other) == {}
    card = card_of(demo_store, clerk, seat, now=NOW - timedelta(days=2))
    assert kept_out(demo_store, card.code, PHONE) == ("hall_over", None)
    with demo_store.system().writing() as session:
        session.execute(
            update(Meeting).where(Meeting.id == meeting_of(demo_store)).values(closes_on=date(2025, 10, 10))
        )
    come_in(demo_store, card.code, PHONE)


def test_a_new_code_revokes_the_older_and_ends_what_it_opened(demo_store: Store) -> None:
    store = demo_store
    seat, other = seats(store)[4:6]
    for one in (seat, other):
        give_phone(store, one, PHONE)
    clerk = person(store, Role.CLERK)
    first, theirs = card_of(store, clerk, seat), card_of(store, clerk, other)
    stolen, safe = come_in(store, first.code, PHONE), come_in(store, theirs.code, PHONE, request="cd" * 16)
    issued = issue_codes(call_of(store, clerk), meeting_of(store), [seat], "printed", PEPPER)
    assert issued.ended == (token_digest(stolen.token),)
    assert kept_out(store, first.code, PHONE) == ("hall_replaced", None)
    with store.system().reading() as session:
        live = [live_session(session.connection(), token_digest(one.token), NOW) for one in (stolen, safe)]
    assert [one is None for one in live] == [True, False]
    come_in(store, issued.cards[0].code, PHONE, request="ef" * 16)


def test_who_is_no_deputy_any_more_does_not_come_in(demo_store: Store) -> None:
    seat = seats(demo_store)[4]
    give_phone(demo_store, seat, PHONE)
    card = card_of(demo_store, person(demo_store, Role.CLERK), seat)
    with demo_store.system().writing() as session:
        session.execute(
            update(MembershipState).where(MembershipState.membership_id == seat).values(state="suspended")
        )
    assert kept_out(demo_store, card.code, PHONE) == ("hall_not_in_office", None)
    clerk = person(demo_store, Role.CLERK)
    assert refusal(card_of, demo_store, clerk, seat) == "not_found"


def test_delays_grow_and_lock_nobody_out(loaded_store: Store) -> None:
    store = loaded_store
    seat, other = seats(store)[4:6]
    for one in (seat, other):
        give_phone(store, one, PHONE)
    clerk = person(store, Role.CLERK)
    card, theirs = card_of(store, clerk, seat), card_of(store, clerk, other)
    now, waits = NOW, []
    for _ in range(9):
        assert kept_out(store, card.code, "9999", now) == ("hall_wrong", None)
        told, seconds = kept_out(store, card.code, "9999", now)
        if told == "hall_wait":
            waits.append(seconds)
            # The right digits wait as well: a delay that they passed would tell which are right.
            assert kept_out(store, card.code, PHONE, now) == ("hall_wait", seconds)
            now += timedelta(seconds=int(str(seconds)))
    # The first three failures cost nothing, each one after them doubles the wait.
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    assert max(waits) == LONGEST_WAIT.total_seconds()  # type: ignore[type-var]
    # The same address is the whole hall: nobody else waits. Another address does not wait either.
    come_in(store, theirs.code, PHONE, now=now)
    assert kept_out(store, card.code, "9999", now, address=ELSEWHERE) == ("hall_wrong", None)
    come_in(store, card.code, PHONE, now=now)
    with store.system().reading() as session:
        (failures,) = session.scalars(select(HallCode.failures).where(HallCode.membership_id == seat))
    assert failures > 9


def test_an_unknown_code_waits_as_a_known_one_does(demo_store: Store) -> None:
    told = [kept_out(demo_store, "0000-0000", PHONE) for _ in range(4)]
    assert told == [("hall_wrong", None)] * 3 + [("hall_wait", 1)]


def test_a_request_whose_answer_was_lost_is_answered_again(loaded_store: Store) -> None:
    store = loaded_store
    seat = seats(store)[4]
    give_phone(store, seat, PHONE)
    card = card_of(store, person(store, Role.CLERK), seat)
    first, again = (come_in(store, card.code, PHONE) for _ in range(2))
    assert first.token == again.token
    with store.system().reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInSession)) == 1
    # Another browser is not that request, and much later it is none either.
    assert kept_out(store, card.code, PHONE, request="cd" * 16)[0] == "hall_used"
    assert kept_out(store, card.code, PHONE, now=NOW + timedelta(minutes=11))[0] == "hall_used"


def test_of_two_at_once_with_one_code_one_comes_in(loaded_store: Store) -> None:
    store = loaded_store
    ground = Ground(store, Versions(store))
    wanted = seats(store)[:6]
    clerk = person(store, Role.CLERK)
    for seat in wanted:
        give_phone(store, seat, PHONE)
        card, gate, answers = card_of(store, clerk, seat), threading.Barrier(4), []

        def come(
            number: int,
            code: str = card.code,
            gate: threading.Barrier = gate,
            answers: list[object] = answers,
        ) -> None:
            call = call_of(store, PUBLIC, ground=ground)
            gate.wait()
            answers.append(enter(call, entry(code, PHONE, request=f"{number:032x}")))

        threads = [threading.Thread(target=come, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(isinstance(one, Entered) for one in answers) == 1
        assert sorted(one.code for one in answers if isinstance(one, Refused)) == ["hall_used"] * 3
    with store.system().reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInSession)) == 6
        assert (
            session.scalar(select(func.count()).select_from(Appointment).where(Appointment.role == "deputy"))
            == 6
        )


def is_waiting(store: Store) -> bool:
    """Tell whether somebody waits for a lock; SQLite does not tell, and lets nobody begin."""
    if store.writer.dialect.name == "sqlite":
        return True
    with store.reader.connect() as connection:
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(connection.execute(waiting).scalar())


def test_nobody_stays_in_by_a_code_that_is_revoked_meanwhile(loaded_store: Store) -> None:
    """A new card is made while somebody comes in by the old one: the new one waits, and then ends that session."""
    store, ground = loaded_store, Ground(loaded_store, Versions(loaded_store))
    seat, congress, clerk = seats(store)[4], key_of("congress", COUNTY), person(store, Role.CLERK)
    give_phone(store, seat, PHONE)
    code = stored_id(PEPPER, str(congress), card_of(store, clerk, seat).code)
    meeting, ended = meeting_of(store), []

    def issue() -> None:
        call = call_of(store, clerk, ground=ground)
        ended.extend(issue_codes(call, meeting, [seat], "printed", PEPPER).ended)

    thread = threading.Thread(target=issue)
    with store.system().writing() as session:
        # What `enter` does, held open in the middle.
        found = rows.code_to_use(session, congress, code, NOW.date())
        assert found is not None
        account, held = rows.account_of_seat(session, congress, found, NOW)
        open_session(session, "a digest", account, held, NOW, hall_code=code)
        rows.use(session, congress, code, NOW)
        session.flush()
        thread.start()
        thread.join(0.05)
        while not is_waiting(store) and thread.is_alive():
            thread.join(0.05)
        assert ended == []
    thread.join()
    assert ended == ["a digest"]


def test_a_deputy_with_an_account_comes_in_with_it_and_stays_a_deputy(demo_store: Store) -> None:
    store = demo_store
    seat = seats(store)[4]
    give_phone(store, seat, PHONE)
    account = add_account(store, "anna", must_change=True)
    appoint(store, account, Role.DEPUTY, seat=seat)
    other = appoint(store, account, Role.CLERK, TOWNSHIP)
    entered = come_in(store, card_of(store, person(store, Role.CLERK), seat).code, PHONE)
    actor = deputy_of(store, entered)
    assert (actor.account_id, actor.membership_id) == (account, seat)
    # Nobody typed the first password, so nobody has to change it before voting.
    assert not actor.must_change
    assert refusal(choose_appointment, call_of(store, actor, None), other) == "hall_one_seat"


def test_an_account_that_was_disabled_does_not_keep_its_deputy_out(demo_store: Store) -> None:
    store = demo_store
    seat = seats(store)[4]
    give_phone(store, seat, PHONE)
    account = add_account(store, "anna")
    appoint(store, account, Role.DEPUTY, seat=seat)
    with store.system().writing() as session:
        session.execute(update(Account).where(Account.id == account).values(disabled_at=NOW))
    actor = deputy_of(store, come_in(store, card_of(store, person(store, Role.CLERK), seat).code, PHONE))
    assert actor.account_id != account
    assert actor.membership_id == seat
    # The one made at the hall may be disabled as well.
    with store.system().writing() as session:
        session.execute(update(Account).where(Account.id == actor.account_id).values(disabled_at=NOW))
    card = card_of(store, person(store, Role.CLERK), seat)
    again = deputy_of(store, come_in(store, card.code, PHONE, request="ef" * 16))
    assert again.account_id not in {account, actor.account_id}
    assert again.membership_id == seat


def test_nobody_knows_the_password_of_an_account_made_at_the_hall(demo_store: Store) -> None:
    store = demo_store
    seat = seats(store)[4]
    give_phone(store, seat, PHONE)
    card = card_of(store, person(store, Role.CLERK), seat)
    actor = deputy_of(store, come_in(store, card.code, PHONE))
    with store.system().reading() as session:
        name = session.get_one(Account, actor.account_id).name
    for password in ("", PHONE, card.code, seat.hex, name):
        answer = sign_in(call_of(store, code=None), credentials(name, password, HALL))
        assert isinstance(answer, Refused)


def test_at_a_terminal_the_session_is_short_and_the_one_before_ends(demo_store: Store) -> None:
    store = demo_store
    clerk = person(store, Role.CLERK)
    first, second = seats(store)[4:6]
    for seat in (first, second):
        give_phone(store, seat, PHONE)
    one = come_in(store, card_of(store, clerk, first).code, PHONE, terminal=True)
    before = deputy_of(store, one)
    two = come_in(store, card_of(store, clerk, second).code, PHONE, before, terminal=True, request="cd" * 16)
    assert two.ended == (token_digest(one.token),)
    with store.system().reading() as session:
        live = [live_session(session.connection(), token_digest(given.token), NOW) for given in (one, two)]
        late = live_session(session.connection(), token_digest(two.token), NOW + timedelta(minutes=10))
    assert [given is None for given in live] == [True, False]
    assert late is None
    phone = come_in(store, card_of(store, clerk, first).code, PHONE, request="ef" * 16)
    assert phone.lifetime == LIFETIME


def test_who_has_no_phone_on_file_gets_no_code(demo_store: Store) -> None:
    store = demo_store
    with store.system().writing() as session:
        for contact in session.scalars(select(MembershipContact)):
            session.delete(contact)
    known = seats(store)[:3]
    for seat in known:
        give_phone(store, seat, PHONE)
    issued = issue_codes(
        call_of(store, person(store, Role.CLERK)), meeting_of(store), None, "printed", PEPPER
    )
    assert {card.membership_id for card in issued.cards} == set(known)
    with store.system().reading() as session:
        entitled = session.scalars(
            select(MembershipState.membership_id).where(
                MembershipState.congress_id == key_of("congress", COUNTY),
                MembershipState.state.in_(["in_office", "by_elected"]),
                MembershipState.to_day.is_(None),
            )
        ).all()
    assert len(entitled) > 300
    assert len(issued.without_phone) == len(entitled) - 3


def test_the_act_of_issuing_holds_counts_and_digests_alone(demo_store: Store) -> None:
    store = demo_store
    seat = seats(store)[4]
    give_phone(store, seat, PHONE)
    clerk = person(store, Role.CLERK)
    card_of(store, clerk, seat)
    round_id = plant_round(store)
    card = card_of(store, clerk, seat)
    before, after = acts(store)[-2:]
    assert {before[0], after[0]} == {"hall_codes_issued"}
    assert (before[1]["round"], after[1]["round"]) == (None, str(round_id))
    assert set(after[1]) == {"meeting", "round", "means", "count", "codes_digest"}
    assert after[1]["count"] == 1
    assert card.code not in str(acts(store))
    assert str(seat) not in str(after)


def test_no_code_is_stored_anywhere(demo_store: Store) -> None:
    seat = seats(demo_store)[4]
    give_phone(demo_store, seat, PHONE)
    card = card_of(demo_store, person(demo_store, Role.CLERK), seat)
    entered = come_in(demo_store, card.code, PHONE)
    file = demo_store.writer.url.database
    for name in (file, f"{file}-wal"):
        with open(str(name), "rb") as database:
            stored = database.read()
        for secret in (card.code, f"{card.code[:4]}-{card.code[4:]}", entered.token, HALL):
            assert secret.encode() not in stored
    assert card.code not in repr(entry(card.code, PHONE))


@pytest.mark.parametrize("means", MEANS)
def test_only_the_clerk_of_the_congress_issues(demo_store: Store, means: str) -> None:
    meeting, seat = meeting_of(demo_store), seats(demo_store)[0]
    give_phone(demo_store, seat, PHONE)
    for role in set(Role) - {Role.PUBLIC, Role.CLERK, Role.DEPARTMENT}:
        call = call_of(demo_store, person(demo_store, role))
        assert refusal(issue_codes, call, meeting, [seat], means, PEPPER) == "not_allowed"
    stranger = person(demo_store, Role.CLERK, TOWNSHIP)
    assert (
        refusal(issue_codes, call_of(demo_store, stranger), meeting, [seat], means, PEPPER) == "not_allowed"
    )
    # Ids of another congress are as if absent.
    own = call_of(demo_store, stranger, TOWNSHIP)
    assert refusal(issue_codes, own, meeting, [seat], means, PEPPER) == "not_found"
    theirs = replace(own, allowed=None)
    there = meeting_of(demo_store, TOWNSHIP)
    assert refusal(issue_codes, theirs, there, [seat], means, PEPPER) == "not_found"
    clerk = call_of(demo_store, person(demo_store, Role.CLERK))
    assert len(issue_codes(clerk, meeting, [seat], means, PEPPER).cards) == 1
