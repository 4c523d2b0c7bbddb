"""Candidates' plans and documents over the web: written and sent by the clerk, shown to whom they are told."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import delete, select, update

from dashboard.commands.candidates import attach_document
from dashboard.store.tables.orders import Candidate, CandidateDocument
from dashboard.store.tables.voting import Round
from dashboard.web.security import LARGEST_BODY
from dashboard.web.uploading import LARGEST_SCAN
from tests.commands.people import COUNTY, TOWNSHIP, call_of
from tests.commands.sessions import plant_candidates
from tests.planting_rounds import change_round, open_round
from tests.rounds import adoption
from tests.web.conftest import Makes
from tests.web.visitor import Site, is_told, plain

PEOPLE = (
    None, "clerk", "leader", "presidium", "coordinator", "deputy", "another deputy", "department", "admin",
    "township clerk",
)  # fmt: skip
PREPARING = {"clerk", "leader", "presidium"}
PLAN = "三月前定下来，十月前做完"


@pytest.fixture(scope="module")
def site(make_site: Makes) -> Site:
    return make_site()


@dataclass(frozen=True)
class Free:
    """A candidate that stands in no round yet, and the address of its page."""

    site: Site
    id: UUID

    @property
    def page(self) -> str:
        return f"/{COUNTY}/2026/candidates/{self.id}"

    def kept(self) -> list[CandidateDocument]:
        with self.site.store.system().reading() as session:
            found = select(CandidateDocument).where(CandidateDocument.candidate_id == self.id)
            return list(session.scalars(found.order_by(CandidateDocument.attached_at, CandidateDocument.id)))

    def plan(self) -> str | None:
        with self.site.store.system().reading() as session:
            return session.scalars(select(Candidate.plan).where(Candidate.id == self.id)).one()

    def send(self, who: str | None, body: bytes, name: str = "平面图.png", code: str = COUNTY):  # type: ignore[no-untyped-def]
        address = f"/candidate/{code}/{self.id}?lang=zh&name={name}"
        visitor = self.site.visitor(who)
        return visitor.ask(address, "POST", data=body, content_type="application/octet-stream")


@pytest.fixture
def free(site: Site) -> Iterator[Free]:
    (first, *_) = plant_candidates(site.store)
    yield Free(site, first)
    with site.store.system().writing() as session:
        session.execute(delete(CandidateDocument))
        session.execute(update(Candidate).where(Candidate.id == first).values(plan=None))


def picture(kind: str = "PNG", **how: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((300, 400), 40).save(out, kind, **how)
    return out.getvalue()


def test_the_clerk_writes_a_plan_and_sends_documents(free: Free) -> None:
    clerk = free.site.visitor("clerk")
    listed = plain(clerk.open(f"/{COUNTY}/2026/candidates"))
    assert free.page in listed
    page = clerk.page(free.page)
    assert "candidate-save" in plain(clerk.open(free.page))
    answer = clerk.press("candidate-save.n_clicks", page, candidate_plan__value=PLAN)
    assert "实施计划已保存" in plain(answer)
    assert free.plan() == PLAN
    exif = Image.Exif()
    exif[0x010E] = "written by a phone"
    sent = free.send("clerk", picture("JPEG", exif=exif.tobytes()), "../平面图.jpg")
    assert sent.status_code == 200
    assert "材料已上传" in plain(sent)
    (document,) = free.kept()
    assert (document.name, document.content_type, document.size) == (
        "平面图",
        "image/jpeg",
        len(document.body),
    )
    assert b"written by a phone" not in document.body
    assert Image.open(io.BytesIO(document.body)).size == (300, 400)
    pressed = {"act": "remove", "seat": str(document.id), "n": 1}
    removed = clerk.press("candidate-pressed.data", page, candidate_pressed__data=pressed)
    assert "材料已删去" in plain(removed)
    assert free.kept() == []


@pytest.mark.parametrize("who", [one for one in PEOPLE if one != "clerk"])
def test_nobody_else_writes_or_sends(free: Free, who: str | None) -> None:
    page = free.site.visitor("clerk").page(free.page)
    visitor = free.site.visitor(who)
    page = {**page, "actor": visitor.page(f"/{COUNTY}/2025")["actor"]}
    answer = visitor.press("candidate-save.n_clicks", page, candidate_plan__value=PLAN)
    assert is_told(answer, "sign_in_first" if who is None else "not_allowed")
    sent = free.send(who, picture(), code=TOWNSHIP if who == "township clerk" else COUNTY)
    assert sent.status_code in {401, 403, 404, 422}, sent.text
    assert (free.plan(), free.kept()) == (None, [])
    shown = plain(visitor.open(free.page))
    assert ("候选项目1" in shown) == (who in PREPARING)
    assert "candidate-save" not in shown


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"%PDF-1.7 pages", 422),
        (b"no picture", 422),
        (picture()[:200], 422),
        (b" " * (LARGEST_SCAN + 1), 413),
    ],
    ids=["PDF", "text", "cut", "too large"],
)
def test_what_is_no_picture_is_refused_whole(free: Free, body: bytes, status: int) -> None:
    assert free.send("clerk", body).status_code == status
    assert free.kept() == []


def test_nobody_without_a_session_makes_us_read_a_large_body(free: Free) -> None:
    assert free.send(None, b" " * (LARGEST_BODY + 1)).status_code == 413


def test_who_is_shown_a_document_before_the_freeze_and_after(free: Free) -> None:
    site = free.site
    clerk = call_of(site.store, site.people["clerk"].actor)
    document = attach_document(clerk, free.id, "平面图.png", b"\xff\xd8 a page")

    def readers() -> set[str | None]:
        answers = {who: site.visitor(who).ask(f"/candidate/{COUNTY}/{document}") for who in PEOPLE}
        assert {one.status_code for one in answers.values()} <= {200, 404}
        return {who for who, one in answers.items() if one.status_code == 200}

    assert readers() == PREPARING
    opened = open_round(site.store, state="draft", candidates=[free.id])
    assert readers() == PREPARING
    change_round(site.store, opened, state="checked")
    assert readers() == PREPARING | {"deputy", "another deputy"}
    answer = site.visitor("deputy").ask(f"/candidate/{COUNTY}/{document}")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert site.visitor("clerk").ask(f"/candidate/{TOWNSHIP}/{document}").status_code == 404
    assert site.visitor("clerk").ask(f"/candidate/{COUNTY}/{free.id}").status_code == 404
    assert site.visitor("clerk").ask(f"/candidate/{COUNTY}/nothing").status_code == 404
    change_round(site.store, opened, state="annulled")


def test_a_frozen_candidate_is_shown_without_forms(free: Free) -> None:
    site = free.site
    opened = open_round(site.store, state="checked", candidates=[free.id])
    site.web.ground.versions.forget(opened.congress_id)
    shown = plain(site.visitor("clerk").open(free.page))
    assert "已列入冻结的一轮表决" in shown
    assert "candidate-save" not in shown
    sent = free.send("clerk", picture())
    assert sent.status_code == 422
    assert "计划和材料不能再改" in plain(sent)
    change_round(site.store, opened, state="annulled")
    site.web.ground.versions.forget(opened.congress_id)


def test_the_plan_is_public_with_the_announced_round_alone(site: Site) -> None:
    row, told, address = adoption(site.store, COUNTY), "3月底前三所幼儿园全部开工", f"/{COUNTY}/2025/orders"

    def shown() -> set[bool]:
        site.raise_topics(row.congress_id, "voting")
        return {told in plain(site.visitor(who).open(address)) for who in (None, "deputy", "clerk")}

    def stands(**values: object) -> None:
        with site.store.system().writing() as session:
            session.execute(update(Round).where(Round.id == row.id).values(values))

    assert shown() == {True}
    stands(state="reported", published_at=None)
    assert shown() == {False}
    stands(state=row.state, published_at=row.published_at)
    assert shown() == {True}
