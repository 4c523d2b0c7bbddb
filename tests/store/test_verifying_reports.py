"""A published report that was changed behind everyone's back is found, its files too."""

import pytest
from sqlalchemy import delete, update

from dashboard.commands.progress import publish_report, submit_report
from dashboard.commands.report_drafts import attach
from dashboard.rules.roles import Role
from dashboard.store.tables.progress import Report
from dashboard.store.tables.supervision import Attachment
from dashboard.store.transactions import Store
from dashboard.store.verifying import Failure, verify
from tests.commands.people import call_of, person
from tests.reporting import department_of, file, lagging, report


def failure(store: Store) -> Failure | None:
    with store.system().reading() as session:
        return next((one for one in verify(session) if isinstance(one, Failure)), None)


@pytest.mark.parametrize(
    "change",
    [
        update(Report).values(share=2_001),
        update(Report).values(done_text="五个小区开工。"),
        update(Report).values(explanation=None),
        update(Report).values(state="submitted", published_at=None),
        delete(Attachment),
        update(Attachment).values(digest="e" * 64),
    ],
    ids=["share", "text", "explanation", "taken back", "file gone", "another file"],
)
def test_a_changed_report_is_found(loaded_store: Store, change: object) -> None:
    project = lagging(loaded_store)
    me = department_of(loaded_store, project)
    attach(call_of(loaded_store, me), file(project.id))
    sent = submit_report(call_of(loaded_store, me), report(project.id))
    publish_report(call_of(loaded_store, person(loaded_store, Role.CLERK)), sent)
    assert failure(loaded_store) is None
    named = Report.id if change.table.name == "reports" else Attachment.subject_id  # type: ignore[attr-defined]
    with loaded_store.system().writing() as session:
        session.execute(change.where(named == sent))  # type: ignore[attr-defined]
    found = failure(loaded_store)
    assert found is not None
    assert (found.reason, found.act is not None) == ("report_differs", True)


def test_what_happens_to_a_report_later_is_no_change_of_it(demo_store: Store) -> None:
    project = lagging(demo_store)
    me, clerk = department_of(demo_store, project), person(demo_store, Role.CLERK)
    first = submit_report(call_of(demo_store, me), report(project.id))
    publish_report(call_of(demo_store, clerk), first)
    second = submit_report(call_of(demo_store, me), report(project.id, share=2_100, reason="更正"))
    publish_report(call_of(demo_store, clerk), second)
    assert failure(demo_store) is None
