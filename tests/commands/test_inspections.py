"""An inspection: planned once, held on its day, published by the clerk, corrected by a version more, or cancelled."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from dashboard.commands.inspection_findings import (
    attach_picture,
    correct_findings,
    detach_picture,
    record_findings,
)
from dashboard.commands.inspections import cancel_inspection, plan_inspection, publish_inspection
from dashboard.gate import PUBLIC, Actor
from dashboard.queries.inspections import inspection, inspections, inspections_due
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import verify
from dashboard.store.tables.congress import MembershipState
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import (
    Attachment,
    Inspection,
    InspectionFinding,
    InspectionMember,
)
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects, refusal, seats
from tests.commands.visiting import (
    FOUND,
    REQUEST,
    TODAY,
    TOMORROW,
    acts,
    group,
    head_of,
    held,
    new,
    outsiders,
    picture,
    publish,
    rows,
    visited,
)

CONGRESS = key_of("congress", COUNTY)
KINDS = (
    "inspection_planned", "inspection_recorded", "inspection_published", "inspection_corrected",
    "inspection_cancelled",
)  # fmt: skip


def shown(store: Store, actor: Actor = PUBLIC, code: str = COUNTY) -> set[UUID | None]:
    """Return the inspections of the list that somebody reads."""
    return {one.id for one in inspections(call_of(store, actor, code, writes=False), 2025).rows}


def test_the_same_request_repeated_is_one_inspection(loaded_store: Store) -> None:
    project, clerk = visited(loaded_store).id, person(loaded_store, Role.CLERK)
    first = plan_inspection(call_of(loaded_store, clerk), new(project))
    assert plan_inspection(call_of(loaded_store, clerk), new(project, title="又按了一次")) == first
    (row,) = rows(loaded_store, Inspection, id=first)
    assert (row.title, row.day, row.state, row.published_at) == ("视察老旧小区", TODAY, "planned", None)  # type: ignore[attr-defined]
    # Nobody was named: the group goes.
    going = rows(loaded_store, InspectionMember, inspection_id=first)
    assert {one.membership_id for one in going} == set(group(loaded_store, project))  # type: ignore[attr-defined]
    assert acts(loaded_store, *KINDS) == ["inspection_planned"]
    other = plan_inspection(call_of(loaded_store, clerk), new(project, request=REQUEST[::-1]))
    assert other != first


def test_a_visit_from_its_plan_to_its_correction(loaded_store: Store) -> None:
    project = visited(loaded_store).id
    head, goes = (
        head_of(loaded_store, project),
        person(loaded_store, Role.DEPUTY, seat=outsiders(loaded_store, project)[0]),
    )
    assert goes.membership_id is not None
    made = plan_inspection(call_of(loaded_store, head), new(project, goes.membership_id))
    record_findings(call_of(loaded_store, goes), made, f" {FOUND}\n", "")
    record_findings(call_of(loaded_store, goes), made, FOUND + "1个没有。", FOUND)
    attach_picture(call_of(loaded_store, goes), picture(made))
    for who in (
        PUBLIC,
        person(loaded_store, Role.DEPARTMENT, department=visited(loaded_store).department_id),
    ):
        assert refusal(inspection, call_of(loaded_store, who, writes=False), made) == "not_found"
        assert made not in shown(loaded_store, who)
    clerk = publish(loaded_store, made)
    one = inspection(call_of(loaded_store, writes=False), made)
    assert (one.state, [found.text for found in one.findings]) == ("published", [FOUND + "1个没有。"])
    assert ([who.seat for who in one.going], len(one.files)) == ([str(goes.membership_id)], 1)
    assert made in shown(loaded_store)
    correct_findings(call_of(loaded_store, clerk), made, FOUND, "数错了一个小区", 1)
    one = inspection(call_of(loaded_store, writes=False), made)
    # The day is that of the congress, which a demonstration holds still.
    assert {found.written for found in one.findings} == {TODAY}
    assert [(found.version, found.text, found.reason) for found in one.findings] == [
        (1, FOUND + "1个没有。", None), (2, FOUND, "数错了一个小区"),
    ]  # fmt: skip
    assert acts(loaded_store, *KINDS) == [KINDS[0], KINDS[1], KINDS[1], KINDS[2], KINDS[3]]
    with loaded_store.system().reading() as session:
        assert verify(session, CONGRESS) is None


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2026, 1, 1)])
def test_a_day_outside_the_year_of_the_cycle_is_refused(demo_store: Store, day: date) -> None:
    project, clerk = visited(demo_store).id, person(demo_store, Role.CLERK)
    assert (
        refusal(plan_inspection, call_of(demo_store, clerk), new(project, day=day))
        == "inspection_day_outside"
    )
    for inside in (date(2025, 1, 1), date(2025, 12, 31)):
        plan_inspection(call_of(demo_store, clerk), new(project, day=inside, request=f"{inside:%Y%m%d}" * 4))


def test_a_day_to_come_has_no_findings(loaded_store: Store) -> None:
    project, head = visited(loaded_store).id, head_of(loaded_store, visited(loaded_store).id)
    made = plan_inspection(call_of(loaded_store, head), new(project, day=TOMORROW))
    assert refusal(record_findings, call_of(loaded_store, head), made, FOUND, "") == "inspection_not_yet"
    assert refusal(attach_picture, call_of(loaded_store, head), picture(made)) == "inspection_not_yet"
    (due,) = [
        one for one in inspections_due(call_of(loaded_store, head, writes=False), 2025) if one.id == made
    ]
    assert (due.day, due.state) == (TOMORROW, "planned")
    assert rows(loaded_store, InspectionFinding, inspection_id=made) == []
    with loaded_store.system().writing() as session:
        session.execute(update(Inspection).where(Inspection.id == made).values(day=TODAY))
    record_findings(call_of(loaded_store, head), made, FOUND, "")
    assert [one.state for one in rows(loaded_store, Inspection, id=made)] == ["held"]  # type: ignore[attr-defined]


def test_what_another_wrote_meanwhile_is_not_overwritten(demo_store: Store) -> None:
    project, clerk = visited(demo_store).id, person(demo_store, Role.CLERK)
    one, other = (person(demo_store, Role.DEPUTY, seat=seat) for seat in outsiders(demo_store, project)[:2])
    assert one.membership_id is not None
    assert other.membership_id is not None
    made = plan_inspection(call_of(demo_store, clerk), new(project, one.membership_id, other.membership_id))
    record_findings(call_of(demo_store, one), made, FOUND, "")
    assert (
        refusal(record_findings, call_of(demo_store, other), made, "别的", "") == "findings_changed_meanwhile"
    )
    # A press that is repeated after a lost answer is no conflict, nor are two of one's own.
    record_findings(call_of(demo_store, one), made, FOUND[:5], "")
    record_findings(call_of(demo_store, one), made, FOUND, "")
    assert [row.text for row in rows(demo_store, InspectionFinding, inspection_id=made)] == [FOUND]  # type: ignore[attr-defined]


def test_nothing_is_published_unread(demo_store: Store) -> None:
    made, goes = held(demo_store)
    clerk = person(demo_store, Role.CLERK)
    read = inspection(call_of(demo_store, clerk, writes=False), made).digest or ""
    attach_picture(call_of(demo_store, goes), picture(made))
    assert refusal(publish_inspection, call_of(demo_store, clerk), made, read) == "inspection_moved_on"
    assert made not in shown(demo_store)
    publish(demo_store, made)
    assert refusal(publish_inspection, call_of(demo_store, clerk), made, read) == "inspection_not_held"


def test_what_is_published_is_closed(demo_store: Store) -> None:
    made, goes = held(demo_store)
    kept = attach_picture(call_of(demo_store, goes), picture(made))
    clerk = publish(demo_store, made)
    for act in (
        (record_findings, made, "改掉", FOUND), (attach_picture, picture(made, 2)), (detach_picture, kept),
    ):  # fmt: skip
        assert refusal(act[0], call_of(demo_store, goes), *act[1:]) == "inspection_closed"  # type: ignore[arg-type]
    assert refusal(cancel_inspection, call_of(demo_store, clerk), made, "不去了") == "inspection_not_planned"
    for text, reason, version, code in (
        (FOUND, "理由", 1, "findings_same"), ("改", " ", 1, "reason_missing"), (" ", "理由", 1, "findings_empty"),
        ("改", "理由", 2, "findings_changed_meanwhile"), ("字" * 4_001, "理由", 1, "report_long"),
    ):  # fmt: skip
        assert refusal(correct_findings, call_of(demo_store, clerk), made, text, reason, version) == code
    assert len(rows(demo_store, InspectionFinding, inspection_id=made)) == 1
    assert [one.published_at is not None for one in rows(demo_store, Attachment, id=kept)] == [True]  # type: ignore[attr-defined]


def test_a_visit_is_cancelled_with_a_reason(demo_store: Store) -> None:
    project, head = visited(demo_store).id, head_of(demo_store, visited(demo_store).id)
    made = plan_inspection(call_of(demo_store, person(demo_store, Role.CLERK)), new(project))
    assert refusal(cancel_inspection, call_of(demo_store, head), made, " ") == "reason_missing"
    cancel_inspection(call_of(demo_store, head), made, "暴雨，改期另行安排")
    one = inspection(call_of(demo_store, head, writes=False), made)
    assert (one.state, one.reason) == ("cancelled", "暴雨，改期另行安排")
    assert refusal(record_findings, call_of(demo_store, head), made, FOUND, "") == "inspection_closed"
    assert made not in shown(demo_store)
    assert acts(demo_store, *KINDS)[-1] == "inspection_cancelled"


def test_a_file_twice_and_a_tenth_are_refused(demo_store: Store) -> None:
    made, goes = held(demo_store)
    kept = [attach_picture(call_of(demo_store, goes), picture(made, n)) for n in range(1, 10)]
    assert refusal(attach_picture, call_of(demo_store, goes), picture(made, 10)) == "attachments_full"
    assert detach_picture(call_of(demo_store, goes), kept[0]) == made
    assert refusal(attach_picture, call_of(demo_store, goes), picture(made, 2)) == "attachment_twice"
    attach_picture(call_of(demo_store, goes), picture(made, 10))
    assert len(rows(demo_store, Attachment, subject_id=made)) == 9


def test_who_may_plan_and_who_may_write(demo_store: Store) -> None:
    project = visited(demo_store).id
    stranger = person(demo_store, Role.DEPUTY, seat=outsiders(demo_store, project)[1])
    follows = person(
        demo_store,
        Role.DEPUTY,
        seat=next(one for one, heads in group(demo_store, project).items() if not heads),
    )
    for who in (stranger, follows):
        assert refusal(plan_inspection, call_of(demo_store, who), new(project)) == "not_yours"
    # The head of one group plans nothing for another.
    other = head_of(demo_store, projects(demo_store)[0].id)
    if other.membership_id not in group(demo_store, project):
        assert refusal(plan_inspection, call_of(demo_store, other), new(project)) == "not_yours"
    made, goes = held(demo_store)
    for who in (stranger, follows, head_of(demo_store, project)):
        assert refusal(record_findings, call_of(demo_store, who), made, "别的", FOUND) == "not_yours"
        assert refusal(attach_picture, call_of(demo_store, who), picture(made)) == "not_yours"
    assert refusal(cancel_inspection, call_of(demo_store, stranger), made, "理由") == "not_yours"
    # The group reads along, other deputies do not.
    assert made in shown(demo_store, follows)
    assert made in shown(demo_store, goes)
    assert made not in shown(demo_store, stranger)
    for role in set(Role) - {Role.CLERK, Role.DEPUTY, Role.PUBLIC}:
        assert (
            refusal(plan_inspection, call_of(demo_store, person(demo_store, role)), new(project))
            == "not_allowed"
        )
    for role in set(Role) - {Role.CLERK, Role.PUBLIC}:
        call = call_of(demo_store, person(demo_store, role))
        assert refusal(publish_inspection, call, made, "") == "not_allowed"
        assert refusal(correct_findings, call, made, "改", "理由", 1) == "not_allowed"


def test_out_of_office_nobody_plans_or_writes(loaded_store: Store) -> None:
    project = visited(loaded_store).id
    head = head_of(loaded_store, project)
    made = plan_inspection(call_of(loaded_store, head), new(project))
    with loaded_store.system().writing() as session:
        session.execute(
            update(MembershipState)
            .where(MembershipState.membership_id == head.membership_id)
            .values(state="suspended")
        )
    assert refusal(record_findings, call_of(loaded_store, head), made, FOUND, "") == "not_yours"
    assert (
        refusal(plan_inspection, call_of(loaded_store, head), new(project, request="a" * 32)) == "not_yours"
    )
    named = new(project, head.membership_id or new_id(), request="b" * 32)
    clerk = person(loaded_store, Role.CLERK)
    assert refusal(plan_inspection, call_of(loaded_store, clerk), named) == "seat_not_in_office"


def test_what_cannot_be_planned_is_refused(demo_store: Store) -> None:
    project, clerk = visited(demo_store), person(demo_store, Role.CLERK)

    def code(one: object) -> str:
        return refusal(plan_inspection, call_of(demo_store, clerk), one)

    assert code(new(project.id, title=" ")) == "inspection_untitled"
    assert code(new(project.id, title="长" * 61)) == "report_long"
    assert code(new(project.id, *seats(demo_store)[:61])) == "inspection_crowd"
    assert code(new(project.id, new_id())) == "seat_not_in_office"
    assert code(new(project.id).model_copy(update={"delegation_id": new_id()})) == "malformed"
    with demo_store.system().writing() as session:
        session.execute(update(Project).where(Project.id == project.id).values(state="cancelled"))
    assert code(new(project.id)) == "project_cancelled"


def test_a_foreign_inspection_and_an_absent_one_answer_alike(loaded_store: Store) -> None:
    clerk, deputy = person(loaded_store, Role.CLERK), person(loaded_store, Role.DEPUTY)
    with loaded_store.system().reading() as session:
        foreign = session.scalars(
            select(Inspection.id).where(Inspection.congress_id == key_of("congress", TOWNSHIP))
        ).first()
    assert foreign is not None
    for made in (foreign, new_id()):
        answers = [
            refusal(inspection, call_of(loaded_store, clerk, writes=False), made),
            refusal(publish_inspection, call_of(loaded_store, clerk), made, ""),
            refusal(cancel_inspection, call_of(loaded_store, clerk), made, "理由"),
            refusal(correct_findings, call_of(loaded_store, clerk), made, "改", "理由", 1),
            refusal(record_findings, call_of(loaded_store, deputy), made, FOUND, ""),
            refusal(attach_picture, call_of(loaded_store, deputy), picture(made)),
            refusal(detach_picture, call_of(loaded_store, deputy), made),
        ]
        assert set(answers) == {"not_found"}
    for project in (projects(loaded_store, TOWNSHIP)[0].id, new_id()):
        assert refusal(plan_inspection, call_of(loaded_store, clerk), new(project)) == "not_found"


def test_the_demonstration_shows_what_was_visited_and_what_comes(loaded_store: Store) -> None:
    public = inspections(call_of(loaded_store, writes=False), 2025).rows
    clerk = inspections(call_of(loaded_store, person(loaded_store, Role.CLERK), writes=False), 2025).rows
    assert [one.state for one in public] == ["published"] * 3 + ["announced"]
    assert [one.state for one in clerk] == ["published"] * 3 + ["held", "planned", "planned"]
    # What the calendar announces and the clerk has planned is one date.
    assert public[-1].day == clerk[-2].day == TODAY + timedelta(days=10)
    assert all(one.going for one in clerk)
