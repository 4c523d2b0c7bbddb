"""The pages that the product has now, and what a look at one of them finds wrong."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from dashboard.i18n import words
from dashboard.store.loading.gathering import key_of

# A key of the catalogue that was never turned into a word; the name of a host looks like one and is none.
KEY = re.compile(r"\b(?![a-z_.]+\.(?:cn|com|net|org)\b)[a-z_]+\.[a-z_.]+\b")
HAN = re.compile(r"[\u3400-\u9fff]")
LANGUAGES = {"zh": "zh-CN", "en": "en"}
# Every text that is seen, with the language that it stands in; a chart is one picture, told by its label.
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest('script, style, [role=img], a[href^=http], .cited, .sources')) continue;
    if (!parent.checkVisibility({checkVisibilityCSS: true})) continue;
    found.push([node.data.trim(), parent.closest('[lang]').lang]);
  }
  return found;
}"""
CHARTS = """() => [...document.querySelectorAll('.js-plotly-plot')].map(chart => {
  const box = chart.querySelector('.main-svg').getBoundingClientRect();
  const drawn = chart.querySelectorAll('.trace path').length;
  return [chart.parentElement.id || chart.id, box.width, box.height, drawn];
})"""
# A heading without the tag that stands beside its words.
SAID = """all => all.map(one => {
  const copy = one.cloneNode(true);
  copy.querySelectorAll('.tag').forEach(tag => tag.remove());
  return copy.textContent;
})"""
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@dataclass(frozen=True)
class Place:
    """One page: its address without the language, the key of its title where it is not its h1, what stands on it."""

    path: str
    title: str | None = None
    simulated: bool = False
    charts: int = 0


COUNTY = "/990121"


def thing(page: str, table: str, *name: object, year: int = 2025) -> str:
    """Return the address of one thing of the county; its id follows from its name in the files."""
    return f"{COUNTY}/{year}/{page}/{key_of(table, '990121', *name)}"


# What everyone of every role opens.
FIRST = (
    Place("/", simulated=True, charts=2),
    Place("/990121/2025", simulated=True, charts=2),
    Place("/990121/2026", simulated=True),
    Place("/990121/2024", simulated=True, charts=2),
    Place("/990121100/2025", simulated=True, charts=2),
    Place("/archive", charts=2),
    Place("/sign-in"),
    Place("/account", title="account.title"),
    Place("/990121/2025/desk", simulated=True),
    Place("/nowhere"),
)
PLACES = (
    *FIRST,
    Place("/990121/2025/orders", simulated=True),
    Place("/990121/2025/orders?candidate=3", simulated=True),
    Place("/990121/2026/orders", simulated=True),
    Place("/990121/2025/projects", simulated=True),
    Place("/990121/2025/projects?view=heat", simulated=True),
    Place("/990121/2025/projects?view=curves", simulated=True),
    Place("/990121/2025/projects?view=rank", simulated=True),
    Place("/990121/2025/projects?view=slip", simulated=True),
    Place("/990121/2025/projects?view=money", simulated=True, charts=1),
    Place("/990121/2025/departments?view=compare", simulated=True),
    Place("/990121/2025/projects?q=没有这个项目", simulated=True),
    Place("/990121/2025/projects/3", simulated=True, charts=1),
    Place("/990121/2024/projects/7", simulated=True, charts=1),
    Place("/990121100/2025/projects/1", simulated=True, charts=1),
    Place("/990121/2025/rounds", simulated=True, charts=1),
    Place(thing("rounds", "rounds", "2024-adoption", year=2024), simulated=True, charts=1),
    Place(thing("rounds", "rounds", "2024-runoff", year=2024), simulated=True, charts=1),
    Place("/990121/2025/inquiries", simulated=True),
    Place("/990121/2026/inquiries", simulated=True),
    Place(thing("inquiries", "inquiries", "2025-07"), simulated=True),
    Place("/990121/2025/inspections", simulated=True),
    Place("/990121/2024/inspections?month=2024-09", simulated=True),
    Place(thing("inspections", "inspections", "2025-i3"), simulated=True),
    Place("/990121/2024/assessments", simulated=True, charts=1),
    Place("/990121/2025/departments", simulated=True),
    Place(thing("departments", "departments", "zj"), simulated=True),
    Place("/990121/2025/deputies", simulated=True),
    Place(thing("deputies", "memberships", "D001"), simulated=True),
    Place("/990121/2025/remarks", simulated=True),
    Place("/990121/2025/remarks?state=overdue", simulated=True),
    Place(thing("remarks", "remarks", "2025-r14"), simulated=True),
    Place("/990121/2025/weeks", simulated=True),
    Place(thing("weeks", "supervision_weeks", "2025-w1"), simulated=True),
    Place("/990121/2025/townships", simulated=True),
    Place("/990121100/2025/townships", simulated=True),
    Place("/archive?region=浙江省宁海县&year=2020", charts=2),
    Place("/archive?category=education", charts=1),
    Place("/congresses"),
    Place("/receipt"),
    Place("/990121/2025/data", simulated=True),
    Place("/990121/hall", simulated=True),
    # For members; to whom they are not open they say so.
    Place("/990121/2025/checking"),
    Place("/990121/2025/tasks"),
    Place(thing("tasks", "tasks", "2025-t1")),
    Place("/990121/2025/report"),
    Place(thing("report", "projects", "2025-03")),
)


def address(path: str, language: str) -> str:
    """Return a path in a language."""
    return path if language == "zh" else f"/en{path}".rstrip("/")


def drawn(page: Page, charts: int) -> None:
    """Wait until a page has drawn every chart; it has so many at least."""
    if not charts:
        return
    plots = page.locator(".js-plotly-plot")
    expect(plots.nth(charts - 1)).to_be_attached()
    for number in range(plots.count()):
        expect(plots.nth(number).locator(".trace path").first).to_be_attached()


def faults(page: Page, place: Place, language: str, closed: bool = False) -> list[str]:
    """Return what is wrong with a page as it stands; `closed` where it only says why it cannot be shown."""
    found = _head(page, place, language, closed)
    texts = page.evaluate(TEXTS)
    found += [f"untranslated: {text}" for text, _lang in texts if KEY.search(text)]
    if language == "en":
        found += [
            f"Chinese not marked: {text}" for text, lang in texts if HAN.search(text) and lang != "zh-CN"
        ]
    if place.simulated and not closed and not page.locator("main .tag-simulated").first.is_visible():
        found.append("no badge of simulated data")
    wide, shown = page.evaluate(WIDTHS)
    if wide > shown:
        found.append(f"scrolls sideways: {wide} in {shown}")
    found += [f"empty chart {one}" for one in page.evaluate(CHARTS) if min(one[1], one[2]) < 50 or not one[3]]
    return found


def _head(page: Page, place: Place, language: str, closed: bool) -> list[str]:
    headings: list[str] = page.locator("h1").evaluate_all(SAID)
    if len(headings) != 1 or not headings[0].strip():
        return [f"h1: {headings}"]
    said, title = headings[0].strip(), page.title()
    wanted = said if place.title is None or closed else words(LANGUAGES[language])(place.title)
    lang = page.locator("html").get_attribute("lang")
    return [
        *([f"title {title}, not {wanted}"] if title != wanted else []),
        *([f"lang {lang}"] if lang != LANGUAGES[language] else []),
    ]
