"""Reading of Pabulib files: what they may hold, and every way in which one is wrong, with its line."""

import string
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.rules.elections import scores_of, votes_of
from dashboard.rules.pabulib import VOTE_TYPES
from dashboard.rules.pabulib_ballots import Ballot, Fault
from dashboard.rules.pabulib_rows import LONGEST, number
from dashboard.rules.recounting import RULES, funded
from dashboard.rules.refused import Refused
from tests.elections import META, PROJECTS, VOTES, attempted, pb, read

POINTS = ("voter_id;vote;points", "1;a,b;3,1", "2;b;2")


CUT = ("pb_section", "pb_truncated", "pb_columns", "pb_column", "pb_vote_type", "pb_value")


def refused(raw: bytes) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as caught:
        read(raw)
    return caught.value.code, caught.value.facts


def faults(*votes: str, head: str = "voter_id;vote", **meta: str) -> list[tuple[str | None, int, str]]:
    """Return what is wrong with the ballots of a file, its lines counted from the first ballot."""
    found = read(pb(meta, votes=(head, *votes)))
    first = 2 + len({**META, **meta}) + 1 + len(PROJECTS) + 3
    return [(one.ballot, one.line - first, one.code) for one in found.faults]


def test_a_plain_file_is_read() -> None:
    election = read(pb({"num_votes": "3", "num_projects": "3"}))
    assert (election.rule, election.budget, election.faults) == ("greedy", 100, ())
    assert [(key, one.cost, one.votes, one.selected) for key, one in election.projects.items()] == [
        ("a", 60, 3, 1),
        ("b", 50, 2, 0),
        ("c", 40, 1, 1),
    ]
    assert votes_of(election) == {"a": 3, "b": 2, "c": 1}
    assert election.ballots[Ballot(("a", "b"), ())] == 1


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(lambda raw: raw.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda raw: b"\xef\xbb\xbf" + raw, id="BOM"),
        pytest.param(lambda raw: raw[:-1], id="no end of the last line"),
        pytest.param(lambda raw: raw.replace(b"\nVOTES", b"\n\n  \n;;\nVOTES\n"), id="empty lines"),
        pytest.param(lambda raw: raw.replace(b"Ash", b'"Ash; ""old"" and\nnew"'), id="quotes over two lines"),
        pytest.param(lambda raw: raw.replace(b"60;", b'"60,00";'), id="decimal comma"),
        pytest.param(lambda raw: raw.replace(b"60;", b"60.0;"), id="decimal point"),
        pytest.param(lambda raw: raw.replace(b";", b" ; ").replace(b",", b" , "), id="spaces"),
        pytest.param(lambda raw: raw.replace(b"greedy\n", b"greedy;;\n"), id="a spreadsheet's semicolons"),
        pytest.param(lambda raw: raw.replace(b"1;a,b,c\n", b"1;a,b,c;;\n"), id="semicolons after a ballot"),
        pytest.param(
            lambda raw: raw.replace(b"META", b"meta").replace(b"VOTES", b"Votes"), id="small titles"
        ),
    ],
)
def test_what_differs_in_writing_only_is_read_the_same(written) -> None:  # type: ignore[no-untyped-def]
    raw = pb()
    assert written(raw) != raw
    found = read(written(raw))
    assert (votes_of(found), found.faults) == ({"a": 3, "b": 2, "c": 1}, ())
    assert found.projects["a"].cost == 60


