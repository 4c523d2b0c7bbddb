import csv
import hashlib
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.rules.boxes import box_csv, box_digest, box_pb, count_box, read_box, seal
from dashboard.rules.chain import canonical
from dashboard.rules.counting import Attendance, Option
from dashboard.rules.refused import Refused
from dashboard.store.loading.bulk import DEMONSTRATION
from tests.rules.adoption import raw, rules

TEXTS = ("1 2", "1 3", "1", "", "1 2 3", "1 2")
NAMES = ("农村公路", "学校食堂；扩建", '养老"一键"呼叫;二期')


def ids(many):
    return [hashlib.sha256(bytes([number])).hexdigest() for number in range(many)]


def sealed(texts=TEXTS, key="adoption-mark", purpose="adoption", places=2, members=None, **changes):
    """Seal a box of six deputies, all of them present, two of them on paper."""
    cast = len(texts)
    options = [Option(number, name) for number, name in enumerate(NAMES, start=1)]
    rows = list(zip(ids(cast), texts, *([members] if members else []), strict=True))
    channels = {"electronic": (cast - 2, cast - 2), "paper": (2, 2)}
    attendance = Attendance(cast, cast, cast, cast)
    return seal(raw(key, **changes), purpose, places, options, attendance, channels, rows)


def refused(sealed_bytes, digest=None):
    with pytest.raises(Refused) as found:
        read_box(sealed_bytes, digest)
    return found.value.code


def changed(**values):
    """Return a box with other values, written canonically."""
    return canonical({**json.loads(sealed()), **values})


def test_a_box_is_one_canonical_line_with_the_whole_rule_set():
    found = sealed()
    value = json.loads(found)
    assert canonical(value) == found
    assert found.endswith(b"\n")
    assert found.count(b"\n") == 1
    assert value["format"] == 2
    assert value["rule_set"] == raw()
    assert value["channels"] == {
        "electronic": {"issued": 4, "recovered": 4},
        "paper": {"issued": 2, "recovered": 2},
    }
    assert [ballot["id"] for ballot in value["ballots"]] == sorted(ids(6))
    assert all(set(ballot) == {"id", "marks"} for ballot in value["ballots"])


def test_the_order_in_which_ballots_were_cast_leaves_no_trace():
    rows = list(zip(ids(4), ("1", "2", "3", "1 2"), strict=True))
    options = [Option(1, "甲"), Option(2, "乙"), Option(3, "丙")]
    boxes = {
        seal(raw(), "adoption", 2, options, Attendance(4, 4, 4, 4), {"paper": (4, 4)}, order)
        for order in (rows, rows[::-1], rows[2:] + rows[:2])
    }
    assert len(boxes) == 1


def test_a_box_is_read_and_counted_by_itself():
    found = sealed()
    digest = hashlib.sha256(found).hexdigest()
    box = read_box(found, digest)
    assert box_digest(box) == digest
    outcome = count_box(box)
    assert (outcome.valid, outcome.invalid, outcome.needed) == (5, 1, 4)
    assert {one.number: one.votes for one in outcome.options} == {1: 4, 2: 2, 3: 1}
    assert (outcome.state, outcome.chosen, outcome.missing) == ("short", (1,), 1)


def test_the_same_ballots_under_other_rules():
    box = read_box(sealed())
    by_valid = count_box(box, rules(threshold_base="valid_ballots", threshold="1/3"))
    assert (by_valid.needed, by_valid.chosen) == (2, (1, 2))
    assert count_box(box).chosen == (1,)


@pytest.mark.parametrize("places", [1, 3])
def test_other_places_leave_the_ballots_as_valid_as_they_were(places):
    outcome = count_box(read_box(sealed()), rules(threshold="1/10"), places)
    assert (outcome.valid, outcome.chosen) == (5, (1, 2, 3)[:places])
    ranked = read_box(sealed(("1:1 2:2", "2:1 3:2", "3:1"), "adoption-rank"))
    # For one place only the first rank of a ballot counts.
    assert {one.number: one.votes for one in count_box(ranked, places=1).options} == {1: 1, 2: 1, 3: 1}


def test_a_runoff_box_asks_for_no_threshold():
    outcome = count_box(read_box(sealed(("1", "2", "2", "3"), purpose="runoff", places=1)))
    assert (outcome.needed, outcome.chosen) == (None, (2,))


