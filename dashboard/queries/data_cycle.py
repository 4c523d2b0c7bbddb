"""What can be taken away of a cycle: stages, wishes and candidates, the votes, the projects and their progress."""

from typing import Any

from sqlalchemy import Select, and_, case, select
from sqlalchemy.orm import aliased

from dashboard.queries.data_sets import dataset, of_year, public
from dashboard.rules.rounds import BEYOND, CHOSEN, NOT_DECIDED, NOT_DECIDED_BY, TIED
from dashboard.store.joins import leads, same_line
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import CycleFunnel, CycleStage
from dashboard.store.tables.orders import Candidate, CandidateOrder, Order
from dashboard.store.tables.progress import Plan, PlanMonth, Project, ProjectState, Report
from dashboard.store.tables.voting import Count, Round, RoundOption, RoundProject


@dataset("stages", "stage opens_on closes_on state", "cycle")
def _stages(year: int) -> Select[*tuple[Any, ...]]:
    row = CycleStage
    found = select(row.stage, row.opens_on, row.closes_on, row.state).select_from(row)
    return of_year(found, row, year).order_by(row.opens_on, row.stage)


@dataset("funnel", "collected merged reserve candidates", "orders", "cycle")
def _funnel(year: int) -> Select[*tuple[Any, ...]]:
    row = CycleFunnel
    found = select(row.collected, row.merged, row.reserve, row.candidates).select_from(row)
    return of_year(found, row, year).where(public(row))


@dataset(
    "wishes",
    "number received_on channel category area_code text state merged_into candidate_number",
    "orders",
    "cycle",
)
def _wishes(year: int) -> Select[*tuple[Any, ...]]:
    row, into, link, candidate = Order, aliased(Order), CandidateOrder, Candidate
    found = (
        select(
            row.number, row.received_on, row.channel, row.category, row.area_code, row.text, row.state,
            into.number, candidate.number,
        )
        .select_from(row)
        .outerjoin(into, and_(leads(row.merged_into_id, into), public(into)))
        .outerjoin(link, and_(leads(link.order_id, row), public(link)))
        .outerjoin(candidate, and_(leads(link.candidate_id, candidate), public(candidate)))
    )  # fmt: skip
    return of_year(found, row, year).where(public(row)).order_by(row.number, candidate.number)


@dataset(
    "candidates",
    "number name category department place target budget_yuan wishes state",
    "orders",
    "voting",
    "cycle",
)
def _candidates(year: int) -> Select[*tuple[Any, ...]]:
    row = Candidate
    found = (
        select(
            row.number, row.name, row.category, Department.name, row.place, row.target, row.budget,
            row.order_count, _outcome(row),
        )
        .select_from(row)
        .outerjoin(Department, leads(row.department_id, Department))
    )  # fmt: skip
    return of_year(found, row, year).where(public(row)).order_by(row.number)


def _outcome(row: Any) -> Any:
    """Return what the last announced round that decided made of a candidate: its row knows it before."""
    option = aliased(RoundOption)
    return (
        select(_state(Count, Round))
        .join(Round, leads(Count.round_id, Round))
        .join(option, same_line(Count, option))
        .where(
            option.congress_id == row.congress_id,
            option.candidate_id == row.id,
            public(Count),
            public(Round),
            public(option),
            Round.state == "announced",
            Count.reason.not_in(NOT_DECIDED_BY),
        )
        .order_by(Round.closed_at.desc())
        .limit(1)
        .correlate(row)
        .scalar_subquery()
    )


def _state(count: Any, held: Any) -> Any:
    """Return what an option came to: as counted, level again as the presidium decided it, or undecided.

    As rules.rounds.decided_state says it of rows; of those level it is the chosen that became projects.
    """
    became = select(RoundProject.project_id).where(same_line(RoundProject, count)).correlate(count).exists()
    decided = and_(count.state == TIED, held.facts["settled"].as_string().is_not(None))
    nothing = count.reason.in_(NOT_DECIDED_BY)
    return case((nothing, NOT_DECIDED), (and_(decided, became), CHOSEN), (decided, BEYOND), else_=count.state)


