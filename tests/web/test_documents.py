"""The papers of a round over the web: made by the clerk, read by those inside and then by all, with signed scans."""

import hashlib
import io
import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from docx import Document
from PIL import Image
from sqlalchemy import delete, select, update

from dashboard.commands.documents import Made, keep_papers
from dashboard.store.tables.record import Act, ActHead
from dashboard.store.tables.sealing import RoundDocument
from dashboard.store.tables.voting import Round, RoundOfficer
from dashboard.store.verifying import Holds, find_head, verify
from dashboard.web.security import LARGEST_BODY
from dashboard.web.uploading import LARGEST_SCAN
from tests.commands.people import COUNTY, TOWNSHIP, call_of, refusal
from tests.rounds import adoption
from tests.web.conftest import Makes
from tests.web.visitor import Site, is_told, plain

PEOPLE = (
    None, "clerk", "leader", "presidium", "coordinator", "deputy", "another deputy", "department", "admin",
    "township clerk",
)  # fmt: skip
INSIDE = {"clerk", "presidium", "deputy"}


def with_scrutineer(site: Site) -> Site:
    """Let the site's deputy be a scrutineer of the county's last round."""
    row = adoption(site.store, COUNTY)
    with site.store.system().writing() as session:
        session.add(
            RoundOfficer(
                congress_id=row.congress_id, round_id=row.id, duty="scrutineer",
                membership_id=site.people["deputy"].actor.membership_id,
            )
        )  # fmt: skip
    return site


@pytest.fixture(scope="module")
def shared(make_site: Makes) -> Site:
    """A site of these tests alone."""
    return with_scrutineer(make_site())


@pytest.fixture
def own(shared: Site) -> Iterator[Site]:
    """The site with a round without papers, as it was loaded."""
    row = adoption(shared.store, COUNTY)
    was = {name: getattr(row, name) for name in ("state", "published_at", "rules")}
    yield shared
    with shared.store.system().writing() as session:
        session.execute(delete(RoundDocument))
        session.execute(update(Round).where(Round.id == row.id).values(was))
    shared.raise_topics(row.congress_id, "voting")


def page_of(site: Site, code: str = COUNTY) -> str:
    return f"/{code}/2025/papers/{adoption(site.store, code).id}"


def make(site: Site, who: str | None, kind: str) -> object:
    visitor = site.visitor(who)
    page = visitor.page(page_of(site))
    return visitor.press("paper-make.n_clicks", page, paper_kind__value=kind)


def kept(site: Site) -> list[RoundDocument]:
    with site.store.system().reading() as session:
        return list(session.scalars(select(RoundDocument).order_by(RoundDocument.made_at, RoundDocument.id)))


def picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((800, 1100), 40).save(out, "PNG")
    return out.getvalue()


def send(site: Site, who: str | None, body: bytes, item: object = None, code: str = COUNTY, **how: object):  # type: ignore[no-untyped-def]
    address = f"/scan/{code}/{item or adoption(site.store, COUNTY).id}"
    return site.visitor(who).ask(address, "POST", data=body, content_type="application/octet-stream", **how)


def test_the_clerk_makes_papers_which_the_record_states(own: Site) -> None:
    for kind in ("report", "minutes", "announcement"):
        answer = make(own, "clerk", kind)
        assert "已生成" in plain(answer)  # type: ignore[arg-type]
    found = kept(own)
    assert [one.kind for one in found] == ["report", "minutes", "announcement", "announcement_text"]
    assert [one.published_at is not None for one in found] == [False, False, True, True]
    with own.store.system().reading() as session:
        acts = session.scalars(
            select(Act).where(Act.kind == "round_document_kept").order_by(Act.number)
        ).all()
        assert [act.payload["sha256"] for act in acts] == [
            hashlib.sha256(one.body).hexdigest() for one in found
        ]
        assert {act.payload["document"] for act in acts} == {str(one.id) for one in found}
        printed = "".join(one.text for one in Document(io.BytesIO(found[2].body)).paragraphs)
        head = re.findall(r"[0-9a-f]{64}", printed)[-1]
        known = find_head(session, head)
        assert known is not None
        assert known[0] == COUNTY
        assert session.get_one(ActHead, found[0].congress_id).number > known[1]


def test_a_round_with_papers_verifies_and_no_longer_once_one_byte_of_them_changed(make_site: Makes) -> None:
    own = make_site()
    row = adoption(own.store, COUNTY)
    make(own, "clerk", "minutes")
    with own.store.system().reading() as session:
        assert isinstance(next(iter(verify(session))), Holds)
    with own.store.system().writing() as session:
        document = session.scalars(select(RoundDocument)).one()
        document.body = document.body[:-1] + bytes([document.body[-1] ^ 1])
    with own.store.system().reading() as session:
        found = next(iter(verify(session)))
    assert (found.round_id, found.part) == (row.id, "documents")  # type: ignore[union-attr]


