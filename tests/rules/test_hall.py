"""Hall codes, the code on the screen, the growing delay, the quorum: by the RFC's vectors, by the law, by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules import hall, patience

NOW = datetime(2026, 1, 14, 2, tzinfo=UTC)
PEPPER = b"p" * 32


def test_a_code_has_eight_characters_none_of_which_look_alike() -> None:
    assert hall.code_of(0) == "00000000"
    assert hall.code_of(2**40 - 1) == "ZZZZZZZZ"
    # 32 in base 32 is 10; the last letter before Z is Y.
    assert hall.code_of(32) == "00000010"
    assert hall.code_of(30) == "0000000Y"
    assert len(set(hall.ALPHABET)) == 32
    assert set(hall.ALPHABET) & set("ILOU") == set()
    with pytest.raises(ValueError, match="40 bits"):
        hall.code_of(2**40)


@given(st.integers(0, 2**40 - 1))
def test_a_printed_code_is_read_back(bits: int) -> None:
    code = hall.code_of(bits)
    assert hall.read_code(hall.grouped(code)) == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_not(typed: str) -> None:
    code = hall.read_code(typed)
    assert code is None or hall.read_code(hall.grouped(code)) == code
    for many in (4, 6):
        digits = hall.read_digits(typed, many)
        assert digits is None or (len(digits) == many and digits.isascii() and digits.isdigit())


@pytest.mark.parametrize(
    "typed",
    [
        "10AB-CD9Z",
        "10abcd9z",
        " 10 ab cd 9z ",
        "IOAB-CD9Z",
        "loab–cd9z",
        "１０ＡＢ－ＣＤ９Ｚ",
        "https://rd.example/990121/hall#10AB-CD9Z",
    ],
)
def test_what_people_type_and_scan_is_read(typed: str) -> None:
    assert hall.read_code(typed) == "10ABCD9Z"


@pytest.mark.parametrize("typed", ["", "10AB-CD9", "10AB-CD9ZZ", "10AB-CD9U", "10AB/CD9Z", "一0AB-CD9Z", "#"])
def test_what_is_no_code_is_not_read(typed: str) -> None:
    assert hall.read_code(typed) is None


@pytest.mark.parametrize(
    ("typed", "many", "read"),
    [
        ("0427", 4, "0427"),
        (" 04 27", 4, "0427"),
        ("０４２７", 4, "0427"),
        ("427", 4, None),
        ("04271", 4, None),
        ("o427", 4, None),
        ("²³¹⁰", 4, "2310"),
        ("٠٤٢٧", 4, None),
        ("119246", 6, "119246"),
        ("119 246", 6, "119246"),
        ("11924", 6, None),
    ],
)
def test_digits_are_read(typed: str, many: int, read: str | None) -> None:
    assert hall.read_digits(typed, many) == read


def test_what_is_stored_of_a_code_needs_the_key_and_the_congress() -> None:
    stored = {
        hall.stored_id(PEPPER, "one", "10ABCD9Z"),
        hall.stored_id(b"q" * 32, "one", "10ABCD9Z"),
        hall.stored_id(PEPPER, "other", "10ABCD9Z"),
        hall.stored_id(PEPPER, "one", "10ABCD9Y"),
    }
    assert len(stored) == 4
    assert all(len(one) == 64 and "10ABCD9Z" not in one for one in stored)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        # RFC 6238, appendix B, the rows of SHA-256: the last six of the eight digits printed there.
        (59, "119246"),
        (1111111109, "084774"),
        (1111111111, "062674"),
        (1234567890, "819424"),
        (2000000000, "698825"),
        (20000000000, "737706"),
    ],
)
def test_the_code_on_the_screen_is_that_of_the_rfc(seconds: int, code: str) -> None:
    secret = "12345678901234567890123456789012"
    assert hall.rotating_code(secret, datetime.fromtimestamp(seconds, UTC)) == code


def test_the_code_on_the_screen_holds_for_its_half_minute_and_the_next() -> None:
    begun = datetime(2026, 1, 14, 2, 0, 0, tzinfo=UTC)
    code = hall.rotating_code("secret", begun)
    accepted = [
        second
        for second in range(-60, 121)
        if hall.is_on_screen("secret", code, begun + timedelta(seconds=second))
    ]
    assert accepted == list(range(60))
    assert hall.seconds_left(begun) == 30
    assert hall.seconds_left(begun + timedelta(seconds=29)) == 1
    assert not hall.is_on_screen("another", code, begun)


def test_a_delay_grows_and_never_locks_out() -> None:
    waits = [
        patience.wait(failures, NOW, NOW, hall.LONGEST_WAIT).total_seconds()
        for failures in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000]
    ]
    assert waits == [0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]


def test_a_clock_set_back_makes_no_delay_longer() -> None:
    assert patience.wait(5, NOW + timedelta(hours=3), NOW, hall.LONGEST_WAIT) == timedelta(seconds=4)


@pytest.mark.parametrize(
    ("closes_on", "age", "holds"),
    [
        (date(2026, 1, 14), timedelta(days=30), True),
        (date(2026, 1, 16), timedelta(days=30), True),
        (date(2026, 1, 13), timedelta(days=30), False),
        (date(2026, 1, 13), timedelta(hours=36), True),
        (date(2026, 1, 13), timedelta(hours=36, seconds=1), False),
    ],
)
def test_a_code_holds_to_the_meetings_end(closes_on: date, age: timedelta, holds: bool) -> None:
    assert hall.holds(closes_on, date(2026, 1, 14), NOW - age, NOW) is holds


@pytest.mark.parametrize(
    ("entitled", "needed"),
    [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (321, 214), (322, 215), (323, 216), (327, 218)],
)
def test_two_thirds_must_be_there(entitled: int, needed: int) -> None:
    assert hall.needed(entitled) == needed
