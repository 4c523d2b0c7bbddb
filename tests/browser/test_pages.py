"""Every page as everyone: heading, title, language, badge, nothing untranslated, nothing too wide, charts drawn.

The public, deputies, departments, clerks and leaders open every page, the other roles those that everyone opens.
Width and language go round among them, so that each page is seen in the six pairs of width and language.
"""

import pytest

from tests.browser.conftest import Visit, arrive
from tests.browser.places import FIRST, PLACES, address, drawn, faults

pytestmark = pytest.mark.browser

VISITORS = (None, "leader", "deputy", "clerk", "department", "presidium", "coordinator", "admin")
WALKERS = VISITORS[:5]
LOOKS = tuple((width, language) for width in (390, 1280, 1920) for language in ("zh", "en"))
PLACES_OF_ALL = ["总览", "点单", "项目", "票决", "问政", "验单", "档案馆"]
MEMBERS_ONLY = {"/account", "/990121/2025/desk"}


@pytest.mark.parametrize("visitor_number", range(len(VISITORS)), ids=lambda n: VISITORS[n] or "public")
def test_every_page_is_whole(visit: Visit, watch, visitor_number: int) -> None:
    account = VISITORS[visitor_number]
    watch.forgive(r"404.*/nowhere")
    page = visit("/sign-in", account)
    found = []
    for number, place in enumerate(PLACES if account in WALKERS else FIRST):
        width, language = LOOKS[(number + visitor_number) % len(LOOKS)]
        page.set_viewport_size({"width": width, "height": 900})
        arrive(page, address(place.path, language))
        drawn(page, place.charts)
        closed = place.path == "/nowhere" or (account is None and place.path in MEMBERS_ONLY)
        said = faults(page, place, language, closed)
        found += [f"{place.path} {width} {language}: {fault}" for fault in said]
    assert not found, "\n".join(found)


def test_the_navigation_offers_the_desk_to_members_alone(visit: Visit) -> None:
    assert visit("/990121/2025").locator(".places a").all_inner_texts() == PLACES_OF_ALL
    offered = visit("/990121/2025", "clerk").locator(".places a").all_inner_texts()
    assert offered == [PLACES_OF_ALL[0], "工作台", *PLACES_OF_ALL[1:]]


def test_an_unknown_address_answers_404(visit: Visit, watch) -> None:
    watch.forgive(r"404.*/nowhere")
    page = visit("/sign-in")
    answer = page.goto("/nowhere")
    assert answer is not None
    assert answer.status == 404
