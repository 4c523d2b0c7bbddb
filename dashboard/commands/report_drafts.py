"""The draft of a monthly report: kept while it is typed, by however many of a department at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

from dashboard.gate import Call, command, relate
from dashboard.rules.attached_files import KeptFile
from dashboard.rules.lights import CANCELLED
from dashboard.rules.reasons import Reason
from dashboard.rules.refused import Refused
from dashboard.rules.report_drafts import Seen, merge
from dashboard.rules.report_form import FIELDS, LONGEST_TYPED, read_form
from dashboard.rules.report_months import month_reported
from dashboard.rules.topics import DESK
from dashboard.store.report_drafts import (
    DRAFT,
    attach_file,
    attachments_of,
    begin_draft,
    draft_of,
    kept_fields,
    names_of,
    project_of,
)
from dashboard.store.report_grounds import Said, grounds
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.progress import Project, ReportDraft
from dashboard.store.tables.supervision import Attachment

Typed = Annotated[str, StringConstraints(max_length=LONGEST_TYPED)]
Editor = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16,32}$")]


class DraftChange(BaseModel):
    """What a page sends of its form: the fields typed into, what they began from, and every field's revision."""

    project_id: UUID
    month: date
    editor: Editor
    typed: dict[str, Typed]
    base: dict[str, Typed]
    seen: dict[str, Annotated[int, Field(ge=0)]]

    @model_validator(mode="after")
    def _only_fields(self) -> "DraftChange":
        if not set(FIELDS) >= {*self.typed, *self.base, *self.seen}:
            raise ValueError("a field that the form has not")
        return self


class NewAttachment(KeptFile):
    """A file for the draft of a project's report of a month."""

    project_id: UUID
    month: date


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else wrote into a field meanwhile."""

    field: str
    value: str
    by: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft after saving: every field with its revision, what was taken from others, what both wrote.

    `warnings` are what needs a second look in it, once the share done can be read.
    """

    revision: int
    saved_at: datetime
    values: Mapping[str, str]
    revisions: Mapping[str, int]
    taken: tuple[Theirs, ...]
    clashing: tuple[Theirs, ...]
    warnings: tuple[Reason, ...]


@command("report.draft")
def save_draft(call: Call, change: DraftChange) -> SavedDraft:
    """Keep what was typed; a field that another wrote since is left as it stands, and told."""
    project, month = _taken(call, change.project_id, change.month)
    if draft_of(call.session, project.id, month) is None and any(change.seen.values()):
        raise Refused("draft_ended")
    draft = _draft(call, project, month)
    seen = {
        name: Seen(change.seen.get(name, 0), change.base.get(name), change.typed.get(name))
        for name in (*change.typed, *(change.seen.keys() - change.typed.keys()))
    }
    found = merge(kept_fields(draft), seen, change.editor)
    if found.written:
        draft.revision += 1
        draft.edited_by, draft.edited_at = call.actor.appointment_id, call.now
        at = {
            "revision": draft.revision, "editor": change.editor, "by": str(call.actor.appointment_id),
            "at": call.now.isoformat(),
        }  # fmt: skip
        draft.body = draft.body | {name: {"value": change.typed[name], **at} for name in found.written}
        call.session.flush()
    told = {one.field: one for one in _theirs(call, draft, (*found.taken, *found.clashing))}
    kept = kept_fields(draft)
    return SavedDraft(
        draft.revision,
        draft.edited_at,
        {name: one.value for name, one in kept.items()},
        {name: one.revision for name, one in kept.items()},
        tuple(told[name] for name in found.taken),
        tuple(told[name] for name in found.clashing),
        _warnings(call, draft, project),
    )


@command("report.draft")
def attach(call: Call, new: NewAttachment) -> UUID:
    """Attach a file to the draft of a report; the same one twice, or a tenth one, is refused."""
    project, month = _taken(call, new.project_id, new.month)
    draft = _draft(call, project, month)
    return attach_file(call.session, draft, DRAFT, new, by=call.actor.appointment_id, at=call.now)


@command("report.draft")
def detach(call: Call, attachment_id: UUID) -> tuple[UUID, date]:
    """Take a file from the draft of a report, and return the project and the month; the file itself stays."""
    row = call.session.get(Attachment, (call.congress_id, attachment_id))
    draft = call.session.get(ReportDraft, (call.congress_id, row.subject_id)) if row is not None else None
    if row is None or draft is None or row.subject != DRAFT:
        raise Refused("not_found")
    relate(call, "report.draft", project_id=draft.project_id)
    call.session.delete(row)
    return draft.project_id, draft.month


def _taken(call: Call, project_id: UUID, month: date) -> tuple[Project, date]:
    """Return the project, locked, and the month; refuse what is not the department's, or not due."""
    project = project_of(call.session, project_id, locked=True)
    if project is None:
        raise Refused("not_found")
    relate(call, "report.draft", project_id=project.id)
    if project.state == CANCELLED:
        raise Refused("project_cancelled")
    return project, month_reported(month, project.starts_on, call.today)


def _draft(call: Call, project: Project, month: date) -> ReportDraft:
    draft = draft_of(call.session, project.id, month)
    if draft is None:
        draft = begin_draft(call.session, project, month, call.now)
        # The desk says that the report is being written.
        call.changed(DESK)
    return draft


def _warnings(call: Call, draft: ReportDraft, project: Project) -> tuple[Reason, ...]:
    """Return what needs a second look in what is typed so far."""
    values = read_form({name: one.value for name, one in kept_fields(draft).items()}).values
    if values.get("share") is None:
        return ()
    evidence = len(attachments_of(call.session, [draft.id]))
    said = Said(
        draft.month, values["share"], values.get("paid"), values.get("done_text", ""), evidence,
        values.get("expected_on"), call.today,
    )  # fmt: skip
    ground = grounds(call.session, call.congress_id, [project])[project.id]
    return ground.warnings(said, rules_in_force(call.session, call.congress_id))


def _theirs(call: Call, draft: ReportDraft, fields: tuple[str, ...]) -> list[Theirs]:
    wrote: dict[str, Any] = {name: draft.body[name] for name in fields}
    people = names_of(call.session, (UUID(one["by"]) for one in wrote.values() if one["by"]))
    return [
        Theirs(
            name,
            one["value"],
            people.get(UUID(one["by"])) if one["by"] else None,
            datetime.fromisoformat(one["at"]) if one["at"] else None,
        )
        for name, one in wrote.items()
    ]
