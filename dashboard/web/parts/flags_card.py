"""流动红旗、黄牌 as a card: who holds a flag, who is given a card, by which deviation."""

from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.queries.flags import Flagged, Flags
from dashboard.rules.flags import RED_FLAG
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.table import Cell, Column, scrolled, table
from dashboard.web.parts.text import data

HEADS = ("department", "projects", "gap", "flag")


def flags_card(words: Words, known: Flags) -> Component:
    """Return the departments of the last period; only what a flag or a card is given to is marked."""
    if known.month is None or not known.rows:
        return card(words("flags.title"), empty(words("flags.none"), words("flags.none.since")))
    columns = [Column(words(f"flags.{head}"), number=head in {"projects", "gap"}) for head in HEADS]
    rows: list[list[Cell]] = [_row(words, one) for one in known.rows]
    title = words("flags.title")
    return card(
        title, scrolled(table(columns, rows, title), title), words("flags.line", day=words.day(known.month))
    )


def _row(words: Words, one: Flagged) -> list[Cell]:
    flag: Cell = "—"
    if one.flag is not None:
        flag = toned(words(f"flags.{one.flag}"), "green" if one.flag == RED_FLAG else "amber")
    return [data(words, one.name), words.count(one.projects), words.gap(one.gap), flag]
