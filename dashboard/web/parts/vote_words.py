"""What the voting page says of a round's rules, and the words that its scripts put onto it."""

from collections.abc import Iterable

import orjson

from dashboard.i18n import DEFAULT, Words
from dashboard.rules.ballot_papers import BallotPaper, PaperRules

# What the scripts of the voting page say, by its key without `vote.say.`.
SAID = (
    "vote.say.at_minute", "vote.say.at_second", "vote.say.over", "vote.say.seconds_left", "vote.say.chosen",
    "vote.say.chosen.item", "vote.say.left", "vote.say.left.exact", "vote.say.left.item", "vote.say.fors",
    "vote.say.count", "vote.say.count.item", "vote.say.rank", "vote.say.stop.limit", "vote.say.stop.limit.item",
    "vote.say.move.up", "vote.say.move.down", "vote.say.review.marked", "vote.say.review.marked.full",
    "vote.say.review.ranked", "vote.say.review.ranked.full", "vote.say.review.unmarked",
    "vote.say.review.unranked", "vote.say.review.for", "vote.say.review.against", "vote.say.review.abstained",
    "vote.say.review.unanswered", "vote.say.lack.short", "vote.say.lack.blank", "vote.say.lack.empty",
    "vote.say.lack.unanswered", "vote.say.sent", "vote.say.offline", "vote.say.kept", "vote.say.held",
    "vote.say.none", "vote.say.waiting", "vote.say.received", "vote.say.casting", "vote.say.changing",
    "vote.say.cast", "vote.say.changed", "vote.say.repeated", "vote.say.choices", "vote.say.show",
    "vote.say.hide", "vote.say.copied", "vote.say.copied.not", "vote.say.saved", "vote.say.text",
    "vote.say.picture.title", "vote.say.picture.hold", "vote.say.picture.note", "vote.say.leaving",
    "vote.say.idle", "vote.say.gone", "vote.say.typed", "vote.say.closed", "vote.say.suspended",
    "vote.say.annulled", "vote.say.resumed", "vote.say.press", "vote.say.chosen.rank",
    "vote.say.left.rank", "vote.say.closed.after", "vote.say.signed_out", "vote.say.signed_out.do",
    "vote.say.signed_out.held", "vote.say.closed.plain", "vote.say.suspended.after", "vote.say.blind",
    "vote.say.unread", "vote.say.picture.of", "vote.say.note.earlier", "vote.say.note.late", "vote.say.note.lost",
)  # fmt: skip
PREFIX = "vote.say."


def said(words: Words, keys: Iterable[str], prefix: str) -> str:
    """Return the templates that a script fills in, as JSON by their names."""
    return orjson.dumps({key.removeprefix(prefix): words(key) for key in keys}).decode()


def bar_title(words: Words, purpose: str) -> str:
    """Return what the page of a round of a purpose is called."""
    return words(f"vote.bar.{purpose}")


def rule_line(words: Words, paper: BallotPaper) -> str:
    """Return the facts of the rules in one line: secret or recorded, how many of how many, whether to be changed."""
    rules = paper.rules
    parts = [
        words("vote.rule.secret" if rules.secret else "vote.rule.recorded"),
        _how_many(words, rules, len(paper.lines)),
        words("vote.rule.change" if rules.change else "vote.rule.final"),
    ]
    return "｜".join(parts) if words.language == DEFAULT else " | ".join(parts)


def _how_many(words: Words, rules: PaperRules, options: int) -> str:
    how = "exactly" if rules.exactly else ("most" if rules.limited else "any")
    return words(f"vote.rule.{rules.form}.{how}", n=options, most=rules.most)


def before_casting(words: Words, rules: PaperRules) -> tuple[str, ...]:
    """Return what a voter must know before casting: receipt, changing, what is recorded."""
    change = "change" if rules.change else "final"
    return (
        words(f"vote.before.receipt.{rules.receipt}"),
        words(f"vote.before.{change}"),
        words("vote.before.secret" if rules.secret else "vote.before.recorded"),
    )


def joined(words: Words, sentences: Iterable[str]) -> str:
    """Return sentences as one paragraph of their language."""
    return ("" if words.is_chinese else " ").join(sentences)
