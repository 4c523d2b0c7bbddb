"""Files that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from dashboard.store.loading.bulk import DEMONSTRATION, REFERENCE


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the committed files that a test may spoil."""
    shutil.copytree(REFERENCE, tmp_path / "reference")
    shutil.copytree(DEMONSTRATION, tmp_path / "demo")
    return tmp_path
