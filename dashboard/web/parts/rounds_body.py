"""One announced round laid out: attendance, why each item ended as it did, the threshold, the tie, the seal."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.figures.tally_words import state_words
from dashboard.i18n import SHANGHAI, Words
from dashboard.rules.deciding import votes_needed
from dashboard.rules.frames import Bar, Tally
from dashboard.rules.reasons import Reason
from dashboard.rules.round_frames import Correction, Outcome, RoundLine, RoundResult
from dashboard.rules.rounds import NOT_DECIDED
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card
from dashboard.web.parts.facts import attendance
from dashboard.web.parts.forms import act
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.rounds_words import TONES, reason_text, round_finding
from dashboard.web.parts.text import Content, data, printed

_SENTENCE = ("entitled", "present", "issued", "recovered", "valid", "invalid")


def attendance_card(words: Words, tally: Tally) -> Component:
    """Return the fixed sentence 应到 实到 发出 收回 有效 无效, as facts and as prose."""
    counts = {name: words.count(getattr(tally, name)) for name in _SENTENCE}
    sentence = html.P(words("round.attendance.sentence", **counts), className="round-sentence")
    return card(words("round.attendance"), [attendance(words, tally), sentence])


def undecided_part(words: Words, line: RoundLine) -> list[Component]:
    """Return why a round decided nothing at all, where it did not."""
    if line.undecided is None:
        return []
    facts = {name: words.count(value) for name, value in line.undecided.facts.items()}
    return [notice("amber", words(line.undecided.code, **facts), words("round.undecided"))]


def reasons_card(words: Words, result: RoundResult, project: Callable[[int], str]) -> Component:
    """Return why each item passed or not; `project` leads from a project's number to its page."""
    states = state_words(result.tally, words)
    items = [
        _item(words, place, bar, outcome, states[bar.state], project)
        for place, (bar, outcome) in enumerate(zip(result.tally.bars, result.outcomes, strict=True), 1)
    ]
    return card(words("round.reasons"), html.Ol(items, className="reasons"), words("round.reasons.line"))


def _item(
    words: Words, place: int, bar: Bar, outcome: Outcome, state: str, project: Callable[[int], str]
) -> Component:
    name = [html.Span(str(place), className="reason-place"), html.Strong(data(words, bar.name))]
    children = [
        html.P(name, className="reason-name"),
        html.P(toned(state, TONES.get(bar.state, "grey")), className="reason-state"),
        html.P(
            [words("round.reasons.number", n=str(bar.number)), "｜", reason_text(words, outcome, bar.state)],
            className="reason-why",
        ),
    ]
    if outcome.project is not None:
        label = words("round.reasons.project", n=str(outcome.project))
        children.append(html.P(anchor(label, project(outcome.project)), className="reason-onward"))
    return html.Li(children)


def threshold_card(words: Words, result: RoundResult) -> Component:
    """Return how many had to be present, how many votes were needed and who got the places, with the sums."""
    tally = result.tally
    values = {rule.name: rule.value for rule in result.rules}
    rows = [
        ("quorum", _quorum(words, tally, _fraction(values.get("quorum")))),
        ("threshold", _threshold(words, tally, values)),
        ("places", _places(words, tally)),
    ]
    body = [
        html.Div([html.Dt(words(f"round.threshold.{name}")), html.Dd(said)]) for name, said in rows if said
    ]
    return card(words("round.threshold"), html.Dl(body, className="spelled"), words("round.threshold.line"))


def _quorum(words: Words, tally: Tally, share: Fraction | None) -> str:
    if share is None or tally.entitled is None or tally.present is None:
        return ""
    needed = votes_needed(tally.entitled, share, strictly=False)
    met = "round.quorum.met" if tally.present >= needed else "round.quorum.missed"
    return words(
        met,
        entitled=words.count(tally.entitled),
        share=str(share),
        needed=words.count(needed),
        present=words.count(tally.present),
    )


def _threshold(words: Words, tally: Tally, values: dict[str, str]) -> str:
    """Return the sum that gives the threshold; where the rule and the record differ, the recorded number alone."""
    if tally.runoff:
        return words("round.threshold.runoff")
    if tally.threshold is None:
        return ""
    needed = words.count(tally.threshold)
    share = _fraction(values.get("threshold"))
    strictly = values.get("threshold_test") == "more_than"
    if (
        share is None
        or tally.entitled is None
        or votes_needed(tally.entitled, share, strictly) != tally.threshold
    ):
        return words("round.threshold.recorded", needed=needed)
    product = tally.entitled * share
    return words(
        "round.threshold.more" if strictly else "round.threshold.least",
        entitled=words.count(tally.entitled),
        share=str(share),
        product=words.count(int(product)) if product.denominator == 1 else f"{float(product):,.1f}",
        needed=needed,
    )


