"""Votes, changes and receipts over the wire: what is answered, and what never stands anywhere."""

import json
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict
from werkzeug.test import TestResponse

from dashboard.store.casting import ballot_id
from dashboard.store.tables.accounts import Account
from dashboard.web.logs import configure
from tests.hall import CODE, ELSEWHERE, Hall, plant_hall
from tests.web.visitor import Site, Unread, Visitor, raw

MARKS = "1 2 5"


@pytest.fixture(scope="module")
def hall(site: Site) -> Hall:
    return plant_hall(site.store, 24)


@pytest.fixture(scope="module")
def elsewhere(site: Site) -> Hall:
    return plant_hall(site.store, 2, ELSEWHERE)


def phone(site: Site, hall: Hall, number: int) -> Visitor:
    """Return a deputy's browser; the whole hall stands behind one address."""
    return Visitor(site, hall.token(number), "198.51.100.9")


def send(visitor: Visitor, path: str, body: object, **how: Any) -> TestResponse:
    how.setdefault("content_type", "application/json")
    return visitor.ask(path, "POST", data=json.dumps(body), **how)


def vote(receipt: bytes, marks: str = MARKS, **more: object) -> dict[str, object]:
    return {"receipt": receipt.hex(), "marks": marks} | more


def test_a_vote_is_answered_repeated_changed_and_found(site: Site, hall: Hall) -> None:
    opened, deputy, receipt = hall.open_round(), phone(site, hall, 0), hall.receipt()
    path = f"/vote/{CODE}/{opened}"
    answer = send(deputy, path, vote(receipt))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json
    assert told is not None
    assert set(told) == {"state", "title", "at"}
    assert told["state"] == "cast"
    assert send(deputy, path, vote(receipt)).json == told | {"state": "repeated"}
    assert send(deputy, f"{path}/change", vote(receipt, "7")).json == told | {"state": "changed"}
    # Whoever holds the receipt: without sign-in, without cookie.
    found = send(site.visitor(), "/receipt", {"receipt": receipt.hex()})
    assert found.json == {
        "state": "in_box", "code": CODE, "congress": f"{CODE}县人民代表大会", "round": str(opened),
        "title": told["title"], "simulated": True,
    }  # fmt: skip


def test_a_receipt_with_marks_tells_them(site: Site, hall: Hall) -> None:
    opened, receipt = hall.open_round(receipt="with_marks"), hall.receipt()
    answer = send(phone(site, hall, 0), f"/vote/{CODE}/{opened}", vote(receipt))
    assert answer.json["marks"] == MARKS  # type: ignore[index]
    assert send(site.visitor(), "/receipt", {"receipt": receipt.hex()}).json["marks"] == MARKS  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "accepts", "begins"),
    [("", "zh-CN", "你"), ("", "en", "You"), ("?lang=en", "zh-CN", "You"), ("?lang=zh-CN", "en", "你")],
)
def test_a_refusal_says_what_to_do_in_the_readers_language(
    site: Site, hall: Hall, query: str, accepts: str, begins: str
) -> None:
    opened = hall.open_round(present=False)
    answer = send(
        phone(site, hall, 0), f"/vote/{CODE}/{opened}{query}", vote(hall.receipt()),
        headers={"Accept-Language": accepts},
    )  # fmt: skip
    assert answer.status_code == 403
    told = answer.json
    assert told is not None
    assert told["refused"] == "not_present"
    assert told["message"].startswith(begins)
    assert told["do"]


def test_who_may_not_vote_is_told_why(site: Site, hall: Hall, elsewhere: Hall) -> None:
    opened, body = hall.open_round(), vote(hall.receipt())
    path = f"/vote/{CODE}/{opened}"
    deputy = phone(site, hall, 0)
    cases = [
        (site.visitor(), path, 401, "sign_in_first"),
        (site.visitor("clerk"), path, 403, "not_allowed"),
        # A deputy of another congress is the public here, and a round of another congress is not there.
        (phone(site, elsewhere, 0), path, 403, "not_allowed"),
        (phone(site, elsewhere, 0), f"/vote/{ELSEWHERE}/{opened}", 404, "not_found"),
        (deputy, f"/vote/999999/{opened}", 404, "not_found"),
        (deputy, f"/vote/rounds/{opened}", 404, "not_found"),
        (deputy, f"/vote/{CODE}/{hall.id()}", 404, "not_found"),
        (deputy, f"/vote/{CODE}/{str(opened).upper()}", 404, "not_found"),
        (deputy, f"/vote/{CODE}/1", 404, "not_found"),
    ]
    for visitor, where, status, code in cases:
        answer = send(visitor, where, body)
        assert (answer.status_code, refused(answer)) == (status, code), where


