"""Downloads: published rows only, the same for everyone, named, kept, bounded, and absent where they do not exist."""

import csv
import io
import json

import pytest

from dashboard.queries.data_archive import ARCHIVE
from dashboard.queries.data_sets import SETS
from dashboard.store.loading.gathering import key_of
from dashboard.web.security import Rate
from tests.commands.people import COUNTY, TOWNSHIP
from tests.web.conftest import Makes
from tests.web.planting import leaks, plant
from tests.web.visitor import Site

EVERY = [f"/download/{COUNTY}/2025/{name}" for name in SETS] + [
    f"/download/archive/{name}" for name in ARCHIVE
]


@pytest.fixture(scope="module")
def planted(make_site: Makes) -> Site:
    site = make_site()
    plant(site.store)
    return site


@pytest.mark.parametrize("address", EVERY)
def test_csv_and_json_say_the_same_and_nothing_internal(planted: Site, address: str) -> None:
    for who in (None, "clerk", "leader", "department"):
        texts = [
            planted.visitor(who).ask(f"{address}.{kind}").get_data(as_text=True) for kind in ("csv", "json")
        ]
        assert [leaks(text) for text in texts] == [[], []]
    told = json.loads(texts[1])
    rows = list(csv.reader(io.StringIO(texts[0].removeprefix("\ufeff"), newline="")))
    plain = [row for row in rows if not row[0].startswith("# ")]
    assert plain[0] == told["about"]["columns"]
    assert len(plain) - 1 == told["about"]["count"] == len(told["rows"])


@pytest.mark.parametrize(
    "name", ["reports", "wishes", "projects", "counts", "promises", "questions", "plans"]
)
def test_a_member_takes_away_what_the_public_does(planted: Site, name: str) -> None:
    public = planted.visitor().ask(f"/download/{COUNTY}/2025/{name}.json")
    assert json.loads(public.data)["rows"]
    assert planted.visitor("clerk").ask(f"/download/{COUNTY}/2025/{name}.json").data == public.data


@pytest.mark.parametrize("address", EVERY)
def test_every_file_says_what_it_is(site: Site, address: str) -> None:
    for kind in ("csv", "json"):
        answer = site.visitor().ask(f"{address}.{kind}")
        assert answer.status_code == 200
        text = answer.get_data(as_text=True)
        assert ("模拟数据" in text) == (COUNTY in address)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        named = f"{COUNTY}-2025" if COUNTY in address else "archive"
        name = f"{named}-{address.rpartition('/')[2]}.{kind}"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        kinds = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
        assert answer.headers["Content-Type"] == kinds[kind]


@pytest.mark.parametrize(
    "address",
    [
        f"/download/{COUNTY}/1999/projects.csv",
        f"/download/{COUNTY}/0/projects.csv",
        f"/download/{COUNTY}/二〇二五/projects.csv",
        f"/download/{COUNTY}/2025/nothing.csv",
        f"/download/{COUNTY}/2025/projects.xml",
        f"/download/{COUNTY}/2025/projects",
        f"/download/{COUNTY}/2025/../projects.csv",
        "/download/111111/2025/projects.csv",
        "/download/990121999/2025/projects.csv",
        "/download/x/2025/projects.csv",
        # What leads to a congress without being its code is none.
        "/download/en/2025/projects.csv",
        "/download/archive/2025/projects.csv",
        "/download/congresses/2025/projects.csv",
        f"/download/{COUNTY}%20/2025/projects.csv",
        f"/download/{COUNTY}%0d%0aX-Other:%20a/2025/projects.csv",
        f"/download/{COUNTY}%2f2025/2025/projects.csv",
        f"/download/{COUNTY}/2025/projects%0d%0aX-Other:%20a.csv",
        f"/download/{COUNTY}/2025/projects.csv%00",
        f"/download/{COUNTY}/2025/..%2f..%2fprojects.csv",
        "/download/archive/nothing.csv",
        "/download/archive/regions.csv",
        "/download/archive/projects.py",
    ],
)
@pytest.mark.parametrize("who", [None, "clerk"])
def test_what_does_not_exist_is_not_found(site: Site, address: str, who: str | None) -> None:
    assert site.visitor(who).ask(address).status_code == 404


