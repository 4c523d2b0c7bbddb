"""What every part is made of: attributes for assistive technology, data in its own language, sentences."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import DEFAULT, Words
from dashboard.web.parts.made import made

Content = Component | str | Sequence[Component | str]
# A number with its unit at the end of a name; after the ordinal sign (U+7B2C) it belongs to the name.
_QUANTITY = re.compile(r"(?<![\d\u7b2c])\d[\d,.]*\D{1,4}$")


def aria(**values: str) -> dict[str, Any]:
    """Return keyword arguments such as aria-label for a component of dash.html."""
    return {f"aria-{name}": value for name, value in values.items()}


def carried(**values: str) -> dict[str, Any]:
    """Return keyword arguments such as data-state, which a script reads, for a component of dash.html."""
    return {f"data-{name}": value for name, value in values.items()}


def data(words: Words, text: str) -> Component | str:
    """Return a Chinese name as it is, marked as Chinese on an English page."""
    return text if words.is_chinese else made(html.Span, text, lang=DEFAULT)


def typed(control: Component) -> Component:
    """Return a control that holds what somebody typed, which is Chinese on an English page too."""
    return html.Div(control, lang=DEFAULT)


def hidden(text: str) -> Component:
    """Return a word that only a screen reader gets."""
    return made(html.Span, text, className="visually-hidden")


def short_name(name: str) -> str:
    """Return a project's name without the quantity at its end, as a title needs it."""
    return _QUANTITY.sub("", name) or name


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its key: `facts` are ready words, `names` are data in Chinese."""

    key: str
    facts: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def spoken(words: Words, sentence: Sentence) -> str:
    """Return a sentence as plain text, for a label or the title of a window."""
    return words(sentence.key, **sentence.facts, **sentence.names)


def printed(words: Words, sentence: Sentence) -> list[Component | str]:
    """Return a sentence as children, each name in it marked with its language."""
    if words.is_chinese or not sentence.names:
        return [spoken(words, sentence)]
    children: list[Component | str] = []
    for literal, name, _form, _conversion in Formatter().parse(words(sentence.key)):
        if literal:
            children.append(literal)
        if name:
            known = sentence.names.get(name)
            children.append(sentence.facts[name] if known is None else data(words, known))
    return children
