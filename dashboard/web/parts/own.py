"""本人事项: what stands first for a member, with the way to act on it."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.lights import is_late, plan_tone
from dashboard.rules.own_frames import Due, Own, OwnProject
from dashboard.web.parts.card import card
from dashboard.web.parts.light import light
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.text import Sentence, data, printed

DATED = frozenset({"inspections", "remarks", "tasks"})
# Where a page of a round stands: the page's name, and the round.
Rounds = Callable[[str, UUID], str]


def own_card(words: Words, own: Own, project: Callable[[int], str], desk: str, rounds: Rounds) -> Component:
    """Return the card: own projects with their lights at the left, at the right what is due, red before amber."""
    columns = []
    if own.kind != "decides":
        columns.append(projects_list(words, own.projects, project))
    columns.append(_due(words, own.due, project, desk, rounds))
    return card(
        printed(words, _title(words, own)),
        html.Div(columns, className="own-columns"),
        words(f"own.{own.kind}.line"),
        end=anchor(words("own.desk"), desk),
        onward=Link(words("own.desk"), desk),
        style="own",
    )


def _title(words: Words, own: Own) -> Sentence:
    """Return how many projects are one's own and how many of them are behind, or how much waits."""
    if own.kind == "decides":
        if not own.due:
            return Sentence("own.decides.none")
        return Sentence("own.decides.some", {"n": words.count(_number(own.due))})
    behind = sum(is_late(one.light, one.gap) for one in own.projects)
    facts = {"n": words.count(len(own.projects)), "behind": words.count(behind)}
    if not own.projects:
        return Sentence(f"own.{own.kind}.none")
    return Sentence(f"own.{own.kind}.{'behind' if behind else 'steady'}", facts)


def _number(due: tuple[Due, ...]) -> int:
    """Return how many things wait: a line about several counts them all."""
    return sum(n if isinstance(n := one.facts.get("n"), int) else 1 for one in due)


def projects_list(words: Words, rows: tuple[OwnProject, ...], project: Callable[[int], str]) -> Component:
    """Return own projects with their lights and gaps."""
    if not rows:
        return html.P(words("own.projects.none"), className="secondary")
    return html.Ul(
        [
            html.Li(
                [
                    light(words, one.light, word_shown=False),
                    anchor(data(words, one.name), project(one.number)),
                    html.Span(words.share(one.share), className="own-share"),
                    html.Span(words.gap(one.gap), className=f"own-gap gap-{plan_tone(one.light, one.gap)}"),
                ]
            )
            for one in rows
        ],
        className="own-projects",
    )


def _due(
    words: Words, due: tuple[Due, ...], project: Callable[[int], str], desk: str, rounds: Rounds
) -> Component:
    if not due:
        return html.P(words("own.due.none"), className="secondary")
    return html.Ul([_item(words, one, project, desk, rounds) for one in due], className="care")


def rounds_card(words: Words, due: Sequence[Due], rounds: Rounds) -> Component:
    """Return the rounds that wait for a person, as they stand on the desk."""
    items = [_item(words, one, str, "", rounds) for one in due]
    return card(words("own.rounds"), html.Ul(items, className="care"), words("own.rounds.line"))


def _item(words: Words, one: Due, project: Callable[[int], str], desk: str, rounds: Rounds) -> Component:
    facts = {name: _written(words, value) for name, value in one.facts.items()}
    line = printed(words, Sentence(f"own.due.{one.code}", facts, one.names))
    href = project(one.number) if one.number is not None else desk
    why = words(f"own.due.{one.code}.day", day=words.day(one.day)) if one.day else words("own.due.open")
    if one.round is not None:
        href = rounds(*one.round)
        # Of a round and of a plan the way there is told, of what has a day of its own the day.
        if one.round[0] not in DATED:
            why = words(f"own.due.to.{one.round[0]}")
    return html.Li(
        [
            light(words, one.light, word_shown=False),
            html.Span(anchor(line, href), className="care-line"),
            html.Span(why, className="care-why"),
        ]
    )


def _written(words: Words, value: object) -> str:
    if isinstance(value, date):
        return words.month(value)
    return words.count(value) if isinstance(value, int) else str(value)
