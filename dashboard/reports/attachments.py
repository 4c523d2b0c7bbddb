"""What a department attaches to a report: pictures written anew, PDFs looked through, each under a safe name."""

import hashlib
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from dashboard.reports.pdf_checks import BEGINS, checked_pdf
from dashboard.reports.pictures import photographed
from dashboard.rules.refused import Refused

LARGEST_ATTACHMENT = 20 * 1024 * 1024
LONGEST_NAME = 80
JPEG, PDF = "image/jpeg", "application/pdf"
ENDINGS = {JPEG: ".jpg", PDF: ".pdf"}
# What the form lets choose; what comes is judged by its bytes, never by its name or by what a browser says of it.
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it is kept: its name and type are ours, its bytes those that were written anew or looked through."""

    name: str
    media_type: str
    body: bytes = field(repr=False)
    preview: bytes | None = field(default=None, repr=False)

    @property
    def digest(self) -> str:
        """Return the SHA-256 under which the file is kept."""
        return hashlib.sha256(self.body).hexdigest()


def taken(raw: bytes, name: str) -> Taken:
    """Return an uploaded file as it may be kept; refuse what is neither picture nor PDF, whatever its name."""
    if len(raw) > LARGEST_ATTACHMENT:
        raise Refused("too_large", limit=LARGEST_ATTACHMENT // 1024)
    if not raw:
        raise Refused("attachment_no_picture")
    if raw.startswith(BEGINS):
        return Taken(_safe(name, PDF), PDF, checked_pdf(raw))
    whole, preview = photographed(raw)
    return Taken(_safe(name, JPEG), JPEG, whole, preview)


def _safe(name: str, media_type: str) -> str:
    """Return a file's name without folders and without signs that are not seen, with the ending of what it is."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '/:*?"<>|')
    stem = seen.rpartition(".")[0] or seen
    return (stem.strip(" .")[:LONGEST_NAME] or "1") + ENDINGS[media_type]
