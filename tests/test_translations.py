"""The words of both languages, and that each check can fail."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests import translations


@pytest.mark.parametrize("check", translations.CHECKS, ids=lambda check: check.__name__)
def test_words(check: Callable[[], Iterator[str]]) -> None:
    assert list(check()) == []


def test_few_words_are_asked_for_by_nothing() -> None:
    """A word left behind costs nothing; a heap of them is a page that was taken out."""
    assert len(translations.unasked()) <= 50, translations.unasked()


def test_every_form_counts_its_facts() -> None:
    catalog = Catalog(locale="en")
    catalog.add("a.b", "{name} has {n:,} left")
    catalog.add(("c", "c.plural"), ("{n} day", "{n} days, {more}"))
    assert translations.facts(catalog) == {"a.b": {"name", "n"}, "c": {"n", "more"}}


def test_the_walk_finds_what_it_looks_for() -> None:
    tree = ast.parse(
        "words('a.b'); view.words('c.d' if x else 'e.f'); words(language)(f'g.{x}.h')\n"
        "Sentence(f'{start}.one'); words.plural('i.j', 3); words('zh-CN'); other('k.l')\n"
        "raise Refused('m' if x else 'n')\n"
        "Alert('red', 'o', {})\n"
    )
    asked = list(translations.keys_asked(tree))
    assert asked[:3] == [r"a\.b", r"c\.d", r"e\.f"]
    assert len(asked) == 6
    assert all(re.fullmatch(asked[3], key) for key in ("g.x.h", "g.y_z.h"))
    assert list(translations.refusals(tree)) == ["m", "n"]
    assert list(translations.alerts(tree)) == ["o"]


def test_a_sentence_in_a_page_is_found() -> None:
    page = ast.parse(
        "html.P('Send it now', className='a plain style')\n"
        "card(words('a.b'), [html.Span('x'), 'No data yet'])\n"
        "html.Div(children=['Wait a moment'], title='not looked at here')\n"
        "notice('red', words('c.d'))\n"
    )
    found = list(translations.sentences({Path("page.py"): page}))
    assert [line.split(": ", 1)[1] for line in found] == ["'Send it now'", "'No data yet'", "'Wait a moment'"]


def test_chinese_in_code_is_found_and_in_docstrings_is_not() -> None:
    tree = ast.parse('"""文档"""\ndef f():\n    """文档"""\n    return "文字"\n')
    assert [one.value for one in translations.literals(tree)] == ["文字"]