def test_a_file_holds_one_congress_alone(site: Site) -> None:
    county = json.loads(site.visitor().ask(f"/download/{COUNTY}/2025/projects.json").data)["rows"]
    township = json.loads(site.visitor().ask(f"/download/{TOWNSHIP}/2025/projects.json").data)["rows"]
    assert {row["name"] for row in county} & {row["name"] for row in township} == set()
    assert county
    assert township


def test_it_is_kept_for_the_public_until_a_topic_rises(site: Site) -> None:
    address = f"/download/{COUNTY}/2025/reports.csv"
    first = site.visitor().ask(address)
    again = site.visitor().ask(address)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.data == first.data
    assert again.headers["Content-Disposition"] == first.headers["Content-Disposition"]
    held = {"If-None-Match": first.headers["ETag"]}
    assert site.visitor().ask(address, headers=held).status_code == 304
    # Topics of which this file holds nothing leave it as it is.
    site.raise_topics(key_of("congress", COUNTY), "assessment")
    assert site.visitor().ask(address, headers=held).status_code == 304
    site.raise_topics(key_of("congress", COUNTY), "progress")
    changed = site.visitor().ask(address, headers=held)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_what_a_browser_holds_is_not_read_again(site: Site) -> None:
    address = f"/download/{COUNTY}/2025/wishes.json"
    etag = site.visitor("clerk").ask(address).headers["ETag"]
    answer = site.visitor("clerk").ask(address, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_large_file_is_made_anew(site: Site) -> None:
    """The memory of the front is for pages."""
    address = f"/download/{COUNTY}/2025/wishes.json"
    size = len(site.visitor().ask(address).data)
    assert size > 256 * 1024
    assert not [key for key in site.web.answers._values if address in str(key)]


def test_a_file_is_kept_once_whatever_its_address_asks(site: Site) -> None:
    address = f"/download/{COUNTY}/2025/stages.json"
    site.visitor().ask(address)
    before = len(site.web.answers)
    plain = site.visitor().ask(address)
    for n in range(3):
        assert site.visitor().ask(f"{address}?{n}").data == plain.data
    assert len(site.web.answers) == before


def test_downloads_come_from_the_bucket_of_pages(make_site: Makes) -> None:
    site = make_site()
    site.web.rates.senders = Rate(0.001, 2)
    asked = [site.visitor().ask(f"/download/{COUNTY}/2025/{name}.csv").status_code for name in list(SETS)[:3]]
    assert asked == [200, 200, 429]


def test_other_methods_are_refused(site: Site) -> None:
    assert site.visitor().ask(f"/download/{COUNTY}/2025/projects.csv", "POST").status_code in {400, 405}


def test_projects_are_offered_as_oc4ids(planted: Site) -> None:
    address = f"/download/{COUNTY}/2025/oc4ids"
    answer = planted.visitor().ask(f"{address}.json")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{COUNTY}-2025-oc4ids.json"'
    assert leaks(answer.text) == []
    package = json.loads(answer.data)
    assert package["provenance"] == "模拟数据"
    assert json.loads(planted.visitor("clerk").ask(f"{address}.json").data) == package
    one = json.loads(planted.visitor().ask(f"{address}/1.json").data)
    assert one == package["projects"][0]
    held = {"If-None-Match": answer.headers["ETag"]}
    assert planted.visitor().ask(f"{address}.json", headers=held).status_code == 304
    assert f"{address}.json" in planted.visitor().ask(f"/{COUNTY}/2025/data").text


@pytest.mark.parametrize("address", ["2025/oc4ids/999", "2025/oc4ids/x", "2025/oc4ids/-1", "1999/oc4ids"])
def test_a_project_that_is_not_there_is_not_found(site: Site, address: str) -> None:
    assert site.visitor().ask(f"/download/{COUNTY}/{address}.json").status_code == 404
