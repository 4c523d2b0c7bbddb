"""Reports by Excel over the wire: offered on the page, looked at first, submitted with the same file alone."""

import hashlib
from typing import Any

import pytest

from dashboard.reports.workbooks import LARGEST_WORKBOOK
from tests.commands.people import COUNTY
from tests.web.visitor import Site, plain

ADDRESS = f"/sheet/{COUNTY}/2025/2025-09"


def sent(site: Site, body: bytes, who: str | None = "department", more: str = "") -> Any:
    kind = "application/octet-stream"
    return site.visitor(who).ask(f"{ADDRESS}?lang=zh{more}", "POST", data=body, content_type=kind)


def test_a_department_takes_it_away_and_sends_it_back(site: Site) -> None:
    answer = site.visitor("department").ask(f"{ADDRESS}.xlsx")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "没有新内容" in plain(sent(site, answer.data))
    digest = hashlib.sha256(answer.data).hexdigest()
    assert "没有新内容" in plain(sent(site, answer.data, more=f"&send={digest}"))
    assert "不是刚才核对的那个文件" in plain(sent(site, answer.data, more=f"&send={'0' * 64}"))
    assert f"/sheet/{COUNTY}/2025/" in plain(site.visitor("department").open(f"/{COUNTY}/2025/report"))


@pytest.mark.parametrize("who", [None, "deputy", "clerk"])
def test_nobody_else_sends_one(site: Site, who: str | None) -> None:
    assert sent(site, b"PK", who).status_code in {400, 422}


def test_what_is_no_table_or_too_large_is_told(site: Site) -> None:
    assert "不是可以读取的Excel表格" in plain(sent(site, b"MZ"))
    assert sent(site, b"0" * (LARGEST_WORKBOOK + 1)).status_code == 413
    assert site.visitor("department").ask(f"/sheet/{COUNTY}/2025/2025-13.xlsx").status_code == 404
