"""The draft of a report: kept as it is typed, by two people at once, with its files, until it is submitted."""

import threading
from datetime import date
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from dashboard.commands.progress import publish_report, submit_report
from dashboard.commands.report_drafts import DraftChange, attach, detach, save_draft
from dashboard.gate import PUBLIC
from dashboard.rules.roles import Role
from dashboard.store.tables import Base
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Report, ReportDraft
from dashboard.store.tables.supervision import Attachment
from dashboard.store.transactions import Store
from tests.commands.people import TOWNSHIP, call_of, person, projects, refusal
from tests.reporting import APRIL, HER, ME, SEPTEMBER, change, department_of, file, lagging, report


def rows(store: Store, entity: type[Base], **where: object) -> list[Base]:
    with store.system().reading() as session:
        return list(session.scalars(select(entity).filter_by(**where)))


def test_a_draft_keeps_what_is_typed_whatever_it_is(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    me = department_of(loaded_store, project)
    saved = save_draft(call_of(loaded_store, me), change(project.id, share="九成", done="写到一半"))
    assert (saved.values["share"], saved.values["done"]) == ("九成", "写到一半")
    # Who answers for the project stands in the form from the beginning.
    assert saved.values["leader"] == project.leader
    (draft,) = rows(loaded_store, ReportDraft)
    assert (draft.revision, draft.edited_by, draft.month) == (1, me.appointment_id, APRIL)  # type: ignore[attr-defined]
    again = save_draft(call_of(loaded_store, me), change(project.id, seen=1, share="20", done="写到一半"))
    assert (again.revision, again.revisions["share"], again.revisions["done"]) == (2, 2, 1)
    # Nothing was typed: nothing is written.
    assert save_draft(call_of(loaded_store, me), change(project.id, seen=2, share="20")).revision == 2


def test_the_later_of_two_is_shown_the_others_change_and_overwrites_nothing(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    me, her = (department_of(loaded_store, project) for _ in range(2))
    save_draft(call_of(loaded_store, her), change(project.id, HER, share="30", next="她写的下一步"))
    mine = save_draft(call_of(loaded_store, me), change(project.id, share="40", done="我写的进度", next=""))
    (clash,) = mine.clashing
    assert (clash.field, clash.value) == ("share", "30")
    assert clash.by is not None
    assert clash.by.startswith("department-")
    assert [(one.field, one.value) for one in mine.taken] == [("next", "她写的下一步")]
    assert (mine.values["share"], mine.values["done"]) == ("30", "我写的进度")
    # She has not seen what was written meanwhile; her next save does not undo it either.
    hers = save_draft(
        call_of(loaded_store, her), change(project.id, HER, seen=1, base="30", share="30", done="")
    )
    assert hers.values["done"] == "我写的进度"
    # By eye: the other's number was seen in its revision, and mine goes over it.
    decided = save_draft(call_of(loaded_store, me), change(project.id, seen=1, base="30", share="40"))
    assert decided.values["share"] == "40"


def test_two_who_begin_at_once_have_one_draft(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    people = [department_of(loaded_store, project) for _ in range(4)]
    start = threading.Barrier(len(people))
    failed: list[BaseException] = []

    def write(place: int) -> None:
        start.wait()
        try:
            name = ("done", "next", "problem", "plan")[place]
            save_draft(
                call_of(loaded_store, people[place]), change(project.id, f"{place:016x}", **{name: "字"})
            )
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(place,)) for place in range(len(people))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failed == []
    (draft,) = rows(loaded_store, ReportDraft)
    body = draft.body  # type: ignore[attr-defined]
    assert {body[name]["value"] for name in ("done", "next", "problem", "plan")} == {"字"}
    assert draft.revision == 4  # type: ignore[attr-defined]


def test_what_is_submitted_ends_the_draft_and_takes_its_files(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    me, clerk = department_of(loaded_store, project), person(loaded_store, Role.CLERK)
    saved = save_draft(call_of(loaded_store, me), change(project.id, share="20"))
    attach(call_of(loaded_store, me), file(project.id, 1))
    attach(call_of(loaded_store, me), file(project.id, 2))
    sent = submit_report(call_of(loaded_store, me), report(project.id, revision=saved.revision))
    assert rows(loaded_store, ReportDraft) == []
    (row,) = rows(loaded_store, Report, id=sent)
    assert (row.evidence, row.state) == (2, "submitted")  # type: ignore[attr-defined]
    kept = rows(loaded_store, Attachment, subject="report", subject_id=sent)
    assert {one.published_at for one in kept} == {None}  # type: ignore[attr-defined]
    publish_report(call_of(loaded_store, clerk), sent)
    kept = rows(loaded_store, Attachment, subject="report", subject_id=sent)
    assert len(kept) == 2
    assert None not in {one.published_at for one in kept}  # type: ignore[attr-defined]


def test_a_correction_begins_with_what_was_published_and_its_files(demo_store: Store) -> None:
    project = lagging(demo_store)
    me, clerk = department_of(demo_store, project), person(demo_store, Role.CLERK)
    attach(call_of(demo_store, me), file(project.id))
    first = submit_report(call_of(demo_store, me), report(project.id, paid=100_000_000))
    publish_report(call_of(demo_store, clerk), first)
    saved = save_draft(call_of(demo_store, me), change(project.id, reason="数字有误"))
    assert (saved.values["share"], saved.values["paid"], saved.values["explanation"]) == ("20", "100", "")
    (copied,) = rows(demo_store, Attachment, subject="report_draft")
    assert copied.published_at is None  # type: ignore[attr-defined]
    attach(call_of(demo_store, me), file(project.id, 2))
    detach(call_of(demo_store, me), copied.id)  # type: ignore[attr-defined]
    second = submit_report(call_of(demo_store, me), report(project.id, share=1_900, reason="数字有误"))
    names = {
        one.name: one.subject_id  # type: ignore[attr-defined]
        for one in rows(demo_store, Attachment)
    }
    # What was published keeps its own files.
    assert names == {"现场1.jpg": first, "现场2.jpg": second}


def test_a_draft_that_moved_on_is_not_submitted_unseen(demo_store: Store) -> None:
    project = lagging(demo_store)
    me, her = (department_of(demo_store, project) for _ in range(2))
    saved = save_draft(call_of(demo_store, me), change(project.id, share="20"))
    save_draft(call_of(demo_store, her), change(project.id, HER, seen=1, base="20", share="25"))
    assert (
        refusal(submit_report, call_of(demo_store, me), report(project.id, revision=saved.revision))
        == "draft_moved_on"
    )
    assert len(rows(demo_store, ReportDraft)) == 1


def test_a_press_that_is_repeated_is_the_same_report(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    me = department_of(loaded_store, project)
    saved = save_draft(call_of(loaded_store, me), change(project.id, share="20"))
    new = report(project.id, revision=saved.revision, request_id="c" * 32)
    assert submit_report(call_of(loaded_store, me), new) == submit_report(call_of(loaded_store, me), new)
    assert len(rows(loaded_store, Report, project_id=project.id, month=APRIL)) == 1


def test_the_same_file_twice_and_a_tenth_one_are_told(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    me = department_of(loaded_store, project)
    for number in range(1, 10):
        attach(call_of(loaded_store, me), file(project.id, number))
    call = call_of(loaded_store, me)
    assert refusal(attach, call, file(project.id, 4, name="另一个名字.jpg")) == "attachment_twice"
    assert refusal(attach, call, file(project.id, 10)) == "attachments_full"
    assert len(rows(loaded_store, Attachment)) == 9


def test_a_draft_is_written_by_its_department_alone(demo_store: Store) -> None:
    project, other = lagging(demo_store), projects(demo_store)[0]
    assert other.department_id != project.department_id
    stranger = department_of(demo_store, other)
    attached = attach(call_of(demo_store, department_of(demo_store, project)), file(project.id))
    before = [rows(demo_store, entity) for entity in (ReportDraft, Attachment)]
    elsewhere = department_of(demo_store, lagging(demo_store, TOWNSHIP), TOWNSHIP)
    for actor, code in ((stranger, "not_yours"), (PUBLIC, "sign_in_first"), (elsewhere, "not_allowed")):
        for command, given in ((save_draft, change(project.id, share="1")), (attach, file(project.id, 3))):
            assert refusal(command, call_of(demo_store, actor), given) == code
        assert refusal(detach, call_of(demo_store, actor), attached) == code
    for role in set(Role) - {Role.DEPARTMENT, Role.PUBLIC}:
        call = call_of(demo_store, person(demo_store, role))
        assert refusal(save_draft, call, change(project.id, share="1")) == "not_allowed"
    assert [len(one) for one in before] == [1, 1]
    assert [len(rows(demo_store, entity)) for entity in (ReportDraft, Attachment)] == [1, 1]


def test_a_file_of_another_congress_is_not_there(demo_store: Store) -> None:
    theirs = lagging(demo_store, TOWNSHIP)
    elsewhere = department_of(demo_store, theirs, TOWNSHIP)
    attached = attach(call_of(demo_store, elsewhere, TOWNSHIP), file(theirs.id))
    me = call_of(demo_store, department_of(demo_store, lagging(demo_store)))
    assert {refusal(detach, me, one) for one in (attached, new_id())} == {"not_found"}
    assert refusal(attach, me, file(theirs.id)) == "not_found"
    assert refusal(save_draft, me, change(theirs.id, share="1")) == "not_found"


@pytest.mark.parametrize(
    ("month", "code"),
    [
        (date(2025, 10, 31), "month_not_over"),
        (date(2026, 3, 31), "month_not_over"),
        (date(2024, 12, 31), "month_before_start"),
    ],
)
def test_a_month_that_is_not_due_has_no_draft(demo_store: Store, month: date, code: str) -> None:
    project = lagging(demo_store)
    me = call_of(demo_store, department_of(demo_store, project))
    assert refusal(save_draft, me, change(project.id, month=month, share="1")) == code
    assert refusal(attach, me, file(project.id, month=month)) == code
    assert rows(demo_store, ReportDraft) == []


@pytest.mark.parametrize(
    "given",
    [
        {"typed": {"share": "1" * 4001}},
        {"typed": {"secret": "x"}},
        {"base": {"secret": "x"}},
        {"seen": {"share": -1}},
        {"editor": "me"},
        {"editor": "../../etc"},
    ],
)
def test_a_change_of_another_shape_is_none(given: dict[str, object]) -> None:
    whole: dict[str, object] = {
        "project_id": UUID(int=1), "month": SEPTEMBER, "editor": ME, "typed": {}, "base": {}, "seen": {},
    }  # fmt: skip
    DraftChange.model_validate(whole)
    with pytest.raises(ValidationError):
        DraftChange.model_validate(whole | given)
