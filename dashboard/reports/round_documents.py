"""A round's papers as .docx, by the templates in data/templates, which follow GB/T 9704.

A template lays out, the words come from `round_texts` and `round_sheets`, so that paper and page say the same.
"""

import io
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.shared import Mm
from docx.table import Table
from docxtpl import DocxTemplate

from dashboard.config import ROOT
from dashboard.reports.round_sheets import minutes_text, report_text
from dashboard.reports.round_texts import announcement_text
from dashboard.rules.round_papers import Announcement, RoundPaper, Sheet

TEMPLATES = ROOT / "data" / "templates"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The width between the margins of GB/T 9704, in millimetres, shared out to the columns of results.
WIDTH = 156
NARROW, STATE, WHY = 15, 27, 44


def announcement_docx(paper: RoundPaper) -> bytes:
    """Return the announcement (公告) as a document."""
    return saved(filled("announcement.docx", paper.congress, announcement_text(paper)))


def minutes_docx(paper: RoundPaper) -> bytes:
    """Return the minutes of the vote (会议票决记录) as a document."""
    return _sheet("minutes.docx", paper, minutes_text(paper))


def report_docx(paper: RoundPaper) -> bytes:
    """Return the count report (计票结果报告单) as a document, with lines for signatures by hand."""
    return _sheet("count_report.docx", paper, report_text(paper))


def _sheet(template: str, paper: RoundPaper, text: Sheet) -> bytes:
    document = filled(template, paper.congress, text)
    set_widths(document.tables[0], columns_of(len(text.heads), text.reasoned))
    return saved(document)


def columns_of(many: int, with_reasons: bool) -> Sequence[int]:
    """Return the widths of a table of results in millimetres: place, name, numbers, state, reason."""
    ends = (STATE, WHY) if with_reasons else (STATE,)
    numbers = (NARROW,) * (many - 2 - len(ends))
    return (12, WIDTH - 12 - sum(numbers) - sum(ends), *numbers, *ends)


def filled(template: str, congress: str, text: Announcement | Sheet) -> Document:
    """Return a template filled with a text; its head names the congress, and 模拟数据 where that is so."""
    body = DocxTemplate(Path(TEMPLATES / template))
    facts: dict[str, Any] = asdict(text)
    facts["header"] = "  ".join(one for one in (congress, text.mark) if one)
    # Names are data: a sign of XML in one stays a sign.
    body.render(facts, autoescape=True)
    # Not get_docx(), which reads the template anew once it is rendered.
    document: Document = body.docx
    document.core_properties.title = text.title
    return document


def saved(document: Document) -> bytes:
    """Return a document as the bytes of its file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def set_widths(table: Table, widths: Sequence[int]) -> None:
    """Give each column its width: the template has one cell for however many there are."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
