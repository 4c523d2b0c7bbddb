"""The bulletin's addresses: for clerks and leaders, named, not kept, offered where reports are checked."""

import io
import zipfile

import pytest

from tests.commands.people import COUNTY
from tests.web.visitor import Site

ADDRESS = f"/bulletin/{COUNTY}/2025/2025-09"


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_clerk_and_a_leader_take_it_away(site: Site, kind: str) -> None:
    for who in ("clerk", "leader"):
        answer = site.visitor(who).ask(f"{ADDRESS}.{kind}")
        assert answer.status_code == 200
        assert zipfile.ZipFile(io.BytesIO(answer.data)).testzip() is None
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Disposition"].endswith(f".{kind}")


@pytest.mark.parametrize("who", [None, "deputy", "department"])
def test_nobody_else_does(site: Site, who: str | None) -> None:
    answer = site.visitor(who).ask(f"{ADDRESS}.xlsx")
    assert answer.status_code == 400
    assert "Content-Disposition" not in answer.headers
    assert not zipfile.is_zipfile(io.BytesIO(answer.data))


@pytest.mark.parametrize(
    "address", ["2025/2025-13.docx", "2025/9.docx", "2025/2025-09.pdf", "1999/2025-09.docx", "x/2025-09.docx"]
)
def test_what_does_not_exist_is_not_found(site: Site, address: str) -> None:
    assert site.visitor("clerk").ask(f"/bulletin/{COUNTY}/{address}").status_code == 404
