"""What is attached to a report: small pictures that lead to the whole ones, PDFs by their names."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.report_form import MOST_ATTACHMENTS
from dashboard.rules.report_frames import Attached
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import carried, data

KILO = 1024


def file_list(
    words: Words, code: str, files: Sequence[Attached], into: str = "", detach: str | None = None
) -> Component:
    """Return files in their order; where there is a way to `detach` them, its answer comes `into` a place."""
    return html.Ul([_file(words, code, one, into, detach) for one in files], className="monthly-files")


def draft_files_list(words: Words, code: str, files: Sequence[Attached], *, kept: bool) -> list[Component]:
    """Return a draft's files; those of the version before can be taken off once it is kept."""
    return files_part(words, code, files, "report-files", f"/detach/{code}" if kept else None)


def files_part(
    words: Words, code: str, files: Sequence[Attached], into: str, detach: str | None
) -> list[Component]:
    """Return the files of what is still being written, with how many more may come."""
    room = words("report.files.room", n=words.count(len(files)), most=words.count(MOST_ATTACHMENTS))
    return [file_list(words, code, files, into, detach), html.P(room, className="help")]


def _file(words: Words, code: str, one: Attached, into: str, detach: str | None) -> Component:
    address = f"/attachment/{code}/{one.id}"
    shown: list[Component] = []
    if one.is_picture:
        picture = html.Img(src=f"{address}/preview", alt=words("report.files.picture", name=one.name))
        shown.append(anchor(picture, address, "file-picture", fresh=True))
    name: list[Component | str] = [data(words, one.name), html.Small(_size(words, one.size))]
    shown.append(anchor(html.Span(name), address, "file-name", fresh=True))
    if detach is not None:
        told: dict[str, Any] = carried(
            post=f"{detach}/{one.id}",
            into=into,
            told=f"{into}-told",
            sending=words("upload.sending"),
            lost=words("upload.lost"),
        )
        label = words("report.files.remove")
        shown.append(
            html.Button(label, type="button", className="button file-remove", title=one.name, **told)
        )
    return html.Li(shown)


def _size(words: Words, size: int) -> str:
    return words("report.files.size", kilo=words.count(-(-size // KILO)))
