"""The server's first paint in a real browser: whole without scripts, the same picture as Dash draws, then gone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.places import WIDTHS, drawn

pytestmark = pytest.mark.browser

# The places of a chart's words, from its own upper left corner; both drawings write the same texts.
SPOTS = """([charts, texts]) => [...document.querySelectorAll(charts)]
  .filter(chart => chart.checkVisibility()).map(chart => {
    const corner = chart.getBoundingClientRect(), found = {};
    for (const text of chart.querySelectorAll(texts)) {
      const box = text.getBoundingClientRect();
      const words = text.textContent.replaceAll('\\u200b', '').trim();
      if (words && box.width) found[words] ??= [box.x - corner.x, box.y - corner.y, box.width, box.height];
    }
    return found;
  })"""
OURS, PLOTLY = [".graph", ".drawing text"], [".graph", ".js-plotly-plot text"]
NEAR = 4


@pytest.mark.parametrize(
    ("path", "width"),
    [("/990121/2025", 390), ("/en/990121/2025", 1280), ("/en/archive", 390), ("/archive", 1280)],
)
def test_its_charts_are_those_that_plotly_draws(visit: Visit, path: str, width: int) -> None:
    """Every word of every chart stands within a few pixels of where plotly.js puts it."""
    page = visit(path, width=width)
    drawn(page, 2)
    theirs = page.evaluate(SPOTS, PLOTLY)
    plain = visit_without_scripts(page, path, width)
    ours = plain.evaluate(SPOTS, OURS)
    assert len(ours) == len(theirs) >= 2
    far = []
    for own, other in zip(ours, theirs, strict=True):
        assert len(own.keys() & other.keys()) >= 4
        for words in own.keys() & other.keys():
            middles = [(box[0] + box[2] / 2, box[1] + box[3] / 2) for box in (own[words], other[words])]
            apart = [abs(a - b) for a, b in zip(*middles, strict=True)]
            if max(apart) > NEAR:
                far.append((words, apart))
        assert set(other) - set(own) == set()
    assert far == []


def visit_without_scripts(page: Page, path: str, width: int) -> Page:
    browser = page.context.browser
    assert browser is not None
    address = re.match(r"https?://[^/]+", page.url)
    assert address is not None
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address[0] + path)
    return plain


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_without_scripts_the_page_can_be_read(visit: Visit, width: int) -> None:
    page = visit_without_scripts(visit("/sign-in"), "/990121/2025", width)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".tag-simulated").first).to_be_visible()
    assert page.locator(".drawing:visible").count() == 2
    wide, window = page.evaluate(WIDTHS)
    assert wide <= window
    page.get_by_role("link", name="看别处公布的数据").click()
    expect(page.locator("h1")).to_contain_text("个地方公布的民生实事")
    page.context.close()


def test_it_goes_when_the_page_is_drawn(visit: Visit) -> None:
    page = visit("/990121/2025")
    assert page.locator("#first").count() == 0
    assert page.locator("h1").count() == 1
    expect(page.locator("#react-entry-point")).to_be_visible()