def refused(answer: TestResponse) -> str:
    told = answer.json
    assert told is not None
    assert set(told) == {"refused", "message", "do"}
    return str(told["refused"])


def test_a_first_password_is_changed_before_voting(site: Site, hall: Hall) -> None:
    opened = hall.open_round()
    with hall.store.system().writing() as session:
        session.get_one(Account, hall.accounts[1]).must_change = True
    answer = send(phone(site, hall, 1), f"/vote/{CODE}/{opened}", vote(hall.receipt()))
    assert (answer.status_code, refused(answer)) == (403, "change_password_first")


def test_a_page_that_somebody_else_opened_casts_nothing(site: Site, hall: Hall) -> None:
    """Two deputies share a terminal: the marks of one are not cast by the other, whose cookie is there now."""
    opened, path = hall.open_round(), f"/vote/{CODE}/"
    body = vote(hall.receipt(), actor=str(hall.appointments[0]))
    answer = send(phone(site, hall, 2), path + str(opened), body)
    assert (answer.status_code, refused(answer)) == (401, "signed_out")
    assert send(phone(site, hall, 0), path + str(opened), body).status_code == 200


GOOD = {"receipt": "0" * 32, "marks": MARKS}


@pytest.mark.parametrize(
    "body",
    [
        {}, [], None, 7, "x", GOOD | {"more": 1}, GOOD | {"marks": None}, GOOD | {"marks": ["1"]},
        GOOD | {"marks": "1" * 4097}, GOOD | {"receipt": "0" * 31}, GOOD | {"receipt": "0" * 33},
        GOOD | {"receipt": "A" * 32}, GOOD | {"receipt": "0" * 32 + "\n"}, GOOD | {"receipt": "０" * 32},
        GOOD | {"receipt": 0}, {"receipt": "0" * 32},
    ],
)  # fmt: skip
def test_what_is_no_vote_is_malformed(site: Site, hall: Hall, body: object) -> None:
    path = f"/vote/{CODE}/{hall.id()}"
    for where in (path, f"{path}/change"):
        answer = send(phone(site, hall, 3), where, body)
        assert (answer.status_code, refused(answer)) == (400, "malformed")


def test_the_body_is_small_json(site: Site, hall: Hall) -> None:
    path, deputy = f"/vote/{CODE}/{hall.id()}", phone(site, hall, 3)
    for where in (path, f"{path}/change", "/receipt"):
        answer = send(deputy, where, GOOD, content_type="text/plain")
        assert (answer.status_code, refused(answer)) == (415, "wrong_type")
        answer = deputy.ask(where, "POST", data=b" " * 8193, content_type="application/json")
        assert (answer.status_code, refused(answer)) == (413, "too_large")
        for body in (b"", b"{", b"\xff", b"[" * 5000, b'{"receipt": "0", "receipt": NaN}'):
            answer = deputy.ask(where, "POST", data=body, content_type="application/json")
            assert (answer.status_code, refused(answer)) == (400, "malformed")
        answer = send(deputy, where, GOOD, headers={"Sec-Fetch-Site": "cross-site"})
        assert (answer.status_code, refused(answer)) == (403, "cross_site")


@pytest.mark.parametrize("end", ["", "/change", None], ids=["cast", "change", "look up"])
def test_ten_megabytes_are_refused_before_they_are_read(site: Site, hall: Hall, end: str | None) -> None:
    path = "/receipt" if end is None else f"/vote/{CODE}/{hall.open_round()}{end}"
    deputy = phone(site, hall, 5)
    told = b'{"receipt": "' + b"0" * 32 + b'", "marks": "'
    body = told + b"1 " * (5 * 1024 * 1024) + b'"}'
    for visitor in (deputy, site.visitor()):
        answer = visitor.ask(path, "POST", data=body, content_type="application/json")
        assert (answer.status_code, refused(answer)) == (413, "too_large")
    status, _headers, answered = raw(
        site.front, PATH_INFO=path, REQUEST_METHOD="POST", CONTENT_LENGTH=str(len(body)),
        CONTENT_TYPE="application/json", HTTP_COOKIE=f"session={deputy.token}", **{"wsgi.input": Unread()},
    )  # fmt: skip
    assert status.startswith("413")
    assert json.loads(answered)["refused"] == "too_large"


