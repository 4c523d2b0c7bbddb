"""One place's projects by kind, year against year: a bar for each year, named at its end and not in a legend."""

from typing import Any

from dashboard.figures.theme import CLEAR, SIZE, SIZE_NARROW, THEMES, base_layout
from dashboard.i18n import Words
from dashboard.rules.archive_frames import KindYears

Figure = dict[str, Any]
# To compare places or years, at most four (design, categorical); the latest year is the strongest.
HUES = {
    "light": ("#1A4F8B", "#B8740A", "#2F9C95", "#5A1A44"),
    "dark": ("#86B8F0", "#F0C36A", "#3FA79C", "#A85084"),
    # The drawing of the server takes the page's own inks; the years are named anyway.
    "untold": ("var(--bar)", "var(--amber)", "var(--green)", "var(--promised)"),
}
BAR, GAP = 17, 14
_NAMES, _RIGHT, _EDGE = 132, 76, 8


def year_bars(frame: KindYears, words: Words, theme: str, narrow: bool = False) -> Figure:
    """Return the bars, the kind with the most projects on top, within a kind the oldest year on top."""
    tokens, many = THEMES[theme], len(frame.years)
    row = BAR * many + GAP
    places = list(range(len(frame.rows)))
    traces = [_year(frame, number, row, words, theme) for number in range(many)]
    size, short = (SIZE_NARROW, "short.") if narrow else (SIZE, "")
    layout = {
        **base_layout(theme, narrow),
        "xaxis": {"range": [0, max(frame.most(), 1)], "visible": False, "fixedrange": True},
        "yaxis": {"range": [len(places) - 0.5, -0.5], "fixedrange": True, "tickmode": "array", "tickvals": places,
                  "ticktext": [words(f"archive.kind.{short}{kind}") for kind, _ in frame.rows], "ticks": "",
                  "tickfont": {"color": tokens["ink"], "size": size}, "showgrid": False, "zeroline": False,
                  "gridcolor": CLEAR, "ticklabelstandoff": 4},
        "height": row * len(places) + 2 * _EDGE,
        "margin": {"l": 104 if narrow else _NAMES, "r": _RIGHT, "t": _EDGE, "b": _EDGE, "pad": 0},
        "barmode": "overlay",
        "bargap": 0,
        "hovermode": False,
        "annotations": [],
        "shapes": [],
    }  # fmt: skip
    return {"data": traces, "layout": layout}


def summarise_years(frame: KindYears, words: Words) -> str:
    """Return the bars in words: each kind with its count of every year."""
    listed = words("summary.list")
    parts = [
        words(
            "years.told", kind=words(f"archive.kind.{kind}"), counts=listed.join(_told(frame, counts, words))
        )
        for kind, counts in frame.rows
    ]
    title = words("years.title", place=frame.place)
    return words("summary.head", title=title, rest=words("summary.between").join(parts))


def _told(frame: KindYears, counts: tuple[int, ...], words: Words) -> list[str]:
    return [
        words("years.bar", n=words.count(n), year=str(year))
        for year, n in zip(frame.years, counts, strict=True)
    ]


def _year(frame: KindYears, number: int, row: int, words: Words, theme: str) -> Figure:
    """Draw the bars of one year, each a lane below that of the year before; none has a number too."""
    many = len(frame.years)
    lane = (number - (many - 1) / 2) * BAR / row
    counts = [counts[number] for _, counts in frame.rows]
    hue = HUES[theme][(many - 1 - number) % len(HUES[theme])]
    width = (BAR - 4) / row
    return {
        "type": "bar", "orientation": "h", "x": counts, "y": [place + lane for place in range(len(counts))],
        "width": width, "offset": -width / 2, "marker": {"color": hue, "line": {"width": 0}},
        "text": [words("years.bar", n=words.count(n), year=str(frame.years[number])) for n in counts],
        "textposition": "outside", "textfont": {"color": THEMES[theme]["ink2"]}, "constraintext": "none",
        "cliponaxis": False, "hoverinfo": "skip",
    }  # fmt: skip
