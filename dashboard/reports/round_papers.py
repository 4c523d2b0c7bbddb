"""Which papers are made of a round, and what each of their files is: made here, kept by commands/documents.py."""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from dashboard.commands.documents import Made
from dashboard.i18n import DEFAULT, words
from dashboard.reports.round_documents import DOCX, announcement_docx, minutes_docx, report_docx
from dashboard.reports.round_texts import announcement_text
from dashboard.rules import chain
from dashboard.rules.round_papers import ANNOUNCEMENT, ANNOUNCEMENT_TEXT, MINUTES, REPORT, RoundPaper

JSON = "application/json"


def made_papers(kind: str, paper: RoundPaper) -> tuple[Made, ...]:
    """Return the files of one kind of paper; an announcement also as the text that the page shows."""
    body = MAKERS[kind](paper)
    name = words(DEFAULT)(f"paper.file.{kind}", title=paper.title)
    file = Made(kind, f"{name}.docx", DOCX, body, _number(kind, paper))
    if kind != ANNOUNCEMENT:
        return (file,)
    text = chain.canonical(asdict(announcement_text(paper)))
    return (file, Made(ANNOUNCEMENT_TEXT, f"{name}.json", JSON, text, file.number))


def _number(kind: str, paper: RoundPaper) -> str | None:
    return announcement_text(paper).number or None if kind == ANNOUNCEMENT else None


MAKERS: Mapping[str, Callable[[RoundPaper], bytes]] = {
    ANNOUNCEMENT: announcement_docx,
    MINUTES: minutes_docx,
    REPORT: report_docx,
}
