"""The recount by the command line: real elections give their published figures, and nothing heavy is loaded."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard import __main__ as command_line
from dashboard.config import ROOT
from dashboard.rules.elections import Election
from dashboard.rules.pabulib import read_pabulib
from tests.elections import MOKOTOW, SMALL, WROCLAW, pb

# Why the winners of a file are not its rule's alone; what the rule gives is right all the same.
OTHERWISE = {
    "Poland_Katowice_2024_Murcki.pb": {
        # 31 points are below the threshold of 50, and 35,000 no longer fit: the city paid for it from elsewhere,
        # as `selected` 2 says. L18/06/XI was withdrawn after the vote, and costs 999,999,999 there.
        "L18/16/XI"
    },
}
# The file publishes no winners and calls its rule unknown; its points follow a formula that it does not state.
NO_WINNERS = "US_Stanford_Dataset_PB_Rochester_NY_2019_vote_rankings.pb"
ELECTIONS = (*SMALL, MOKOTOW, WROCLAW)
# The one ballot of all that names a project twice.
FAULTS = {
    "Poland_Warszawa_2026_Blonia_Wilanowskie.pb": [{"ballot": "255664", "line": 268, "code": "project_twice"}]
}
HEAVY = {"sqlalchemy", "dash", "flask", "granian", "pandas", "plotly", "pydantic", "babel", "alembic"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.pb"
    path.write_bytes(pb({"num_votes": "3"}))
    return path


def recounted(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert command_line.main(["recount", *map(str, arguments), "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def published(path: Path) -> Election:
    with path.open("rb") as file:
        return read_pabulib(file)


@pytest.mark.parametrize("name", ELECTIONS)
def test_a_real_election_gives_its_published_votes(
    name: str, pabulib: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = published(pabulib / name).projects
    found = recounted(capsys, pabulib / name)
    assert {key: one["votes"] for key, one in found["projects"].items()} == {
        key: one.votes for key, one in told.items()
    }
    assert found["invalid"] == FAULTS.get(name, [])


@pytest.mark.parametrize("name", [name for name in ELECTIONS if name != NO_WINNERS])
def test_a_real_election_gives_its_published_points_and_winners(
    name: str, pabulib: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = published(pabulib / name).projects
    found = recounted(capsys, pabulib / name)
    points = {key: one["score"] for key, one in found["projects"].items()}
    assert points == {key: one.score for key, one in told.items()}
    winners = {key for key, one in found["projects"].items() if one["selected"]}
    assert winners == {key for key, one in told.items() if one.selected} - OTHERWISE.get(name, set())
    # None of these ten was decided by the order of the list alone.
    assert found["ties"] == []


def test_the_points_of_four_elections_are_compared_with_published_ones(pabulib: Path) -> None:
    assert [name for name in ELECTIONS if published(pabulib / name).has_score] == [
        "Poland_Czestochowa_2024_Podjasnogorska.pb",
        "Poland_Katowice_2024_Murcki.pb",
        "Poland_Krakow_2019_Bienczyce.pb",
        NO_WINNERS,
    ]


def test_an_election_that_does_not_know_its_rule_has_no_winners(
    pabulib: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = recounted(capsys, pabulib / NO_WINNERS)
    assert {one["selected"] for one in found["projects"].values()} == {None}


def test_every_real_election_is_told(pabulib: Path) -> None:
    assert sorted(ELECTIONS) == sorted(path.name for path in pabulib.glob("*.pb"))


def test_json_is_exactly_what_is_promised(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert recounted(capsys, small) == {
        "projects": {
            "a": {"votes": 3, "score": None, "selected": True},
            "b": {"votes": 2, "score": None, "selected": False},
            "c": {"votes": 1, "score": None, "selected": True},
        },
        "ties": [],
        "invalid": [],
    }


def test_ties_and_faults_are_in_the_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tied.pb"
    path.write_bytes(
        pb({"budget": "60", "num_votes": "9"}, votes=("voter_id;vote", "1;b", "2;c", "2;c", "3;z"))
    )
    found = recounted(capsys, path)
    assert found["ties"] == [["b", "c"]]
    assert [one["selected"] for one in found["projects"].values()] == [False, True, False]
    assert found["invalid"] == [
        {"ballot": None, "line": 7, "code": "num_votes_differs"},
        {"ballot": "2", "line": 17, "code": "duplicate_voter"},
        {"ballot": "3", "line": 18, "code": "unknown_project"},
    ]


def test_points_are_whole_numbers_where_they_are_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "points.pb"
    votes = ("voter_id;vote;points", "1;a,b;0.5,3", "2;b;0.25")
    projects = ("project_id;cost;score", "a;60;1", "b;50;3")
    path.write_bytes(pb({"vote_type": "scoring"}, projects, votes))
    assert command_line.main(["recount", str(path), "--json"]) == 0
    assert '"score": 0.5' in (out := capsys.readouterr().out)
    assert '"score": 3.25' in out


def test_points_that_no_float_holds_are_written_digit_by_digit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "points.pb"
    votes = ("voter_id;vote;points", "1;a,b;100000000000000.000001,-0.5", "2;a;0.000002")
    path.write_bytes(pb({"vote_type": "scoring"}, ("project_id;cost;score", "a;60;1", "b;5;1"), votes))
    assert command_line.main(["recount", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out, parse_float=Decimal)
    assert found["projects"]["a"]["score"] == Decimal("100000000000000.000003")
    assert found["projects"]["b"]["score"] == Decimal("-0.5")
    assert command_line.main(["recount", str(path)]) == 0
    assert "100000000000000.000003" in capsys.readouterr().out


def test_projects_that_exclude_one_another_untold_are_counted_down_the_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As cities publish it: ranked, with points, a threshold, and what excludes what in a comment alone."""
    path = tmp_path / "exclusive.pb"
    meta = {
        "vote_type": "ordinal", "rule": "greedy-exclusive", "max_length": "4", "min_project_score_threshold": "4",
        "comment": "#1: a and b concern the same area.",
    }  # fmt: skip
    projects = ("project_id;cost;votes;score;name;selected", "a;60;2;8;A;1", "b;40;2;7;B;0", "c;5;1;3;C;0")
    path.write_bytes(pb(meta, projects, ("voter_id;vote;points", "1;a,b;4,3", "2;a;4", "3;b,c;4,3")))
    found = recounted(capsys, path)
    assert {key: list(one.values()) for key, one in found["projects"].items()} == {
        "a": [2, 8, True], "b": [2, 7, True], "c": [1, 3, False],
    }  # fmt: skip
    assert found["invalid"] == [{"ballot": None, "line": 11, "code": "conflicts_missing"}]
    told = path.read_bytes().replace(b"selected\n", b"selected;conflicts\n")
    path.write_bytes(told.replace(b"A;1", b"A;1;b").replace(b";0\n", b";0;\n"))
    found = recounted(capsys, path)
    assert [one["selected"] for one in found["projects"].values()] == [True, False, False]
    assert found["invalid"] == []


