"""The pages of inspections as a browser uses them: listed by month, planned, written, published, files and all."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from werkzeug.test import TestResponse

from dashboard.i18n import words
from dashboard.queries.inspections import inspection
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.congress import Membership
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.supervision import (
    Attachment,
    Inspection,
    InspectionFinding,
    InspectionMember,
    SupervisionMember,
)
from dashboard.web.security import LARGEST_BODY
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person
from tests.commands.visiting import FOUND, TODAY, acts, group, rows, visited
from tests.reports.test_attachments import located
from tests.web.conftest import Makes
from tests.web.visitor import Site, is_told, plain

ZH = words("zh-CN")
LIST = f"/{COUNTY}/2025/inspections"
REQUEST = "ab" * 16
# The demonstration's own: one published, one that waits, one to come.
SHOWN, WAITS, COMES = (key_of("inspections", COUNTY, f"2025-i{n}") for n in (3, 4, 5))
PEOPLE = (
    None, "clerk", "leader", "presidium", "coordinator", "department", "another department", "admin", "deputy",
    "another deputy", "township clerk",
)  # fmt: skip
PREPARE = {"clerk", "leader", "presidium"}


@pytest.fixture(scope="module")
def shared(make_site: Makes) -> Site:
    """A site of these tests alone."""
    return make_site()


@pytest.fixture
def own(shared: Site) -> Iterator[Site]:
    """The site, afterwards without what the test planned."""
    yield shared
    with shared.store.system().writing() as session:
        made = list(session.scalars(select(Inspection.id).where(Inspection.request_id.is_not(None))))
        session.execute(delete(Attachment))
        for table in (InspectionMember, InspectionFinding):
            session.execute(delete(table).where(table.inspection_id.in_(made)))
        session.execute(delete(Inspection).where(Inspection.id.in_(made)))


def name_of(site: Site, seat: UUID | None) -> str:
    with site.store.system().reading() as session:
        return session.scalars(select(Membership.name).where(Membership.id == seat)).one()


def planned(site: Site, who: str = "clerk", **typed: object) -> TestResponse:
    """Plan a visit of the deputy that the tests know, by the form."""
    goes = name_of(site, site.people["deputy"].actor.membership_id)
    given = {
        "visit_project__value": str(visited(site.store).id), "visit_day__value": "2025年10月10日",
        "visit_title__value": "视察三标段", "visit_members__value": goes, "visit_delegation__value": "none",
        "visit_request__data": REQUEST,
    } | typed  # fmt: skip
    visitor = site.visitor(who)
    return visitor.press("visit-send.n_clicks", visitor.page(LIST), **given)


def made(site: Site) -> Inspection:
    with site.store.system().reading() as session:
        return session.scalars(select(Inspection).where(Inspection.request_id == REQUEST)).one()


def press(site: Site, who: str, button: str, item: object, **values: object) -> TestResponse:
    visitor = site.visitor(who)
    return visitor.press(f"{button}.n_clicks", visitor.page(f"{LIST}/{item}"), **values)


def send(site: Site, who: str | None, item: object, body: bytes, name: str = "现场.jpg") -> TestResponse:
    address = f"/attach/{COUNTY}/inspection/{item}?name={quote(name)}"
    return site.visitor(who).ask(address, "POST", data=body, content_type="application/octet-stream")


def readers(site: Site, path: str, told: str) -> set[str | None]:
    """Return on whose page a text stands."""
    return {who for who in PEOPLE if told in plain(site.visitor(who).open(path))}


def test_the_list_shows_each_what_may_be_read(own: Site) -> None:
    text = "看了5处，4处已经完工"
    assert readers(own, LIST, "视察老旧小区改造") == set(PEOPLE)
    assert readers(own, LIST, text) == PREPARE
    assert readers(own, f"{LIST}/{SHOWN}", "4个已完工") == set(PEOPLE)
    assert readers(own, f"{LIST}/{WAITS}", text) == PREPARE
    gone = new_id()
    absent = plain(own.visitor().open(f"{LIST}/{gone}"))
    assert plain(own.visitor().open(f"{LIST}/{WAITS}")) == absent.replace(str(gone), str(WAITS))


def test_month_and_filters_stand_in_the_address(own: Site) -> None:
    clerk = own.visitor("clerk")
    assert "视察校园明厨亮灶" in plain(clerk.open(LIST, "?month=2025-06"))
    october = plain(clerk.open(LIST, "?month=2025-10"))
    assert "视察农村供水管网" in october
    assert ZH("inspection.month", year="2025", month=ZH.month(date(2025, 10, 1))) in october
    of_three = plain(clerk.open(LIST, "?project=3"))
    assert "4个已完工" in of_three
    assert "视察校园明厨亮灶" not in of_three
    by = plain(clerk.open(LIST, f"?delegation={quote('榆霭代表团')}"))
    assert "看了5处" in by
    assert "4个已完工" not in by
    assert ZH("filter.none") in plain(clerk.open(LIST, "?month=2025-02"))
    for odd in ("?month=2025-13", "?month=2024-10", "?project=99", "?delegation=x"):
        assert ZH("filter.dropped.do") in plain(clerk.open(LIST, odd))


def test_a_visit_is_planned_written_and_published(own: Site) -> None:
    assert "视察三标段" in plain(planned(own))
    assert "视察三标段" in plain(planned(own))
    one = made(own)
    assert len(rows(own.store, Inspection, request_id=REQUEST)) == 1
    assert readers(own, f"{LIST}/{one.id}", "视察三标段") == PREPARE | {"deputy"}
    # On the desk of who goes, on the overview too.
    for path in (f"/{COUNTY}/2025/desk", f"/{COUNTY}/2025"):
        assert readers(own, path, "视察三标段") == {"deputy"}
    answer = press(
        own, "deputy", "inspection-record", one.id, inspection_text__value=FOUND, inspection_seen__value=""
    )
    assert ZH("inspection.told.recorded") in plain(answer)
    assert send(own, "deputy", one.id, located()).status_code == 200
    with own.web.ground.store.system().reading() as session:
        file = session.scalars(select(Attachment).where(Attachment.subject_id == one.id)).one()
    path = f"/attachment/{COUNTY}/{file.id}"
    assert {who for who in PEOPLE if own.visitor(who).ask(path).status_code == 200} == PREPARE | {"deputy"}
    digest = inspection(call_of(own.store, person(own.store, Role.CLERK), writes=False), one.id).digest
    assert readers(own, f"/{COUNTY}/2025/desk", "视察三标段") == {"clerk", "deputy"}
    assert readers(own, f"/{COUNTY}/2025", "视察三标段") == {"clerk"}
    answer = press(own, "clerk", "inspection-publish", one.id, inspection_digest__value=digest)
    assert ZH("inspection.told.published") in plain(answer)
    assert readers(own, f"{LIST}/{one.id}", FOUND) == set(PEOPLE)
    assert {who for who in PEOPLE if own.visitor(who).ask(path).status_code == 200} == set(PEOPLE)
    assert FOUND in plain(own.visitor().open(f"/{COUNTY}/2025/projects/{visited(own.store).number}"))
    answer = press(
        own, "clerk", "inspection-correct", one.id, inspection_corrected__value="看了4个小区。",
        inspection_why__value="数错了", inspection_version__value="1",
    )  # fmt: skip
    assert ZH("inspection.told.corrected") in plain(answer)
    page = plain(own.visitor().open(f"{LIST}/{one.id}"))
    assert all(told in page for told in ("看了4个小区。", "数错了", FOUND))


def test_what_is_typed_wrong_is_told(own: Site) -> None:
    codes = (
        "inspection_project", "typed_day", "inspection_day_outside", "inspection_untitled", "deputy_unknown",
    )  # fmt: skip

    def code(**typed: object) -> list[str]:
        answer = plain(planned(own, **typed))
        return [one for one in codes if ZH(f"refused.{one}", year=2025, name="没有此人") in answer]

    assert code(visit_project__value=None) == ["inspection_project"]
    assert code(visit_day__value="下周") == ["typed_day"]
    assert code(visit_day__value="2026-01-05") == ["inspection_day_outside"]
    assert code(visit_title__value=" ") == ["inspection_untitled"]
    assert code(visit_members__value="没有此人") == ["deputy_unknown"]
    assert planned(own, visit_request__data="x").status_code == 400
    assert planned(own, visit_delegation__value="x").status_code == 400
    assert rows(own.store, Inspection, request_id=REQUEST) == []


def test_who_may_not_does_nothing(own: Site) -> None:
    for who in ("deputy", "another deputy"):
        assert is_told(planned(own, who), "not_yours")
    for who in ("leader", "presidium", "department", "admin", "township clerk"):
        assert is_told(planned(own, who), "not_allowed")
    assert rows(own.store, Inspection, request_id=REQUEST) == []
    planned(own)
    one = made(own)
    # A form is where it is of use: the deputy heads the group of another project.
    assert readers(own, LIST, "visit-send") == {"clerk", "deputy"}
    assert readers(own, f"{LIST}/{one.id}", "inspection-record") == {"deputy"}
    assert readers(own, f"{LIST}/{WAITS}", "inspection-publish") == {"clerk"}
    assert readers(own, f"{LIST}/{one.id}", "inspection-cancel") == {"clerk"}
    assert readers(own, f"{LIST}/{SHOWN}", 'inspection-correct"') == {"clerk"}
    # Sent all the same, nothing is written.
    page = own.visitor("another deputy").page(LIST) | {"path": f"{LIST}/{one.id}"}
    forged = own.visitor("another deputy").press(
        "inspection-record.n_clicks", page, inspection_text__value="编的", inspection_seen__value=""
    )
    assert is_told(forged, "not_yours")
    assert rows(own.store, InspectionFinding, inspection_id=one.id) == []


def test_files_are_taken_from_who_went_alone(own: Site) -> None:
    planned(own)
    one = made(own)
    for who in PEOPLE:
        if who != "deputy":
            answer = send(own, who, one.id, located())
            assert answer.status_code in {404, 422}, who
    large = b"\xff\xd8" + b"0" * LARGEST_BODY
    assert send(own, None, one.id, large).status_code == 413
    assert send(own, "deputy", new_id(), located()).status_code == 404
    assert send(own, "deputy", "x", located()).status_code == 404
    assert send(own, "deputy", COMES, located()).status_code in {404, 422}
    assert rows(own.store, Attachment) == []
    assert send(own, "deputy", one.id, located()).status_code == 200
    (file,) = rows(own.store, Attachment)
    assert (file.subject, file.media_type) == ("inspection", "image/jpeg")  # type: ignore[attr-defined]
    path = f"/detach/{COUNTY}/inspection/{file.id}"  # type: ignore[attr-defined]
    for who in PEOPLE:
        if who != "deputy":
            assert own.visitor(who).ask(path, "POST").status_code in {404, 422}, who
    # The way of reports' drafts does not take it off either.
    assert own.visitor("department").ask(path.replace("inspection/", ""), "POST").status_code == 404
    assert len(rows(own.store, Attachment)) == 1
    assert own.visitor("deputy").ask(path, "POST").status_code == 200
    assert rows(own.store, Attachment) == []


def test_an_inspection_of_another_congress_is_not_there(own: Site) -> None:
    for path in (f"/{TOWNSHIP}/2025/inspections/{SHOWN}", f"/{COUNTY}/2024/inspections/{SHOWN}"):
        for who in ("clerk", "township clerk", None):
            assert "4个已完工" not in plain(own.visitor(who).open(path))
    with own.store.system().reading() as session:
        township = key_of("congress", TOWNSHIP)
        foreign = session.scalars(select(Inspection.id).where(Inspection.congress_id == township)).first()
    page = own.visitor("clerk").page(LIST) | {"path": f"{LIST}/{foreign}"}
    answer = own.visitor("clerk").press("inspection-publish.n_clicks", page, inspection_digest__value="x")
    assert answer.status_code == 404


def test_the_clerk_sets_a_group_on_the_projects_page(own: Site) -> None:
    project, clerk = visited(own.store), own.visitor("clerk")
    before = group(own.store, project.id)
    path = f"/{COUNTY}/2025/projects/{project.number}"
    assert readers(own, path, "group-send") == {"clerk"}
    names = [name_of(own, seat) for seat in list(before)[:2]]
    seen = _seen(plain(clerk.open(path)))

    def set_to(head: str, members: str, digest: str) -> TestResponse:
        return clerk.press(
            "group-send.n_clicks", clerk.page(path), group_project__value=str(project.id),
            group_head__value=head, group_members__value=members, group_seen__value=digest,
        )  # fmt: skip

    assert is_told(set_to("、".join(names), "", seen), "group_one_head")
    answer = plain(set_to(names[1], names[0], seen))
    assert ZH.plural("group.told", 2) in answer
    assert group(own.store, project.id) == dict(zip(list(before)[:2], (False, True), strict=True))
    assert is_told(set_to(names[0], "", seen), "group_changed_meanwhile")
    assert "supervision_head_named" in acts(own.store, "supervision_head_named")
    assert names[1] in plain(own.visitor().open(path))
    with own.store.system().writing() as session:
        session.execute(delete(SupervisionMember).where(SupervisionMember.project_id == project.id))
        for seat, heads in before.items():
            session.add(
                SupervisionMember(
                    congress_id=project.congress_id, project_id=project.id, membership_id=seat, heads=heads
                )
            )


def _seen(page: str) -> str:
    """Return the digest that the form of a group carries."""
    found = re.search(r'"value": "([0-9a-f]{16})"', page)
    assert found is not None
    return found[1]


def test_a_head_plans_from_the_projects_page(own: Site) -> None:
    project = visited(own.store)
    seat = own.people["another deputy"].actor.membership_id
    path = f"/{COUNTY}/2025/projects/{project.number}"
    assert readers(own, path, "#visit-plan") == {"clerk"}
    with own.store.system().writing() as session:
        session.execute(
            update(SupervisionMember).where(SupervisionMember.project_id == project.id).values(heads=False)
        )
        session.add(
            SupervisionMember(
                congress_id=project.congress_id, project_id=project.id, membership_id=seat, heads=True
            )
        )
    own.raise_topics(project.congress_id, "supervision")
    try:
        assert readers(own, path, "#visit-plan") == {"clerk", "another deputy"}
        assert "视察三标段" in plain(planned(own, "another deputy", visit_members__value=""))
        assert made(own).day == TODAY
    finally:
        with own.store.system().writing() as session:
            session.execute(
                delete(SupervisionMember).where(
                    SupervisionMember.project_id == project.id, SupervisionMember.membership_id == seat
                )
            )
