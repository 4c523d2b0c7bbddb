"""Money paid as bars against money planned as a step, both as shares of the year's sum."""

from datetime import date, timedelta
from typing import Any

from dashboard.figures.theme import CLEAR, THEMES, base_layout, fonts
from dashboard.i18n import Words
from dashboard.rules.progress import month_ends
from dashboard.rules.project_frames import Money

Figure = dict[str, Any]
HEIGHT = 176
# Half the width of a bar, in days.
_HALF = 9
# As far along the axis a label still has room beside its bar.
_BESIDE = 0.78
_LEFT, _RIGHT, _HEAD, _FOOT = 44, 14, 18, 26


def money_steps(
    money: Money, words: Words, theme: str, narrow: bool = False, under: Figure | None = None
) -> Figure:
    """Return the figure of one project's money; the y axis grows to the next 25 when more is paid than the sum.

    `under` is the progress curve that it stands under: its months then lie under the curve's. The two never share an
    axis: one tells shares of the task, the other shares of the year's sum.
    """
    tokens = THEMES[theme]
    paid = [
        (day, money.share(fen)) for day, fen in zip(money.days, money.paid, strict=True) if fen is not None
    ]
    planned = [
        (day, money.share(fen)) for day, fen in zip(money.days, money.planned, strict=True) if fen is not None
    ]
    top = -(-max([10_000, *(share for _, share in (*paid, *planned))]) // 2_500) * 2_500
    start = money.days[0].replace(day=1)
    traces = [_bars(paid, tokens["bar2"])]
    if planned:
        traces.append(_step(start, planned, tokens["planned"]))
    traces.append(_told(money, words))
    size = 13 if narrow else 12
    axis = _months(start, money.days[-1], money.as_of, words, tokens)
    margin = {"l": _LEFT, "r": _RIGHT, "t": _HEAD + size // 2, "b": _FOOT, "pad": 0}
    if under is not None:
        own = under["layout"]
        axis |= {name: own["xaxis"][name] for name in ("range", "tickvals", "ticktext")}
        margin |= {"l": own["margin"]["l"], "r": own["margin"]["r"]}
    layout = {
        **base_layout(theme, narrow),
        "xaxis": axis,
        "yaxis": _shares(top, tokens),
        "height": HEIGHT,
        "margin": margin,
        "hovermode": "x",
        "annotations": _notes(paid, planned, axis, words, theme, narrow),
        "shapes": [],
    }
    return {"data": traces, "layout": layout}


def _bars(paid: list[tuple[date, int]], color: str) -> Figure:
    """Draw a bar at each month's end, all as one shape: the drawing of the server knows lying bars only."""
    xs: list[str | None] = []
    ys: list[float | None] = []
    for day, share in paid:
        left, right = (day + timedelta(days=shift) for shift in (-_HALF, _HALF))
        xs += [
            left.isoformat(),
            left.isoformat(),
            right.isoformat(),
            right.isoformat(),
            left.isoformat(),
            None,
        ]
        ys += [0, share / 100, share / 100, 0, 0, None]
    return {"type": "scatter", "mode": "lines", "x": xs[:-1], "y": ys[:-1], "fill": "toself", "fillcolor": color,
            "line": {"width": 0, "color": color}, "hoverinfo": "skip", "cliponaxis": False}  # fmt: skip


def _step(start: date, planned: list[tuple[date, int]], color: str) -> Figure:
    days = [start.isoformat(), *(day.isoformat() for day, _ in planned)]
    shares = [0, *(share / 100 for _, share in planned)]
    return {"type": "scatter", "mode": "lines", "x": days, "y": shares, "hoverinfo": "skip", "cliponaxis": False,
            "line": {"color": color, "width": 1.6, "shape": "hv"}}  # fmt: skip


def _told(money: Money, words: Words) -> Figure:
    """Carry the words of each month for whoever points at it."""
    texts = []
    for day, planned, paid in zip(money.days, money.planned, money.paid, strict=True):
        parts = [f"<b>{words.month(day)}</b>"]
        if paid is not None:
            parts.append(
                words("project.money.hover_paid", sum=words.money(paid), share=words.share(money.share(paid)))
            )
        if planned is not None:
            share = words.share(money.share(planned))
            parts.append(words("project.money.hover_planned", sum=words.money(planned), share=share))
        texts.append("<br>".join(parts))
    known = [
        money.share(paid if paid is not None else planned or 0) / 100
        for planned, paid in zip(money.planned, money.paid, strict=True)
    ]
    count = len(texts)
    return {"type": "scatter", "mode": "markers", "x": [day.isoformat() for day in money.days], "y": known,
            "customdata": texts, "hovertemplate": "%{customdata}<extra></extra>", "cliponaxis": False,
            "marker": {"size": [0] * count, "color": CLEAR, "opacity": 1, "line": {"width": 0}}}  # fmt: skip


def _months(start: date, end: date, bold: date | None, words: Words, tokens: Any) -> Figure:
    ends = list(month_ends(start, end))
    step = 3 * -(-len(ends) // 15)
    shown = [day for day in ends if day.month % step == 0 or (step > 12 and day.month == 12)]
    texts = [
        f'<b style="color:{tokens["ink"]}">{words.month(day)}</b>' if day == bold else words.month(day)
        for day in shown
    ]
    last = end + timedelta(days=_HALF + 3)
    return {
        "type": "date", "range": [start.isoformat(), last.isoformat()], "tickangle": 0,
        "tickvals": [day.isoformat() for day in shown], "ticktext": texts, "tickfont": {"color": tokens["ink3"]},
        "ticks": "outside", "ticklen": 4, "tickcolor": tokens["axis"], "linecolor": tokens["axis"],
        "showgrid": False, "zeroline": False, "fixedrange": True,
    }  # fmt: skip


def _shares(top: int, tokens: Any) -> Figure:
    levels = range(0, top + 1, 5_000)
    texts = [f"{level // 100}" for level in levels]
    texts[0] += "%"
    texts[-1] += "%"
    return {
        "range": [0, top / 100], "tickvals": [level / 100 for level in levels], "ticktext": texts,
        "tickfont": {"color": tokens["ink3"]}, "gridcolor": tokens["grid"], "zeroline": False, "fixedrange": True,
        "ticks": "", "ticklabelstandoff": 6,
    }  # fmt: skip


def _notes(
    paid: list[tuple[date, int]],
    planned: list[tuple[date, int]],
    axis: Figure,
    words: Words,
    theme: str,
    narrow: bool,
) -> list[Figure]:
    """Name what was paid at its last bar, and what was planned for that month left of the step.

    Late in the year there is no room beside the bar: both stand in the free upper left.
    """
    if not paid:
        return []
    face, (day, share) = fonts(theme, narrow), paid[-1]
    due = next((level for at, level in reversed(planned) if at <= day), None)
    own = f"<b>{words('project.money.paid', share=words.share(share))}</b>"
    asked = words("project.money.planned", share=words.share(due)) if due is not None else ""
    first, last = (date.fromisoformat(one) for one in axis["range"])
    if (day - first).days > _BESIDE * (last - first).days:
        ink = THEMES[theme]["ink2"]
        text = f'{own}<br><span style="color:{ink}">{asked}</span>' if asked else own
        return [
            _note(
                {"xref": "paper", "x": 0, "yref": "paper", "y": 1},
                text,
                face["actual"],
                ("left", "top"),
                (6, 0),
            )
        ]
    over = due is None or share >= due
    spot = {"x": day.isoformat(), "y": share / 100}
    if over:
        return [_note(spot, own, face["actual"], ("right", "bottom"), (10, 4))]
    left = {"x": day.isoformat(), "y": (due or 0) / 100}
    return [
        _note(spot, own, face["actual"], ("left", "top"), (12, 4)),
        _note(left, asked, face["ink2"], ("right", "bottom"), (-4, 2)),
    ]


def _note(spot: Figure, text: str, font: Any, sides: tuple[str, str], shift: tuple[int, int]) -> Figure:
    return {**spot, "text": text, "font": font, "showarrow": False, "align": sides[0], "xanchor": sides[0],
            "yanchor": sides[1], "xshift": shift[0], "yshift": shift[1]}  # fmt: skip
