"""The recount of sealed boxes, and of Pabulib elections under the rules of our rounds."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard import __main__ as command_line
from dashboard.config import ROOT
from dashboard.rules.boxes import box_pb, count_box, read_box
from tests.elections import pb

BOXES = sorted((ROOT / "data" / "demo" / "boxes").glob("*.json"))
TIED = ROOT / "data" / "demo" / "boxes" / "990121-2024-adoption.json"
RULE_SETS = ROOT / "data" / "reference" / "rule_sets"


def recounted(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert command_line.main(["recount", *map(str, arguments), "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert command_line.main(["recount", *map(str, arguments), "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    return err


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Five voters on three projects, two names each at most: a has 4 votes, b 2, c 1; one ballot names a twice."""
    path = tmp_path / "three.pb"
    votes = ("voter_id;vote", "1;a,b", "2;a", "3;a,b", "4;a,c", "5;c,c", "6;z")
    path.write_bytes(pb({"max_length": "2"}, votes=votes))
    return path


def test_a_tied_box_is_counted_by_the_rules_sealed_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    """As announced: of 12 places' list the first nine are chosen, 10 and 11 are level with 203 votes at the last."""
    found = recounted(capsys, TIED)
    assert found["projects"]["1"] == {"votes": 299, "score": None, "selected": True}
    assert [key for key, one in found["projects"].items() if one["selected"]] == [
        str(n) for n in range(1, 10)
    ]
    assert [key for key, one in found["projects"].items() if one["selected"] is None] == ["10", "11"]
    assert found["projects"]["12"]["selected"] is False
    assert found["ties"] == [["10", "11"]]
    assert [(one["line"], one["code"]) for one in found["invalid"]] == [(1, "over_marked")] * 2


