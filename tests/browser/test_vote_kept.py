"""What stays of a vote on a phone: the receipt alone, as QR code or picture, or nothing where the rule gives none."""

import pytest
import segno
from playwright.sync_api import expect
from segno import encoder

from tests.browser.voting import Booth, arrive, at, cast, mark, receipt_of
from tests.planting_rounds import participants

pytestmark = pytest.mark.browser

MODULES = """canvas => {
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return [canvas.width, [...pixels].filter((_value, place) => place % 4 === 0).map(red => red < 128 ? 1 : 0)];
}"""


def test_nothing_stays_in_the_page_that_a_copy_could_tell(booth: Booth, watch: object) -> None:
    """After casting the tab keeps the receipt alone; no request but the vote itself holds it."""
    opened = booth.open()
    page = booth.page(opened)
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data or ''}")
    )
    mark(page, 3)
    cast(page)
    code = receipt_of(page)
    kept = page.evaluate("() => Object.values(sessionStorage).join()")
    assert '"marks"' not in kept
    assert '"sent"' not in kept
    receipt = f"{int.from_bytes(_bytes(code), 'big'):032x}"
    assert receipt in kept
    holding = [line for line in sent if receipt in line.lower() or code in line]
    assert len(holding) == 1
    assert holding[0].startswith(f"POST {booth.server.address}/vote/990121/{opened.id}?lang=zh-CN ")


def _bytes(code: str) -> bytes:
    value = 0
    for sign in code:
        value = value * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(sign)
    return value.to_bytes(16, "big")


def test_the_qr_code_holds_the_address_with_the_receipt_in_its_fragment(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn as another library draws the same text: nothing is scanned in a test."""
    # That library fills up a whole byte where none is open (ISO/IEC 18004, 7.4.10); scanners read both alike.
    monkeypatch.setattr(encoder, "write_padding_bits", lambda buff, _version, n: buff.extend([0] * (-n % 8)))
    page = booth.page(booth.open())
    mark(page, 1)
    cast(page)
    code = receipt_of(page)
    side, dark = page.locator(".vote-qr canvas").evaluate(MODULES)
    seen = [dark[row * side + 4 : (row + 1) * side - 4] for row in range(4, side - 4)]
    text = f"{booth.server.address}/receipt#{code}"
    drawn = [
        segno.make(text, error=level, mode="byte", mask=mask, boost_error=False, micro=False).matrix
        for level in "mqh"
        for mask in range(8)
    ]
    assert seen in [[list(row) for row in one] for one in drawn]


def test_a_round_without_receipts_shows_none(booth: Booth) -> None:
    opened = booth.open(values={"receipt": "none", "change_allowed": False})
    page = booth.page(opened)
    mark(page, 1)
    cast(page)
    at(page, "receipt")
    expect(page.locator(".vote-done")).to_have_text("选票已收到")
    expect(page.locator(".vote-code")).to_have_count(0)
    expect(page.locator(".vote-change")).to_have_count(0)
    expect(page.locator(".vote-after")).to_contain_text("不发回执")
    page.reload()
    at(page, "receipt")
    assert participants(booth.store, opened) == 1


def test_a_receipt_is_saved_as_a_picture_or_held(booth: Booth) -> None:
    page = booth.page(booth.open())
    mark(page, 1)
    cast(page)
    code = receipt_of(page)
    with page.expect_download() as saved:
        page.locator(".vote-save").tap()
    assert saved.value.suggested_filename == f"投票回执-{code[:4]}.png"
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_where_downloads_are_blocked_the_picture_is_shown_to_be_pressed_on(booth: Booth) -> None:
    opened = booth.open()
    context = booth.context(opened, user_agent="Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0")
    page = context.new_page()
    arrive(page, f"/990121/vote/{opened.id}")
    mark(page, 1)
    cast(page)
    receipt_of(page)
    page.locator(".vote-save").tap()
    expect(page.get_by_role("dialog")).to_contain_text("长按图片保存到手机")
    expect(page.get_by_role("img", name="投票回执", exact=True)).to_be_visible()