def test_recorded_rounds_name_who_cast_each_ballot_and_secret_ones_nobody():
    members = [f"seat-{number}" for number in range(6)]
    recorded = read_box(sealed(members=members, secret=False))
    assert sorted(ballot.member for ballot in recorded.ballots) == members
    for arguments in (
        {"members": members},
        {"secret": False},
        {"secret": False, "members": ["seat-1"] * 6},
    ):
        with pytest.raises(Refused) as found:
            sealed(**arguments)
        assert found.value.code == "box_members"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda found: found[:-1], "box_not_canonical"),
        (lambda found: found + b"\n", "box_not_canonical"),
        (lambda found: json.dumps(json.loads(found)).encode(), "box_not_canonical"),
        (lambda found: b"\xef\xbb\xbf" + found, "box_not_canonical"),
        (lambda found: found.replace(b"\n", b"\r\n"), "box_not_canonical"),
        (lambda found: found.replace(b'{"ballots"', b'{"places":2,"ballots"', 1), "box_not_canonical"),
        (lambda found: found[: len(found) // 2], "box_not_json"),
        (lambda _: b"", "box_not_json"),
        (lambda _: b"\xff\xfe", "box_not_json"),
        (lambda _: b"[" * 100_000, "box_not_json"),
        (lambda _: b'{"a":NaN}\n', "box_not_json"),
        (lambda _: b'"\\ud800"\n', "box_not_json"),
        (lambda _: b"9" * 5_000, "box_not_json"),
        (lambda _: b"null\n", "box_not_a_box"),
        (lambda _: b"[]\n", "box_not_a_box"),
    ],
)
def test_what_is_not_the_sealed_file_is_refused(spoil, code):
    assert refused(spoil(sealed())) == code


def test_another_digest_is_refused_before_anything_is_read():
    assert refused(sealed(), "0" * 64) == "box_digest_differs"
    assert refused(b"no box", "0" * 64) == "box_digest_differs"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"format": 1}, "box_not_a_box"),
        ({"more": 1}, "box_not_a_box"),
        ({"places": -1}, "box_not_a_box"),
        ({"places": "2"}, "box_not_a_box"),
        ({"entitled": 6.0}, "box_not_a_box"),
        ({"entitled": True}, "box_not_a_box"),
        ({"purpose": "fun"}, "box_not_a_box"),
        ({"options": [{"number": 0, "name": "甲"}]}, "box_not_a_box"),
        ({"options": [{"number": 1, "name": "甲"}, {"number": 1, "name": "乙"}]}, "box_option_twice"),
        ({"rule_set": {"key": "adoption-mark", "version": 1}}, "box_not_a_box"),
        ({"rule_set": raw(tie="runoff", quorum=None)}, "box_rule_set"),
        ({"rule_set": raw(live_board=True)}, "box_rule_set"),
        ({"entitled": 5}, "box_attendance"),
        ({"issued": 7}, "box_channels"),
        ({"ballots": []}, "box_ballots"),
        ({"ballots": [{"id": "0" * 64, "marks": ""}] * 6}, "box_ballots_order"),
        ({"ballots": [{"id": "x" * 64, "marks": ""}]}, "box_not_a_box"),
        ({"ballots": [{"id": "0" * 64, "marks": "<script>"}]}, "box_not_a_box"),
        ({"ballots": [{"id": "0" * 64, "marks": "1", "cast_at": 1}]}, "box_not_a_box"),
    ],
)
def test_a_box_that_contradicts_itself_is_refused(values, code):
    assert refused(changed(**values)) == code


def test_ballots_out_of_order_are_refused():
    value = json.loads(sealed())
    assert refused(canonical({**value, "ballots": value["ballots"][::-1]})) == "box_ballots_order"


def test_a_box_with_more_recovered_than_issued_is_kept_as_void():
    attendance = Attendance(6, 5, 5, 6)
    rows = list(zip(ids(6), TEXTS, strict=True))
    options = [Option(1, "甲"), Option(2, "乙"), Option(3, "丙")]
    void = seal(raw(), "adoption", 2, options, attendance, {"paper": (5, 6)}, rows)
    assert count_box(read_box(void)).state == "void"
    unread = seal(raw(), "adoption", 2, options, attendance, {"paper": (5, 6)}, [])
    assert count_box(read_box(unread)).state == "void"


def test_a_stuffed_paper_box_is_void_whoever_was_there_and_did_not_vote():
    """Ten were there and three voted on phones; one sheet was handed out and three came out of the box."""
    options = [Option(1, "甲"), Option(2, "乙")]
    rows = list(zip(ids(6), ["1"] * 6, strict=True))
    channels = {"electronic": (9, 3), "paper": (1, 3)}
    box = read_box(seal(raw(), "adoption", 1, options, Attendance(10, 10, 10, 6), channels, rows))
    outcome = count_box(box)
    assert (outcome.state, outcome.chosen) == ("void", ())
    assert (outcome.reason.code, outcome.reason.facts) == (
        "tally.round.void_paper", {"recovered": 3, "issued": 1},
    )  # fmt: skip
    honest = {"electronic": (7, 3), "paper": (3, 3)}
    box = read_box(seal(raw(), "adoption", 1, options, Attendance(10, 10, 10, 6), honest, rows))
    assert (count_box(box).state, count_box(box).chosen) == ("decided", (1,))


