"""The head of the list of projects: what the whole of them means, the views to choose from, the filters."""

from collections.abc import Mapping
from datetime import date

from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.lights import STEADY, plan_tone
from dashboard.rules.project_frames import Listed, Projects
from dashboard.rules.project_list import STAGES, Lag, lag
from dashboard.web.asked import Asked
from dashboard.web.parts.filters import Filter, choice_of_views, filters
from dashboard.web.parts.light import LIGHTS
from dashboard.web.parts.text import Content, Sentence, data, short_name

VIEWS = ("list", "rank", "slip", "heat", "money", "curves")
KEPT = ("view", "sort")


def finding(words: Words, shown: Projects) -> Sentence:
    """Return what the projects of a cycle mean: what fell behind and since when, else that nothing did."""
    rows = shown.carried()
    known = lag(rows, shown.as_of)
    if known is not None:
        return _lagging(words, known)
    n = words.count(len(rows))
    if rows and all(row.is_done for row in rows):
        return Sentence("finding.all_done", {"n": n})
    if rows and all(plan_tone(row.light, row.gap) in STEADY for row in rows):
        return Sentence("finding.all_steady", {"n": n})
    return Sentence("projects.heading", {"year": str(shown.year)})


def _lagging(words: Words, known: Lag) -> Sentence:
    facts = {
        "half": words("projects.half.first" if known.half == 1 else "projects.half.second"),
        "n": words.count(known.count),
        "total": words.count(known.total),
    }
    names = {"name": known.lead.short_name or short_name(known.lead.name)}
    if known.since is not None:
        facts["month"] = words.month(known.since)
    if known.count == 1:
        key = "projects.finding.one_since" if known.since else "projects.finding.one"
        return Sentence(key, facts, names)
    if known.count * 2 > known.total:
        key = "projects.finding.most_since" if known.since else "projects.finding.most"
    else:
        key = "projects.finding.few_since" if known.since else "projects.finding.few"
    return Sentence(key, facts, names if known.since else {})


def line(words: Words, congress: str, shown: Projects) -> Content:
    """Return whose projects these are, how many, and as of when."""
    rows = shown.carried()
    told: list[Component | str] = [data(words, congress), "｜", words("shell.cycle", year=str(shown.year))]
    if rows:
        told += ["｜", words.plural("projects.number", len(rows))]
    if cancelled := shown.cancelled():
        told += ["｜", words.plural("projects.cancelled", cancelled)]
    if shown.as_of is not None:
        told += ["｜", words("overview.as_of", day=words.day(shown.as_of))]
    return told


def views(words: Words, asked: Asked) -> Component:
    """Return the views as links, the one shown marked."""
    return choice_of_views(words, asked, VIEWS, "projects.view")


def narrowing(words: Words, asked: Asked, shown: Projects) -> Component:
    """Return the search and the filters; what a cycle does not have cannot be chosen."""
    rows = shown.rows
    stages = {name: words(f"projects.stage.{name}") for name in STAGES if any(r.stage == name for r in rows)}
    lights = {
        name: words(f"light.{name}") for name in LIGHTS if any(r.light == name for r in shown.carried())
    }
    fields = [
        Filter("q", words("projects.search")),
        Filter("stage", words("projects.stage"), stages),
        Filter("light", words("projects.light"), lights),
        Filter("category", words("projects.category"), {row.category: row.category for row in rows}),
        Filter("department", words("projects.department"), departments(rows)),
        Filter(
            "place",
            words("projects.place"),
            {one.code: one.name_zh if words.is_chinese else one.name_en for one in shown.areas},
        ),
    ]
    return filters(words, asked, [one for one in fields if one.options or one.name == "q"], KEPT)


def departments(rows: tuple[Listed, ...]) -> Mapping[str, str]:
    """Return the departments that carry projects out, by their id."""
    return {row.department_id: row.department for row in rows if row.department_id and row.department}


def month_span(words: Words, months: tuple[date, ...]) -> str:
    """Return the first and the last month of a row of months."""
    if not months:
        return "—"
    return words("projects.span", first=words.month(months[0]), last=words.month(months[-1]))
