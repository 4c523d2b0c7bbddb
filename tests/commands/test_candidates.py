"""What voters are told of a candidate: written and attached until the freeze, frozen with the round, verified."""

from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

import pytest
from sqlalchemy import select, update

from dashboard.commands.candidates import attach_document, remove_document, write_plan
from dashboard.commands.rounds_prepare import check_round, discard_round, thaw_round
from dashboard.gate import PUBLIC, Actor
from dashboard.queries.candidates import candidate_document, candidate_told, candidates_of
from dashboard.rules.roles import Role
from dashboard.store.core import table_of
from dashboard.store.tables.orders import Candidate, CandidateDocument
from dashboard.store.tables.record import Act
from dashboard.store.tables.voting import RoundOption
from dashboard.store.transactions import Store
from dashboard.store.verifying import Failure, Holds, verify
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal, seats
from tests.commands.sessions import YEAR, Played, session_of

PICTURE, OTHER = b"\xff\xd8 a page", b"\xff\xd8 another page"


@pytest.fixture
def played(loaded_store: Store) -> Played:
    return session_of(loaded_store)


def listed(played: Played) -> list[UUID]:
    """Return the candidates on a round's list, by number."""
    options = sorted(played.rows(RoundOption), key=lambda one: one.number)
    return [one.candidate_id for one in options]


def attach(played: Played, candidate: UUID, name: str = "平面图.png", picture: bytes = PICTURE) -> UUID:
    return attach_document(played.call(played.clerk), candidate, name, picture)


def names(played: Played, candidate: UUID) -> list[str]:
    told = candidate_told(played.call(played.clerk, writes=False), candidate)
    return [paper.name for paper in told.documents]


def results(store: Store) -> Iterator[Holds | Failure]:
    with store.system().reading() as session:
        yield from verify(session)


def test_a_plan_and_documents_are_kept_with_their_digests_in_the_record(played: Played) -> None:
    candidate = listed(played)[0]
    write_plan(played.call(played.clerk), candidate, "  3月底前完成设计；\r\n10月底前完工。 ")
    document = attach(played, candidate)
    again = attach(played, candidate, "同一张.jpg")
    attach(played, candidate, "C:\\扫描\\预算表.jpeg", OTHER)
    told = candidate_told(played.call(played.clerk, writes=False), candidate)
    assert told.plan == "3月底前完成设计；\n10月底前完工。"
    assert [(one.id == document, one.name, one.size) for one in told.documents] == [
        (True, "平面图", len(PICTURE)), (False, "预算表", len(OTHER)),
    ]  # fmt: skip
    assert again == document
    with played.store.system().reading() as session:
        kept = session.scalars(select(Act).where(Act.kind.like("candidate%")).order_by(Act.number)).all()
    assert [(act.kind, act.payload["sha256"]) for act in kept] == [
        ("candidate_described", sha256((told.plan or "").encode()).hexdigest()),
        ("candidate_document_attached", sha256(PICTURE).hexdigest()),
        ("candidate_document_attached", sha256(OTHER).hexdigest()),
    ]
    assert not any("平面图" in str(act.payload) for act in kept)


def test_a_document_is_removed_until_the_freeze(played: Played) -> None:
    candidate = listed(played)[0]
    document = attach(played, candidate)
    assert remove_document(played.call(played.clerk), document) == candidate
    assert names(played, candidate) == []
    assert refusal(remove_document, played.call(played.clerk), document) == "not_found"


def test_what_was_frozen_is_changed_by_nobody_until_it_is_thawed(played: Played) -> None:
    candidate = listed(played)[0]
    document = attach(played, candidate)
    played.check()
    for act, arguments in (
        (write_plan, (candidate, "别的")),
        (attach_document, (candidate, "又一张.jpg", OTHER)),
        (remove_document, (document,)),
    ):
        assert refusal(act, played.call(played.clerk), *arguments) == "candidate_frozen"
    thaw_round(played.call(played.clerk), played.round_id)
    assert {one.about_digest for one in played.rows(RoundOption)} == {None}
    write_plan(played.call(played.clerk), candidate, "别的")
    discard_round(played.call(played.clerk), played.round_id, "试过")
    assert remove_document(played.call(played.clerk), document) == candidate


def test_the_freeze_states_what_is_told_of_each_candidate(played: Played) -> None:
    first, second, *_ = listed(played)
    attach(played, first)
    played.check()
    before = {one.number: one.about_digest for one in played.rows(RoundOption)}
    assert all(digest is not None and len(digest) == 64 for digest in before.values())
    assert len(set(before.values())) == len(before)
    thaw_round(played.call(played.clerk), played.round_id)
    write_plan(played.call(played.clerk), second, "6月底前完工")
    check_round(played.call(played.clerk), played.round_id)
    after = {one.number: one.about_digest for one in played.rows(RoundOption)}
    assert [number for number in before if before[number] != after[number]] == [2]
    assert all(isinstance(one, Holds) for one in results(played.store))


