"""What stands beside the rank curve: a card of each pinned unit, who is in long fall, who rose most."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.rank_words import falls_text, rank_text
from dashboard.i18n import Words
from dashboard.rules.judge_frames import Duty, RankChart, Ranked, Ranking
from dashboard.rules.lights import tones
from dashboard.rules.ranks import FALLING, LONG, in_long_fall, risen_most
from dashboard.rules.rates import rate
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.text import Content, Sentence, data

_MOST = 4


def rank_finding(words: Words, ranking: Ranking) -> Sentence:
    """Return what the ranks mean: the longest fall and the longest rise; a department reads of its own line."""
    lines = [one for one in ranking.lines if one.into is None and one.rank is not None]
    if ranking.own:
        return _own_finding(words, [one for one in lines if one.name])
    falling = in_long_fall(lines)
    rising = sorted((one for one in lines if one.rises >= LONG), key=lambda one: (-one.rises, one.rank or 0))
    facts: dict[str, str] = {"n": words.count(ranking.count)}
    names: dict[str, str] = {}
    if falling:
        facts["falls"], names["fallen"] = words.count(falling[0].falls), falling[0].name
    if rising:
        facts["rises"], names["risen"] = words.count(rising[0].rises), rising[0].name
    if len(ranking.years) < 2:
        return Sentence("rank.finding.first", {**facts, "year": str(ranking.years[-1])})
    ending = {(True, True): "both", (True, False): "fall", (False, True): "rise"}.get(
        (bool(falling), bool(rising)), "calm"
    )
    return Sentence(f"rank.finding.{ending}", facts, names)


def _own_finding(words: Words, own: Sequence[Ranked]) -> Sentence:
    if not own:
        return Sentence("rank.finding.nobody")
    one = own[0]
    facts = {"rank": rank_text(one.rank, words), "n": words.count(max(one.falls, one.rises))}
    ending = "fall" if one.falls >= LONG else "rise" if one.rises >= LONG else "calm"
    return Sentence(f"rank.finding.own.{ending}", facts, {"name": one.name})


def unit_card(
    words: Words, one: Ranked, tone: str, ranking: Ranking, duty: Duty | None, href: str
) -> Component:
    """Return the card of a pinned unit: its rank, what it came from, its points, votes, projects and promises."""
    rows = [*_assessed(words, one), *(_in_hand(words, duty) if duty is not None else [])]
    body: list[Component] = [
        html.P(
            [
                html.Strong(rank_text(one.rank, words), className=f"rank-figure rank-{tone}"),
                html.Small(words.plural("rank.of", ranking.count)),
            ]
        ),
        html.P(changed(words, one, len(ranking.years)), className="secondary"),
        html.Dl([_row(label, value) for label, value in rows], className="pairs-list"),
    ]
    if tone == FALLING:
        body.append(notice("red", words("rank.rectify"), words.plural("rank.rectify.why", one.falls)))
    return card(
        data(words, one.name), body, foot=foot(words, acts=[Link(words("rank.record"), href)]), style="unit"
    )


def changed(words: Words, one: Ranked, years: int) -> str:
    """Return what a year brought, and the best of all years."""
    change = one.change
    key = "new" if change is None else "same" if change == 0 else "up" if change > 0 else "down"
    said = words(f"rank.change.{key}") if not change else words.plural(f"rank.change.{key}", abs(change))
    if one.best is None:
        return said
    return words("rank.changed", change=said, years=words.count(years), best=rank_text(one.best, words))


def _assessed(words: Words, one: Ranked) -> list[tuple[str, Content]]:
    rows: list[tuple[str, Content]] = []
    if one.points is not None:
        points = words.share(one.points, 2).rstrip("%")
        rows.append((words("rank.points"), [html.Strong(points), html.Small(words("rank.points.of"))]))
    if one.marks is not None and one.marks.total:
        share = words.share(rate(one.marks.satisfied, one.marks.total))
        rows.append(
            (
                words("rank.satisfied"),
                [html.Strong(share), html.Small(f"{one.marks.satisfied}/{one.marks.total}")],
            )
        )
    return rows


def _in_hand(words: Words, duty: Duty) -> list[tuple[str, Content]]:
    rows: list[tuple[str, Content]] = []
    if duty.projects:
        late = tones(duty.lit())["red"]
        after = [html.Small(words("rank.projects.red", n=late))] if late else []
        rows.append(
            (words("rank.projects"), [html.Strong(words.plural("rank.projects.n", duty.projects)), *after])
        )
    if duty.promised:
        rows.append(
            (
                words("rank.promises"),
                [html.Strong(f"{duty.kept}/{duty.promised}"), html.Small(words("rank.promises.kept"))],
            )
        )
    if duty.due:
        share = words.share(rate(duty.on_time, duty.due))
        rows.append((words("rank.reports"), [html.Strong(f"{duty.on_time}/{duty.due}"), html.Small(share)]))
    return rows


def _row(label: str, value: Content) -> Component:
    return html.Div([html.Dt(label), html.Dd(value)])


def movers_card(words: Words, ranking: Ranking, pin: Callable[[Ranked], str]) -> Component:
    """Return who has fallen for three years or more, and who rose most; each name pins its line."""
    lines = [one for one in ranking.lines if one.into is None and one.rank is not None]
    falling = sorted(in_long_fall(lines), key=lambda one: one.rank or 0)
    rising = risen_most(lines, _MOST)
    rows = [_mover(words, one, falls_text(one, words), "mover-fall", pin(one)) for one in falling]
    body: list[Component] = [
        html.Dl(rows, className="pairs-list")
        if rows
        else html.P(words("rank.falling.none"), className="secondary")
    ]
    if rising:
        risen = [_mover(words, one, words.plural("rank.up", one.change or 0), "", pin(one)) for one in rising]
        body += [html.H3(words("rank.rising"), className="movers"), html.Dl(risen, className="pairs-list")]
    subtitle = words.plural("rank.falling.n", len(falling)) if falling else None
    return card(words("rank.falling"), body, subtitle)


def _mover(words: Words, one: Ranked, said: str, style: str, href: str) -> Component:
    value: list[Component | str] = [
        html.Strong(said, className=style or None),
        html.Small(rank_text(one.rank, words)),
    ]
    return html.Div([html.Dt(anchor(data(words, one.name), href)), html.Dd(value)])


def rank_list(words: Words, chart: RankChart, href: Callable[[Ranked], str]) -> Component:
    """Return every unit in the order of its rank, for a window too narrow to print them beside the curve."""
    rows = [
        html.Li(
            [
                html.Span(str(one.rank), className="number"),
                anchor(data(words, one.name), href(one)) if one.name else html.Span(words("rank.unnamed")),
                html.Span(falls_text(one, words), className="mover-fall"),
                html.Span(_change(words, one), className="number"),
            ]
        )
        for one in chart.listed
    ]
    return html.Ol(rows, className="rank-list")


def _change(words: Words, one: Ranked) -> str:
    if not one.change:
        return "\u2014"
    return words("rank.moved.up" if one.change > 0 else "rank.moved.down", n=abs(one.change))