def test_nothing_that_cannot_be_read_back_is_sealed():
    with pytest.raises(Refused, match="box_channels"):
        seal(raw(), "adoption", 1, [Option(1, "甲")], Attendance(1, 1, 1, 1), {}, [("0" * 64, "1")])
    with pytest.raises(Refused, match="box_rule_set"):
        sealed(quorum="5/4")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=3))
def test_one_changed_byte_is_refused_or_seen_by_the_digest(at, new):
    found = sealed()
    at %= len(found)
    spoilt = found[:at] + new + found[at + len(new) :]
    if spoilt == found:
        return
    assert refused(spoilt, hashlib.sha256(found).hexdigest()) == "box_digest_differs"
    try:
        box = read_box(spoilt)
    except Refused:
        return
    # Another box altogether, and its digest says so.
    assert box_digest(box) != hashlib.sha256(found).hexdigest()
    count_box(box)


def test_the_csv_names_its_box():
    found = sealed()
    rows = list(csv.DictReader(io.StringIO(box_csv(read_box(found)))))
    assert {row["box_sha256"] for row in rows} == {hashlib.sha256(found).hexdigest()}
    assert sorted((row["id"], row["marks"]) for row in rows) == sorted(zip(ids(6), TEXTS, strict=True))
    assert "member" not in rows[0]


def test_the_csv_of_a_recorded_round_names_the_members():
    members = ["甲,代表", '乙"代表', "丙", "丁", "戊", "己"]
    rows = list(csv.DictReader(io.StringIO(box_csv(read_box(sealed(members=members, secret=False))))))
    assert sorted(row["member"] for row in rows) == sorted(members)


def sections(text):
    """Read a .pb by hand: its three sections as rows."""
    found, name = {}, None
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        if row in (["META"], ["PROJECTS"], ["VOTES"]):
            name = row[0]
            found[name] = []
        else:
            found[name].append(row)
    return dict(found["META"][1:]), found["PROJECTS"], found["VOTES"]


def test_the_pb_holds_the_for_marks_of_valid_ballots_and_the_digest():
    found = sealed()
    meta, projects, votes = sections(box_pb(read_box(found)))
    assert meta["box_sha256"] == hashlib.sha256(found).hexdigest()
    assert (meta["num_projects"], meta["num_votes"], meta["budget"], meta["vote_type"]) == (
        "3",
        "5",
        "2",
        "approval",
    )
    assert (meta["rule"], meta["min_project_score_threshold"]) == ("greedy-threshold", "4")
    assert projects == [
        ["project_id", "cost", "votes", "name", "selected"],
        ["1", "1", "4", NAMES[0], "1"],
        ["2", "1", "2", NAMES[1], "0"],
        ["3", "1", "1", NAMES[2], "0"],
    ]
    cast = dict(zip(ids(6), TEXTS, strict=True))
    assert votes[0] == ["voter_id", "vote"]
    assert {row[0]: row[1] for row in votes[1:]} == {
        ballot: text.replace(" ", ",") for ballot, text in cast.items() if text != "1 2 3"
    }


def test_the_pb_of_items_leaves_out_against_and_abstained():
    _, _, votes = sections(box_pb(read_box(sealed(("1+ 2- 3=", "2+ 3+", "1+ 1-", "1-"), "adoption-item"))))
    assert sorted(row[1] for row in votes[1:]) == ["", "", "1", "2,3"]


def test_the_pb_of_ranks_keeps_their_order():
    meta, _, votes = sections(box_pb(read_box(sealed(("1:2 3:1", "2:1", "", "1:1 2:1"), "adoption-rank"))))
    assert (meta["vote_type"], meta["rule"]) == ("ordinal", "adoption-rank@1")
    assert sorted(row[1] for row in votes[1:]) == ["", "2", "3,1"]


def test_the_pb_of_a_tie_does_not_say_that_the_first_in_the_file_wins():
    meta, projects, _ = sections(box_pb(read_box(sealed(("1 2", "1 3", "1 2", "1 3"), threshold="1/3"))))
    assert meta["rule"] == "adoption-mark@1"
    assert [row[4] for row in projects[1:]] == ["1", "0", "0"]


def test_the_demonstrations_boxes_are_read_and_counted():
    paths = sorted((DEMONSTRATION / "boxes").glob("*.json"))
    assert len(paths) == 41
    for path in paths:
        box = read_box(path.read_bytes())
        outcome = count_box(box)
        assert outcome.state == ("tied" if outcome.tied else "decided")
        assert all(ballot.member is None for ballot in box.ballots)
        assert box.rule_set.reference == "adoption-mark-open@1"
