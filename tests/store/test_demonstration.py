"""The demonstration: counted again from its sealed boxes; files that disagree are refused whole."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.store.loading.demonstration import load_demonstration
from dashboard.store.loading.gathering import key_of
from dashboard.store.loading.reference import load_reference
from dashboard.store.loading.rows import BadRow
from dashboard.store.tables.orders import Candidate, Order
from dashboard.store.tables.progress import Project, Report
from dashboard.store.tables.voting import Ballot, Count, Participation, RollEntry, Round, RoundProject
from dashboard.store.transactions import Store
from tests.store.asking import ask, counts, spoil

COUNTY = key_of("congress", "990121")
ROUND = key_of("rounds", "990121", "2025-adoption")
BOX = "990121-2025-adoption.json"
VOTES = [298, 291, 286, 279, 274, 268, 261, 252, 243, 229, 196, 141]


def test_the_county_voted_as_announced(loaded_store: Store) -> None:
    rows = ask(loaded_store, select(Count).where(Count.round_id == ROUND).order_by(Count.votes.desc()))
    assert [row.votes for row in rows] == VOTES
    assert [row.state for row in rows] == ["chosen"] * 10 + ["beyond", "failed"]
    held = ask(loaded_store, select(Round).where(Round.id == ROUND))[0]
    assert (held.entitled, held.present, held.issued, held.recovered) == (321, 312, 312, 312)
    assert (held.valid, held.invalid, held.threshold, held.places) == (309, 3, 161, 10)
    assert held.rules["key"] == "adoption-mark-open"
    for entity, expected in ((RollEntry, 321), (Participation, 312), (Ballot, 312), (RoundProject, 10)):
        assert len(ask(loaded_store, select(entity).where(entity.round_id == ROUND))) == expected


def test_the_ballots_kept_give_the_counts_kept(loaded_store: Store) -> None:
    for held in ask(loaded_store, select(Round)):
        marks = [
            ballot.split()
            for ballot in ask(loaded_store, select(Ballot.marks).where(Ballot.round_id == held.id))
        ]
        votes = Counter(int(mark) for ballot in marks if len(ballot) <= held.places for mark in ballot)
        kept = ask(loaded_store, select(Count).where(Count.round_id == held.id))
        assert {count.number: count.votes for count in kept} == dict(votes)


def test_chosen_candidates_became_projects(loaded_store: Store) -> None:
    with loaded_store.system().reading() as session:
        pairs = session.execute(
            select(Candidate, Project)
            .join(
                Project,
                (Project.congress_id == Candidate.congress_id) & (Project.candidate_id == Candidate.id),
            )
            .where(Candidate.congress_id == COUNTY)
        ).all()
    assert len(pairs) == 10
    assert all(candidate.state == "chosen" and candidate.name == project.name for candidate, project in pairs)
    states = ask(loaded_store, select(Candidate.state).where(Candidate.congress_id == COUNTY))
    assert Counter(states) == {"chosen": 10, "beyond": 1, "failed": 1}


def test_the_roll_is_who_was_in_office_that_day(loaded_store: Store) -> None:
    # Both lost their seat in the summer after the round.
    later = [key_of("memberships", "990121", name) for name in ("D088", "D204")]
    roll = ask(loaded_store, select(RollEntry.membership_id).where(RollEntry.round_id == ROUND))
    assert set(later) <= set(roll)


def test_what_was_only_received_is_not_public(loaded_store: Store) -> None:
    orders = ask(loaded_store, select(Order))
    assert {order.state for order in orders if order.published_at is None} == {"received"}
    assert ask(loaded_store, select(Report).where(Report.published_at.is_(None))) == []


def another_mark(files: Path) -> None:
    first = "00c0de400a3bc5abc765d60b3c7bcc4ec168d9375395c955898e4aa1a2b2af02"
    spoil(files / "demo" / "boxes" / BOX, f'"{first}","marks":"1 3 4', f'"{first}","marks":"1 2 4')


def other_numbers(files: Path) -> None:
    spoil(files / "demo" / "rounds.csv", ",309,3,", ",308,4,")


def another_spelling(files: Path) -> None:
    box = files / "demo" / "boxes" / BOX
    sealed = box.read_bytes()
    box.write_text(json.dumps(json.loads(sealed)), "utf-8")
    digest, new = (hashlib.sha256(raw).hexdigest() for raw in (sealed, box.read_bytes()))
    spoil(files / "demo" / "rounds.csv", digest, new)


def another_roll(files: Path) -> None:
    spoil(
        files / "demo" / "deputies.csv",
        "2022-01-05,resigned,2025-06-20",
        "2022-01-05,resigned,2025-01-10",
    )


def another_project(files: Path) -> None:
    spoil(files / "demo" / "projects.csv", "990121,2025,2025-10,10,10,", "990121,2025,2025-10,10,11,")


def another_funnel(files: Path) -> None:
    spoil(
        files / "demo" / "cycle_funnel.csv", "990121,2025,1286,412,38,12,10", "990121,2025,1286,412,38,12,9"
    )


def an_unknown_department(files: Path) -> None:
    spoil(files / "demo" / "departments.csv", "990121,wl,", "990121,wy,")


def an_unknown_congress(files: Path) -> None:
    spoil(files / "demo" / "terms.csv", "990121,18,", "990122,18,")


@pytest.mark.parametrize(
    ("change", "file", "column", "reason"),
    [
        (another_mark, "boxes/990121-2025-adoption.json", None, "digest_differs"),
        (other_numbers, "demo/rounds.csv", "valid", "count_differs"),
        (another_spelling, "boxes/990121-2025-adoption.json", None, "not_canonical"),
        (another_roll, "demo/rounds.csv", "entitled", "roll_differs"),
        (another_project, "demo/rounds.csv", "box", "projects_differ"),
        (another_funnel, "demo/cycle_funnel.csv", "chosen", "projects_differ"),
        (an_unknown_department, "demo/candidates.csv", "department", "unknown_name"),
        (an_unknown_congress, "demo/terms.csv", "congress", "unknown_name"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_files_that_disagree_are_refused(
    store: Store,
    now: datetime,
    files: Path,
    change: Callable[[Path], None],
    file: str,
    column: str | None,
    reason: str,
) -> None:
    load_reference(store, now)
    before = counts(store)
    change(files)
    with pytest.raises(BadRow) as refused:
        load_demonstration(store, now, files / "demo")
    assert (refused.value.file, refused.value.column, refused.value.reason) == (file, column, reason)
    assert counts(store) == before
