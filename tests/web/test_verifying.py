"""`python -m dashboard verify` as somebody types it: what it prints and how it ends."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.config import ROOT
from dashboard.store.migrations import migrate
from dashboard.store.transactions import open_store
from tests.commands.people import COUNTY
from tests.conftest import SqliteTemplates
from tests.elections import pb
from tests.store.file_pages import changed, first_bytes, trees


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


def test_a_damaged_file_is_told_before_anything_of_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(file)) as opened:
        (key,) = opened.execute("SELECT congress_id || round_id FROM counts ORDER BY rowid").fetchone()
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    at = first_bytes(file.read_bytes(), trees(file, "counts")["counts"], key.encode())
    assert at is not None
    changed(file, at)
    code, lines = said(capsys)
    assert code == 1
    assert lines == ["the file the counts: a row and its index differ, or a page cannot be read"]


@pytest.mark.parametrize("verb", ["verify", "import-round"])
def test_a_database_that_is_not_there_is_not_made(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    election, folder = tmp_path / "election.pb", tmp_path / "folder"
    election.write_bytes(pb())
    folder.mkdir()
    path = folder / "wrong.sqlite3"
    command = [verb] if verb == "verify" else [verb, str(election)]
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{path}")
    assert main(command) == 1
    assert capsys.readouterr() == ("", f"dashboard: no_database (path={path})\n")
    assert list(folder.iterdir()) == []
    path.touch()
    assert main(command) == 1
    assert capsys.readouterr() == ("", f"dashboard: database_empty (path={path})\n")
    assert path.stat().st_size == 0
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE other (id INTEGER)")
    assert main(command) == 1
    assert capsys.readouterr() == ("", f"dashboard: database_empty (path={path})\n")


def test_a_database_without_a_congress_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    store = open_store(address)
    migrate(store.writer)
    store.close()
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", address)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert said(capsys) == (0, ["no congress is in the database: there is nothing to check"])


def test_a_terminal_that_has_no_such_letters_still_reads_the_codes(file: Path) -> None:
    """Chinese asked for on a terminal of ASCII: what it cannot show stands as a question mark."""
    told = os.environ | {"LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "verify"],
        cwd=ROOT, env=told, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == 13
    assert done.stdout.startswith(COUNTY.encode() + b"?")
