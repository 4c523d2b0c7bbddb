"""The documents say what the code does: generated blocks, commands, make targets and paths."""

import argparse
import re

import pytest

from dashboard import __main__ as command_line
from dashboard.config import ROOT
from tests.readme import DOCUMENTS, filled, generated

READMES = ("README.md", "README.zh-CN.md")
PROSE = (*DOCUMENTS, "CONTRIBUTING.md")
# Made by a start, and by a camera.
ABSENT = ("data/var", "docs/overview-")


def _read(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def _commands(parser: argparse.ArgumentParser) -> list[str]:
    """Return every command of the command line, those within a command too."""
    found: list[str] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found += [f"{name} {rest}" for rest in _commands(inner)] or [name]
    return found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_generated_blocks_are_those_of_the_code(document: str) -> None:
    assert _read(document) == generated(document), "run: .venv/bin/python -m tests.readme"


def test_a_block_is_replaced_whole_and_needs_its_markers() -> None:
    text = "a\n<!-- one -->\nold\n<!-- /one -->\nb\n"
    assert filled(text, "one", "new") == "a\n<!-- one -->\nnew\n<!-- /one -->\nb\n"
    assert filled(filled(text, "one", "new"), "one", "new") == filled(text, "one", "new")
    for broken in ("a", text + text, text.replace("<!-- /one -->", "")):
        with pytest.raises(ValueError, match="one block one"):
            filled(broken, "one", "new")


@pytest.mark.parametrize("document", READMES)
def test_every_command_is_told(document: str) -> None:
    told = _read(document)
    commands = _commands(command_line._parser())
    assert len(commands) > 5
    assert [name for name in commands if f"python -m dashboard {name}" not in told] == []


@pytest.mark.parametrize("document", PROSE)
def test_every_make_target_that_is_told_exists(document: str) -> None:
    targets = set(re.findall(r"^(\w+):", _read("Makefile"), re.MULTILINE))
    told = set(re.findall(r"\bmake (?:PYTHON=\S+ )?([a-z]+)\b(?=[`\n])", _read(document)))
    assert told <= targets


@pytest.mark.parametrize("document", PROSE)
def test_every_path_that_is_told_exists(document: str) -> None:
    told = re.findall(r"[`(]((?:\.ci|app|assets|dashboard|data|docs|tests)/[\w./@-]+)[`)]", _read(document))
    missing = {
        path
        for path in told
        if not path.startswith(ABSENT) and "://" not in path and not (ROOT / path).exists()
    }
    assert missing == set()


def _shape(document: str) -> list[str]:
    """Return what both languages must share: levels of headings, markers, and every line to be typed."""
    blocks = re.findall(r"^```sh\n(.*?)^```", _read(document), re.MULTILINE | re.DOTALL)
    return [*re.findall(r"^(?:#+(?= )|<!-- /?\w+ -->)", _read(document), re.MULTILINE), *blocks]


def test_both_languages_have_the_same_sections_and_the_same_commands() -> None:
    english, chinese = (_shape(document) for document in READMES)
    assert len(english) > 15
    assert english == chinese