@pytest.mark.parametrize("who", sorted({one for one in PEOPLE if one} - {"clerk"}))
def test_nobody_else_makes_papers(own: Site, who: str) -> None:
    clerk = own.visitor("clerk").page(page_of(own))
    visitor = own.visitor(who)
    page = {**clerk, "actor": visitor.page(f"/{COUNTY}/2025")["actor"]}
    answer = visitor.press("paper-make.n_clicks", page, paper_kind__value="report")
    # To another congress the round's papers are not there.
    assert answer.status_code == 404 if who == "township clerk" else is_told(answer, "not_allowed")
    assert kept(own) == []


def test_who_reads_papers_that_are_not_published(own: Site) -> None:
    make(own, "clerk", "minutes")
    make(own, "clerk", "announcement")
    minutes, announcement = kept(own)[:2]
    for who in PEOPLE:
        answers = {
            one.kind: own.visitor(who).ask(f"/document/{COUNTY}/{one.id}") for one in (minutes, announcement)
        }
        inside = who in INSIDE | {"leader"}
        assert answers["minutes"].status_code == (200 if inside else 404), who
        assert answers["announcement"].status_code == 200, who
        assert answers["announcement"].data == announcement.body
        assert "filename*=UTF-8''2025" in answers["announcement"].headers["Content-Disposition"]
        assert answers["announcement"].headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("state", ["counted", "signed", "reported"])
def test_before_the_announcement_the_papers_are_inside(own: Site, state: str) -> None:
    """A leader is not inside before the announcement, unless the rule set shows the result at the seal."""
    row = adoption(own.store, COUNTY)
    make(own, "clerk", "report")
    make(own, "clerk", "announcement")
    report, announcement = kept(own)[:2]
    with own.store.system().writing() as session:
        session.execute(update(Round).where(Round.id == row.id).values(state=state, published_at=None))
    for who in PEOPLE:
        for one in (report, announcement):
            answer = own.visitor(who).ask(f"/document/{COUNTY}/{one.id}")
            assert answer.status_code == (200 if who in INSIDE else 404), (who, one.kind)
        opened = plain(own.visitor(who).open(page_of(own)))
        assert ("计票结果报告单" in opened) == (who in INSIDE)
        page = plain(own.visitor(who).open(f"/{COUNTY}/2025/rounds/{row.id}"))
        # The first's votes; ids are random and may hold the same digits.
        assert not re.search(r"(?<![0-9a-f-])298(?![0-9a-f-])", page)
    shown = {
        **row.rules,
        "values": {**row.rules["values"], "show_at_seal": {"value": True, "source": "o", "note": ""}},
    }
    with own.store.system().writing() as session:
        session.execute(update(Round).where(Round.id == row.id).values(rules=shown))
    assert own.visitor("leader").ask(f"/document/{COUNTY}/{report.id}").status_code == 200
    assert own.visitor("another deputy").ask(f"/document/{COUNTY}/{report.id}").status_code == 404


@pytest.mark.parametrize("state", ["draft", "checked", "open", "suspended", "closed"])
def test_no_paper_before_its_time(own: Site, state: str) -> None:
    row = adoption(own.store, COUNTY)
    page = own.visitor("clerk").page(page_of(own))
    with own.store.system().writing() as session:
        session.execute(update(Round).where(Round.id == row.id).values(state=state, published_at=None))
    for kind in ("report", "minutes", "announcement"):
        answer = own.visitor("clerk").press("paper-make.n_clicks", page, paper_kind__value=kind)
        assert is_told(answer, "paper_too_early")
    assert send(own, "clerk", picture()).status_code == 422
    assert kept(own) == []


# What stands in one of the papers alone: the steps, the statement of the scrutineers, the last words.
MINUTES, REPORT, ANNOUNCEMENT = "四、过程", "以上计票结果经监票人、计票人核对无误", "现予公告。"


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("counted", [REPORT]),
        ("signed", [MINUTES, REPORT]),
        ("reported", [MINUTES, REPORT]),
        ("announced", [ANNOUNCEMENT, MINUTES, REPORT]),
    ],
)
def test_each_paper_is_shown_from_its_state_on_to_those_inside(
    own: Site, state: str, shown: list[str]
) -> None:
    row = adoption(own.store, COUNTY)
    published = row.published_at if state == "announced" else None
    with own.store.system().writing() as session:
        session.execute(update(Round).where(Round.id == row.id).values(state=state, published_at=published))
    for who in PEOPLE:
        page = plain(own.visitor(who).open(page_of(own)))
        inside = who in INSIDE or (who == "leader" and state == "announced")
        found = [part for part in (ANNOUNCEMENT, MINUTES, REPORT) if part in page]
        assert found == (shown if inside else []), who
        # The last comes first: a reader wants what the round has come to.
        assert [page.index(part) for part in found] == sorted(page.index(part) for part in found)
    minutes = plain(own.visitor("presidium").open(f"/en{page_of(own)}"))
    assert ("As the record stands now" in minutes) == (MINUTES in shown)


def test_the_announcement_that_was_just_made_stands_on_the_page_as_issued(own: Site) -> None:
    assert "按票决结果和规则生成的公告文本" in plain(own.visitor("clerk").open(page_of(own)))
    answer = plain(make(own, "clerk", "announcement"))  # type: ignore[arg-type]
    assert "以正式印发的公告为准" in answer
    assert MINUTES in answer


