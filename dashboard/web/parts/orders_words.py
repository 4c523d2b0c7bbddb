"""What wishes came to in one sentence, and what became of one of them."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.order_frames import STEPS, Collecting, Funnel, Line, Picture, Wanted, Wish
from dashboard.web.asked import Asked
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import Sentence, data

CHANNELS = ("web", "phone", "station", "letter", "visit")
STATES = ("received", "merged", "reserve", "candidate", "answered")


def picture_finding(words: Words, shown: Picture) -> Sentence:
    """Return how far the wishes of a cycle have come: collected, merged, candidates, chosen; as far as is known."""
    funnel = shown.funnel
    facts = {name: words.count(getattr(funnel, name)) for name in STEPS} | {"year": str(shown.year)}
    if funnel.collected is None:
        return Sentence("orders.finding.none", facts)
    if funnel.candidates is None or funnel.merged is None:
        running = shown.collecting is not None and shown.collecting.state == "running"
        return Sentence("orders.finding.running" if running else "orders.finding.collected", facts)
    return Sentence("orders.finding.candidates" if funnel.chosen is None else "orders.finding.chosen", facts)


def funnel_finding(words: Words, funnel: Funnel) -> str:
    """Return how much choice the deputies had: candidates to places, as the differential ratio says it."""
    if not funnel.candidates or not funnel.chosen:
        return words("orders.funnel")
    hundredths = (funnel.candidates * 200 + funnel.chosen) // (funnel.chosen * 2)
    return words(
        "orders.funnel.ratio",
        candidates=words.count(funnel.candidates),
        chosen=words.count(funnel.chosen),
        ratio=f"{hundredths // 100}.{hundredths % 100:02}",
    )


def list_finding(words: Words, shown: Picture, wanted: Wanted, total: int) -> Sentence:
    """Return what a list holds: the wishes behind a candidate, those that were asked for, or all."""
    facts = {"n": words.count(total), "year": str(shown.year)}
    line = next((one for one in shown.candidates if one.number == wanted.candidate), None)
    if line is not None:
        return Sentence("orders.list.behind", facts | {"number": str(line.number)}, {"name": line.name})
    if wanted == Wanted(category=wanted.category, sort=wanted.sort) and wanted.category:
        return Sentence("orders.list.of", facts, {"name": wanted.category})
    if wanted == Wanted(area=wanted.area, sort=wanted.sort) and wanted.area:
        # The name of an area stands in the language of the page.
        area = next(one.name for one in shown.areas if one.key == wanted.area)
        return Sentence("orders.list.of", facts | {"name": area})
    return Sentence("orders.list.found" if wanted != Wanted(sort=wanted.sort) else "orders.list.all", facts)


def span(words: Words, days: Collecting) -> str:
    """Return the days of collecting."""
    return words("orders.span", opens=words.day(days.opens), closes=words.day(days.closes))


def channel_word(words: Words, channel: str) -> Component | str:
    """Return how a wish came in; a way that this version does not know is printed as it is."""
    return words(f"orders.channel.{channel}") if channel in CHANNELS else data(words, channel)


def channel_text(words: Words, channel: str) -> str:
    """Return how a wish came in, for a choice."""
    return words(f"orders.channel.{channel}") if channel in CHANNELS else channel


def state_text(words: Words, state: str) -> str:
    """Return what becomes of wishes in a state, for a choice."""
    return words(f"orders.state.{state}") if state in STATES else state


def became(words: Words, here: Asked, wish: Wish) -> Component | str:
    """Return what became of one wish, with a link to those that went into the same candidate."""
    if wish.candidates and wish.state in {"candidate", "merged"}:
        key = "orders.became.candidate" if wish.state == "candidate" else "orders.became.into_candidate"
        links: list[Component | str] = []
        for number in wish.candidates:
            label = words(key, n=str(number))
            links += [*([words("summary.list")] if links else []), anchor(label, behind(here, number))]
        return html.Span(links)
    if wish.state == "merged" and wish.into is not None:
        return words("orders.became.into", n=words.count(wish.into))
    return state_text(words, wish.state) if wish.state in STATES else data(words, wish.state)


def behind(here: Asked, number: int) -> str:
    """Return the address of the wishes behind a candidate."""
    return f"{here.path}?candidate={number}"


def outcome_word(words: Words, line: Line) -> str:
    """Return what became of a candidate; before the announcement that is not known."""
    if line.project is not None:
        return words("orders.outcome.chosen", n=str(line.project))
    return words("orders.outcome.open") if line.state is None else words(f"orders.outcome.{line.state}")
