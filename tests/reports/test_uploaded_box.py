"""The page and the command line read one Pabulib file alike, however it is written."""

from io import BytesIO

import pytest

from dashboard.reports.recount import recount_file
from dashboard.reports.uploaded_box import FileRecount, counted_file
from dashboard.rules.refused import Refused
from tests.elections import attempted, pb, read

BOX = "ab" * 32
FILES = {
    "quoted keys": pb().replace(b"rule;greedy", b'"rule";"greedy"'),
    "spaces": pb().replace(b"rule;greedy", b" rule ; greedy "),
    "semicolons of a spreadsheet": pb().replace(b"rule;greedy", b"rule;greedy;;"),
    "a rule in quotes that is none": pb().replace(b"description;Test", b'description;"x\nrule;lottery"'),
    "a rule after a long text": pb().replace(b"rule;", b'note;"' + b"\n" * 120 + b'"\nrule;'),
    "a carriage return in a name": pb().replace(b"Ash", b'"A\rsh"'),
    "a line separator in a name": pb().replace(b"Ash", "A\u2028s\x0bh".encode()),
    "carriage returns alone": pb().replace(b"\n", b"\r"),
    "a digest": pb({"box_sha256": BOX}),
    "no rule": pb({"rule": ""}),
}


@pytest.mark.parametrize("raw", FILES.values(), ids=FILES)
def test_a_file_is_read_alike(raw: bytes) -> None:
    told, found = attempted(recount_file, BytesIO(raw)), attempted(counted_file, raw)
    if isinstance(told, Refused):
        assert isinstance(found, Refused)
        assert (found.code, found.facts) == (told.code, told.facts)
        return
    assert isinstance(found, FileRecount)
    assert {one.key: (one.name, one.votes, one.selected) for one in found.lines} == {
        key: (one.name, one.votes, one.selected) for key, one in told.projects.items()
    }
    assert found.rule == read(raw).rule
    assert found.box == read(raw).meta.get("box_sha256")


def test_some_of_them_are_read() -> None:
    assert [counted_file(FILES[name]).rule for name in ("quoted keys", "a rule after a long text")] == [  # type: ignore[union-attr]  # No box is among them.
        "greedy",
        "greedy",
    ]
    assert counted_file(FILES["a digest"]).box == BOX  # type: ignore[union-attr]  # The same.


def test_points_are_exact_on_the_page_too() -> None:
    votes = ("voter_id;vote;points", "1;a;100000000000000.000001", "2;a;0.000002")
    found = counted_file(pb({"vote_type": "scoring"}, ("project_id;cost;score", "a;60;1"), votes))
    assert isinstance(found, FileRecount)
    assert [one.score for one in found.lines] == ["100000000000000.000003"]
