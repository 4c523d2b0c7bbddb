"""`python -m dashboard verify` as somebody types it: what it prints and how it ends."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.__main__ import main
from tests.commands.people import COUNTY
from tests.conftest import SqliteTemplates


@pytest.fixture
def file(
    sqlite_templates: SqliteTemplates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A loaded database that the command line finds."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", sqlite_templates.copy("loaded", tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path / "fresh.sqlite3"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    code = main(["verify", *arguments])
    return code, capsys.readouterr().out.splitlines()


def test_each_congress_is_told_with_its_head(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = said(capsys)
    with closing(sqlite3.connect(file)) as opened:
        heads = {digest for (digest,) in opened.execute("SELECT digest FROM act_heads")}
    assert code == 0
    assert len(lines) == len(heads) == 13
    assert {line.split()[-1] for line in lines} == heads
    assert lines[0].startswith(f"{COUNTY}: holds, 5 acts, 4 rounds; head ")


def test_a_head_off_a_paper_and_a_copy_are_checked_too(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = said(capsys)[1][0].split()[-1]
    copy = file.parent / "copy.sqlite3"
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("VACUUM INTO ?", (str(copy),))
    code, lines = said(capsys, "--head", head, "--since", str(copy))
    assert code == 0
    assert f"{head}: act 5 of {COUNTY}" in lines[-2]
    code, lines = said(capsys, "--head", "ab" * 32)
    assert (code, lines[-1]) == (1, "--head: no congress's record has this head")
    assert main(["verify", "--since", str(file.parent / "none.sqlite3")]) == 1


def test_the_first_thing_that_does_not_hold_is_named_in_the_terminal_s_language(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("UPDATE counts SET votes = votes + 1 WHERE rowid = 1")
        opened.commit()
    code, lines = said(capsys)
    assert code == 1
    assert lines[-1].endswith("the counts act 2: it is not what the record states")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert said(capsys)[1][-1].endswith("计票结果 第2条记录：与记录所载的摘要不符")