@pytest.mark.parametrize("path", BOXES, ids=lambda path: path.stem)
def test_a_box_and_the_pb_written_from_it_give_the_same(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "box.pb"
    written.write_text(box_pb(read_box(path.read_bytes())), "utf-8")
    box, same = recounted(capsys, path), recounted(capsys, written)
    assert same["projects"] == box["projects"]
    assert same["ties"] == box["ties"]
    # Only the valid ballots are in it.
    assert same["invalid"] == []


def test_there_are_boxes_of_every_end() -> None:
    assert {count_box(read_box(path.read_bytes())).state for path in BOXES} >= {"decided", "tied"}


def test_a_box_under_another_rule_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No threshold of more than every vote: nobody is chosen, whoever was."""
    rules = json.loads((RULE_SETS / "adoption-mark@1.json").read_text("utf-8"))
    rules["values"]["threshold"]["value"] = "1/1"
    rules["values"]["threshold_test"]["value"] = "at_least"
    path = tmp_path / "all.json"
    path.write_text(json.dumps(rules), "utf-8")
    found = recounted(capsys, TIED, "--rule", path)
    assert {one["selected"] for one in found["projects"].values()} == {False}
    assert found["projects"]["1"]["votes"] == 299


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda raw: raw.replace(b'"entitled"', b'"Entitled"'), "box_not_a_box"),
        (lambda raw: raw.replace(b'{"ballots"', b'{ "ballots"'), "box_not_canonical"),
        (lambda raw: raw[: len(raw) // 2], "box_not_json"),
        (lambda raw: b"{" * 100_000, "box_not_json"),
    ],
)
def test_a_box_that_is_none_is_refused(
    damage, code, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "box.json"
    path.write_bytes(damage(TIED.read_bytes()))
    assert refused(capsys, path).startswith(f"dashboard: {code}")


@pytest.mark.parametrize("rule", ["greedy", "equalshares/add1"])
def test_a_rule_that_spends_a_budget_has_none_in_a_box(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, TIED, "--rule", rule) == f"dashboard: rule_needs (rule={rule}, needed=cost)\n"


@pytest.mark.parametrize("rule", ["unknown", "", "lottery"])
def test_a_box_is_not_counted_under_a_rule_that_is_none(
    rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, TIED, "--rule", rule) == f"dashboard: no_such_rule (rule={rule or '-'})\n"


@pytest.mark.parametrize(
    ("kind", "scores"),
    [("ordinal", [4, 3, 1]), ("cumulative", [5, 9, 2]), ("scoring", [5, 9, 2]), ("approval", None)],
)
@pytest.mark.parametrize("form", ["mark", "item"])
def test_every_kind_of_votes_is_marks_under_our_rules_and_keeps_its_points(
    form: str, kind: str, scores: list[int] | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By hand: two names at most, so that the first of a ranking has 2 points and the second 1."""
    path = tmp_path / "votes.pb"
    projects = ("project_id;cost;votes;score", "a;60;2;0", "b;50;3;0", "c;40;1;0")
    votes = ("voter_id;vote;points", "1;a,b;3,4", "2;b;5", "3;a,c;2,2", "4;b;0")
    if kind == "ordinal":
        votes = ("voter_id;vote", "1;a,b", "2;b", "3;a,c", "4;")
    path.write_bytes(pb({"vote_type": kind, "max_length": "2"}, projects, votes))
    found = recounted(capsys, path, "--rule", f"adoption-{form}@1")["projects"]
    assert [one["score"] for one in found.values()] == (scores or [None] * 3)
    assert [one["votes"] for one in found.values()] == ([2, 2, 1] if kind == "ordinal" else [2, 3, 1])


def test_an_election_under_our_rules(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By hand: six voters are entitled, so that four votes pass; one ballot has a name twice, one cannot be read."""
    found = recounted(capsys, three, "--rule", "adoption-mark@1")
    assert found["projects"] == {
        "a": {"votes": 4, "score": None, "selected": True},
        "b": {"votes": 2, "score": None, "selected": False},
        "c": {"votes": 1, "score": None, "selected": False},
    }
    assert found["invalid"] == [
        {"ballot": "5", "line": 19, "code": "same_option_twice"},
        {"ballot": "6", "line": 20, "code": "unknown_project"},
    ]


def test_approvals_are_for_marks_where_the_form_asks_item_by_item(
    three: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = recounted(capsys, three, "--rule", RULE_SETS / "adoption-item@1.json")
    assert [one["votes"] for one in found["projects"].values()] == [4, 2, 1]


def test_a_ranking_under_our_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two names each, so two places: a is among the first two of three ballots, b of two, c of one."""
    path = tmp_path / "ranked.pb"
    votes = ("voter_id;vote", "1;b,a", "2;a,b", "3;a,c")
    path.write_bytes(pb({"vote_type": "ordinal", "max_length": "2"}, votes=votes))
    found = recounted(capsys, path, "--rule", "adoption-rank@1")
    assert [(one["votes"], one["selected"]) for one in found["projects"].values()] == [
        (3, True),
        (2, True),
        (1, False),
    ]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("adoption-rank@1", "rule_needs (rule=adoption-rank@1, needed=vote_type=ordinal)"),
        ("adoption-mark@99", "no_such_rule (rule=adoption-mark@99)"),
        ("../adoption-mark@1", "no_such_rule (rule=../adoption-mark@1)"),
        ("lights-default@1", "rule_file_invalid (rule=lights-default@1, reason=other_kind, name=lights)"),
    ],
)
def test_a_rule_that_is_none_is_refused_by_name(
    rule: str, line: str, three: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, three, "--rule", rule) == f"dashboard: {line}\n"


def test_a_file_names_no_path_as_its_rule(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = tmp_path / "own@1.json"
    copied.write_bytes((RULE_SETS / "adoption-mark@1.json").read_bytes())
    assert recounted(capsys, three, "--rule", copied)["projects"]["a"]["selected"]
    path = tmp_path / "named.pb"
    path.write_bytes(pb({"rule": str(copied)}))
    assert refused(capsys, path).startswith("dashboard: no_such_rule (rule=")


def test_a_list_that_is_too_long_for_a_round_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "long.pb"
    path.write_bytes(
        pb(projects=("project_id;cost", *(f"{n};1" for n in range(1000))), votes=("voter_id;vote", "1;7"))
    )
    assert (
        refused(capsys, path, "--rule", "adoption-mark@1")
        == "dashboard: list_too_long (found=1000, most=999)\n"
    )


def test_a_rule_file_that_is_no_json_is_refused(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "reason=not_json" in refused(capsys, three, "--rule", three)