def _places(words: Words, tally: Tally) -> str:
    if tally.places is None:
        return ""
    if any(bar.state == NOT_DECIDED for bar in tally.bars):
        return words("round.places.undecided", places=words.count(tally.places))
    chosen = sum(bar.state == "chosen" for bar in tally.bars)
    key = "round.places.runoff" if tally.runoff else "round.places"
    return words(key, places=words.count(tally.places), chosen=words.count(chosen))


def _fraction(text: str | None) -> Fraction | None:
    try:
        return Fraction(text or "")
    except (ValueError, ZeroDivisionError):
        return None


def tie_card(words: Words, result: RoundResult, address: Callable[[str], str]) -> Component | None:
    """Return what a tie led to, or which tie this round decides; None where no tie was."""
    tied = [bar for bar in result.tally.bars if bar.state == "tied"]
    if result.before is None and not result.after and not tied:
        return None
    lines: list[Component] = []
    if result.before is not None:
        lines.append(_led(words, "round.tie.before", result.before, address))
    if tied:
        names: list[Component | str] = []
        for bar in tied:
            names += [*([words("summary.list")] if names else []), data(words, bar.name)]
        votes = words("round.tie.level", n=words.count(len(tied)), votes=words.count(tied[0].votes))
        lines.append(html.P([votes, *names]))
        if not result.after:
            lines.append(html.P(words("round.tie.presidium" if result.tally.runoff else "round.tie.open")))
    lines += [_led(words, "round.tie.after", after, address) for after in result.after]
    return card(words("round.tie"), html.Div(lines, className="tie-told"), words("round.tie.line"))


def _led(words: Words, key: str, line: RoundLine, address: Callable[[str], str]) -> Component:
    finding: Content = printed(words, round_finding(words, line))
    return html.P([words(key), anchor(finding, address(line.round_id))])


def box_card(
    words: Words, result: RoundResult, files: str | None = None, recount: str = ""
) -> Component | None:
    """Return the digest of the sealed box and how anyone checks it; None where no box was sealed.

    `files` is the address of the box without its ending, to who may take it away; `recount` that of the page which
    counts one again.
    """
    if result.digest is None:
        return None
    values = {rule.name: rule.value for rule in result.rules}
    reader = values.get("publish_box")
    facts = {"n": words.count(result.tally.recovered)}
    readers = ("digest", "scrutineers", "deputies", "public")
    steps = [
        words(f"round.box.reader.{reader}" if reader in readers else "round.box.reader.digest", **facts),
        words("round.box.compare"),
        words("round.box.recount"),
    ]
    digest = " ".join(result.digest[at : at + 8] for at in range(0, len(result.digest), 8))
    body = [
        html.P(words("round.box.digest"), className="secondary"),
        html.P(html.Code(digest), className="digest"),
        html.Ol([html.Li(step) for step in steps], className="steps"),
        html.Div(_box_acts(words, files, recount), className="box-acts"),
    ]
    return card(words("round.box"), body, words("round.box.line", **facts))


def _box_acts(words: Words, files: str | None, recount: str) -> list[Component]:
    """Return the box in each of its forms, and the way to the page that counts it again."""
    taken = [
        act(Link(words(f"round.box.take.{kind}"), f"{files}.{kind}", fresh=True))
        for kind in (("json", "csv", "pb") if files is not None else ())
    ]
    return [*taken, *([act(Link(words("round.box.recount_page"), recount))] if recount else [])]


def corrections_part(words: Words, corrections: Sequence[Correction]) -> list[Component]:
    """Return what was corrected of the announcement, each with its reason; what was announced stays beside it."""
    told = []
    for one in corrections:
        when = words.day(one.at.astimezone(SHANGHAI).date())
        line: list[Component | str] = [
            words("round.corrected", when=when), data(words, one.announcement),
        ]  # fmt: skip
        why: list[Component | str] = [words("round.corrected.why"), data(words, one.reason)]
        told.append(notice("grey", line, why))
    return told


def below_law_part(words: Words, below: Sequence[Reason]) -> list[Component]:
    """Return the warning that is printed with a result whose rules stand below the law."""
    return [
        notice(
            "amber",
            words(reason.code, **{name: str(value) for name, value in reason.facts.items()}),
            words("round.below_law"),
        )
        for reason in below
    ]
