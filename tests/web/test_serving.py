"""A server process as it is made for requests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.config import ROOT
from tests.conftest import SqliteTemplates

COUNT = (
    "import gc\nfrom dashboard.web.serving import application\napplication()\nprint(gc.get_freeze_count())"
)


def test_what_a_process_starts_with_is_not_searched_for_garbage(
    sqlite_templates: SqliteTemplates, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every page makes enough for a search; a search through everything takes longer than the page."""
    shelf = request.config.cache.mkdir("site")  # type: ignore[union-attr]
    settings = {
        "DASHBOARD_DATABASE_URL": sqlite_templates.copy("loaded", tmp_path),
        "DASHBOARD_VAR": str(shelf),
    }
    made = subprocess.run(
        [sys.executable, "-c", COUNT],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(made.stdout.splitlines()[-1]) > 100_000
