"""The order of the layers, held by import-linter, and what no import tells: who reads the clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.queries.walk import ROOT

# Rules, commands and queries get the moment from their call; figures and parts draw what they are given.
WITHOUT_CLOCK = ("rules", "commands", "queries", "figures", "web/parts", "web/pages")
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "fromtimestamp"}
RULES_MAY_IMPORT = {
    "collections", "csv", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "hashlib",
    "hmac", "itertools", "json", "math", "re", "typing", "calendar", "bisect", "dashboard", "pydantic", "unicodedata",
    "uuid", "chinese_calendar",
}  # fmt: skip


def clocks(tree: ast.Module) -> Iterator[str]:
    """Yield where a module reads the clock: a call of now() and its like on a module or a class."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id in {"datetime", "date", "time"}:
                yield f"line {node.lineno}: {owner.id}.{node.func.attr}()"


def imported(tree: ast.Module) -> set[str]:
    """Return the top packages that a module imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def modules(folder: str) -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in (ROOT / folder).rglob("*.py")}


def test_imports_keep_every_contract(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(ROOT.parent / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_a_broken_contract_is_seen(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text(
        '[tool.importlinter]\nroot_package = "dashboard"\n[[tool.importlinter.contracts]]\n'
        'name = "upside down"\ntype = "layers"\nlayers = ["dashboard.store", "dashboard.web"]\n'
    )
    assert lint_imports(config_filename=str(broken), no_cache=True) == 1


@pytest.mark.parametrize("folder", WITHOUT_CLOCK)
def test_nobody_below_the_web_reads_the_clock(folder: str) -> None:
    assert {
        path.name: list(clocks(tree)) for path, tree in modules(folder).items() if list(clocks(tree))
    } == {}


def test_a_clock_is_seen() -> None:
    tree = ast.parse("datetime.now(UTC); date.today(); call.now; time.monotonic(); call.today.year")
    assert len(list(clocks(tree))) == 3


def test_rules_import_nothing_that_asks_the_world() -> None:
    """No files, no network, no randomness, no environment."""
    for path, tree in modules("rules").items():
        assert imported(tree) <= RULES_MAY_IMPORT | {"__future__"}, path.name
        calls = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"open", "print", "input", "exec", "eval", "uuid1", "uuid4", "uuid6", "uuid7"}, (
            path.name
        )
