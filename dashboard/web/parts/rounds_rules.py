"""The rule set that was frozen into a round, in words: each value, what it means, where it comes from."""

import re
from collections.abc import Sequence
from functools import cache

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import DEFAULT, MissingWord, Words, words
from dashboard.rules.round_frames import RoundResult, RuleValue
from dashboard.web.parts import watching_rules
from dashboard.web.parts.card import card
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import data

OURS = "ours"
HAN = re.compile(r"([\u3400-\u9fff]+)")
# The notes of the rule sets that come with the product; a congress's own notes are printed as it wrote them.
NOTES = (
    "form_mark", "form_exact", "form_item", "form_rank", "quorum", "quorum_base", "threshold", "threshold_test",
    "threshold_base", "threshold_base_present", "recovered_at_most", "recovered_over", "unclear_mark",
    "blank_ballot", "order_votes", "order_ranks", "tie", "second_tie", "shortfall", "write_in", "secret",
    "live_board", "show_at_seal", "shuffled", "publish_votes", "receipt", "receipt_open", "change_allowed",
    "publish_box", "publish_box_open", "marks_at_most", "marks_at_most_exact", "marks_exactly", "marks_exactly_yes",
    "over_marked", "over_ranked", "under_marked", "under_marked_void", "blank_mark", "blank_item", "blank_rank",
    "answers", "for_marks_at_most", "over_for", "double_answer", "ranks_at_most", "threshold_counts",
    "same_rank_twice", "gap_in_ranks",
)  # fmt: skip


def rules_card(words: Words, result: RoundResult) -> Component | None:
    """Return the card of a round's rules; None where none was recorded."""
    if not result.rules:
        return None
    name = result.rule_set.get(words.language) or result.rule_set.get(DEFAULT, "")
    subtitle = words("round.rules.line", name=name, key=result.rule_set.get("key", ""))
    return card(words("round.rules"), rule_list(words, result.rules), subtitle)


def rule_list(words: Words, rules: Sequence[RuleValue]) -> Component:
    """Return the values of a rule set: each with what it means and where it comes from."""
    items = [
        html.Li(
            [
                html.Strong(rule_name(words, rule.name)),
                html.Span(rule_value(words, rule.name, rule.value)),
                html.Span(_note(words, rule.note), className="rule-note"),
                html.Span([words("round.rules.source"), *_source(words, rule)], className="rule-source"),
            ]
        )
        for rule in rules
    ]
    return html.Ul(items, className="ruleset")


def _source(words: Words, rule: RuleValue) -> list[Component | str]:
    """Return where a value comes from; an address that is not official nor of the named press is text."""
    if rule.source == OURS:
        return [words("round.rules.ours")]
    if rule.address is None:
        return [data(words, rule.source)]
    before, _, after = rule.source.partition(rule.address)
    return [data(words, before), anchor(rule.address, rule.address), data(words, after)]


def rule_name(words: Words, name: str) -> Component | str:
    """Return what a value is about; one that this version does not know by its name in the file."""
    try:
        return words(f"round.rule.{name}")
    except MissingWord:
        return data(words, name)


def rule_value(words: Words, name: str, value: str) -> Component | str:
    """Return a value in words; a value that this version does not know is printed as it is."""
    try:
        if name in watching_rules.LISTS:
            return watching_rules.listed(words, name, value)
        return words(f"round.value.{name}.{value}")
    except MissingWord:
        pass
    try:
        # A share or a number stands in the sentence of its rule.
        return words(f"round.value.{name}", value=watching_rules.written(words, name, value))
    except MissingWord:
        return data(words, value)


def _note(words: Words, note: str) -> Component | str:
    name = _notes().get(note)
    if not name:
        return data(words, note)
    return mixed(words, words(f"round.note.{name}"))


def mixed(words: Words, text: str) -> Component | str:
    """Return a sentence with the Chinese terms in it marked as such."""
    if words.is_chinese:
        return text
    return html.Span(
        [html.Span(part, lang=DEFAULT) if HAN.search(part) else part for part in HAN.split(text) if part]
    )


@cache
def _notes() -> dict[str, str]:
    """Return the name of each note by its English text, which is what the rule sets hold."""
    english = words("en")
    return {english(f"round.note.{name}"): name for name in (*NOTES, *watching_rules.NOTES)}
