"""The page that counts a box again: every demonstration box comes out as announced, one altered byte is told."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.rules.boxes import box_pb, read_box
from dashboard.store.loading.bulk import DEMONSTRATION
from dashboard.store.tables.voting import Round
from dashboard.web.uploading import LARGEST_BOX
from dashboard.work import recounting
from tests.commands.people import COUNTY
from tests.rounds import adoption
from tests.web.visitor import Site, plain

BOXES = sorted((DEMONSTRATION / "boxes").glob("*.json"))
PB = "\n".join(
    [
        "META", "key;value", "description;test", "num_projects;2", "num_votes;3", "budget;1", "vote_type;approval",
        "rule;greedy", "PROJECTS", "project_id;cost;votes;name;selected", "1;1;2;One;1", "2;1;1;Two;0", "VOTES",
        "voter_id;vote", "a;1", "b;1", "c;2", "",
    ]
).encode()  # fmt: skip


def count(site: Site, body: bytes, language: str = "zh", **how: object):  # type: ignore[no-untyped-def]
    return site.visitor().ask(
        f"/recount/count?lang={language}", "POST", data=body, content_type="application/octet-stream", **how
    )


def test_the_page_says_what_to_do(site: Site) -> None:
    for path, told in (("/recount", "不保存，不记入日志"), ("/en/recount", "neither stored nor logged")):
        page = plain(site.visitor().open(path))
        assert told in page
        assert '"data-upload": "/recount/count?lang=' in page


@pytest.mark.parametrize("path", BOXES, ids=lambda path: path.stem)
def test_every_demonstration_box_gives_what_was_announced(site: Site, path: Path) -> None:
    answer = count(site, path.read_bytes())
    assert answer.status_code == 200
    told = plain(answer)
    assert "这就是公告的那只票箱" in told
    assert "票数和结果都与公告一致" in told
    assert "模拟数据" in told


def test_every_rule_every_reason_and_every_invalid_ballot_is_shown(site: Site) -> None:
    row = adoption(site.store, COUNTY)
    with site.store.system().reading() as session:
        assert row.box_digest == session.scalars(select(Round.box_digest).where(Round.id == row.id)).one()
    body = (DEMONSTRATION / "boxes" / "990121-2025-adoption.json").read_bytes()
    told = plain(count(site, body))
    assert f"/{COUNTY}/2025/rounds/{row.id}" in told
    assert "得141票，不足161票" in told
    assert "全体代表321名×1/2＝160.5，须超过此数，即161票。" in told
    assert "在任且未停止执行职务的全体代表" in told
    assert "多于规定的10项，整票无效：" in told
    english = plain(count(site, body, "en"))
    assert "This is the box of an announced round" in english
    assert "simulated" in english.lower()


def test_one_altered_byte_is_told(site: Site) -> None:
    body = (DEMONSTRATION / "boxes" / "990121-2025-adoption.json").read_bytes()
    at = body.index(b'"marks":"1 ') + len(b'"marks":"')
    told = plain(count(site, body[:at] + b"2" + body[at + 1 :]))
    assert "没有与它校验码相同的票箱" in told
    assert "这就是公告的那只票箱" not in told
    assert "都与公告一致" not in told
    assert "模拟数据" not in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda body: body[:-1], "改写过"),
        (lambda body: body[: len(body) // 2], ""),
        (lambda body: body.replace(b'"entitled":321', b'"entitled":1'), ""),
        (lambda body: body.replace(b'"format":2', b'"format":3'), ""),
        (lambda body: b"\xef\xbb\xbf" + body, ""),
        (lambda body: b"{}", ""),
        (lambda body: b"[" * 100_000, ""),
        (lambda body: b"  \n", "空"),
    ],
    ids=["no LF", "cut", "attendance", "format", "BOM", "empty object", "deep", "empty"],
)
def test_a_bad_box_is_refused_with_its_reason(site: Site, change, told: str) -> None:  # type: ignore[no-untyped-def]
    body = (DEMONSTRATION / "boxes" / "990121-2025-adoption.json").read_bytes()
    answer = count(site, change(body))
    assert answer.status_code == 422
    assert "notice-red" in answer.text
    assert told in answer.text


def test_a_pabulib_file_is_counted_by_the_rule_it_states(site: Site) -> None:
    told = plain(count(site, PB))
    assert "greedy（从高到低，放得进预算的都入选）" in told
    assert '"One"' in told
    assert "没有无效票。" in told
    bad = count(site, PB.replace(b"c;2", b"c;2;3;4"))
    assert bad.status_code in {200, 422}
    cut = count(site, PB[: PB.index(b"VOTES")])
    assert cut.status_code == 422
    assert "行" in cut.text
    assert count(site, PB.replace(b"rule;greedy", b"rule;dice")).status_code == 422


def ours() -> str:
    return box_pb(read_box((DEMONSTRATION / "boxes" / "990121-2025-adoption.json").read_bytes()))


def test_a_pb_of_ours_names_its_box_and_proves_nothing(site: Site) -> None:
    answer = count(site, ours().encode())
    told = plain(answer)
    assert "请以JSON票箱为准" in told
    assert "全部12项的票数都与公告一致" in told
    assert "greedy-threshold" in told
    assert "文件的校验码" not in told
    assert "notice-amber" in answer.text
    assert "notice-green" not in answer.text
    assert "notice-red" not in answer.text


@pytest.mark.parametrize(
    ("forged", "others"),
    [
        # Every ballot for 12 alone.
        (lambda pb: _ballots(pb, lambda _: "12"), "1、2、3、4、5、6、7、8、9、10、11、12"),
        # The first ballot for nobody: those that it named lack one vote each.
        (lambda pb: _ballots(pb, lambda vote: vote, first=""), None),
        # Who reached it is no longer chosen, with the votes as they were.
        (lambda pb: pb.replace("\nbudget;10\n", "\nbudget;9\n"), None),
        # A list that names somebody else.
        (lambda pb: pb.replace("\n12;1;", "\n13;1;").replace(",12\n", "\n").replace(";12\n", ";\n"), None),
    ],
)
def test_a_forged_pb_is_red_whatever_digest_it_states(site: Site, forged, others: str | None) -> None:  # type: ignore[no-untyped-def]
    raw = forged(ours())
    assert raw != ours()
    answer = count(site, raw.encode())
    told = plain(answer)
    assert "这些都不是公告所说的本轮选票" in told
    assert "notice-red" in answer.text
    assert "notice-green" not in answer.text
    assert "与公告一致" not in told
    if others is not None:
        assert f"下列编号的项目与公告不一致：{others}" in told


def _ballots(pb: str, change, first: str | None = None) -> str:  # type: ignore[no-untyped-def]
    """Return a file with other votes on its ballots."""
    head, header, votes = pb.partition("voter_id;vote\n")
    rows = [line.split(";") for line in votes.splitlines()]
    votes = [change(vote) for _, vote in rows]
    if first is not None:
        votes[0] = first
    return head + header + "".join(f"{row[0]};{vote}\n" for row, vote in zip(rows, votes, strict=True))


def test_a_digest_of_no_round_is_told_as_stated(site: Site) -> None:
    raw = ours().replace("box_sha256;", "box_sha256;f")
    told = plain(count(site, raw.encode()))
    assert "没有与它校验码相同的票箱" in told
    assert "文件自称来自的票箱的校验码" in told


def test_a_large_file_is_counted_in_a_process_of_its_own(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    body = (DEMONSTRATION / "boxes" / "990121-2025-adoption.json").read_bytes()
    small = plain(count(site, body))
    monkeypatch.setattr(recounting, "SMALL", 0)
    assert plain(count(site, body)) == small
    bad = count(site, body[:-1])
    assert bad.status_code == 422
    monkeypatch.setattr(recounting, "SECONDS", 0.001)
    slow = count(site, body)
    assert "已经停止" in slow.text


def test_too_many_ballots_and_too_large_files_are_refused(site: Site) -> None:
    assert "超过200000张" in count(site, b'{"ballots":[' + b'{"marks":""},' * 200_001).text.replace(",", "")
    assert "超过200000张" in count(site, PB + b"x;1\n" * 200_001).text.replace(",", "")
    assert count(site, b"x" * (LARGEST_BOX + 1)).status_code == 413


def test_nothing_of_an_upload_is_kept_or_logged(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    secret = "f00dface" * 8
    body = (DEMONSTRATION / "boxes" / "990121-2025-adoption.json").read_bytes()
    first = read_box(body).ballots[0].id
    altered = body.replace(first.encode(), ("0" * 56 + "f00dface").encode())
    rows = dump(site)
    for raw in (altered, json.dumps({"ballots": secret}).encode(), secret.encode()):
        count(site, raw)
    assert dump(site) == rows
    said = capfd.readouterr()
    assert "f00dface" not in said.out + said.err


def dump(site: Site) -> int:
    """Return how many lines the whole database has: nothing may come to it."""
    path = str(site.store.writer.url.database)
    with sqlite3.connect(path) as opened:
        return sum(1 for _ in opened.iterdump())


def test_another_site_sends_nothing_here(site: Site) -> None:
    assert count(site, PB, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert site.visitor().ask("/recount/count").status_code in {404, 405}
