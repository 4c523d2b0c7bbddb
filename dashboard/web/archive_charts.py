"""The cards of the archive's comparisons: the finding by rule, the bars, the table behind them, the source."""

from dash.development.base_component import Component

from dashboard.figures import archive_bars
from dashboard.figures.year_bars import summarise_years, year_bars
from dashboard.i18n import Words
from dashboard.rules.archive import usual_ratio
from dashboard.rules.archive_frames import Kinds, KindShare, KindYears, Ratio
from dashboard.rules.rates import rate
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.graph import graph
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import Sentence, data, printed


def kinds_card(kinds: Kinds, words: Words, theme: str, narrow: bool, span: str) -> Component:
    """Return the projects by kind; `span` are the years that they are of."""
    figure = archive_bars.kind_bars(kinds, words, theme, narrow)
    summary = archive_bars.summarise_kinds(kinds, words)
    columns = [Column(words(f"archive.kinds.table.{name}"), number=name != "kind") for name in
               ("kind", "elected", "other", "share")]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            words(f"archive.kind.{row.kind}"),
            words.count(row.elected),
            words.count(row.other),
            archive_bars.share_text(row.elected, kinds.elected, words),
        ]
        for row in kinds.rows
    ]
    line = words("archive.kinds.line", guessed=words.count(kinds.guessed), unknown=words.count(kinds.unknown))
    return card(
        printed(words, _kinds_finding(words, kinds)),
        graph("archive-kinds", figure, words, summary, figure["layout"]["height"]),
        line,
        foot=foot(words, words("archive.source", span=span), (), folded_table(columns, rows, summary)),
    )


def _kinds_finding(words: Words, kinds: Kinds) -> Sentence:
    """Return which two kinds are chosen most, where they are more than a third together."""
    first, second = kinds.rows[:2] if len(kinds.rows) > 1 else (None, None)
    if first is None or second is None or 3 * (first.elected + second.elected) < kinds.elected:
        return Sentence("archive.kinds.title")
    facts = {
        "first": words(f"archive.kind.{first.kind}"),
        "second": words(f"archive.kind.{second.kind}"),
        "share": archive_bars.share_text(first.elected + second.elected, kinds.elected, words),
        "n": words.count(kinds.elected),
    }
    return Sentence("archive.kinds.finding", facts)


def ratios_card(ratios: tuple[Ratio, ...], words: Words, theme: str, narrow: bool, span: str) -> Component:
    """Return candidates and places of the published votes."""
    figure = archive_bars.ratio_bars(ratios, words, theme, narrow)
    summary = archive_bars.summarise_ratios(ratios, words)
    columns = [Column(words(f"archive.ratios.table.{name}"), number=name != "place") for name in
               ("place", "year", "candidates", "chosen", "ratio")]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            data(words, one.place),
            str(one.year or ""),
            words.count(one.candidates),
            words.count(one.chosen),
            archive_bars.ratio_text(one),
        ]
        for one in ratios
    ]
    return card(
        _ratios_finding(words, ratios),
        graph("archive-ratios", figure, words, summary, figure["layout"]["height"]),
        words("archive.ratios.line"),
        foot=foot(words, words("archive.source", span=span), (), folded_table(columns, rows, summary)),
    )


def _ratios_finding(words: Words, ratios: tuple[Ratio, ...]) -> str:
    usual = usual_ratio(ratios)
    if usual is None:
        return words("archive.ratios.title")
    candidates, chosen, times = usual
    return words(
        "archive.ratios.finding",
        pair=words("archive.pair", candidates=words.count(candidates), chosen=words.count(chosen)),
        times=words.count(times),
        n=words.count(len(ratios)),
    )


def shares_card(
    kind: str, shares: tuple[KindShare, ...], words: Words, theme: str, narrow: bool, span: str
) -> Component:
    """Return the share of one kind among the projects of each place and year."""
    figure = archive_bars.kind_share_bars(shares, words, theme, narrow)
    summary = archive_bars.summarise_shares(kind, shares, words)
    columns = [Column(words(f"archive.shares.table.{name}"), number=name != "place") for name in
               ("place", "year", "count", "total", "share")]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            data(words, one.place),
            str(one.year or ""),
            words.count(one.count),
            words.count(one.total),
            words.share(rate(one.count, one.total)),
        ]
        for one in shares
    ]
    return card(
        printed(words, _shares_finding(words, kind, shares)),
        graph("archive-shares", figure, words, summary, figure["layout"]["height"]),
        words("archive.shares.line"),
        foot=foot(words, words("archive.source", span=span), (), folded_table(columns, rows, summary)),
    )


def _shares_finding(words: Words, kind: str, shares: tuple[KindShare, ...]) -> Sentence:
    """Return where a kind has the highest share, where one place alone has it."""
    named = words(f"archive.kind.{kind}")
    top = rate(shares[0].count, shares[0].total)
    highest = [one for one in shares if rate(one.count, one.total) == top]
    if len(highest) != 1:
        return Sentence("archive.shares.title", {"kind": named})
    one = highest[0]
    facts = {
        "kind": named,
        "year": str(one.year or ""),
        "n": words.count(one.count),
        "total": words.count(one.total),
    }
    return Sentence("archive.shares.finding", facts, {"place": one.place})


def years_card(frame: KindYears, words: Words, theme: str, narrow: bool) -> Component:
    """Return one place's projects by kind, year against year."""
    figure = year_bars(frame, words, theme, narrow)
    summary = summarise_years(frame, words)
    columns = [Column(words("years.kind")), *(Column(str(year), number=True) for year in frame.years)]
    rows: list[list[Cell]] = [
        [words(f"archive.kind.{kind}"), *(words.count(count) for count in counts)]
        for kind, counts in frame.rows
    ]
    span = words("archive.span", first=frame.years[0], last=frame.years[-1])
    return card(
        printed(words, _years_finding(words, frame)),
        graph("archive-years", figure, words, summary, figure["layout"]["height"]),
        words("years.line"),
        foot=foot(words, words("archive.source", span=span), (), folded_table(columns, rows, summary)),
    )


def _years_finding(words: Words, frame: KindYears) -> Sentence:
    """Return which kind grew most from the year before to the last one."""
    grown = frame.grown()
    if grown is None:
        return Sentence("years.title", names={"place": frame.place})
    kind, before, after = grown
    facts = {
        "year": str(frame.years[-1]),
        "kind": words(f"archive.kind.{kind}"),
        "before": words.count(before),
        "after": words.count(after),
    }
    return Sentence("years.finding", facts)
