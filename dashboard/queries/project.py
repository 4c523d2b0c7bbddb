"""One project: everything that its page shows, and the reports on it that wait to be published."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, select

from dashboard.gate import Call, query
from dashboard.i18n import SHANGHAI
from dashboard.queries.plan_versions import plan_versions
from dashboard.queries.progress import curve_of, promised, reported_month
from dashboard.queries.project_list import listed
from dashboard.queries.project_year import ahead, graded, people, said, visits
from dashboard.queries.projects import Carried, carried
from dashboard.queries.questions import asked
from dashboard.queries.report_form import attached_files
from dashboard.queries.told import told
from dashboard.queries.votes import Result, counted, results
from dashboard.relations import carried_by
from dashboard.rules.frames import Promise
from dashboard.rules.judge_frames import Asked
from dashboard.rules.plan_frames import PlanVersion, Voted
from dashboard.rules.progress import month_ends
from dashboard.rules.project_frames import (
    Money,
    Origin,
    ProjectPage,
    ReportMonth,
    Step,
    Stood,
    Version,
)
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.supervision_rules import DueRules, last_day
from dashboard.rules.working_days import is_working_day
from dashboard.store.joins import leads
from dashboard.store.report_drafts import attachments_of
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.areas import Area
from dashboard.store.tables.inquiry import Inquiry, Question
from dashboard.store.tables.orders import Candidate, CandidateOrder, Order
from dashboard.store.tables.progress import Project, Report
from dashboard.store.tables.supervision import Attachment

WATCHING = frozenset({Role.CLERK, Role.LEADER, Role.COORDINATOR})


@query(
    "project.read", "progress", "cycle", "orders", "voting", "inquiry", "supervision", "assessment", "people"
)
def project(call: Call, year: int, number: int) -> ProjectPage:
    """Return a project by its number in a cycle: 18 statements, whatever the congress holds besides."""
    found = carried(call.session, year, *told(call, Project))
    one = next((one for one in found if one.row.number == number), None)
    if one is None:
        raise Refused("not_found")
    questions = asked(
        call,
        Question.project_id == one.row.id,
        Question.published_at.is_not(None),
        Inquiry.published_at.is_not(None),
        reported=defaultdict(dict, {one.row.id: {report.month: report.share for report in one.reports}}),
    )
    curve = curve_of(call, found, one, _promise(questions, one))
    rules = rules_in_force(call.session, call.congress_id)
    rounds = results(call.session, year)
    plans = plan_versions(call.session, one.row)
    partners, group = people(call, one.row.id)
    return ProjectPage(
        row=listed(one, reported_month(found), counted(rounds), rules),
        year=year,
        today=call.today,
        target=one.row.target,
        leader=one.row.leader,
        voted=Voted(one.row.name, one.row.target, one.row.budget),
        curve=curve,
        origin=_origin(call, one),
        plans=plans,
        money=_money(call, one, plans, curve.as_of if one.reports else None),
        stood=_stood(one.row.candidate_id, rounds),
        reports=_reports(call, one, dict(curve.marks), set(curve.actual_days[1:]), rules.due),
        asked=questions,
        steps=_steps(one, plans[-1] if plans else None),
        visits=visits(call, one.row.id),
        said=said(call, one.row.id),
        partners=partners,
        group=group,
        graded=graded(call, one.row.id),
        ahead=ahead(call, one.row),
    )


@query("desk.read", "desk", "progress", personal=True)
def waiting(call: Call, project_id: UUID) -> tuple[ReportMonth, ...]:
    """Return the reports on a project that are not published yet, for those who check them and who wrote them."""
    if call.role is Role.DEPARTMENT and not _carries(call, project_id):
        return ()
    if call.role not in WATCHING and call.role is not Role.DEPARTMENT:
        return ()
    rows = call.session.scalars(
        select(Report)
        .where(
            Report.project_id == project_id,
            Report.published_at.is_(None),
            Report.state.in_(("submitted", "returned")),
        )
        .order_by(Report.month, Report.version.desc())
    )
    found = rows.all()
    files = _files(call, [row.id for row in found], published=False)
    months: dict[date, list[Version]] = {}
    for row in found:
        months.setdefault(row.month, []).append(_version(row, files))
    return tuple(ReportMonth(month, tuple(versions)) for month, versions in months.items())


def _promise(questions: tuple[Asked, ...], one: Carried) -> Promise | None:
    """Return the newest promise that names months, as a curve."""
    made = [promise for question in questions for promise in question.promises if promise.months]
    if not made:
        return None
    newest = max(made, key=lambda promise: promise.asked)
    return promised(newest.asked, newest.due, [(month, share) for month, share, _ in newest.months], one)


def _carries(call: Call, project_id: UUID) -> bool:
    """Tell whether the actor's department carries a project out, alone or with others."""
    own = call.actor.department_id
    if own is None:
        return False
    return (
        call.session.scalar(select(Project.id).where(Project.id == project_id, carried_by(own))) is not None
    )


