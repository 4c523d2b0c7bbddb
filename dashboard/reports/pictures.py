"""Pictures that somebody uploads: decoded whole and written anew, so that nothing but a picture is kept.

Where it was taken, by which camera and whatever else stands beside the picture is dropped; it is turned as the camera
was held. The size is looked at before anything is decoded: a small file can unfold to gigabytes.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, UnidentifiedImageError

from dashboard.rules.refused import Refused

LARGEST = 8 * 1024 * 1024
# An A4 page at 600 dots per inch has 35 million.
MOST_PIXELS = 40_000_000
# 300 dots per inch on the long side of A4: what is larger is made smaller.
LONGEST_SIDE = 3508
FORMATS = ("JPEG", "PNG")
PDF = b"%PDF-"
# A telephone's camera takes 48 or 50 million at its finest.
MOST_PHOTO_PIXELS = 50_000_000
LONGEST_PHOTO_SIDE, LONGEST_PREVIEW_SIDE = 2560, 320
PHOTO_FORMATS = ("JPEG", "PNG", "WEBP")


def scanned(raw: bytes) -> bytes:
    """Return a scan as a plain JPEG without metadata; refuse what is no picture, or one that would fill memory."""
    if len(raw) > LARGEST:
        raise Refused("too_large", limit=LARGEST // 1024)
    if raw.lstrip()[:5] == PDF:
        raise Refused("scan_pdf")
    with _refusing("scan_no_picture", "scan_pixels", MOST_PIXELS):
        return _written(_decoded(raw, FORMATS, MOST_PIXELS, LONGEST_SIDE), 85)


def photographed(raw: bytes) -> tuple[bytes, bytes]:
    """Return a photograph as a plain JPEG without metadata, and the same made small; refuse as `scanned` does."""
    with _refusing("attachment_no_picture", "attachment_pixels", MOST_PHOTO_PIXELS):
        picture = _decoded(raw, PHOTO_FORMATS, MOST_PHOTO_PIXELS, LONGEST_PHOTO_SIDE)
        whole = _written(picture, 85)
        picture.thumbnail((LONGEST_PREVIEW_SIDE, LONGEST_PREVIEW_SIDE))
        return whole, _written(picture, 80)


class _TooManyPixels(Exception):
    """A picture that would fill the memory."""


@contextmanager
def _refusing(no_picture: str, pixels: str, most: int) -> Iterator[None]:
    """Turn what a decoder raises into refusals."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (_TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(pixels, most=most // 1_000_000) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused(no_picture) from error


def _decoded(raw: bytes, formats: tuple[str, ...], most: int, longest: int) -> Image.Image:
    with Image.open(io.BytesIO(raw), formats=formats) as opened:
        if opened.width * opened.height > most:
            raise _TooManyPixels
        # A large JPEG is decoded at half or a quarter of its size where that is enough.
        opened.draft("RGB", (longest, longest))
        opened.load()
        plain = _on_white(ImageOps.exif_transpose(opened))
    plain.thumbnail((longest, longest))
    return plain


def _written(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency, which a JPEG has not: paper is white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        white = Image.new("RGB", seen.size, "white")
        white.paste(seen, mask=seen.getchannel("A"))
        return white
    return picture.convert("RGB")
