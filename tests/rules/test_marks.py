from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.marks import Mark, Marks, check_cast, fault, limit, patterns, read_marks, write_marks
from dashboard.rules.refused import Refused
from tests.rules.adoption import rules

LIST = range(1, 13)
MARK, EXACT, ITEM, RANK = (rules(f"adoption-{form}") for form in ("mark", "exact", "item", "rank"))


def code(rule_set, text, places=3, numbers=LIST):
    """Return why a ballot is invalid, without what every code begins with."""
    found = fault(rule_set, numbers, places, read_marks(rule_set.form, text))
    return None if found is None else found.code.removeprefix("tally.invalid.")


@pytest.mark.parametrize(
    ("form", "text", "entries"),
    [
        ("mark", "1 2 12", (Mark(1), Mark(2), Mark(12))),
        ("mark", "7 7", (Mark(7), Mark(7))),
        ("item", "1+ 2- 3=", (Mark(1, "+"), Mark(2, "-"), Mark(3, "="))),
        ("item", "1+ 1-", (Mark(1, "+"), Mark(1, "-"))),
        ("rank", "3:1 5:2", (Mark(3, rank=1), Mark(5, rank=2))),
        ("mark", "", ()),
    ],
)
def test_marks_are_read_and_written(form, text, entries):
    assert read_marks(form, text) == Marks(entries)
    assert write_marks(form, Marks(entries)) == text
    assert write_marks(form, Marks(tuple(reversed(entries)))) == text


@pytest.mark.parametrize("form", ["mark", "item", "rank"])
def test_a_sheet_that_nobody_can_read(form):
    assert read_marks(form, "?") == Marks(unclear=True)
    assert write_marks(form, Marks(unclear=True)) == "?"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("mark", "2 1"), ("mark", "1  2"), ("mark", " 1"), ("mark", "1 "), ("mark", "01"), ("mark", "0"),
        ("mark", "1000"), ("mark", "1\n"), ("mark", "1,2"), ("mark", "一"), ("mark", "１"), ("mark", "1+"),
        ("mark", "-1"), ("mark", "1:2"), ("mark", "? ?"), ("mark", " "), ("mark", "1 " * 9_000 + "1"),
        ("item", "1"), ("item", "1- 1+"), ("item", "1= 1-"), ("item", "1*"), ("item", "2+ 1+"), ("item", "1+2+"),
        ("rank", "1"), ("rank", "1:0"), ("rank", "1:01"), ("rank", "5:1 3:2"), ("rank", "3:2 3:1"),
        ("rank", "1:1000"),
    ],
)  # fmt: skip
def test_what_is_not_canonical_is_refused_without_repeating_it(form, text):
    with pytest.raises(Refused) as refused:
        read_marks(form, text)
    assert refused.value.code == "marks_not_canonical"
    assert refused.value.facts == {}


@given(st.sampled_from(["mark", "item", "rank"]), st.text("0123456789+-=:? \n一", max_size=20))
def test_any_text_is_refused_or_comes_back_as_it_was(form, text):
    try:
        marks = read_marks(form, text)
    except Refused:
        return
    assert write_marks(form, marks) == text


@pytest.mark.parametrize(
    ("rule_set", "text", "expected"),
    [
        (MARK, "1 2 3", None), (MARK, "1", None), (MARK, "", None), (MARK, "?", "unclear"),
        (MARK, "1 2 3 4", "over_marked"), (MARK, "1 13", "off_list"), (MARK, "1 1", "same_option_twice"),
        (EXACT, "1 2 3", None), (EXACT, "1 2", "not_exact"), (EXACT, "1 2 3 4", "over_marked"), (EXACT, "", None),
        (ITEM, "1+ 2+ 3+ 4+ 5+", None), (ITEM, "1+ 1-", None), (ITEM, "1+ 1+", "same_option_twice"),
        (ITEM, "13=", "off_list"), (ITEM, "", None),
        (RANK, "3:1 5:2", None), (RANK, "3:1 5:3", None), (RANK, "1:1 2:2 3:3 4:4", "over_marked"),
        (RANK, "1:1 2:1", "same_rank_twice"), (RANK, "1:1 1:2", "same_option_twice"), (RANK, "13:1", "off_list"),
        (rules(blank_ballot="void"), "", "blank"),
        (rules(unclear_mark="blank"), "?", None),
        (rules(unclear_mark="blank", blank_ballot="void"), "?", "blank"),
        (rules(marks_at_most="any"), "1 2 3 4 5", None),
        (rules(marks_at_most=2), "1 2 3", "over_marked"),
        (rules("adoption-item", double_answer="void"), "1+ 1-", "double_answer"),
        (rules("adoption-item", for_marks_at_most=2, over_marked="void"), "1+ 2+ 3+", "over_marked"),
        # Neither against nor abstained nor an item with two answers is a for-mark.
        (rules("adoption-item", for_marks_at_most=2, over_marked="void"), "1+ 2+ 3- 4= 5+ 5-", None),
        (rules("adoption-rank", gap_in_ranks="void"), "3:1 5:3", "gap_in_ranks"),
        (rules("adoption-rank", gap_in_ranks="void"), "3:2 5:1", None),
    ],
)  # fmt: skip
def test_why_a_ballot_is_invalid(rule_set, text, expected):
    assert code(rule_set, text) == expected


