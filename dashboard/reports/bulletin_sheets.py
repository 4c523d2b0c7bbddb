"""The monthly bulletin (通报) as .xlsx: ranking, money, late reports, decisions, curves, a sheet each.

Every text goes into its cell as text: what begins with = + - or @ is read, never run. Numbers are numbers: shares as
per cent, money in 万元. Each sheet, and each page printed of it, says whose it is and whether it is simulated.
"""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook

from dashboard.figures.summary import summarise_curve
from dashboard.i18n import DEFAULT, Words, words
from dashboard.reports.bulletin_documents import HEADS, curve_picture, title_of
from dashboard.reports.chart_pixels import SCALE, png_of
from dashboard.rules.bulletins import Bulletin
from dashboard.rules.progress import WHOLE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEN_IN_WAN = 1_000_000
# A text is text, whatever it begins with.
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
SHARE, MONEY, DAY, COUNT = "0.00%", "#,##0.00####", "yyyy-mm-dd", "0"
FORMATS = (SHARE, MONEY, DAY, COUNT)
# What a sheet's first rows are: title, whose and of when, 模拟数据 or actual, where it comes from; then the heads.
HEAD_ROW = 4
# As many rows of a sheet as one curve is high, and a gap.
PICTURE_ROWS = 27
Cell = tuple[Any, str | None]
Table = tuple[str, Sequence[str], Sequence[Sequence[Cell]]]


def bulletin_xlsx(found: Bulletin) -> bytes:
    """Return the bulletin as a workbook."""
    language, out = words(DEFAULT), io.BytesIO()
    book = Workbook(out, PLAIN)
    title = title_of(language, found)
    # The same rows give the same file, whenever it is made.
    made = datetime(found.as_of.year, found.as_of.month, found.as_of.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "author": found.congress, "created": made})
    styles = {name: book.add_format({"num_format": name, "border": 1}) for name in FORMATS}
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    bold = book.add_format({"bold": True})
    mark = language("tag.simulated") if found.simulated else language("data.own")
    for make in TABLES:
        name, heads, rows = make(language, found)
        sheet = book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, HEAD_ROW)
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        sheet.set_header(f"&L{_plain(found.congress)}&R{_plain(mark)}")
        sheet.set_footer("&C&P/&N")
        sheet.set_column(0, len(heads) - 1, 16)
        about = (title, f"{found.congress}  {language.day(found.as_of)}", mark, language("bulletin.source"))
        for place, line in enumerate(about):
            sheet.write_string(place, 0, line, bold if place == 0 else None)
        for column, word in enumerate(heads):
            sheet.write_string(HEAD_ROW, column, word, head)
        for place, row in enumerate(rows, start=HEAD_ROW + 1):
            for column, (value, style) in enumerate(row):
                _write(sheet, (place, column), value, text if style is None else styles[style])
    if found.curves:
        _curves(book, language, found)
    book.close()
    return out.getvalue()


def _curves(book: Workbook, language: Words, found: Bulletin) -> None:
    """Add the sheet of curves, as pictures under one another; each says itself whether it is simulated."""
    sheet = book.add_worksheet(language("bulletin.sheet.curves"))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")
    for number, curve in enumerate(found.curves):
        picture = curve_picture(language, found, curve)
        sheet.insert_image(
            number * PICTURE_ROWS, 0, f"{number + 1}.png",
            {"image_data": io.BytesIO(png_of(picture)), "x_scale": 1 / SCALE, "y_scale": 1 / SCALE,
             "description": summarise_curve(curve, language)},
        )  # fmt: skip


def _write(sheet: Any, where: tuple[int, int], value: Any, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(*where, None, style)
    elif isinstance(value, str):
        sheet.write_string(*where, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(*where, value, style)
    else:
        sheet.write_number(*where, float(value), style)


def _plain(text: str) -> str:
    """Return a text as a page's head takes it: there & begins a command."""
    return text.replace("&", "&&")


def _ranking(language: Words, found: Bulletin) -> Table:
    rows = []
    for place, one in enumerate(found.ranked, start=1):
        row = one.standing
        rows.append(
            [
                (place, COUNT), (row.name, None), (row.department, None), (_share(row.planned), SHARE),
                (_share(row.actual), SHARE), (_share(row.gap), SHARE),
                (language(f"light.short.{row.light}"), None), (row.months_behind, COUNT),
            ]
        )  # fmt: skip
    return language("bulletin.sheet.ranking"), _heads(language, *HEADS), rows


def _money(language: Words, found: Bulletin) -> Table:
    rows = [
        [
            (one.standing.name, None), (_wan(one.budget), MONEY), (_wan(one.paid), MONEY),
            (_share(_paid_share(one.paid, one.budget)), SHARE),
        ]
        for one in sorted(found.ranked, key=lambda one: one.standing.number)
    ]  # fmt: skip
    return language("bulletin.sheet.money"), _heads(language, "project", "budget", "paid", "paid_share"), rows


def _late(language: Words, found: Bulletin) -> Table:
    rows = [
        [
            (one.project, None), (one.department, None), (one.due, DAY), (one.days, COUNT),
            (language("bulletin.came" if one.has_come else "bulletin.absent"), None),
        ]
        for one in found.late
    ]  # fmt: skip
    return (
        language("bulletin.sheet.late"),
        _heads(language, "project", "department", "due", "days", "come"),
        rows,
    )


def _decided(language: Words, found: Bulletin) -> Table:
    rows = [
        [(one.day, DAY), (one.project, None), (one.what, None), (one.document, None)]
        for one in found.decisions
    ]
    return language("bulletin.sheet.decided"), _heads(language, "day", "project", "what", "document"), rows


def _heads(language: Words, *names: str) -> list[str]:
    return [language(f"bulletin.column.{name}") for name in names]


def _share(points: int | None) -> float | None:
    return None if points is None else points / WHOLE


def _wan(fen: int | None) -> float | None:
    return None if fen is None else fen / FEN_IN_WAN


def _paid_share(paid: int | None, budget: int | None) -> int | None:
    return None if paid is None or not budget else round(Fraction(paid * WHOLE, budget))


TABLES: tuple[Callable[[Words, Bulletin], Table], ...] = (_ranking, _money, _late, _decided)