@pytest.mark.parametrize(
    ("table", "column", "value", "reason"),
    [
        (Candidate, "plan", "改过的", "about_digest"),
        (Candidate, "budget", 1, "about_digest"),
        (CandidateDocument, "name", "别的图", "about_digest"),
        (CandidateDocument, "digest", "ab" * 32, "about_digest"),
        (CandidateDocument, "body", OTHER, "candidate_document"),
    ],
)
def test_what_is_changed_after_the_freeze_no_longer_verifies(
    loaded_store: Store, table: type[Candidate | CandidateDocument], column: str, value: object, reason: str
) -> None:
    played = session_of(loaded_store)
    candidate = listed(played)[0]
    write_plan(played.call(played.clerk), candidate, "6月底前完工")
    attach(played, candidate)
    played.open()
    assert all(isinstance(one, Holds) for one in results(loaded_store))
    key = table_of(table).c.id if table is Candidate else table_of(table).c.candidate_id
    with loaded_store.system().writing() as session:
        session.connection().execute(update(table_of(table)).where(key == candidate).values({column: value}))
    assert next(results(loaded_store)) == Failure(reason, COUNTY, None, played.round_id, "options")


def test_an_annulled_round_holds_its_candidates_to_nothing(played: Played) -> None:
    candidate = listed(played)[0]
    played.open()
    played.together("annul", "名单有误")
    write_plan(played.call(played.clerk), candidate, "改过的")
    assert all(isinstance(one, Holds) for one in results(played.store))


def test_the_announcement_publishes_the_documents(loaded_store: Store) -> None:
    played = session_of(loaded_store)
    first, *_, last = listed(played)
    document = attach(played, first)
    played.open()
    played.vote_all({"1 2 3": len(played.seats)})
    played.together("close")
    played.report()
    everybody = (PUBLIC, person(loaded_store, Role.DEPARTMENT))
    for actor in everybody:
        assert refusal(candidate_document, played.call(actor, writes=False), document) == "not_found"
    played.announce()
    for actor in everybody:
        assert candidate_document(played.call(actor, writes=False), document).body == PICTURE
    assert refusal(attach_document, played.call(played.clerk), last, "迟到.jpg", OTHER) == "candidate_frozen"
    assert all(isinstance(one, Holds) for one in results(loaded_store))


def test_deputies_read_a_document_from_the_freeze_on(played: Played) -> None:
    candidate = listed(played)[0]
    document = attach(played, candidate)
    deputy = played.scrutineer

    def read(actor: Actor, code: str = COUNTY) -> str | bytes:
        call = call_of(played.store, actor, code, writes=False)
        try:
            return candidate_document(call, document).body
        except Exception as error:
            return str(getattr(error, "code", error))

    inside = (played.clerk, played.leader, played.presidium)
    assert [read(one) for one in (*inside, deputy)] == [*[PICTURE] * 3, "not_found"]
    played.check()
    assert read(deputy) == PICTURE
    elsewhere = person(played.store, Role.DEPUTY, TOWNSHIP, seat=seats(played.store, TOWNSHIP)[0])
    assert [read(elsewhere, TOWNSHIP), read(elsewhere), read(PUBLIC)] == ["not_found"] * 3


def test_the_list_is_for_those_who_prepare(played: Played) -> None:
    for actor in (played.clerk, played.leader, played.presidium):
        assert len(candidates_of(played.call(actor, writes=False), YEAR)) == 12
    for actor, told in ((played.scrutineer, "not_allowed"), (PUBLIC, "sign_in_first")):
        assert refusal(candidates_of, played.call(actor, writes=False), YEAR) == told


def test_what_is_too_much_or_of_another_congress_is_refused(played: Played) -> None:
    candidate = listed(played)[0]
    clerk = played.call(played.clerk)
    assert refusal(write_plan, clerk, candidate, "字" * 2001) == "candidate_plan_long"
    assert refusal(write_plan, clerk, candidate, "一\0二") == "malformed"
    assert refusal(attach_document, clerk, candidate, " .jpg", PICTURE) == "candidate_document_unnamed"
    for number in range(12):
        attach(played, candidate, f"第{number}页.jpg", PICTURE + bytes([number]))
    assert refusal(attach, played, candidate, "第13页.jpg", OTHER) == "candidate_documents_many"
    stranger = person(played.store, Role.CLERK, TOWNSHIP)
    township = call_of(played.store, stranger, TOWNSHIP)
    assert refusal(write_plan, township, candidate, "别人的") == "not_found"
    assert refusal(write_plan, played.call(played.leader), candidate, "领导的") == "not_allowed"
    write_plan(clerk, candidate, " \n ")
    assert candidate_told(played.call(played.clerk, writes=False), candidate).plan is None