def test_guessing_receipts_ends_at_the_rate(site: Site, hall: Hall) -> None:
    """A thousand guesses find nothing, and most are not even looked up."""
    opened, guesser = hall.open_round(), site.visitor(address="203.0.113.90")
    send(phone(site, hall, 4), f"/vote/{CODE}/{opened}", vote(hall.receipt()))
    seen = [send(guesser, "/receipt", {"receipt": hall.receipt().hex()}) for _ in range(1000)]
    assert {refused(answer) for answer in seen} == {"receipt_unknown", "too_many"}
    assert sum(answer.status_code == 429 for answer in seen) > 300
    path, voter = f"/vote/{CODE}/{opened}/change", phone(site, hall, 4)
    seen = [send(voter, path, vote(hall.receipt())) for _ in range(1000)]
    assert {refused(answer) for answer in seen} == {"receipt_unknown", "too_many"}
    assert sum(answer.status_code == 429 for answer in seen) > 900


def test_a_whole_hall_votes_and_looks_up_behind_one_address(site: Site) -> None:
    hall = plant_hall(site.store, 327, "990303")
    opened, receipts = hall.open_round(), [hall.receipt() for _ in hall.seats]
    for number, receipt in enumerate(receipts):
        answer = send(phone(site, hall, number), f"/vote/{hall.code}/{opened}", vote(receipt))
        assert answer.status_code == 200
    for receipt in receipts:
        assert send(phone(site, hall, 0), "/receipt", {"receipt": receipt.hex()}).status_code == 200


def test_the_pages_of_those_addresses_are_still_opened_by_get(site: Site, hall: Hall) -> None:
    for path in ("/receipt", f"/vote/{CODE}/{hall.id()}"):
        assert b"<html" in site.visitor().ask(path).data


def written(event: EventDict, *, readable: bool) -> str:
    """Return what the log says of an event, in either of its forms."""
    before = structlog.get_config()
    try:
        configure(readable=readable)
        line: Any = dict(event)
        for process in structlog.get_config()["processors"]:
            line = process(None, "error", line)
        return str(line)
    finally:
        structlog.configure(**before)


@pytest.mark.parametrize("path", ["", "/change"])
def test_a_fault_while_casting_tells_the_log_no_marks(site: Site, hall: Hall, path: str) -> None:
    """The frames below the error hold receipt and marks; none of it is written."""
    opened, receipt, marks = hall.open_round(), hall.receipt(), "3 4 6 8 9"
    where = f"/vote/{CODE}/{opened}{path}"
    if path:
        send(phone(site, hall, 5), f"/vote/{CODE}/{opened}", vote(receipt))
    verb = "UPDATE" if path else "INSERT"
    with site.store.writer.begin() as connection:
        connection.exec_driver_sql(
            f"CREATE TRIGGER fault BEFORE {verb} ON ballots BEGIN SELECT RAISE(ABORT, 'a fault'); END"
        )
    with capture_logs() as said:
        answer = send(phone(site, hall, 5), where, vote(receipt, marks))
    with site.store.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER fault")
    assert (answer.status_code, refused(answer)) == (500, "server_error")
    assert [event["event"] for event in said] == ["bug", "request"]
    for event in said:
        for readable in (False, True):
            line = written(event, readable=readable)
            assert ("a fault" in line) == (event["event"] == "bug")
            for one in (receipt.hex(), marks, ballot_id(receipt), hall.seats[5].hex, str(hall.seats[5])):
                assert one not in line
    # The half that was written before the fault is gone with it.
    assert send(phone(site, hall, 5), where, vote(receipt, marks)).status_code == 200


def test_votes_and_refusals_leave_no_line_that_tells_of_them(site: Site, hall: Hall) -> None:
    opened, receipt = hall.open_round(), hall.receipt()
    path = f"/vote/{CODE}/{opened}"
    with capture_logs() as said:
        for body in (vote(receipt), vote(receipt), vote(hall.receipt()), vote(receipt, "13")):
            send(phone(site, hall, 6), path, body)
            send(phone(site, hall, 6), f"{path}/change", body)
        send(site.visitor(), "/receipt", {"receipt": receipt.hex()})
    # What was taken is not logged at all; what was refused says by which rule and how fast, not who, what or where.
    assert {tuple(sorted(event)) for event in said} == {
        ("event", "log_level", "method", "ms", "request", "rule", "status")
    }
    assert {event["rule"] for event in said} == {
        "/vote/<code>/<round_id>",
        "/vote/<code>/<round_id>/change",
    }
