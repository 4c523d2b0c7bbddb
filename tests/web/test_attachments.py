"""Files of reports over the web: taken from who writes the draft, handed out to whom they are shown, else absent."""

import hashlib
import io
from collections.abc import Iterator
from urllib.parse import quote
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from dashboard.commands.progress import publish_report, return_reports, submit_report
from dashboard.store.attachments import FOLDER
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project, Report, ReportDraft
from dashboard.store.tables.supervision import Attachment
from dashboard.web.security import LARGEST_BODY
from tests.commands.people import COUNTY, TOWNSHIP, call_of
from tests.reporting import APRIL, lagging, report
from tests.reports.test_attachments import ACTIVE, located, pdf
from tests.reports.test_pictures import bomb, picture
from tests.web.conftest import Makes
from tests.web.visitor import Site, plain

PEOPLE = (
    None, "department", "another department", "clerk", "leader", "coordinator", "presidium", "deputy", "admin",
    "township clerk", "township department",
)  # fmt: skip
OF_A_DRAFT = {"department", "clerk"}
OF_A_REPORT = OF_A_DRAFT | {"leader", "coordinator"}
PROGRAM = b"MZ" + b"\x00" * 3000


@pytest.fixture(scope="module")
def shared(make_site: Makes) -> Site:
    """A site of these tests alone."""
    return make_site()


@pytest.fixture
def own(shared: Site) -> Iterator[Site]:
    """The site without drafts and files, with no report of April."""
    yield shared
    with shared.store.system().writing() as session:
        session.execute(delete(Attachment))
        session.execute(delete(ReportDraft))
        session.execute(
            delete(Report).where(Report.month == APRIL, Report.project_id == lagging(shared.store).id)
        )


def send(
    site: Site, who: str | None, body: bytes, name: str = "现场.jpg", project: object = None, month: object = APRIL,
    code: str = COUNTY, **how: object,
) -> TestResponse:  # fmt: skip
    address = f"/attach/{code}/{project or lagging(site.store).id}/{month}?name={quote(name)}"
    return site.visitor(who).ask(address, "POST", data=body, content_type="application/octet-stream", **how)


def kept(site: Site) -> list[Attachment]:
    with site.store.system().reading() as session:
        return list(session.scalars(select(Attachment).order_by(Attachment.created_at, Attachment.id)))


def drafts(site: Site) -> int:
    with site.store.system().reading() as session:
        return len(session.scalars(select(ReportDraft.id)).all())


def read(site: Site, who: str | None, item: object, code: str = COUNTY, end: str = "") -> TestResponse:
    return site.visitor(who).ask(f"/attachment/{code}/{item}{end}")


def readers(site: Site, item: object, end: str = "") -> set[str | None]:
    """Return who gets a file; everyone else is told the same as of one that is not there."""
    answers = {who: read(site, who, item, end=end) for who in PEOPLE}
    absent = read(site, None, new_id(), end=end)
    assert absent.status_code == 404
    for one in answers.values():
        assert one.status_code == 200 or (one.status_code, one.data) == (404, absent.data)
    return {who for who, one in answers.items() if one.status_code == 200}


def test_a_picture_is_kept_without_its_place_and_shown_small(own: Site) -> None:
    answer = send(own, "department", located())
    assert answer.status_code == 200
    assert "已附上：现场.jpg" in plain(answer)
    (row,) = kept(own)
    assert (row.subject, row.media_type, row.name) == ("report_draft", "image/jpeg", "现场.jpg")
    whole, small = read(own, "department", row.id), read(own, "department", row.id, end="/preview")
    assert hashlib.sha256(whole.data).hexdigest() == row.digest
    assert dict(Image.open(io.BytesIO(whole.data)).getexif()) == {}
    assert max(Image.open(io.BytesIO(small.data)).size) <= 320
    for one in (whole, small):
        assert one.headers["Content-Type"] == "image/jpeg"
        assert one.headers["X-Content-Type-Options"] == "nosniff"
        assert one.headers["Content-Disposition"] == f"inline; filename*=UTF-8''{quote('现场.jpg')}"
        assert one.headers["Cache-Control"] == "private, no-cache"
        assert "default-src 'none'" in one.headers["Content-Security-Policy"]
    again = own.visitor("department").ask(
        f"/attachment/{COUNTY}/{row.id}", headers={"If-None-Match": whole.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    files = [one for one in (own.web.settings.var / FOLDER).rglob("*") if one.is_file()]
    assert {one.name for one in files} >= {row.digest, str(row.preview)}


def test_a_pdf_is_handed_out_to_be_saved(own: Site) -> None:
    assert send(own, "department", pdf(), "验收单.pdf").status_code == 200
    (row,) = kept(own)
    answer = read(own, "clerk", row.id)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.data == pdf()
    assert read(own, "clerk", row.id, end="/preview").status_code == 404


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        (PROGRAM, "照片.jpg", "改了扩展名的其他文件不收"),
        (bomb(10_000, 6_000), "60.png", "超过50百万像素"),
        (pdf(ACTIVE), "a.pdf", "脚本、内嵌文件"),
        (picture()[:1000], "半张.jpg", "不是完整的图片"),
        (b"", "空.jpg", "不是完整的图片"),
    ],
)
def test_what_may_not_be_kept_is_told_and_leaves_nothing(
    own: Site, body: bytes, name: str, code: str
) -> None:
    answer = send(own, "department", body, name)
    assert answer.status_code == 422
    assert code in plain(answer)
    assert "children" not in (answer.json or {})
    assert kept(own) == []
    assert drafts(own) == 0


