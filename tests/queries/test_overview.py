"""The four stages of a cycle say what is known of it, a judged year its own result beside the year before."""

from sqlalchemy import select

from dashboard.queries.overview import overview
from dashboard.store.tables.assessment import Assessment, AssessmentResult
from dashboard.store.transactions import Store
from tests.commands.people import call_of
from tests.queries.test_own import OWN


def judged(store: Store, year: int) -> dict[str, object]:
    shown = overview(call_of(store, writes=False), year)
    return next(stage for stage in shown.stages if stage.key == "judge").facts


def test_a_judged_year_says_its_own_result(demo_store: Store) -> None:
    facts = judged(demo_store, 2024)
    assert (facts["satisfied"], facts["total"]) == (299, 311)


def test_a_year_to_be_judged_says_the_last_one(demo_store: Store) -> None:
    facts = judged(demo_store, 2025)
    assert (facts["satisfied"], facts["total"]) == (None, None)
    assert (facts["last_satisfied"], facts["last_total"]) == (299, 311)


def test_a_result_that_is_not_published_is_nobodys(demo_store: Store) -> None:
    with demo_store.system().writing() as session:
        rows = session.scalars(
            select(AssessmentResult)
            .join(Assessment, Assessment.id == AssessmentResult.assessment_id)
            .where(AssessmentResult.congress_id == OWN, Assessment.year == 2024)
        )
        for row in rows:
            row.published_at = None
    assert judged(demo_store, 2025)["last_total"] is None
