"""What a round is called and what it came to, in one sentence each."""

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard.i18n import MissingWord, Words
from dashboard.rules.frames import Tally
from dashboard.rules.round_frames import ANNOUNCED, Outcome, RoundLine
from dashboard.rules.rounds import ANNULLED, PRACTICE
from dashboard.web.parts.badge import tag, toned
from dashboard.web.parts.text import Sentence

# What has more names in life than words here is said by the nearest of these.
PURPOSES = ("adoption", "runoff", "second", "practice", "assessment")
STATES = {
    "open": "running",
    "suspended": "upcoming",
    "closed": "ended",
    "annulled": "ended",
    ANNOUNCED: "announced",
}
# What is counted and not announced is to its readers closed, no more.
COUNTED = frozenset({"counted", "signed", "reported"})
TONES = {"chosen": "blue", "tied": "amber"}


def purpose_word(words: Words, line: RoundLine) -> str:
    """Return what a round is for."""
    return words(f"round.purpose.{line.purpose}" if line.purpose in PURPOSES else "round.purpose.adoption")


def state_tag(words: Words, line: RoundLine) -> Component:
    """Return how a round stands, as a tag."""
    if line.state == ANNOUNCED:
        return tag(words, "announced")
    if line.purpose == PRACTICE and line.state == "closed":
        return toned(words("round.state.practised"), "ended")
    state = "closed" if line.state in COUNTED else line.state if line.state in STATES else "prepared"
    return toned(words(f"round.state.{state}"), STATES.get(state, "upcoming"))


def awaited_key(line: RoundLine) -> str:
    """Return the key of what is said of a round that is not announced; a practice and an annulled one never are."""
    if line.purpose == PRACTICE:
        return "round.practice"
    return "round.annulled" if line.state == ANNULLED else "round.awaited"


def round_finding(words: Words, line: RoundLine) -> Sentence:
    """Return what one round decided; of one without a list of votes, or not announced, its name."""
    names = {"title": line.title}
    if not line.candidates:
        return Sentence("round.plain", {}, names)
    if line.undecided is not None:
        return Sentence("round.finding.undecided", {}, names)
    facts = {"candidates": words.count(line.candidates), "chosen": words.count(line.chosen)}
    if line.tied:
        return Sentence("round.finding.tied", facts | {"tied": words.count(line.tied)}, names)
    return Sentence("finding.tally", facts, names)


def rounds_finding(words: Words, year: int, rows: Sequence[RoundLine]) -> Sentence:
    """Return what the rounds of a cycle came to: how many stood and how many were chosen in all of them."""
    announced = [row for row in rows if row.state == ANNOUNCED and row.purpose != "assessment"]
    facts = {"year": str(year)}
    if not announced:
        # A practice comes to nothing, and an annulled round neither.
        waits = any(row.purpose != PRACTICE and row.state != ANNULLED for row in rows)
        return Sentence("round.finding.waiting" if waits else "round.finding.none", facts)
    if all(row.undecided is not None for row in announced):
        return Sentence("round.finding.nothing", facts)
    # Those who stand in a run-off stood before: they are counted once.
    candidates = max(row.candidates for row in announced)
    facts["candidates"] = words.count(candidates)
    facts["chosen"] = words.count(sum(row.chosen for row in announced))
    if len(announced) == 1:
        return Sentence("round.finding.one", facts)
    return Sentence("round.finding.many", facts | {"n": words.count(len(announced))})


def votes_finding(words: Words, tally: Tally) -> str:
    """Return how clear the result was: the fewest votes that were enough, beside those that had to be."""
    chosen = [bar.votes for bar in tally.bars if bar.state == "chosen" and bar.votes is not None]
    if not chosen or tally.threshold is None:
        return words("round.votes")
    return words("round.votes.lowest", votes=words.count(min(chosen)), threshold=words.count(tally.threshold))


def reason_text(words: Words, outcome: Outcome, state: str) -> str:
    """Return why an option ended as it did; of a reason that this version does not know, the state alone."""
    facts = {name: words.count(value) for name, value in outcome.facts.items()}
    try:
        return words(outcome.reason, **facts)
    except (MissingWord, KeyError):
        return words(f"tally.state.{state}")
