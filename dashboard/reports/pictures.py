"""Pictures that somebody uploads: decoded whole and written anew, so that nothing but a picture is kept."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from dashboard.rules.refused import Refused

LARGEST = 8 * 1024 * 1024
# An A4 page at 600 dots per inch has 35 million.
MOST_PIXELS = 40_000_000
# 300 dots per inch on the long side of A4: what is larger is made smaller.
LONGEST_SIDE = 3508
FORMATS = ("JPEG", "PNG")
PDF = b"%PDF-"


def scanned(raw: bytes) -> bytes:
    """Return a scan as a plain JPEG without metadata; refuse what is no whole picture, or one that would fill memory.

    The size is looked at before anything is decoded: a small file can unfold to gigabytes.
    """
    if len(raw) > LARGEST:
        raise Refused("too_large", limit=LARGEST // 1024)
    if raw.lstrip()[:5] == PDF:
        raise Refused("scan_pdf")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Refused("scan_pixels", most=MOST_PIXELS // 1_000_000)
                opened.load()
                picture = ImageOps.exif_transpose(opened)
                plain = _on_white(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("scan_pixels", most=MOST_PIXELS // 1_000_000) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("scan_no_picture") from error
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=85)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency, which a JPEG has not: paper is white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        white = Image.new("RGB", seen.size, "white")
        white.paste(seen, mask=seen.getchannel("A"))
        return white
    return picture.convert("RGB")