def test_the_announcement_stands_on_the_page_as_it_was_issued(own: Site) -> None:
    row = adoption(own.store, COUNTY)
    address = f"/{COUNTY}/2025/rounds/{row.id}"
    before = plain(own.visitor().open(address))
    assert "现予公告。" in before
    assert "按票决结果和规则生成的公告文本" in before
    assert "记录链首" not in before
    make(own, "clerk", "announcement")
    after = plain(own.visitor().open(address))
    assert "以正式印发的公告为准" in after
    assert "记录链首" in after
    file = next(one for one in kept(own) if one.kind == "announcement")
    assert f"/document/{COUNTY}/{file.id}" in after
    english = plain(own.visitor().open(f"/en{address}"))
    assert '"lang": "zh-CN"' in english
    assert "现予公告。" in english


@pytest.mark.parametrize("who", PEOPLE)
def test_a_scan_is_attached_by_the_clerk_alone(own: Site, who: str | None) -> None:
    answer = send(own, who, picture())
    if who == "clerk":
        assert answer.status_code == 200
        assert "扫描件已保存" in answer.text
        (scan,) = kept(own)
        assert (scan.kind, scan.content_type, scan.published_at) == ("scan", "image/jpeg", None)
        assert Image.open(io.BytesIO(scan.body)).size == (800, 1100)
        assert own.visitor("presidium").ask(f"/document/{COUNTY}/{scan.id}").data == scan.body
        assert own.visitor().ask(f"/document/{COUNTY}/{scan.id}").status_code == 404
    else:
        assert answer.status_code in {413, 422}
        assert kept(own) == []


def test_a_round_of_another_congress_is_not_there(own: Site) -> None:
    other = adoption(own.store, TOWNSHIP).id
    for address in (other, uuid4(), "nobody"):
        assert send(own, "clerk", picture(), item=address).status_code == 404
    assert send(own, "clerk", picture(), item=other, code=TOWNSHIP).status_code in {403, 422}
    assert send(own, "clerk", picture(), code="111111").status_code == 404
    assert kept(own) == []
    make(own, "clerk", "minutes")
    (minutes,) = kept(own)
    for who in PEOPLE:
        assert own.visitor(who).ask(f"/document/{TOWNSHIP}/{minutes.id}").status_code == 404
        assert own.visitor(who).ask(f"/document/{COUNTY}/{UUID(int=0)}").status_code == 404
        assert own.visitor(who).ask(f"/document/{COUNTY}/x").status_code == 404


def test_what_is_no_picture_is_refused_with_what_to_do(own: Site) -> None:
    for raw, told in (
        (picture()[:500], "不是完整的JPEG或PNG图片"),
        (b"<html><script>alert(1)</script></html>", "不是完整的JPEG或PNG图片"),
        (b"%PDF-1.7", "这里只收图片"),
        (b"", "不是完整的JPEG或PNG图片"),
    ):
        answer = send(own, "clerk", raw)
        assert answer.status_code == 422
        assert told in answer.text
        assert "<script" not in answer.text
    english = own.visitor("clerk").ask(
        f"/scan/{COUNTY}/{adoption(own.store, COUNTY).id}?lang=en",
        "POST",
        data=b"%PDF-",
        content_type="image/jpeg",
    )
    assert "only pictures are taken" in english.text
    assert kept(own) == []


def test_large_bodies_pass_on_these_ways_alone_and_only_with_a_session(own: Site) -> None:
    large = b"\xff" * (LARGEST_BODY + 1)
    assert send(own, None, large).status_code == 413
    assert send(own, "clerk", large).status_code == 422
    assert send(own, "clerk", b"\xff" * (LARGEST_SCAN + 1)).status_code == 413
    assert own.visitor("clerk").ask("/scan", "POST", data=large).status_code == 413
    assert own.visitor("clerk").ask(f"/document/{COUNTY}/x", "POST", data=large).status_code == 413
    crossed = send(own, "clerk", picture(), headers={"Sec-Fetch-Site": "cross-site"})
    assert crossed.status_code == 403


def test_a_paper_of_a_round_that_moved_on_is_not_kept(own: Site) -> None:
    row = adoption(own.store, COUNTY)
    call = call_of(own.store, own.people["clerk"].actor)
    paper = (Made("minutes", "x.docx", "x/y", b"x"),)
    assert refusal(keep_papers, call, row.id, paper, "ab" * 32) == "round_moved_on"
    assert kept(own) == []


def test_the_page_of_a_round_without_a_count_says_why(own: Site) -> None:
    row = adoption(own.store, COUNTY)
    with own.store.system().writing() as session:
        session.execute(update(Round).where(Round.id == row.id).values(state="annulled", published_at=None))
    assert "本轮尚未到相应步骤" in plain(own.visitor("clerk").open(page_of(own)))
    assert "没有找到这个页面" in plain(own.visitor().open(page_of(own)))
