"""What was found on an inspection: written by who went, with pictures; once published, corrected by the clerk."""

from uuid import UUID

from dashboard.gate import Call, command, relate
from dashboard.rules.attached_files import KeptFile
from dashboard.rules.inspections import (
    HELD,
    INSPECTION,
    LONGEST_FINDINGS,
    LONGEST_REASON,
    OPEN,
    PUBLISHED,
    over,
)
from dashboard.rules.refused import Refused
from dashboard.rules.topics import DESK
from dashboard.rules.typed_text import required
from dashboard.store.inspections import digest_of, findings_of, inspection_of
from dashboard.store.report_drafts import attach_file
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.supervision import Attachment, Inspection, InspectionFinding


class NewPicture(KeptFile):
    """A file for an inspection."""

    inspection_id: UUID


@command("inspection.record")
def record_findings(call: Call, inspection_id: UUID, text: str, seen: str) -> None:
    """Write what was found, which may be written again until it is published; `seen` is the text that stood there."""
    row = _open(call, inspection_id)
    said = required(text, "findings_empty", LONGEST_FINDINGS)
    versions = findings_of(call.session, row.id)
    found = versions[-1] if versions else None
    stands = found.text if found is not None else ""
    if said == stands:
        return
    # What one wrote oneself, in a press before this one was answered, is no other's.
    own = found is not None and found.written_by == call.actor.appointment_id
    if seen.strip() != stands and not own:
        raise Refused("findings_changed_meanwhile")
    if found is None:
        found = _version(call, row, 1, said, None)
    else:
        found.text, found.written_by, found.written_on = said, call.actor.appointment_id, call.today
    row.state = HELD
    call.session.flush()
    call.act("inspection_recorded", inspection=str(row.id), sha256=digest_of(call.session, row, found))
    call.changed(DESK)


@command("inspection.record")
def attach_picture(call: Call, new: NewPicture) -> UUID:
    """Attach a file to an inspection that has taken place; the same one twice, or a tenth one, is refused."""
    row = _open(call, new.inspection_id)
    call.changed(DESK)
    return attach_file(call.session, row, INSPECTION, new, by=call.actor.appointment_id, at=call.now)


@command("inspection.record")
def detach_picture(call: Call, attachment_id: UUID) -> UUID:
    """Take a file from an inspection that is not published, and return that; the file itself stays."""
    file = call.session.get(Attachment, (call.congress_id, attachment_id))
    if file is None or file.subject != INSPECTION:
        raise Refused("not_found")
    row = _open(call, file.subject_id)
    call.session.delete(file)
    call.changed(DESK)
    return row.id


@command("inspection.correct")
def correct_findings(call: Call, inspection_id: UUID, text: str, reason: str, version: int) -> int:
    """Publish a later version of what was found, with its reason, and return it; the one before stays to be read."""
    row = inspection_of(call.session, inspection_id, locked=True)
    if row is None:
        raise Refused("not_found")
    if row.state != PUBLISHED:
        raise Refused("inspection_not_published")
    last = findings_of(call.session, row.id)[-1]
    said = required(text, "findings_empty", LONGEST_FINDINGS)
    if version != last.version:
        raise Refused("findings_changed_meanwhile")
    if said == last.text:
        raise Refused("findings_same")
    found = _version(
        call, row, last.version + 1, said, required(reason, "reason_missing", LONGEST_REASON), published=True
    )
    call.session.flush()
    call.act(
        "inspection_corrected", inspection=str(row.id), project=str(row.project_id), version=found.version,
        sha256=digest_of(call.session, row, found),
    )  # fmt: skip
    call.changed("supervision", DESK)
    return found.version


def _open(call: Call, inspection_id: UUID) -> Inspection:
    """Return an inspection, locked, of which something may be written: who asks went, its day has come."""
    row = inspection_of(call.session, inspection_id, locked=True)
    if row is None:
        raise Refused("not_found")
    relate(call, "inspection.record", inspection_id=row.id)
    if row.state not in OPEN:
        raise Refused("inspection_closed")
    over(row.day, call.today)
    return row


def _version(
    call: Call, row: Inspection, number: int, text: str, reason: str | None, *, published: bool = False
) -> InspectionFinding:
    found = InspectionFinding(
        congress_id=call.congress_id, id=new_id(), inspection_id=row.id, version=number, text=text, reason=reason,
        written_by=call.actor.appointment_id, written_on=call.today, published_at=call.now if published else None,
    )  # fmt: skip
    call.session.add(found)
    return found
