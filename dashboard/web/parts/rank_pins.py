"""Which units a rank curve pins: as the address asks, by key or by name, at most four."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.judge_frames import RankChart, Ranked
from dashboard.rules.ranks import MOST_PINNED, telling
from dashboard.web.asked import Asked
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.text import aria, data, hidden

PIN, FIND, NOBODY = "pin", "find", "none"
KNOWN = {PIN: None, FIND: None}


@dataclass(frozen=True, slots=True)
class Pins:
    """The keys that are pinned; `met` are the units that a search met where it met several or found no room."""

    keys: tuple[str, ...]
    met: tuple[Ranked, ...] = ()
    sought: str = ""

    @property
    def full(self) -> bool:
        """Tell whether no other unit can be pinned."""
        return len(self.keys) >= MOST_PINNED

    def with_one(self, key: str) -> str:
        """Return what an address says to pin one more."""
        return ",".join((*self.keys, key))

    def without(self, key: str) -> str:
        """Return what an address says to pin one less; to pin nobody is said too, else the first ones come back."""
        return ",".join(one for one in self.keys if one != key) or NOBODY


def pins_asked(asked: Asked, lines: Sequence[Ranked]) -> Pins:
    """Return the pins of an address; one that names none pins what the curve is about."""
    known = {one.key: one for one in lines if one.name and one.into is None}
    given = asked.get(PIN)
    keys = [key for key in dict.fromkeys(given.split(",")) if key in known]
    if not given:
        keys = [one.key for one in telling([*known.values()])]
    keys = keys[:MOST_PINNED]
    sought = asked.get(FIND)
    if not sought:
        return Pins(tuple(keys))
    same = [one for one in known.values() if one.name == sought]
    met = same or [one for one in known.values() if any(sought in name for name in (one.name, *one.former))]
    if len(met) == 1 and (met[0].key in keys or len(keys) < MOST_PINNED):
        return Pins(tuple(dict.fromkeys([*keys, met[0].key])))
    return Pins(tuple(keys), tuple(met), sought)


def pin_bar(words: Words, asked: Asked, pins: Pins, chart: RankChart) -> Component:
    """Return the search, the pinned units with the way to let each go, and what a search met."""
    chips: list[Component] = [
        html.Li(
            anchor(
                [
                    data(words, one.name),
                    html.Span("\u00d7", **aria(hidden="true")),
                    hidden(words("rank.unpin")),
                ],
                asked.href(**{PIN: pins.without(one.key), FIND: None}),
                f"chip chip-{tone}",
            )
        )
        for one, tone in zip(chart.pinned, chart.tones, strict=True)
    ]
    count = html.Li(words("rank.pinned", n=len(chart.pinned), most=MOST_PINNED), className="secondary")
    key = html.P(
        [html.Span(className="fall-line", **aria(hidden="true")), words("rank.key")], className="fall-key"
    )
    bar = html.Div([_search(words, asked, pins, chart), html.Ul([*chips, count], className="chips"), key],
                   className="pin-bar")  # fmt: skip
    return html.Div([bar, *_met(words, asked, pins)])


def _search(words: Words, asked: Asked, pins: Pins, chart: RankChart) -> Component:
    names = html.Datalist([html.Option(value=one.name) for one in chart.listed if one.name], id="rank-units")
    find = dcc.Input(id="rank-find", name=FIND, value=pins.sought, type="search", list="rank-units",
                     className="control", maxLength=80, placeholder=words("rank.find"))  # fmt: skip
    kept = (
        [dcc.Input(type="hidden", name=PIN, value=",".join(pins.keys), id="rank-pinned")] if pins.keys else []
    )
    return html.Form(
        [
            html.Label(words("rank.find"), htmlFor="rank-find", className="visually-hidden"),
            find,
            names,
            *kept,
            html.Button(words("rank.pin"), type="submit", className="button"),
        ],
        className="filters rank-search",
        method="get",
        action=asked.path,
        role="search",
        **aria(label=words("rank.find")),
    )


def _met(words: Words, asked: Asked, pins: Pins) -> list[Component]:
    """Return what a search met: several units to choose from, none, or one more than there is room for."""
    if not pins.sought:
        return []
    if not pins.met:
        return [notice("grey", words("rank.find.none"), words("rank.find.none.do"))]
    if pins.full:
        return [notice("grey", words("rank.full", most=MOST_PINNED), words("rank.full.do"))]
    links = [
        html.Li(
            anchor(data(words, one.name), asked.href(**{PIN: pins.with_one(one.key), FIND: None}), "chip")
        )
        for one in pins.met[:12]
    ]
    return [html.Ul([html.Li(words("rank.find.met", n=len(pins.met)), className="secondary"), *links],
                    className="chips")]  # fmt: skip
