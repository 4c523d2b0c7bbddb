"""What inquiries mean in one sentence, and the words of their kinds, states, promises and marks."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.judge_frames import Asked, Marks, PromiseMade, Session, Sessions
from dashboard.rules.rates import rate
from dashboard.web.parts.badge import tag, toned
from dashboard.web.parts.text import Sentence, short_name

KINDS = ("special_inquiry", "inquiry", "questioning", "on_site", "televised")
STATES = ("upcoming", "running", "ended", "announced")
_TONES = {
    "done": "blue",
    "on_way": "green",
    "behind": "red",
    "kept": "blue",
    "late": "amber",
    "broken": "red",
}


def kind_word(words: Words, kind: str) -> str:
    """Return what kind of inquiry it is."""
    return words(f"inquiry.kind.{kind if kind in KINDS else 'other'}")


def state_tag(words: Words, state: str) -> Component:
    """Return the tag of an inquiry's state."""
    return tag(words, state if state in STATES else "upcoming")


def promise_tags(words: Words, promise: PromiseMade) -> list[Component | str]:
    """Return where a promise stands, and its verdict; one that the public does not know yet says so."""
    if promise.verdict is not None:
        shown: list[Component | str] = [
            toned(words(f"inquiry.verdict.{promise.verdict}"), _TONES[promise.verdict])
        ]
        if not promise.announced:
            shown.append(html.Small(words("inquiry.verdict.internal")))
        return shown
    if promise.standing is not None:
        return [toned(words(f"inquiry.standing.{promise.standing}"), _TONES[promise.standing])]
    return []


def marks_text(words: Words, marks: Marks) -> str:
    """Return the share of satisfied and basically satisfied with numerator, denominator and formula."""
    good = marks.satisfied + marks.basically
    return words(
        "inquiry.rate",
        rate=words.share(rate(good, marks.total)),
        n=words.count(good),
        total=words.count(marks.total),
    )


def list_finding(words: Words, known: Sessions) -> Sentence:
    """Return what a cycle's inquiries came to: how much was asked, answered, promised, and what lags behind."""
    if not known.rows:
        if known.planned:
            return Sentence("inquiry.finding.planned", {"day": words.day(known.planned[0][0])})
        return Sentence("inquiry.finding.none", {"year": str(known.year)})
    questions = [one for row in known.rows for one in row.questions]
    facts = {"n": words.count(len(known.rows)), **_counted(words, questions)}
    return Sentence(f"inquiry.finding.list{_ending(questions)}", facts)


def session_finding(words: Words, session: Session) -> Sentence:
    """Return what one inquiry came to: promises that lag behind, else the answer that was marked lowest."""
    questions = session.questions
    facts = _counted(words, questions)
    if not questions:
        return Sentence("inquiry.finding.plain", {}, {"title": session.title})
    if _ending(questions) == ".behind":
        return Sentence("inquiry.finding.behind", facts)
    marked = [
        (one.marks.dissatisfied / one.marks.total, one) for one in questions if one.marks and one.marks.total
    ]
    lowest = max((share for share, _ in marked), default=0)
    worst = [one for share, one in marked if share == lowest]
    if len(marked) > 1 and len(worst) == 1 and worst[0].marks and worst[0].marks.dissatisfied:
        marks = worst[0].marks
        facts |= {"few": words.count(marks.dissatisfied), "total": words.count(marks.total)}
        name = short_name(worst[0].project) if worst[0].project else worst[0].department
        return Sentence("inquiry.finding.lowest", facts, {"name": name})
    return Sentence(f"inquiry.finding.session{_ending(questions)}", facts)


def behind(questions: Sequence[Asked]) -> int:
    """Return how many promises lag behind or were not kept, as far as the reader may know."""
    return sum(
        promise.verdict == "broken" if promise.verdict else promise.standing == "behind"
        for one in questions
        for promise in one.promises
    )


def _counted(words: Words, questions: Sequence[Asked]) -> dict[str, str]:
    return {
        "asked": words.count(len(questions)),
        "answered": words.count(sum(one.answer is not None for one in questions)),
        "promised": words.count(sum(len(one.promises) for one in questions)),
        "behind": words.count(behind(questions)),
    }


def _ending(questions: Sequence[Asked]) -> str:
    if behind(questions):
        return ".behind"
    return ".promised" if any(one.promises for one in questions) else ""