def test_a_fault_says_how_many_and_never_which():
    found = fault(MARK, LIST, 3, read_marks("mark", "1 2 3 4"))
    assert found.facts == {"marked": 4, "most": 3}
    assert fault(MARK, LIST, 3, read_marks("mark", "1 98 99")).facts == {"strays": 2}


def test_on_a_list_shorter_than_the_places_all_may_be_marked():
    assert limit(EXACT, options=2, places=3) == 2
    assert code(EXACT, "1 2", numbers=(1, 2)) is None
    assert code(EXACT, "1", numbers=(1, 2)) == "not_exact"


def test_without_places_only_a_blank_ballot_is_valid():
    assert code(MARK, "1", places=0) == "over_marked"
    assert code(MARK, "", places=0) is None
    assert code(EXACT, "", places=0) is None


@pytest.mark.parametrize(
    ("rule_set", "text", "expected"),
    [
        (MARK, "1 2 3 4", "ballot_over_marked"), (MARK, "1 13", "ballot_off_list"), (MARK, "?", "ballot_unclear"),
        (MARK, "1 1", "ballot_same_option_twice"), (MARK, "2 1", "marks_not_canonical"),
        (EXACT, "1 2", "ballot_not_exact"), (RANK, "1:1 2:1", "ballot_same_rank_twice"),
        (rules(blank_ballot="void"), "", "ballot_blank"),
        # Sheets like these count; a voter at a screen is asked again.
        (ITEM, "1+ 1-", "ballot_double_answer"), (RANK, "3:1 5:3", "ballot_gap_in_ranks"),
        (rules(unclear_mark="blank"), "?", "ballot_unclear"),
    ],
)  # fmt: skip
def test_an_electronic_ballot_is_refused_where_a_sheet_would_be_lost(rule_set, text, expected):
    with pytest.raises(Refused) as refused:
        check_cast(rule_set, LIST, 3, text)
    assert refused.value.code == expected


@pytest.mark.parametrize(
    ("rule_set", "text"),
    [(MARK, "1 12"), (MARK, ""), (EXACT, "1 2 3"), (ITEM, "1+ 2- 3="), (RANK, "1:3 2:1 9:2")],
)
def test_an_electronic_ballot_is_kept_as_it_was_cast(rule_set, text):
    assert check_cast(rule_set, LIST, 3, text) == text


@given(
    st.sampled_from([MARK, EXACT, ITEM, RANK]), st.text("0123456789+-=:? ", max_size=12), st.integers(0, 5)
)
def test_what_may_be_cast_is_valid_when_it_is_counted(rule_set, text, places):
    try:
        check_cast(rule_set, LIST, places, text)
    except Refused:
        return
    assert fault(rule_set, LIST, places, read_marks(rule_set.form, text)) is None


def every_text(form, options):
    """Yield every ballot of a short list, each once."""
    numbers = range(1, options + 1)
    if form == "item":
        for answers in product(("", "+", "-", "="), repeat=options):
            yield " ".join(f"{n}{sign}" for n, sign in zip(numbers, answers, strict=True) if sign)
    elif form == "mark":
        for many in range(options + 1):
            yield from (" ".join(map(str, chosen)) for chosen in combinations(numbers, many))
    else:
        for many in range(options + 1):
            for order in permutations(numbers, many):
                ranked = sorted((number, rank) for rank, number in enumerate(order, start=1))
                yield " ".join(f"{number}:{rank}" for number, rank in ranked)


def may_be_cast(rule_set, options, places, text):
    try:
        check_cast(rule_set, range(1, options + 1), places, text)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    "rule_set",
    [
        MARK, EXACT, ITEM, RANK, rules(blank_ballot="void"), rules("adoption-exact", blank_ballot="void"),
        rules("adoption-item", for_marks_at_most="places", over_marked="void"),
        rules("adoption-rank", ranks_at_most="any"), rules("adoption-item", blank_ballot="void"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("places", [0, 1, 2, 4])
def test_patterns_are_as_many_as_ballots_that_may_be_cast(rule_set, places):
    cast = [text for text in every_text(rule_set.form, 4) if may_be_cast(rule_set, 4, places, text)]
    assert len(cast) == len(set(cast))
    assert patterns(rule_set, 4, places) == len(cast)


def test_patterns_of_common_lists():
    # 12 candidates for 10 places: all subsets but those of 11 and of 12.
    assert patterns(MARK, 12, 10) == 2**12 - 12 - 1
    # Exactly 10 of 12, or blank.
    assert patterns(EXACT, 12, 10) == 66 + 1
    assert patterns(ITEM, 4, 3) == 4**4
