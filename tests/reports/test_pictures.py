"""Uploaded pictures: decoded whole and written anew; what is no picture, or would fill memory, is refused."""

import io
import struct
import tracemalloc
import zlib

import pytest
from PIL import Image

from dashboard.reports.pictures import LARGEST, LONGEST_SIDE, scanned
from dashboard.rules.refused import Refused


def picture(
    width: int = 800, height: int = 1100, kind: str = "JPEG", mode: str = "RGB", **how: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "white").save(out, kind, **how)  # type: ignore[arg-type]
    return out.getvalue()


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a PNG of some kilobytes that says it has 900 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refused(raw: bytes) -> str:
    with pytest.raises(Refused) as caught:
        scanned(raw)
    return caught.value.code


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P")]
)
def test_a_scan_becomes_a_plain_jpeg(kind: str, mode: str) -> None:
    kept = Image.open(io.BytesIO(scanned(picture(kind=kind, mode=mode))))
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (800, 1100))


def test_what_stood_beside_the_picture_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    raw = picture(exif=exif) + b"<script>alert(1)</script>"
    assert b"secret place" in raw
    kept = scanned(raw)
    assert b"secret place" not in kept
    assert b"script" not in kept


def test_a_photo_is_turned_upright_and_a_large_one_made_smaller() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert Image.open(io.BytesIO(scanned(picture(400, 300, exif=exif)))).size == (300, 400)
    assert max(Image.open(io.BytesIO(scanned(picture(6000, 4000)))).size) == LONGEST_SIDE


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    raw = bomb()
    assert len(raw) < 10_000
    tracemalloc.start()
    assert refused(raw) == "scan_pixels"
    assert refused(bomb(7_000, 6_000)) == "scan_pixels"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


@pytest.mark.parametrize(
    "raw",
    [
        picture()[:-4000] if len(picture()) > 8000 else picture()[: len(picture()) // 2],
        picture(kind="PNG")[:200],
        b"<html><body>not a picture</body></html>",
        b"",
        b"\xff\xd8\xff\xe0",
        picture(kind="GIF", mode="P"),
        b"\x00" * 1000,
    ],
    ids=["truncated JPEG", "truncated PNG", "HTML", "nothing", "a JPEG's first bytes", "GIF", "zeroes"],
)
def test_what_is_no_whole_picture_is_refused(raw: bytes) -> None:
    assert refused(raw) == "scan_no_picture"


def test_a_pdf_is_refused_with_what_to_do() -> None:
    assert refused(b"%PDF-1.7\n%...") == "scan_pdf"
    assert refused(b"\n %PDF-1.4") == "scan_pdf"


def test_what_is_larger_than_eight_megabytes_is_refused() -> None:
    assert refused(b"\xff" * (LARGEST + 1)) == "too_large"
