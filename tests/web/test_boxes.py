"""Boxes to take away: the very bytes that were sealed, to those whom the round's rules name, to nobody else."""

import csv
import hashlib
import io
import json
from uuid import UUID

import pytest
from sqlalchemy import select, update

from dashboard.rules.boxes import count_box, read_box
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Round, RoundOfficer
from tests.commands.people import COUNTY
from tests.rounds import adoption
from tests.web.conftest import Makes
from tests.web.visitor import Site, plain

PEOPLE = (None, "clerk", "leader", "presidium", "deputy", "another deputy", "department", "township clerk")
OPEN = {
    "digest": set[str | None](),
    "scrutineers": {"deputy"},
    "deputies": {"deputy", "another deputy"},
    "public": set(PEOPLE),
}


@pytest.fixture(scope="module")
def own(make_site: Makes) -> Site:
    """A site whose deputy is a scrutineer of the county's last round."""
    site = make_site()
    seat = site.people["deputy"].actor.membership_id
    row = adoption(site.store, COUNTY)
    with site.store.system().writing() as session:
        session.add(
            RoundOfficer(congress_id=row.congress_id, round_id=row.id, membership_id=seat, duty="scrutineer")
        )
    return site


def set_round(site: Site, value: str, **changes: object) -> Round:
    """Let the county's last round have a value of publish_box, its box published as announcing does."""
    row = adoption(site.store, COUNTY)
    rules = dict(row.rules)
    rules["values"] = {**rules["values"], "publish_box": {"value": value, "source": "ours", "note": ""}}
    with site.store.system().writing() as session:
        session.execute(update(Round).where(Round.id == row.id).values({"rules": rules, **changes}))
        session.execute(
            update(SealedBox)
            .where(SealedBox.round_id == row.id)
            .values(published_at=row.published_at if value == "public" else None)
        )
    site.raise_topics(key_of("congress", COUNTY), "voting")
    return row


def sealed(site: Site, round_id: UUID) -> bytes:
    with site.store.system().reading() as session:
        return session.scalars(select(SealedBox.body).where(SealedBox.round_id == round_id)).one().encode()


@pytest.mark.parametrize("value", OPEN)
def test_the_round_s_rules_name_who_takes_the_box(own: Site, value: str) -> None:
    row = set_round(own, value)
    found = {who: own.visitor(who).ask(f"/box/{COUNTY}/{row.id}.json") for who in PEOPLE}
    assert {who for who, answer in found.items() if answer.status_code == 200} == OPEN[value]
    assert {answer.status_code for who, answer in found.items() if who not in OPEN[value]} <= {403}
    assert {answer.data for who, answer in found.items() if who in OPEN[value]} <= {sealed(own, row.id)}


@pytest.mark.parametrize("value", OPEN)
def test_the_page_offers_the_box_to_them_alone(own: Site, value: str) -> None:
    row = set_round(own, value)
    for who in PEOPLE:
        page = plain(own.visitor(who).open(f"/{COUNTY}/2025/rounds/{row.id}"))
        assert (f"/box/{COUNTY}/{row.id}.json" in page) == (who in OPEN[value])
        assert "/recount" in page


def test_before_the_announcement_scrutineers_alone_take_it(own: Site) -> None:
    row = set_round(own, "public", state="counted", published_at=None)
    try:
        found = {who: own.visitor(who).ask(f"/box/{COUNTY}/{row.id}.json").status_code for who in PEOPLE}
    finally:
        set_round_back(own, row)
    hidden = {None, "township clerk"}
    assert found == {who: 200 if who == "deputy" else 404 if who in hidden else 403 for who in PEOPLE}


def set_round_back(site: Site, row: Round) -> None:
    with site.store.system().writing() as session:
        session.execute(
            update(Round).where(Round.id == row.id).values(state=row.state, published_at=row.published_at)
        )


def test_the_file_is_what_was_sealed_and_the_others_name_it(own: Site) -> None:
    row = set_round(own, "public")
    answers = {kind: own.visitor().ask(f"/box/{COUNTY}/{row.id}.{kind}") for kind in ("json", "csv", "pb")}
    assert hashlib.sha256(answers["json"].data).hexdigest() == row.box_digest
    box = read_box(answers["json"].data)
    outcome = count_box(box)
    assert (outcome.valid, outcome.invalid) == (row.valid, row.invalid)
    rows = list(csv.DictReader(io.StringIO(answers["csv"].text)))
    assert [(one["id"], one["marks"]) for one in rows] == [(one.id, one.marks) for one in box.ballots]
    assert {one["box_sha256"] for one in rows} == {row.box_digest}
    assert f"box_sha256;{row.box_digest}" in answers["pb"].text.splitlines()
    for kind, answer in answers.items():
        assert answer.headers["Content-Disposition"] == f'attachment; filename="box-{COUNTY}-{row.id}.{kind}"'
        assert answer.headers["Cache-Control"] == "private, no-cache"
        again = own.visitor().ask(
            f"/box/{COUNTY}/{row.id}.{kind}", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")
    assert json.loads(answers["json"].data)["rule_set"]["key"] == "adoption-mark-open"


@pytest.mark.parametrize(
    "address",
    ["{code}/{round}.xml", "{code}/{round}", "{code}/nobody.json", "{town}/{round}.json", "x/{round}.json"],
)
def test_what_is_not_there_is_not_found(own: Site, address: str) -> None:
    row = set_round(own, "public")
    path = address.format(code=COUNTY, town=f"{COUNTY}100", round=row.id)
    for who in (None, "clerk", "township clerk", "deputy"):
        assert own.visitor(who).ask(f"/box/{path}").status_code == 404