@pytest.mark.parametrize("rule", ["unknown", ""])
def test_who_names_a_rule_names_one(rule: str, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file may not know its rule; whoever asks for another one does."""
    assert command_line.main(["recount", str(small), "--json", "--rule", rule]) == 1
    assert capsys.readouterr() == ("", f"dashboard: no_such_rule (rule={rule or '-'})\n")


def test_another_rule_may_be_named(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = recounted(capsys, small, "--rule", "greedy-no-skip")
    assert [one["selected"] for one in found["projects"].values()] == [True, False, False]


@pytest.mark.parametrize(
    ("meta", "arguments", "line"),
    [
        ({"rule": "lottery"}, [], "dashboard: no_such_rule (rule=lottery)\n"),
        ({}, ["--rule", "lottery"], "dashboard: no_such_rule (rule=lottery)\n"),
        ({"budget": ""}, [], "dashboard: rule_needs (rule=greedy, needed=budget)\n"),
        ({"budget": "nan"}, [], "dashboard: pb_value (line=4, column=budget)\n"),
    ],
)
def test_a_refusal_is_one_line_and_no_json(
    meta: dict[str, str], arguments: list[str], line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.pb"
    path.write_bytes(pb(meta))
    assert command_line.main(["recount", str(path), "--json", *arguments]) == 1
    assert capsys.readouterr() == ("", line)


def test_a_refusal_does_nothing_to_a_terminal_and_stays_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.pb"
    path.write_bytes(pb({"rule": '"\x1b[2J\u202eno\nrule"'}))
    assert command_line.main(["recount", str(path)]) == 1
    assert capsys.readouterr() == ("", "dashboard: no_such_rule (rule=?[2J?no?rule)\n")
    assert command_line.main(["recount", str(tmp_path / "a\x07\nb")]) == 1
    assert capsys.readouterr().err == f"dashboard: {tmp_path}/a??b: No such file or directory\n"


@pytest.mark.parametrize("arguments", [[], ["--rule", "规则"]])
def test_a_terminal_without_such_letters_reads_the_rest(arguments: list[str], tmp_path: Path) -> None:
    path = tmp_path / "named.pb"
    path.write_bytes(pb(projects=("project_id;cost;votes;name", "a;60;3;Jesień", "b;50;2;B", "c;40;1;C")))
    told = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "recount", str(path), *arguments],
        cwd=ROOT, env=told, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if arguments:
        assert (done.returncode, done.stderr) == (1, "dashboard: no_such_rule (rule=??)\n")
    else:
        assert (done.returncode, done.stderr) == (0, "")
        assert "Jesie?" in done.stdout


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["recount", str(tmp_path / "none.pb")]) == 1
    assert capsys.readouterr().err == f"dashboard: {tmp_path / 'none.pb'}: No such file or directory\n"


def test_a_person_reads_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lines.pb"
    projects = ("project_id;cost;votes;name;selected", "a;60;3;A\x1b[2Jsh;1", "b;60;2;Beech;0")
    path.write_bytes(pb({"budget": "60"}, projects, ("voter_id;vote", "1;a", "2;b", "2;b")))
    assert command_line.main(["recount", str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "project      votes      score  selected",
        "a                1          -  yes       A?[2Jsh",
        "b                1          -  no        Beech",
        "tie: a, b",
        "invalid: line 15: ballot 2: duplicate_voter",
        "published otherwise: a: votes",
        "published otherwise: b: votes",
    ]


def test_a_recount_loads_neither_database_nor_web(small: Path) -> None:
    script = (
        "import sys; from dashboard.__main__ import main; "
        f"main(['recount', {str(small)!r}, '--json']); sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["projects"]["a"]["votes"] == 3
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "dashboard" in loaded
    assert not loaded & HEAVY


def test_the_other_commands_still_say_in_one_line_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_PORT", "none")
    assert command_line.main(["doctor"]) == 1
    assert capsys.readouterr().err.startswith("dashboard: DASHBOARD_PORT: ")
    monkeypatch.setenv("DASHBOARD_PORT", "8050")
    monkeypatch.setenv("DASHBOARD_ENV", "production")
    assert command_line.main(["doctor"]) == 1
    assert capsys.readouterr().err.startswith("dashboard: DASHBOARD_SECRET ")
