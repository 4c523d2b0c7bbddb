"""PDFs that somebody uploads: looked through, not written anew; what can act by itself is refused.

What is checked: how the file begins and ends, its size, that it is not encrypted, and that nothing in it, packed
objects included, names a script, a launch, an embedded file, a form that sends itself away, or other media. What is
not: the pictures and fonts within, which only a viewer reads. So a PDF is always handed out to be saved, never opened
within a page of ours.
"""

import re
import zlib
from collections.abc import Iterator

from dashboard.rules.refused import Refused

BEGINS, ENDS = b"%PDF-", b"%%EOF"
TAIL = 2_048
# Unfolded, the packed objects of a report of many pages take some megabytes.
MOST_UNFOLDED = 64 * 1024 * 1024
# A name may be written with its letters as #xx.
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n?")
_AFTER = rb"(?=[\s/<>\[\](){}%\x00]|$)"
# Looked for in every byte: what pretends to be a stream is no hiding place, and no picture has these by chance.
_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|Filespec|RichMedia|Movie|Sound|Rendition|SubmitForm|ImportData)"
    + _AFTER
)
# Too short for that: looked for outside of streams.
_SHORT = re.compile(rb"/(JS|XFA|GoToR|GoToE)" + _AFTER)
_PACKED = re.compile(rb"/ObjStm" + _AFTER)
_FILTER = re.compile(rb"/(\w+Decode)" + _AFTER)
_ENCRYPTED = re.compile(rb"/Encrypt" + _AFTER)


def checked_pdf(raw: bytes) -> bytes:
    """Return a PDF as it came, or refuse it."""
    if not raw.startswith(BEGINS) or ENDS not in raw[-TAIL:]:
        raise Refused("attachment_pdf_broken")
    plain = _named(raw)
    if _ENCRYPTED.search(plain):
        raise Refused("attachment_pdf_locked")
    _refuse_active(plain, _ACTIVE)
    left, hidden = MOST_UNFOLDED, len(_PACKED.findall(plain))
    for body, packed in _parts(raw):
        _refuse_active(_named(body), _SHORT)
        if packed is not None:
            unfolded = _unfolded(packed, left)
            left, hidden = left - len(unfolded), hidden - 1
            _refuse_active(_named(unfolded), _ACTIVE, _SHORT)
    if hidden:
        raise Refused("attachment_pdf_locked")
    return raw


def _refuse_active(plain: bytes, *patterns: re.Pattern[bytes]) -> None:
    if any(pattern.search(plain) for pattern in patterns):
        raise Refused("attachment_pdf_active")


def _parts(raw: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield what stands outside of streams, each part with the stream behind it where that holds packed objects.

    A stream of packed objects that we cannot unfold is refused: nobody could say what it holds.
    """
    at = 0
    for opening in _STREAM.finditer(raw):
        if opening.start() < at:
            continue
        end = raw.find(b"endstream", opening.end())
        if end < 0:
            break
        body = raw[at : opening.start()]
        head = _named(body[body.rfind(b"obj") :])
        is_packed = _PACKED.search(head) is not None
        if is_packed and _FILTER.findall(head) not in ([], [b"FlateDecode"]):
            raise Refused("attachment_pdf_locked")
        packed = raw[opening.end() : end] if is_packed else None
        yield body, packed if packed is None or _FILTER.search(head) else zlib.compress(packed)
        at = end
    yield raw[at:], None


def _unfolded(packed: bytes, most: int) -> bytes:
    unfolder = zlib.decompressobj()
    try:
        unfolded = unfolder.decompress(packed, max(most, 1))
    except zlib.error as error:
        raise Refused("attachment_pdf_broken") from error
    if unfolder.unconsumed_tail:
        raise Refused("attachment_pdf_broken")
    return unfolded


def _named(body: bytes) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), body)
