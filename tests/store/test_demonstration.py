"""The demonstration: counted again from its sealed boxes; files that disagree are refused whole."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.rules import chain
from dashboard.store.loading.bulk import REFERENCE
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


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_chosen_candidates_became_projects(loaded_store: Store, year: int) -> None:
    with loaded_store.system().reading() as session:
        pairs = session.execute(
            select(Candidate, Project)
            .join(
                Project,
                (Project.congress_id == Candidate.congress_id) & (Project.candidate_id == Candidate.id),
            )
            .where(Candidate.congress_id == COUNTY, Candidate.cycle_id == key_of("cycles", "990121", year))
        ).all()
    assert len(pairs) == 10
    assert all(candidate.state == "chosen" and candidate.name == project.name for candidate, project in pairs)
    states = ask(
        loaded_store, select(Candidate.state).where(Candidate.cycle_id == key_of("cycles", "990121", year))
    )
    assert Counter(states) == {"chosen": 10, "beyond": 1, "failed": 1}


def test_the_roll_is_who_was_in_office_that_day(loaded_store: Store) -> None:
    # Both lost their seat in the summer after the round.
    later = [key_of("memberships", "990121", name) for name in ("D088", "D204")]
    roll = ask(loaded_store, select(RollEntry.membership_id).where(RollEntry.round_id == ROUND))
    assert set(later) <= set(roll)


def test_what_was_only_received_is_not_public(loaded_store: Store) -> None:
    orders = {order.id: order for order in ask(loaded_store, select(Order))}
    for order in orders.values():
        # What went into another wish is as public as that one is.
        standing = orders[order.merged_into_id] if order.merged_into_id else order
        assert (order.published_at is None) == (standing.state == "received")
    waiting = ask(loaded_store, select(Report).where(Report.published_at.is_(None)))
    assert {report.state for report in waiting} == {"draft", "submitted", "returned"}


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


def a_wish_in_nothing(files: Path) -> None:
    spoil(
        files / "demo" / "orders.csv",
        "河边垃圾桶少，希望增设。,merged,,2025-",
        "河边垃圾桶少，希望增设。,merged,,x2025-",
    )


def a_wish_in_a_merged_one(files: Path) -> None:
    spoil(
        files / "demo" / "orders.csv",
        "能不能送餐上门。,merged,4,2025-0005",
        "能不能送餐上门。,merged,4,2025-0019",
    )


def a_wish_for_another_candidate(files: Path) -> None:
    spoil(files / "demo" / "orders.csv", "能不能送餐上门。,merged,4,", "能不能送餐上门。,merged,5,")


def another_count_of_wishes(files: Path) -> None:
    spoil(files / "demo" / "candidates.csv", "蘅川镇,52,", "蘅川镇,53,")


def fewer_wishes_than_counted(files: Path) -> None:
    spoil(
        files / "demo" / "cycle_funnel.csv", "990121,2025,1286,412,38,12,10", "990121,2025,1287,412,38,12,10"
    )


def no_runoff(files: Path) -> None:
    rounds = files / "demo" / "rounds.csv"
    kept = [line for line in rounds.read_text("utf-8").splitlines() if ",2024-runoff," not in line]
    rounds.write_text("\n".join(kept) + "\n", "utf-8")


def a_runoff_after_nothing(files: Path) -> None:
    rounds = files / "demo" / "rounds.csv"
    line = next(one for one in rounds.read_text("utf-8").splitlines() if one.endswith(",2024-adoption"))
    spoil(rounds, line, line.replace(",2024-adoption", ",2025-adoption"))


def reseal(files: Path, name: str, **changes: object) -> None:
    """Seal another box in the place of one, and name it in the announcement."""
    box = files / "demo" / "boxes" / name
    sealed = box.read_bytes()
    box.write_bytes(chain.canonical({**json.loads(sealed), **changes}))
    digest, new = (hashlib.sha256(raw).hexdigest() for raw in (sealed, box.read_bytes()))
    spoil(files / "demo" / "rounds.csv", digest, new)


def other_rules(files: Path) -> None:
    exact = (REFERENCE / "rule_sets" / "adoption-exact@1.json").read_text("utf-8")
    reseal(files, BOX, rule_set=json.loads(exact))


def rules_without_quorum(files: Path) -> None:
    rule_set = json.loads((REFERENCE / "rule_sets" / "adoption-mark-open@1.json").read_text("utf-8"))
    del rule_set["values"]["quorum"]
    reseal(files, BOX, rule_set=rule_set)


def another_purpose(files: Path) -> None:
    reseal(files, BOX, purpose="practice")


def fewer_places(files: Path) -> None:
    reseal(files, BOX, places=9)


def a_ballot_less(files: Path) -> None:
    box = json.loads((files / "demo" / "boxes" / BOX).read_bytes())
    reseal(files, BOX, ballots=box["ballots"][1:])


def no_box(files: Path) -> None:
    (files / "demo" / "boxes" / BOX).unlink()


def a_runoff_for_other_places(files: Path) -> None:
    reseal(files, "990121-2024-runoff.json", places=2)
    spoil(
        files / "demo" / "rounds.csv",
        ",runoff,mark,1,322,314,314,314,312,2,",
        ",runoff,mark,2,322,314,314,314,314,0,",
    )


def other_points(files: Path) -> None:
    spoil(
        files / "demo" / "department_assessments.csv",
        ",zj,139,145,27,311,72.67,",
        ",zj,139,145,27,311,72.68,",
    )


def another_rank(files: Path) -> None:
    spoil(files / "demo" / "department_assessments.csv", ",311,72.67,47", ",311,72.67,46")


def a_department_of_later(files: Path) -> None:
    spoil(files / "demo" / "departments.csv", "投资促进中心,2024-01-01,", "投资促进中心,2025-01-01,")


def a_line_that_goes_on(files: Path) -> None:
    spoil(files / "demo" / "department_successions.csv", "2024-01-01,merged", "2023-12-01,merged")


def a_correction_of_nothing(files: Path) -> None:
    spoil(files / "demo" / "corrections.csv", "2023-04,2023-06,2,", "2023-04,2023-06,3,")


def a_plan_that_nobody_approved(files: Path) -> None:
    spoil(files / "demo" / "plan_changes.csv", ",2024-08-29,2024-08-30", ",,2024-08-30")


def a_group_without_head(files: Path) -> None:
    members = files / "demo" / "supervision_members.csv"
    line = next(one for one in members.read_text("utf-8").splitlines() if one.endswith(",yes"))
    spoil(members, line, line.replace(",yes", ",no"))


def a_partner_of_itself(files: Path) -> None:
    spoil(files / "demo" / "project_partners.csv", "990121,2025-06,jy", "990121,2025-06,sj")


def a_verdict_of_nothing(files: Path) -> None:
    spoil(files / "demo" / "promises.csv", ",broken,2024-01-18", ",,2024-01-18")


# What is refused does not depend on the database: each of these reads files, and writes nothing.
@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize(
    ("change", "file", "column", "reason"),
    [
        (another_mark, "boxes/990121-2025-adoption.json", None, "digest_differs"),
        (other_numbers, "demo/rounds.csv", "valid", "count_differs"),
        (another_spelling, "boxes/990121-2025-adoption.json", None, "not_canonical"),
        (no_box, "boxes/990121-2025-adoption.json", None, "no_such_box"),
        (a_ballot_less, "boxes/990121-2025-adoption.json", None, "ballots"),
        (rules_without_quorum, "boxes/990121-2025-adoption.json", None, "rule_set"),
        (other_rules, "demo/rounds.csv", "rule_set", "box_differs"),
        (another_purpose, "demo/rounds.csv", "kind", "box_differs"),
        (fewer_places, "demo/rounds.csv", "places", "box_differs"),
        (another_roll, "demo/rounds.csv", "entitled", "roll_differs"),
        (another_project, "demo/rounds.csv", "box", "projects_differ"),
        (another_funnel, "demo/cycle_funnel.csv", "chosen", "projects_differ"),
        (a_wish_in_nothing, "demo/orders.csv", "merged_into", "unknown_name"),
        (a_wish_in_a_merged_one, "demo/orders.csv", "merged_into", "merged_itself"),
        (a_wish_for_another_candidate, "demo/orders.csv", "candidate", "merged_differs"),
        (another_count_of_wishes, "demo/candidates.csv", "orders", "orders_differ"),
        (fewer_wishes_than_counted, "demo/cycle_funnel.csv", "collected", "orders_differ"),
        (no_runoff, "demo/rounds.csv", "box", "tie_undecided"),
        (a_runoff_after_nothing, "demo/rounds.csv", "after", "no_tie"),
        (a_runoff_for_other_places, "demo/rounds.csv", "places", "tie_differs"),
        (other_points, "demo/department_assessments.csv", "points", "points_differ"),
        (another_rank, "demo/department_assessments.csv", "rank", "rank_differs"),
        (a_department_of_later, "demo/department_assessments.csv", "department", "not_there_then"),
        (a_line_that_goes_on, "demo/department_successions.csv", "day", "not_ended"),
        (a_correction_of_nothing, "demo/corrections.csv", "version", "unknown_name"),
        (a_plan_that_nobody_approved, "demo/plan_changes.csv", "published", "not_approved"),
        (a_group_without_head, "demo/supervision_members.csv", "heads", "one_head"),
        (a_partner_of_itself, "demo/project_partners.csv", "department", "leads_itself"),
        (a_verdict_of_nothing, "demo/promises.csv", "verdict", "empty"),
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


def test_a_refused_load_leaves_the_database_as_it_was(store: Store, now: datetime, files: Path) -> None:
    load_reference(store, now)
    before = counts(store)
    another_rank(files)
    with pytest.raises(BadRow):
        load_demonstration(store, now, files / "demo")
    assert counts(store) == before
    assert load_demonstration(store, now)["congresses"] == 13