def test_a_quoted_name_keeps_its_semicolons_and_its_quotes() -> None:
    projects = ("project_id;cost;name", 'a;1;"Path; ""Oak"" and more"')
    assert (
        read(pb(projects=projects, votes=("voter_id;vote", "1;a"))).projects["a"].name
        == 'Path; "Oak" and more'
    )


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        pytest.param(b"", "pb_section", 1, id="nothing"),
        pytest.param(b'{"format": 2}', "pb_section", 1, id="something else"),
        pytest.param(pb().replace(b"PROJECTS\n", b""), "pb_section", 11, id="no projects"),
        pytest.param(pb().split(b"VOTES")[0], "pb_section", 11, id="no votes"),
        pytest.param(pb().replace(b"key;value\n", b""), "pb_column", 2, id="META without its header"),
        pytest.param(pb().replace(b"project_id", b"id"), "pb_column", 8, id="no project_id"),
        pytest.param(pb().replace(b";cost;", b";price;"), "pb_column", 8, id="no cost"),
        pytest.param(pb().replace(b"voter_id", b"voter"), "pb_column", 13, id="no voter_id"),
        pytest.param(pb().replace(b"voter_id;vote", b"voter_id;votes"), "pb_column", 13, id="no vote"),
        pytest.param(pb({"vote_type": "cumulative"}), "pb_column", 13, id="no points"),
        pytest.param(pb().replace(b";name;", b";cost;"), "pb_column_twice", 8, id="a column twice"),
        pytest.param(pb({"vote_type": "sortition"}), "pb_vote_type", 5, id="unknown vote type"),
        pytest.param(pb({"vote_type": ""}), "pb_vote_type", 1, id="no vote type"),
        pytest.param(pb().replace(b"rule;", b"budget;"), "pb_key_twice", 6, id="a key twice"),
        pytest.param(pb({"budget": "-1"}), "pb_value", 4, id="negative budget"),
        pytest.param(pb({"budget": "NaN"}), "pb_value", 4, id="budget that is no number"),
        pytest.param(pb({"budget": "9" * 16}), "pb_value", 4, id="huge budget"),
        pytest.param(pb({"num_votes": "many"}), "pb_value", 7, id="num_votes in words"),
        pytest.param(pb({"max_length": "-2"}), "pb_value", 7, id="negative max_length"),
        pytest.param(pb().replace(b"a;60;", b"a;-60;"), "pb_value", 9, id="negative cost"),
        pytest.param(pb().replace(b"a;60;", b"a;nan;"), "pb_value", 9, id="cost NaN"),
        pytest.param(pb().replace(b"a;60;", b"a;inf;"), "pb_value", 9, id="cost infinite"),
        pytest.param(pb().replace(b"a;60;", b"a;1e9;"), "pb_value", 9, id="cost with exponent"),
        pytest.param(pb().replace(b"a;60;", b"a;" + b"9" * 5000 + b";"), "pb_value", 9, id="huge cost"),
        pytest.param(pb().replace(b"a;60;", b"a;;"), "pb_value", 9, id="no cost given"),
        pytest.param(pb().replace(b"Beech;0", b"Beech;4"), "pb_value", 10, id="selected beyond 3"),
        pytest.param(pb().replace(b"b;50;2", b"b;50;two"), "pb_value", 10, id="votes in words"),
        pytest.param(pb().replace(b"b;50", b";50"), "pb_value", 10, id="project without id"),
        pytest.param(pb().replace(b"b;50", b"a;50"), "pb_project_twice", 10, id="project id twice"),
        pytest.param(pb().replace(b"Beech;", b"Beech;Fir;"), "pb_columns", 10, id="semicolon without quotes"),
        pytest.param(pb().replace(b"Beech;0", b"Beech"), "pb_columns", 10, id="project too short"),
        pytest.param(pb().replace(b"Beech", b"B\xffech"), "pb_not_utf8", 10, id="no UTF-8"),
        pytest.param(pb().replace(b"Beech", b'"Beech" tree'), "pb_quotes", 10, id="words after quotes"),
        pytest.param(pb().replace(b"Beech", b"B" * 10_000_000), "pb_line_too_long", 10, id="a line of 10 MB"),
        pytest.param(pb().replace(b"Beech", b'"Beech'), "pb_truncated", 10, id="quotes never closed"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_understood_is_refused_with_its_line(raw: bytes, code: str, line: int) -> None:
    found, facts = refused(raw)
    assert (found, facts["line"]) == (code, line)


WHOLE = pb({"num_votes": "3"}, votes=(*VOTES[:-1], "3;a,b")).replace(b"b;50;2", b"b;50;3")


@pytest.mark.parametrize("cut", range(1, len(WHOLE) - 1))
def test_a_file_cut_anywhere_is_refused_or_says_that_ballots_are_missing(cut: int) -> None:
    """Only a cut that leaves whole ballots can be counted, and then the count of META tells."""
    found = attempted(read, WHOLE[:cut])
    if isinstance(found, Refused):
        assert found.code in CUT
        assert 1 <= found.facts["line"] <= 17  # type: ignore[operator]
    else:
        assert "num_votes_differs" in [fault.code for fault in found.faults]


def test_only_the_end_of_the_last_line_may_be_missing() -> None:
    assert votes_of(read(WHOLE[:-1])) == votes_of(read(WHOLE)) == {"a": 3, "b": 3, "c": 1}


@pytest.mark.parametrize("left", ["3;a", "3;", "3;a,", "3;a,z"])
def test_a_last_ballot_that_is_whole_but_not_all_there_is_refused(left: str) -> None:
    """Without the count of META, and with it: the ballot is there, only not all of it."""
    for meta in ({"num_votes": "3"}, {}):
        cut = WHOLE if meta else WHOLE.replace(b"num_votes;3\n", b"")
        cut = cut.removesuffix(b"3;a,b\n") + left.encode()
        assert refused(cut) == ("pb_truncated", {"line": cut.count(b"\n") + 1})
        # Where the line has its end, the file was written so, and the votes published of it are wrong.
        assert read(cut + b"\n").projects["b"].votes == 3


def test_points_cut_off_are_missed_too() -> None:
    """The last points are 15: cut after the 1 the ballot is whole, and the votes are right."""
    projects = ("project_id;cost;votes;score", "a;60;2;18", "b;50;1;1")
    raw = pb({"vote_type": "cumulative"}, projects, ("voter_id;vote;points", "1;a,b;3,1", "2;a;15"))
    assert scores_of(read(raw[:-1])) == {"a": 18, "b": 1}
    assert refused(raw[:-2]) == ("pb_truncated", {"line": 14})


def test_a_second_section_of_votes_is_refused() -> None:
    for title in (b"VOTES", b" votes ;;", b"META", b"PROJECTS"):
        raw = pb() + title + b"\nvoter_id;vote\n9;a\n"
        assert refused(raw) == ("pb_section", {"line": 17, "section": title.decode().strip(" ;").upper()})
    assert votes_of(read(pb(votes=("voter_id;vote", "VOTES;a"))))["a"] == 1


def test_a_ballot_cut_in_the_middle_is_refused() -> None:
    assert refused(pb(votes=(*VOTES, "4"))[:-1]) == ("pb_truncated", {"line": 17})
    assert refused(pb({"num_votes": "3"})[:-3]) == ("pb_truncated", {"line": 17})
    # What is left of the second ballot could be a whole one: that one is missing, and the line has no end, tells.
    assert refused(pb({"num_votes": "3"}).removesuffix(b",b\n3;a\n")) == ("pb_truncated", {"line": 16})


def test_wrong_counts_in_meta_are_told_with_their_lines() -> None:
    found = read(pb({"num_votes": "4", "num_projects": "2"})).faults
    assert found == (Fault(None, 8, "num_projects_differs"), Fault(None, 7, "num_votes_differs"))


def test_a_project_named_twice_counts_twice_and_is_told() -> None:
    assert faults("1;a,b,a", "2;a") == [("1", 0, "project_twice")]
    assert votes_of(read(pb(votes=("voter_id;vote", "1;a,b,a", "2;a")))) == {"a": 3, "b": 1, "c": 0}


@pytest.mark.parametrize(
    ("votes", "told", "counted"),
    [
        pytest.param(
            ("1;a", "2;b", "1;b"), [("1", 2, "duplicate_voter")], {"a": 1, "b": 1}, id="voter twice"
        ),
        pytest.param(("1;a", " ;b"), [("", 1, "no_voter")], {"a": 1}, id="no voter"),
        pytest.param(("1;a", "2;b,z"), [("2", 1, "unknown_project")], {"a": 1}, id="unknown project"),
        pytest.param(("1;a", "2;b,"), [("2", 1, "unknown_project")], {"a": 1}, id="a comma too many"),
        pytest.param(("2", "1;a"), [("2", 0, "columns_differ")], {"a": 1}, id="too short"),
        pytest.param(("2;b;c", "1;a"), [("2", 0, "columns_differ")], {"a": 1}, id="too long"),
    ],
)
def test_a_ballot_that_cannot_be_read_is_told_and_not_counted(votes, told, counted) -> None:  # type: ignore[no-untyped-def]
    assert faults(*votes) == told
    found = votes_of(read(pb(votes=("voter_id;vote", *votes))))
    assert {key: count for key, count in found.items() if count} == counted


@pytest.mark.parametrize(
    ("meta", "votes", "code"),
    [
        ({"max_length": "1"}, "1;a,b", "too_many"),
        ({"min_length": "2"}, "1;a", "too_few"),
        ({"min_length": "1"}, "1;", "too_few"),
        ({"max_sum_cost": "100"}, "1;a,b", "cost_sum"),
    ],
)
def test_a_ballot_out_of_bounds_is_told_and_counted(meta: dict[str, str], votes: str, code: str) -> None:
    assert faults(votes, **meta) == [("1", 0, code)]
    found = read(pb(meta, votes=("voter_id;vote", votes)))
    assert sum(votes_of(found).values()) == len([one for one in votes.partition(";")[2].split(",") if one])


@pytest.mark.parametrize(
    ("points", "kind", "code"),
    [
        ("3", "cumulative", "points_differ"),
        ("3,x", "cumulative", "points_unreadable"),
        ("3,nan", "scoring", "points_unreadable"),
        ("3,", "scoring", "points_unreadable"),
        ("3,-1", "cumulative", "points_negative"),
        ("3,9", "cumulative", "points_sum"),
    ],
)
def test_points_that_are_wrong_are_told(points: str, kind: str, code: str) -> None:
    meta = {"vote_type": kind, "max_sum_points": "10"}
    assert faults(f"1;a,b;{points}", head="voter_id;vote;points", **meta) == [("1", 0, code)]


def test_a_blank_ballot_is_a_ballot() -> None:
    found = read(pb(votes=("voter_id;vote", "1;", "2;a")))
    assert (found.ballots, found.faults) == ({Ballot((), ()): 1, Ballot(("a",), ()): 1}, ())


def test_points_by_type_of_vote() -> None:
    """By hand: 1 gives a 3 and b 1, 2 gives b 2; ranked among at most two names the first gets 2, the second 1."""
    scored = ("project_id;cost;score", "a;60;3", "b;50;3")
    for kind in ("cumulative", "scoring"):
        assert scores_of(read(pb({"vote_type": kind}, scored, POINTS))) == {"a": 3, "b": 3}
    ranked = pb({"vote_type": "ordinal", "max_length": "2"}, scored, ("voter_id;vote", "1;a,b", "2;b"))
    assert scores_of(read(ranked)) == {"a": 2, "b": 3}
    unbounded = pb({"vote_type": "ordinal"}, (*scored, "c;1;0"), ("voter_id;vote", "1;a,b", "2;b"))
    assert scores_of(read(unbounded)) == {"a": 3, "b": 5, "c": 0}


def test_decimal_and_negative_points_are_exact() -> None:
    votes = ("voter_id;vote;points", *(f"{n};a,b;0.1,-0.2" for n in range(10)))
    found = scores_of(read(pb({"vote_type": "scoring"}, ("project_id;cost;score", "a;1;1", "b;1;-2"), votes)))
    assert found == {"a": Fraction(1), "b": Fraction(-2)}


def test_no_points_where_the_file_publishes_none() -> None:
    assert scores_of(read(pb({"vote_type": "cumulative"}, votes=POINTS))) is None
    assert scores_of(read(pb(projects=("project_id;cost;score", "a;1;5", "b;1;5", "c;1;5")))) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", Fraction(12)), ("12,5", Fraction(25, 2)), ("0.000001", Fraction(1, 10**6)), ("-3", Fraction(-3)),
        ("1.2.3", None), ("1,234,567", None), ("1e3", None), ("٣", None), ("", None), ("+1", None), ("1_0", None),
    ],
)  # fmt: skip
def test_numbers_are_exact_or_none(text: str, value: Fraction | None) -> None:
    assert number(text) == value