def _origin(call: Call, one: Carried) -> Origin | None:
    """Return the candidate that a project was, and from where most of the wishes merged into it came."""
    rows = call.session.execute(
        select(
            Candidate.published_at,
            Candidate.order_count,
            Area.name_zh,
            func.count(Order.id),
            func.min(Order.received_on),
        )
        .outerjoin(
            CandidateOrder,
            and_(leads(CandidateOrder.candidate_id, Candidate), CandidateOrder.published_at.is_not(None)),
        )
        .outerjoin(
            Order,
            and_(leads(CandidateOrder.order_id, Order), Order.published_at.is_not(None)),
        )
        .outerjoin(Area, Area.code == Order.area_code)
        .where(Candidate.id == one.row.candidate_id, Candidate.published_at.is_not(None))
        .group_by(Candidate.published_at, Candidate.order_count, Area.code, Area.name_zh)
        .order_by(func.count(Order.id).desc(), Area.code)
    ).all()
    if not rows:
        return None
    published, orders = rows[0][0], rows[0][1]
    first = min((row[4] for row in rows if row[4] is not None), default=None)
    named = next(((name, count) for _, _, name, count, _ in rows if name is not None and count), (None, 0))
    day = published.astimezone(SHANGHAI).date() if published else None
    return Origin(day, orders, first, named[0], named[1])


def _money(call: Call, one: Carried, plans: tuple[PlanVersion, ...], last: date | None) -> Money | None:
    """Return planned and paid money by month; None without a year's sum, or where neither is known."""
    force = plans[-1] if plans else None
    budget = (force.budget if force else None) or one.budget
    planned = {month: money for month, _, money in force.months} if force else {}
    paid = {report.month: report.paid for report in one.reports}
    if not budget or not any(value is not None for value in (*planned.values(), *paid.values())):
        return None
    days = tuple(sorted({*planned, *paid, *month_ends(one.plan.start, one.plan.finish)}))
    return Money(
        budget,
        days,
        tuple(planned.get(day) for day in days),
        tuple(paid.get(day) for day in days),
        last,
        simulated=call.place is not None and call.place.simulated,
    )


def _stood(candidate: UUID | None, rounds: list[Result]) -> Stood | None:
    """Return the project's place in the first round that it stood in, and its votes in a run-off after it."""
    own = [one for one in rounds if candidate is not None and one.candidate_id == candidate]
    if not own:
        return None
    first, last = own[0], own[-1]
    held = first.round
    others = [one for one in rounds if one.round.id == held.id]
    return Stood(
        round_id=str(held.id),
        title=held.title,
        day=held.closed_at.astimezone(SHANGHAI).date() if held.closed_at else None,
        votes=first.votes,
        place=1 + sum(one.votes > first.votes for one in others),
        state=last.state,
        others=tuple((one.name, one.votes, one.state) for one in others),
        threshold=held.threshold,
        entitled=held.entitled,
        announcement=held.announcement,
        again=last.votes if last is not first else None,
    )


def _reports(
    call: Call, one: Carried, marks: dict[date, tuple[str, ...]], due: set[date], rules: DueRules
) -> tuple[ReportMonth, ...]:
    """Return the published reports by month, the newest month first, and the months without one."""
    files = _files(call, [report.id for report in one.versions], published=True)
    versions: dict[date, list[Version]] = {day: [] for day in due}
    for report in one.versions:
        versions.setdefault(report.month, []).insert(0, _version(report, files))
    return tuple(
        ReportMonth(month, tuple(versions[month]), marks.get(month, ()), _late(month, versions[month], rules))
        for month in sorted(versions, reverse=True)
    )


def _late(month: date, versions: list[Version], rules: DueRules) -> int:
    """Return how many days after the last day in time the first version of a month's report came in."""
    due = last_day(month, rules, is_working_day)
    return max((versions[-1].received - due).days, 0) if versions else 0


def _files(call: Call, reports: list[UUID], *, published: bool) -> dict[UUID, list[Attachment]]:
    """Return what is attached to reports; of published ones what was published with them."""
    found: dict[UUID, list[Attachment]] = defaultdict(list)
    for one in attachments_of(call.session, reports) if reports else ():
        if not published or one.published_at is not None:
            found[one.subject_id].append(one)
    return found


def _version(row: Report, files: dict[UUID, list[Attachment]]) -> Version:
    return Version(
        row.version,
        row.state,
        row.share,
        row.paid,
        row.received_on,
        row.done_text,
        row.next_text,
        row.problem_text,
        row.evidence,
        row.reason,
        attached_files(files.get(row.id, ())),
    )


def _steps(one: Carried, force: PlanVersion | None) -> tuple[Step, ...]:
    """Return the milestones of the plan in force, each with the first month that reported its share."""
    return tuple(
        Step(
            step.name,
            step.due or one.plan.finish,
            step.share or 0,
            step.evidence or None,
            next((report.month for report in one.reports if report.share >= (step.share or 0)), None),
        )
        for step in (force.content.milestones if force is not None else ())
    )
