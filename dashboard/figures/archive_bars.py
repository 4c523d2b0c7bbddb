"""The comparisons of the archive as bars: kinds of projects, candidates and places, the share of one kind."""

from typing import Any

from dashboard.figures.row_bars import Heads, RowBar, row_bars
from dashboard.i18n import Words
from dashboard.rules.archive_frames import Kinds, KindShare, Ratio
from dashboard.rules.rates import rate

Figure = dict[str, Any]


def kind_bars(kinds: Kinds, words: Words, theme: str, narrow: bool = False) -> Figure:
    """Return how many projects of each kind were voted in; those only listed or proposed stand behind, pale."""
    rows = [
        RowBar(
            words(f"archive.kind.{row.kind}"),
            "",
            (row.elected, row.other),
            (words.count(row.elected), words.count(row.other)),
            _counted(row.elected, kinds.elected, words, narrow),
            (
                words(f"archive.kind.{row.kind}"),
                words("archive.kinds.hover", elected=words.count(row.elected), other=words.count(row.other)),
            ),
        )
        for row in kinds.rows
    ]
    top = max([row.elected + row.other for row in kinds.rows], default=0) or 1
    heads = Heads(words("archive.kinds.bars"), words("archive.kinds.result"))
    return row_bars(rows, top, heads, theme, narrow)


def ratio_bars(ratios: tuple[Ratio, ...], words: Words, theme: str, narrow: bool = False) -> Figure:
    """Return candidates and places of each vote: what was chosen, and behind it, pale, what was not."""
    rows = [
        RowBar(
            one.place,
            str(one.year or ""),
            (one.chosen, one.candidates - one.chosen),
            (words.count(one.chosen), words.count(one.candidates - one.chosen)),
            words("archive.ratios.value", ratio=ratio_text(one), pair=pair_text(one, words)),
            (
                words("archive.place_year", place=one.place, year=str(one.year or "")),
                words("archive.ratios.hover", pair=pair_text(one, words), ratio=ratio_text(one)),
            ),
        )
        for one in ratios
    ]
    top = max([one.candidates for one in ratios], default=0) or 1
    heads = Heads(words("archive.ratios.bars"), words("archive.ratios.result"))
    return row_bars(rows, top, heads, theme, narrow)


def kind_share_bars(shares: tuple[KindShare, ...], words: Words, theme: str, narrow: bool = False) -> Figure:
    """Return which share a kind has among the projects of each place and year."""
    rows = [
        RowBar(
            one.place,
            str(one.year or ""),
            (one.count * 10_000 // one.total,),
            ("",),
            words(
                "archive.share_of",
                share=words.share(rate(one.count, one.total)),
                n=one.count,
                total=one.total,
            ),
            (
                words("archive.place_year", place=one.place, year=str(one.year or "")),
                words(
                    "archive.share_of",
                    share=words.share(rate(one.count, one.total)),
                    n=one.count,
                    total=one.total,
                ),
            ),
        )
        for one in shares
    ]
    heads = Heads(words("archive.shares.bars"), words("archive.shares.result"))
    return row_bars(rows, 10_000, heads, theme, narrow)


def share_text(count: int, total: int, words: Words) -> str:
    """Return a share of a total in words."""
    return words.share(rate(count, total))


def _counted(count: int, total: int, words: Words, narrow: bool) -> str:
    """Return a share of a total; on a phone with its count, which no bar has room for."""
    share = share_text(count, total, words)
    return words("archive.counted", n=words.count(count), share=share) if narrow else share


def pair_text(one: Ratio, words: Words) -> str:
    """Return candidates and places as they are spoken of."""
    return words("archive.pair", candidates=words.count(one.candidates), chosen=words.count(one.chosen))


def ratio_text(one: Ratio) -> str:
    """Return candidates for each place with two decimals, half up."""
    hundredths = (one.candidates * 200 + one.chosen) // (2 * one.chosen)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def summarise_kinds(kinds: Kinds, words: Words) -> str:
    """Return the kinds in words."""
    parts = [
        words("archive.kinds.summary", kind=words(f"archive.kind.{row.kind}"), n=words.count(row.elected))
        for row in kinds.rows
    ]
    return _sentence(words("archive.kinds.title"), parts, words)


def summarise_ratios(ratios: tuple[Ratio, ...], words: Words) -> str:
    """Return the votes in words."""
    parts = [
        words("archive.ratios.summary", place=one.place, year=str(one.year or ""), pair=pair_text(one, words))
        for one in ratios
    ]
    return _sentence(words("archive.ratios.title"), parts, words)


def summarise_shares(kind: str, shares: tuple[KindShare, ...], words: Words) -> str:
    """Return one kind's shares in words."""
    parts = [
        words(
            "archive.shares.summary",
            place=one.place,
            year=str(one.year or ""),
            n=one.count,
            total=one.total,
        )
        for one in shares
    ]
    title = words("archive.shares.title", kind=words(f"archive.kind.{kind}"))
    return _sentence(title, parts, words)


def _sentence(title: str, parts: list[str], words: Words) -> str:
    return words("summary.head", title=title, rest=words("summary.between").join(parts)) if parts else title
