"""What is counted, screened, answered or proposed, and not yet announced, is on nobody's page and in no file."""

import pytest
from sqlalchemy import select

from dashboard.queries.data import data_rows
from dashboard.queries.deputies import deputy
from dashboard.queries.orders import picture, wishes
from dashboard.queries.overview import overview
from dashboard.queries.tasks import tasks
from dashboard.rules.order_frames import Wanted
from dashboard.rules.roles import PREPARING, Role
from dashboard.store.tables.assessment import Assessment, AssessmentResult
from dashboard.store.tables.cycle import CycleFunnel
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.orders import Candidate, CandidateOrder, Order
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import Remark, RemarkAnswer, Task
from dashboard.store.tables.voting import Count, Round
from dashboard.store.transactions import Store
from tests.commands.people import call_of, person, projects, seats
from tests.conftest import NOW
from tests.queries.planting import CONGRESS as OWN
from tests.queries.planting import add, cycle_of, hide, reading

HIDDEN = "未公布"


@pytest.fixture
def lagging(demo_store: Store) -> Project:
    return projects(demo_store)[2]


@pytest.mark.parametrize("role", sorted(Role))
def test_a_result_and_a_funnel_that_are_not_published_are_on_nobodys_overview(
    demo_store: Store, role: Role
) -> None:
    hide(demo_store, AssessmentResult)
    hide(demo_store, Assessment)
    hide(demo_store, CycleFunnel)
    call = reading(demo_store, role)
    facts = {stage.key: stage.facts for stage in overview(call, 2025).stages}
    assert facts["judge"]["last_total"] is None
    assert facts["collect"]["suggestions"] is None
    assert picture(call, 2025, False).funnel.collected is None


@pytest.mark.parametrize("role", sorted(Role))
def test_screening_is_not_read_from_the_wishes(demo_store: Store, role: Role) -> None:
    with demo_store.system().writing() as session:
        cycle = cycle_of(demo_store)
        draft = new_id()
        wish = session.scalars(
            select(Order).where(Order.congress_id == OWN, Order.cycle_id == cycle, Order.number == 12)
        ).one()
        other = session.scalars(
            select(Order).where(Order.congress_id == OWN, Order.cycle_id == cycle, Order.number == 13)
        ).one()
        other.published_at, wish.merged_into_id = None, other.id
        session.add(
            Candidate(
                congress_id=OWN,
                id=draft,
                cycle_id=cycle,
                department_id=None,
                number=98,
                name=f"{HIDDEN}候选",
                category="交通",
                place=None,
                target="",
                budget=None,
                order_count=0,
                state="draft",
                published_at=None,
            )
        )
        session.flush()
        session.add(CandidateOrder(congress_id=OWN, candidate_id=draft, order_id=wish.id, published_at=None))
    call = reading(demo_store, role)
    assert wishes(call, 2025, False, Wanted(candidate=98), 0, 50).total == 0
    (shown,) = [
        one for one in wishes(call, 2025, False, Wanted(q="12"), 0, 500).rows if one.number == wish.number
    ]
    assert 98 not in shown.candidates
    assert shown.into is None


@pytest.mark.parametrize("role", sorted(Role))
def test_an_answer_to_a_remark_waits_for_its_publication(
    demo_store: Store, lagging: Project, role: Role
) -> None:
    seat, said = seats(demo_store)[7], new_id()
    add(
        demo_store,
        Remark(
            congress_id=OWN,
            id=said,
            project_id=lagging.id,
            membership_id=seat,
            request_id=new_id().hex,
            text="公开的意见",
            made_on=NOW.date(),
            due_on=NOW.date(),
            created_at=NOW,
            published_at=NOW,
        ),
        RemarkAnswer(
            congress_id=OWN,
            id=new_id(),
            remark_id=said,
            version=1,
            text=f"{HIDDEN}答复",
            given_on=NOW.date(),
            given_at=NOW,
            published_at=None,
        ),
    )
    shown = deputy(reading(demo_store, role), seat).remarked
    assert [one.answer for one in shown if one.text == "公开的意见"] == [None]


@pytest.mark.parametrize("role", [Role.LEADER, Role.CLERK, Role.PRESIDIUM, Role.COORDINATOR, Role.DEPARTMENT])
def test_a_proposed_task_is_read_by_those_who_confirm_it(
    demo_store: Store, lagging: Project, role: Role
) -> None:
    add(
        demo_store,
        *(
            Task(
                congress_id=OWN,
                id=new_id(),
                project_id=lagging.id,
                department_id=lagging.department_id,
                kind="talk",
                title=state,
                state=state,
                due_on=NOW.date(),
                source="person",
                created_at=NOW,
            )
            for state in ("proposed", "open")
        ),
        Task(
            congress_id=OWN,
            id=new_id(),
            project_id=None,
            department_id=None,
            kind="talk",
            title="无单位",
            state="open",
            due_on=NOW.date(),
            source="person",
            created_at=NOW,
        ),
    )
    told = {one.title for one in tasks(reading(demo_store, role))}
    assert "open" in told
    assert ("proposed" in told) == (role in PREPARING)
    nobodys = call_of(demo_store, person(demo_store, Role.DEPARTMENT), writes=False)
    assert tasks(nobodys) == ()


@pytest.mark.parametrize("role", sorted(Role))
def test_no_file_tells_what_the_count_made_of_a_candidate_before_the_announcement(
    demo_store: Store, role: Role
) -> None:
    call = reading(demo_store, role)

    def states() -> set[object]:
        return {row[-1] for row in data_rows(call, 2025, "candidates").rows}

    assert "chosen" in states()
    hide(demo_store, Round)
    hide(demo_store, Count)
    assert states() == {None}
