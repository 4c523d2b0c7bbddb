"""Whatever is sent: a vote is taken or cleanly refused, and a refused one leaves no trace."""

import json
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.rules.refused import Refused
from dashboard.store.casting import ballot_id
from tests.hall import PLACES, Hall, plant_hall
from tests.store.ballots import box, voters
from tests.web.visitor import Site, Visitor

FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)  # fmt: skip
SEATS, OPTIONS = 5, 12

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
anything = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
receipts = st.binary(min_size=16, max_size=16).map(bytes.hex)
numbers = st.lists(st.integers(0, OPTIONS + 2), max_size=OPTIONS + 1)
marks = st.one_of(
    st.lists(st.integers(1, OPTIONS), max_size=PLACES, unique=True).map(
        lambda drawn: " ".join(map(str, sorted(drawn)))
    ),
    numbers.map(lambda drawn: " ".join(map(str, drawn))),
    st.text(alphabet="0123456789 +-=:?", max_size=40),
    st.text(max_size=40),
)
votes = st.fixed_dictionaries(
    {"receipt": receipts | anything, "marks": marks | anything},
    optional={"actor": anything, "more": anything},
)
bodies = st.one_of(votes.map(json.dumps), anything.map(json.dumps)).map(str.encode) | st.binary(max_size=200)


@pytest.fixture(scope="module")
def hall(site: Site) -> Hall:
    return plant_hall(site.store, SEATS, "990304")


@pytest.fixture(scope="module")
def opened(hall: Hall) -> UUID:
    return hall.open_round()


@FUZZ
@given(body=bodies, verb=st.sampled_from(["", "/change"]), seat=st.integers(0, SEATS - 1))
def test_whatever_is_sent_is_taken_or_refused(
    site: Site, hall: Hall, opened: UUID, body: bytes, verb: str, seat: int
) -> None:
    before = box(hall.store, opened), voters(hall.store, opened)
    phone = Visitor(site, hall.token(seat), "198.51.100.20")
    answer = phone.ask(
        f"/vote/{hall.code}/{opened}{verb}", "POST", data=body, content_type="application/json"
    )
    after = box(hall.store, opened), voters(hall.store, opened)
    told = answer.json
    assert told is not None
    if answer.status_code == 200:
        assert told["state"] in {"cast", "repeated", "changed"}
    else:
        assert answer.status_code in {400, 403, 404, 409, 429, 401}
        assert set(told) == {"refused", "message", "do"}
        assert told["refused"] != "server_error"
        assert after == before
    assert len(after[0]) == len(after[1])


@FUZZ
@given(path=st.text(max_size=60), body=bodies)
def test_no_address_below_vote_breaks(site: Site, hall: Hall, opened: UUID, path: str, body: bytes) -> None:
    phone = Visitor(site, hall.token(0), "198.51.100.21")
    for where in (f"/vote/{path}", f"/vote/{hall.code}/{path}", f"/vote/{path}/{opened}/change", "/receipt"):
        answer = phone.ask(where, "POST", data=body, content_type="application/json")
        # Two slashes in a row are sent on to one.
        assert 300 < answer.status_code < 500, where


@dataclass
class Model:
    """What the rules say, once more and simply: who voted, and what lies under which receipt."""

    voted: set[int] = field(default_factory=set)
    ballots: dict[bytes, str] = field(default_factory=dict)

    def cast(self, seat: int, receipt: bytes, text: str) -> str:
        if receipt in self.ballots:
            return "repeated" if seat in self.voted else "receipt_used"
        if seat in self.voted:
            return "already_voted"
        if not self.is_good(text):
            return "refused"
        self.voted.add(seat)
        self.ballots[receipt] = text
        return "cast"

    def change(self, seat: int, receipt: bytes, text: str) -> str:
        if seat not in self.voted:
            return "not_voted"
        if not self.is_good(text):
            return "refused"
        if receipt not in self.ballots:
            return "receipt_unknown"
        self.ballots[receipt] = text
        return "changed"

    def is_good(self, text: str) -> bool:
        possible = [str(number) for number in range(1, OPTIONS + 1)]
        parts = text.split(" ") if text else []
        in_order = [one for one in possible if one in parts] == parts
        return in_order and len(parts) <= PLACES


presses = st.tuples(
    st.sampled_from(["cast", "cast", "change"]),
    st.integers(0, SEATS - 1),
    st.integers(0, 6).map(lambda number: bytes([number] * 16)),
    marks,
)


@FUZZ
@given(pressed=st.lists(presses, max_size=15))
def test_any_order_of_presses_ends_as_the_rules_say(
    hall: Hall, pressed: list[tuple[str, int, bytes, str]]
) -> None:
    opened, model = hall.open_round(), Model()
    for verb, seat, receipt, text in pressed:
        expected = (model.cast if verb == "cast" else model.change)(seat, receipt, text)
        try:
            found = (hall.cast if verb == "cast" else hall.change)(opened, seat, receipt, text).state
        except Refused as refused:
            found = refused.code
        if expected == "refused":
            assert found.startswith(("ballot_", "marks_"))
        else:
            assert found == expected
        assert box(hall.store, opened) == {ballot_id(one): kept for one, kept in model.ballots.items()}
        assert voters(hall.store, opened) == {hall.seats[one]: "electronic" for one in model.voted}