@dataset(
    "rounds",
    "round purpose title closed_on rule_set places entitled present issued recovered valid invalid threshold "
    "announcement box_digest reason",
    "voting",
    "cycle",
)
def _rounds(year: int) -> Select[*tuple[Any, ...]]:
    row = Round
    found = select(
        row.id, row.purpose, row.title, row.closed_at, row.rule_set, row.places, row.entitled, row.present,
        row.issued, row.recovered, row.valid, row.invalid, row.threshold, row.announcement, row.box_digest,
        row.reason,
    ).select_from(row)  # fmt: skip
    announced = and_(public(row), row.state == "announced")
    return of_year(found, row, year).where(announced).order_by(row.closed_at, row.id)


@dataset(
    "counts",
    "round title number option votes against abstained rank_sum outcome outcome_reason",
    "voting",
    "cycle",
)
def _counts(year: int) -> Select[*tuple[Any, ...]]:
    row, option = Count, RoundOption
    found = (
        select(
            Round.id, Round.title, row.number, option.name, row.votes, row.against, row.abstained, row.rank_sum,
            _state(row, Round), row.reason,
        )
        .select_from(row)
        .join(Round, leads(row.round_id, Round))
        .join(option, same_line(row, option))
        .where(public(row), public(Round), public(option), Round.state == "announced")
    )  # fmt: skip
    return of_year(found, Round, year).order_by(Round.closed_at, Round.id, row.number)


@dataset(
    "projects",
    "number name category department place target leader budget_yuan starts_on due_on state month "
    "planned_percent actual_percent paid_yuan",
    "progress",
    "cycle",
)
def _projects(year: int) -> Select[*tuple[Any, ...]]:
    row, standing = Project, ProjectState
    found = (
        select(
            row.number, row.name, row.category, Department.name, row.place, row.target, row.leader, row.budget,
            row.starts_on, row.due_on, row.state, standing.month, standing.planned, standing.share,
            standing.paid,
        )
        .select_from(row)
        .outerjoin(Department, leads(row.department_id, Department))
        .outerjoin(standing, and_(leads(standing.project_id, row), public(standing)))
    )  # fmt: skip
    return of_year(found, row, year).where(public(row)).order_by(row.number)


@dataset(
    "plans",
    "project_number project plan_version plan_kind month planned_percent planned_yuan plan_due_on document "
    "reason",
    "progress",
    "cycle",
)
def _plans(year: int) -> Select[*tuple[Any, ...]]:
    row = PlanMonth
    found = (
        select(
            Project.number, Project.name, Plan.version, Plan.kind, row.month, row.share, row.money, Plan.due_on,
            Plan.document, Plan.reason,
        )
        .select_from(row)
        .join(Plan, leads(row.plan_id, Plan))
        .join(Project, leads(Plan.project_id, Project))
        .where(public(row), public(Plan), public(Project))
    )  # fmt: skip
    return of_year(found, Project, year).order_by(Project.number, Plan.version, row.month)


@dataset(
    "reports",
    "project_number project month report_version actual_percent paid_yuan quantity_thousandths done next_steps "
    "problems evidence received_on correction_reason",
    "progress",
    "cycle",
)
def _reports(year: int) -> Select[*tuple[Any, ...]]:
    row = Report
    found = (
        select(
            Project.number, Project.name, row.month, row.version, row.share, row.paid, row.quantity,
            row.done_text, row.next_text, row.problem_text, row.evidence, row.received_on, row.reason,
        )
        .select_from(row)
        .join(Project, leads(row.project_id, Project))
        .where(public(row), public(Project))
    )  # fmt: skip
    return of_year(found, Project, year).order_by(Project.number, row.month, row.version)