# Words that make a file nearly right, so that the fuzz gets beyond its first line.
PIECES = st.sampled_from(
    [
        "META", "PROJECTS", "VOTES", "key;value", "project_id;cost;votes;score;selected", "voter_id;vote;points",
        "budget;100", "vote_type;approval", "vote_type;cumulative", "rule;greedy", "num_votes;2", "max_length;1",
        "a;10;1;1;1", "b;20;2;2;0", "1;a;1", "2;a,b;1,2", "2;b;x", "3;a,a;1,1", ";", '"', '"a', "a;;;;", "\r", "",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=24), st.sampled_from(["\n", "\r\n"]))
def test_a_file_of_pieces_is_read_or_refused_with_a_line(pieces: list[str], end: str) -> None:
    read_or_refused(end.join(pieces).encode())


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_line(raw: bytes) -> None:
    read_or_refused(raw)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_a_line(data: st.DataObject) -> None:
    raw = bytearray(pb({"vote_type": "cumulative", "num_votes": "2"}, votes=POINTS))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=3))
    read_or_refused(bytes(raw))


def read_or_refused(raw: bytes) -> None:
    """Nothing but a result or a clean refusal; what is read can be counted under every rule, or that is refused."""
    lines = raw.count(b"\n") + 1
    election = attempted(read, raw)
    if isinstance(election, Refused):
        assert election.code.startswith("pb_")
        assert 1 <= election.facts["line"] <= lines  # type: ignore[operator]
        return
    assert all(votes >= 0 for votes in votes_of(election).values())
    assert all(1 <= fault.line <= lines for fault in election.faults)
    for rule in RULES:
        found = attempted(funded, election, rule)
        if isinstance(found, Refused):
            assert found.code == "rule_needs"
        else:
            assert found is not None
            assert set(found.projects) <= set(election.projects)