def test_the_same_file_twice_is_told(own: Site) -> None:
    send(own, "department", picture(), "一.jpg")
    answer = send(own, "department", picture(), "二.jpg")
    assert (answer.status_code, "已经附上了：一.jpg" in plain(answer)) == (422, True)
    assert len(kept(own)) == 1


def test_a_draft_is_its_departments_and_the_clerks(own: Site) -> None:
    send(own, "department", picture())
    (row,) = kept(own)
    assert readers(own, row.id) == OF_A_DRAFT
    assert readers(own, row.id, "/preview") == OF_A_DRAFT


def test_a_report_that_waits_is_read_by_who_checks_and_a_published_one_by_all(own: Site) -> None:
    send(own, "department", picture())
    me, clerk = own.people["department"].actor, own.people["clerk"].actor
    sent = submit_report(call_of(own.store, me), report(lagging(own.store).id))
    (row,) = kept(own)
    assert readers(own, row.id) == OF_A_REPORT
    return_reports(call_of(own.store, clerk), [sent], "改")
    assert readers(own, row.id) == OF_A_REPORT
    again = submit_report(call_of(own.store, me), report(lagging(own.store).id))
    copied = next(one for one in kept(own) if one.subject_id == again)
    publish_report(call_of(own.store, clerk), again)
    assert readers(own, copied.id) == set(PEOPLE)
    # What was given back stays what it was.
    assert readers(own, row.id) == OF_A_REPORT
    assert read(own, None, copied.id).headers["Cache-Control"] == "no-cache"
    # Another congress's address does not lead to it.
    assert read(own, None, copied.id, TOWNSHIP).status_code == 404


def test_only_who_writes_the_draft_sends_or_takes_off(own: Site) -> None:
    send(own, "department", picture())
    (row,) = kept(own)
    for who in PEOPLE:
        if who == "department":
            continue
        answer = send(own, who, picture(333, 222))
        assert answer.status_code in {403, 404, 422}, who
        assert "children" not in (answer.json or {}), who
        gone = own.visitor(who).ask(f"/detach/{COUNTY}/{row.id}", "POST")
        assert gone.status_code in {403, 404, 422}, who
    assert [one.id for one in kept(own)] == [row.id]
    answer = own.visitor("department").ask(f"/detach/{COUNTY}/{row.id}", "POST")
    assert (answer.status_code, kept(own)) == (200, [])


def test_what_is_published_is_not_taken_off(own: Site) -> None:
    send(own, "department", picture())
    me, clerk = own.people["department"].actor, own.people["clerk"].actor
    publish_report(
        call_of(own.store, clerk), submit_report(call_of(own.store, me), report(lagging(own.store).id))
    )
    (row,) = kept(own)
    answer = own.visitor("department").ask(f"/detach/{COUNTY}/{row.id}", "POST")
    assert answer.status_code == 404
    assert len(kept(own)) == 1


@pytest.mark.parametrize(
    ("project", "month", "code", "status"),
    [
        (None, "2025-10-31", COUNTY, 422),
        (None, "2024-12-31", COUNTY, 422),
        (None, "2025-02-30", COUNTY, 404),
        (None, "x", COUNTY, 404),
        ("x", APRIL, COUNTY, 404),
        (UUID(int=1), APRIL, COUNTY, 422),
        (None, APRIL, "123456", 404),
        (None, APRIL, "desk", 404),
        (None, APRIL, TOWNSHIP, 422),
    ],
)
def test_an_address_that_leads_nowhere_takes_nothing(
    own: Site, project: object, month: object, code: str, status: int
) -> None:
    assert send(own, "department", picture(), project=project, month=month, code=code).status_code == status
    assert kept(own) == []


def test_a_large_body_is_refused_before_it_is_read(own: Site) -> None:
    body = b"\xff" * (LARGEST_BODY + 1)
    assert send(own, None, body).status_code == 413
    assert send(own, "department", b"\xff" * (20 * 1024 * 1024 + 1)).status_code == 413
    assert send(own, "department", picture(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert kept(own) == []


def test_a_file_that_was_changed_behind_us_is_not_handed_out(own: Site) -> None:
    send(own, "department", picture(500, 300))
    (row,) = kept(own)
    path = own.web.settings.var / FOLDER / row.digest[:2] / row.digest
    path.write_bytes(b"another")
    assert read(own, "department", row.id).status_code == 404
    path.unlink()
    assert read(own, "department", row.id).status_code == 404


def test_the_projects_page_shows_what_was_published(own: Site) -> None:
    project: Project = lagging(own.store)
    send(own, "department", picture())
    me, clerk = own.people["department"].actor, own.people["clerk"].actor
    sent = submit_report(call_of(own.store, me), report(project.id))
    (row,) = kept(own)
    address = f"/{COUNTY}/2025/projects/{project.number}"
    mark = f"/attachment/{COUNTY}/{row.id}/preview"
    assert mark not in plain(own.visitor().open(address))
    assert mark not in plain(own.visitor("deputy").open(address))
    assert mark in plain(own.visitor("clerk").open(address))
    publish_report(call_of(own.store, clerk, now=call_of(own.store).now), sent)
    own.raise_topics(project.congress_id, "progress", "desk")
    for who in (None, "deputy"):
        assert mark in plain(own.visitor(who).open(address))
    assert mark in own.visitor().ask(address).text
