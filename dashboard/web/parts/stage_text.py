"""What each of the four stages says: its figure, its lines, its one small picture."""

from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.frames import Stage
from dashboard.rules.rates import rate
from dashboard.web.parts.light import LIGHTS, counted
from dashboard.web.parts.text import Content, aria

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class StageText:
    """One stage in words: `unit` stands at the figure everywhere, `more` only where there is room."""

    figure: str
    unit: str = ""
    more: str = ""
    line: str = ""
    brief: str = ""
    detail: Content = ""


def stage_text(words: Words, stage: Stage) -> StageText:
    """Return the words of a stage; what is not known is left out, a missing figure is a dash."""
    return {"collect": _collect, "choose": _choose, "deliver": _deliver, "judge": _judge}[stage.key](
        words, stage
    )


def _collect(words: Words, stage: Stage) -> StageText:
    suggestions = _count(stage, "suggestions")
    line = _collecting(words, _day(stage, "opens"), _day(stage, "closes"))
    # While wishes come in, a step that nothing has reached yet is not a result.
    running = stage.state in {"upcoming", "running"}
    steps = [
        (name, n)
        for name in ("merged", "reserve", "candidates")
        if (n := _count(stage, name)) is not None and (n or not running)
    ]
    detail: list[Component | str] = []
    for name, n in steps:
        if detail:
            detail.append(html.Span("›", className="then", **aria(hidden="true")))
        detail.append(html.Span(words(f"stage.collect.{name}", n=words.count(n))))
    known = dict(steps)
    brief = (
        words(
            "stage.collect.brief",
            merged=words.count(known["merged"]),
            candidates=words.count(known["candidates"]),
        )
        if ("merged" in known and "candidates" in known)
        else line
    )
    return StageText(
        words.count(suggestions),
        words("stage.collect.unit"),
        words("stage.collect.more"),
        line,
        brief,
        detail,
    )


def _choose(words: Words, stage: Stage) -> StageText:
    candidates, places = _count(stage, "candidates"), _count(stage, "places")
    day, present, entitled = _day(stage, "day"), _count(stage, "present"), _count(stage, "entitled")
    line = brief = words("stage.choose.day", day=words.day(day)) if day else ""
    if day and present is not None:
        line = words(
            "stage.choose.line",
            day=words.day(day),
            present=words.count(present),
            entitled=words.count(entitled),
        )
        brief = words("stage.choose.brief", day=words.day_of_year(day), present=words.count(present))
    detail: list[Component | str] = []
    if candidates is not None and places is not None:
        detail.append(_pips(candidates, places))
    if (highest := _count(stage, "highest")) is not None:
        detail.append(html.Span(words("stage.choose.highest", n=words.count(highest)), className="secondary"))
    if candidates is None or places is None:
        return StageText("—", "", "", line, brief, detail)
    figure = words("stage.choose.figure", candidates=words.count(candidates), places=words.count(places))
    return StageText(figure, "", words("stage.choose.more"), line, brief, detail)


def _deliver(words: Words, stage: Stage) -> StageText:
    actual, planned = _count(stage, "actual"), _count(stage, "planned")
    paid, budget = _count(stage, "paid"), _count(stage, "budget")
    more = (
        words("stage.deliver.more")
        if planned is None
        else words("stage.deliver.plan", planned=words.share(planned, 0 if planned == WHOLE else 1))
    )
    line = ""
    if paid is not None and budget:
        share = words.share(rate(paid, budget))
        line = words("stage.deliver.line", paid=words.money(paid), budget=words.money(budget), share=share)
    counts = {name: _count(stage, name) or 0 for name in LIGHTS}
    return StageText(words.share(actual), "", more, line, more, counted(words, counts))


def _judge(words: Words, stage: Stage) -> StageText:
    day, left = _day(stage, "day"), _count(stage, "days_left")
    brief = words("stage.judge.brief", day=words.day_of_year(day)) if day else ""
    line = words("stage.judge.line")
    satisfied, total = _count(stage, "last_satisfied"), _count(stage, "last_total")
    detail = ""
    if satisfied is not None and total:
        share = words.share(rate(satisfied, total))
        detail = words(
            "stage.judge.last", share=share, satisfied=words.count(satisfied), total=words.count(total)
        )
    own, of = _count(stage, "satisfied"), _count(stage, "total")
    if own is not None and of:
        reached = words.share(rate(own, of))
        held = words("stage.judge.rate", satisfied=words.count(own), total=words.count(of))
        return StageText(reached, "", words("stage.judge.satisfied"), held, brief, detail)
    if left is not None and left > 0 and day:
        more = words("stage.judge.more", day=words.day_of_year(day))
        return StageText(words.count(left), words.plural("stage.judge.unit", left), more, line, brief, detail)
    return StageText(
        words.day_of_year(day) if day else "—", "", words("stage.judge.held"), line, brief, detail
    )


def _collecting(words: Words, opens: date | None, closes: date | None) -> str:
    if opens is None:
        return ""
    if closes is None:
        return words("stage.collect.line_open", opens=words.day(opens))
    shorter = words.is_chinese and closes.year == opens.year
    end = words.day_of_year(closes) if shorter else words.day(closes)
    return words("stage.collect.line", opens=words.day(opens), closes=end)


def _pips(candidates: int, places: int) -> Component:
    squares = [html.I(className="chosen" if n < places else None) for n in range(candidates)]
    return html.Span(squares, className="pips", **aria(hidden="true"))


def _count(stage: Stage, name: str) -> int | None:
    value = stage.facts.get(name)
    return value if isinstance(value, int) else None


def _day(stage: Stage, name: str) -> date | None:
    value = stage.facts.get(name)
    return value if isinstance(value, date) else None