IDS = st.text(string.ascii_letters + string.digits + "/.-ąż中", min_size=1, max_size=8)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=20)


@settings(deadline=None)
@given(st.data())
def test_a_written_election_is_read_back(data: st.DataObject) -> None:
    """A round trip, written here by the plainest way of quoting: always."""
    kind = data.draw(st.sampled_from(VOTE_TYPES))
    keys = data.draw(st.lists(IDS, min_size=1, max_size=6, unique=True))
    names = [data.draw(NAMES) for _ in keys]
    costs = [data.draw(st.integers(0, 10**9)) for _ in keys]
    ballots = data.draw(st.lists(st.lists(st.sampled_from(keys), unique=True, max_size=6), max_size=8))
    points = [[data.draw(st.integers(0, 10)) for _ in ballot] for ballot in ballots]
    projects = ["project_id;cost;name"]
    for key, cost, name in zip(keys, costs, names, strict=True):
        projects.append(";".join([quoted(key), str(cost), quoted(name)]))
    votes = ["voter_id;vote;points"]
    for place, (ballot, given_) in enumerate(zip(ballots, points, strict=True)):
        votes.append(f"{place};{quoted(','.join(ballot))};{','.join(map(str, given_))}")
    found = read(pb({"vote_type": kind}, projects, votes))
    assert found.faults == ()
    assert [(key, one.cost, one.name) for key, one in found.projects.items()] == [
        (key, cost, name.strip()) for key, cost, name in zip(keys, costs, names, strict=True)
    ]
    assert votes_of(found) == {key: sum(key in ballot for ballot in ballots) for key in keys}
    assert sum(found.ballots.values()) == len(ballots)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def test_the_longest_line_that_is_read() -> None:
    raw = pb(projects=("project_id;cost;name", "a;1;" + "x" * (LONGEST - 5)), votes=("voter_id;vote", "1;a"))
    assert votes_of(read(raw)) == {"a": 1}
    assert refused(raw.replace(b"xx", b"xxx", 1))[0] == "pb_line_too_long"
