"""For everyone: axe finds nothing serious, the keyboard is enough, charts are told, zoom and forced colours hold."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, arrive
from tests.browser.places import PLACES, WIDTHS, address, drawn

pytestmark = pytest.mark.browser

# Every pair of theme, language and width once.
LOOKS = (("light", "zh", 390), ("light", "en", 1280), ("dark", "zh", 1280), ("dark", "en", 390))
CLEAR = "rgba(0, 0, 0, 0)"
GRAVE = {"serious", "critical"}
OPTIONS = {"resultTypes": ["violations"]}
FOCUS = """() => {
  const seen = document.activeElement, style = getComputedStyle(seen), box = seen.getBoundingClientRect();
  const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none';
  return {name: seen.outerHTML.slice(0, 80), marked, wide: box.width, body: seen === document.body};
}"""
HEADINGS = """() => [...document.querySelectorAll('main h1, main h2')]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().height)
  .map(one => [one.textContent, one.getBoundingClientRect().top + window.scrollY])"""
MOVING = """() => [...document.querySelectorAll('*')].map(one => getComputedStyle(one))
  .filter(style => [style.transitionDuration, style.animationDuration].some(text => /[1-9]/.test(text))
    && !/^0s(, 0s)*$/.test(style.transitionDuration) ).length"""
SHAPES = """() => [...document.querySelectorAll('main .shape')].filter(one => one.checkVisibility()).map(one => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  return [one.className, box.width, box.height, style.backgroundColor, style.forcedColorAdjust];
})"""


def _grave(page: Page) -> list[str]:
    result = Axe().run(page, options=OPTIONS)
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:110]} and {len(one['nodes']) - 1} more"
        for one in result.response["violations"]
        if one["impact"] in GRAVE
    ]


@pytest.mark.parametrize(("theme", "language", "width"), LOOKS)
def test_axe_finds_nothing_serious(visit: Visit, watch, theme: str, language: str, width: int) -> None:
    watch.forgive(r"404.*/nowhere")
    page = visit("/sign-in", width=width, color_scheme=theme)
    found = []
    for place in PLACES:
        arrive(page, address(place.path, language))
        drawn(page, place.charts)
        found += [f"{place.path}: {fault}" for fault in _grave(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("account", ["deputy", "clerk", "department", "admin"])
def test_axe_finds_nothing_serious_on_a_desk(visit: Visit, account: str) -> None:
    page = visit("/990121/2025/desk", account, width=390)
    found = _grave(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    arrive(page, "/en/account")
    assert found + _grave(page) == []


def test_the_first_key_skips_to_the_content(visit: Visit) -> None:
    page = visit("/990121/2025")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def _summary(page: Page, style: str) -> Locator:
    return page.locator(f"details.{style} > summary").first


@pytest.mark.parametrize(("style", "width"), [("congresses", 1280), ("years", 1280), ("fold", 390)])
def test_a_menu_opens_and_closes_by_keyboard(visit: Visit, style: str, width: int) -> None:
    page = visit("/990121/2025", width=width)
    menu, face = page.locator(f"details.{style}"), _summary(page, style)
    face.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert not page.evaluate(FOCUS)["body"]
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(face).to_be_focused()


def test_the_focus_is_always_seen(visit: Visit) -> None:
    page = visit("/990121/2025")
    drawn(page, 2)
    unmarked = []
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at["body"]:
            break
        if not at["marked"] or not at["wide"]:
            unmarked.append(at["name"])
    assert unmarked == []


@pytest.mark.parametrize("width", [390, 1280])
def test_headings_are_read_in_the_order_of_finding(visit: Visit, width: int) -> None:
    page = visit("/990121/2025", width=width)
    drawn(page, 2)
    order = page.evaluate(HEADINGS)
    assert order[0][0].startswith("10项实事")
    assert page.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").count() == 0
    if width == 390:
        tops = [top for _text, top in order]
        assert tops == sorted(tops)


@pytest.mark.parametrize("path", ["/990121/2025", "/en/990121/2025", "/archive"])
def test_every_chart_is_told_and_has_its_table(visit: Visit, path: str) -> None:
    page = visit(path)
    drawn(page, 2)
    cards = page.locator(".card:has(.js-plotly-plot)")
    assert cards.count() >= 2
    for number in range(cards.count()):
        _told(page, cards.nth(number))


def _told(page: Page, card: Locator) -> None:
    label = card.locator("[role=img][aria-label]").first.get_attribute("aria-label")
    assert label
    folded = card.locator("details.behind")
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(folded.locator("table")).to_be_visible()
    assert folded.locator("caption").text_content() == label
    assert _last_value(folded.locator("table")) in label
    page.keyboard.press("Enter")
    expect(folded.locator("table")).to_be_hidden()


def _last_value(table: Locator) -> str:
    """Return the last share reported, the votes of the last candidate that has any, the last project's satisfied.

    Of a comparison it is the last count.
    """
    place = {"月份": 2, "Month": 2, "序号": 2, "No.": 2, "项目": 1, "Project": 1, "类别": 1, "地区": 2}
    column = place[table.locator("thead th").first.inner_text()]
    cells = table.locator(f"tbody tr > :nth-child({column + 1})").all_inner_texts()
    return next(cell for cell in reversed(cells) if cell != "—")


def test_zoom_of_400_percent_scrolls_down_only(visit: Visit, watch) -> None:
    watch.forgive(r"404.*/nowhere")
    page = visit("/sign-in", width=320, height=256)
    found = []
    for place in PLACES:
        for language in ("zh", "en"):
            arrive(page, address(place.path, language))
            drawn(page, place.charts)
            wide, shown = page.evaluate(WIDTHS)
            if wide > shown:
                found.append(f"{place.path} {language}: {wide} in {shown}")
    assert not found, "\n".join(found)


def test_reduced_motion_is_honoured(visit: Visit) -> None:
    page = visit("/990121/2025", reduced_motion="reduce")
    drawn(page, 2)
    assert page.evaluate(MOVING) == 0


def test_forced_colours_keep_the_lights(visit: Visit) -> None:
    page = visit("/990121/2025", forced_colors="active")
    shapes = page.evaluate(SHAPES)
    assert {name for name, *_rest in shapes} >= {"shape shape-red", "shape shape-amber", "shape shape-green"}
    unseen = [one for one in shapes if min(one[1], one[2]) < 6 or one[3] == CLEAR or one[4] != "none"]
    assert unseen == []
