"""Loading: the files as they stand, once, all or nothing."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.config import Settings
from dashboard.store.loading.bulk import REFERENCE
from dashboard.store.loading.everything import load_all
from dashboard.store.loading.reference import load_reference
from dashboard.store.loading.rows import BadRow
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.inquiry import Question
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.progress import Project, Report
from dashboard.store.tables.reference import (
    LoadedFile,
    ReferencePress,
    ReferenceProgress,
    ReferenceProject,
    ReferenceRegion,
)
from dashboard.store.tables.voting import Round
from dashboard.store.transactions import Store
from tests.store.asking import ask, counts, lines, spoil

# The months and milestones of the one change that waits to be decided lie in its draft.
PROPOSED = {"plan_months": 15, "milestones": 4}


def test_every_row_of_the_files_is_there(loaded_store: Store) -> None:
    found = counts(loaded_store)
    same = {
        "areas": "reference/areas",
        "reference_regions": "reference/regions",
        "reference_press": "reference/press",
        "reference_projects": "reference/projects",
        "reference_progress": "reference/progress",
        "reference_milestones": "reference/plan_milestones",
        "reference_satisfaction": "reference/satisfaction",
        "reference_funnel": "reference/funnel",
        "congresses": "demo/congresses",
        "terms": "demo/terms",
        "meetings": "demo/meetings",
        "delegations": "demo/delegations",
        "departments": "demo/departments",
        "memberships": "demo/deputies",
        "cycle_stages": "demo/cycles",
        "cycle_funnels": "demo/cycle_funnel",
        "orders": "demo/orders",
        "candidates": "demo/candidates",
        "rounds": "demo/rounds",
        "projects": "demo/projects",
        "plans": "demo/projects demo/plan_changes",
        "plan_months": "demo/plans demo/plan_change_months",
        "milestones": "demo/milestones",
        "project_partners": "demo/project_partners",
        "reports": "demo/reports demo/corrections",
        "inquiries": "demo/inquiries",
        "questions": "demo/questions",
        "answers": "demo/questions",
        "promises": "demo/promises",
        "promise_months": "demo/promise_months",
        "assessment_results": "demo/assessments demo/department_assessments",
        "department_successions": "demo/department_successions",
        "supervision_members": "demo/supervision_members",
        "inspections": "demo/inspections",
        "supervision_weeks": "demo/supervision_weeks",
        "remarks": "demo/remarks",
        "remark_answers": "demo/remark_answers",
        "tasks": "demo/tasks",
        "calendar_entries": "demo/calendar",
    }
    assert {name: found[name] for name in same} == {
        name: sum(lines(REFERENCE.parent / f"{file}.csv") for file in files.split()) - PROPOSED.get(name, 0)
        for name, files in same.items()
    }


def test_loading_again_does_nothing(loaded_store: Store, now: datetime) -> None:
    before = counts(loaded_store)
    again = load_all(loaded_store, Settings(demonstration=True, env="development"), now)
    assert (again.reference, again.demonstration) == ({}, {})
    assert counts(loaded_store) == before


@pytest.mark.parametrize("asked", [{"demonstration": False}, {"env": "production"}], ids=str)
def test_the_demonstration_is_not_loaded_unasked(store: Store, now: datetime, asked: dict[str, Any]) -> None:
    loaded = load_all(store, Settings(**{"demonstration": True, "env": "development"} | asked), now)
    assert loaded.reference
    assert loaded.demonstration == {}
    assert ask(store, select(Congress)) == []


def test_addresses_are_the_same_at_every_load(store: Store, loaded_store: Store, now: datetime) -> None:
    load_all(store, Settings(demonstration=True, env="development"), now)
    for entity in (Project, Round, Candidate, Question, Report):
        assert set(ask(store, select(entity.id))) == set(ask(loaded_store, select(entity.id)))


def test_published_votes_of_xinyi(loaded_store: Store) -> None:
    xinyi = select(ReferenceProject.votes_for).where(
        ReferenceProject.region == "江苏省新沂市", ReferenceProject.votes_for.is_not(None)
    )
    assert ask(loaded_store, xinyi.order_by(ReferenceProject.votes_for.desc())) == [279, 276, 273]


def test_progress_is_matched_by_region_year_and_name(loaded_store: Store) -> None:
    with loaded_store.system().reading() as session:
        matched = session.execute(
            select(ReferenceProgress, ReferenceProject).join(
                ReferenceProject, ReferenceProject.id == ReferenceProgress.project_id
            )
        ).all()
    assert len(matched) == 52
    for progress, project in matched:
        assert (progress.region, progress.year, progress.name) == (project.region, project.year, project.name)


def test_a_guessed_category_says_so(loaded_store: Store) -> None:
    guessed = ask(loaded_store, select(ReferenceProject).where(ReferenceProject.category_guessed))
    assert len(guessed) == (REFERENCE / "projects.csv").read_text("utf-8").count("*,")
    assert not [row for row in ask(loaded_store, select(ReferenceProject.category)) if row and "*" in row]


def test_a_region_without_code_stays_without(loaded_store: Store) -> None:
    codes = dict.fromkeys(ask(loaded_store, select(Area.code)))
    regions = ask(loaded_store, select(ReferenceRegion))
    assert any(region.code is None for region in regions)
    assert all(region.code is None or region.code in codes for region in regions)


def test_a_changed_file_replaces_every_published_row(loaded_store: Store, now: datetime, files: Path) -> None:
    spoil(files / "reference" / "press.csv", "dz.xdkb.net,press,exact,现代快报数字报\n", "")
    loaded = load_reference(loaded_store, now, files / "reference")
    assert loaded["reference_press"] == lines(REFERENCE / "press.csv") - 1
    assert counts(loaded_store)["reference_press"] == loaded["reference_press"]
    assert "dz.xdkb.net" not in ask(loaded_store, select(ReferencePress.host))
    assert load_reference(loaded_store, now, files / "reference") == {}


def test_a_region_that_nobody_knows_is_refused(loaded_store: Store, now: datetime, files: Path) -> None:
    before, digests = counts(loaded_store), ask(loaded_store, select(LoadedFile.digest))
    spoil(files / "reference" / "press.csv", "dz.xdkb.net,press,exact,现代快报数字报\n", "")
    spoil(files / "reference" / "regions.csv", "\n江苏省新沂市,", "\n江苏省新沂县,")
    with pytest.raises(BadRow) as refused:
        load_reference(loaded_store, now, files / "reference")
    assert (refused.value.file, refused.value.line) == ("reference/projects.csv", 64)
    assert (refused.value.column, refused.value.reason) == ("region", "unknown_region")
    assert counts(loaded_store) == before
    assert ask(loaded_store, select(LoadedFile.digest)) == digests


def test_an_area_without_parent_is_refused(store: Store, now: datetime, files: Path) -> None:
    line = spoil(files / "reference" / "areas.csv", "\n990121,990100,county,", "\n990121,990199,county,") + 1
    with pytest.raises(BadRow) as refused:
        load_reference(store, now, files / "reference")
    assert (refused.value.line, refused.value.column, refused.value.reason) == (
        line,
        "parent",
        "unknown_area",
    )
    assert sum(counts(store).values()) == 0
