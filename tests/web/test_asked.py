"""What an address asks beyond its path is read leniently: an old or a cut one opens, and says what it dropped."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.web.asked import Asked, asked
from dashboard.web.parts.paging import shown

KNOWN = {"light": ("red", "amber"), "q": None, "sort": ("gap", "-gap")}


def read(search: str) -> Asked:
    return asked("/990121/2025/projects", search, KNOWN)


def test_what_is_known_is_kept_and_the_rest_is_told() -> None:
    found = read("?light=red&q=+桥+&colour=blue&sort=age&light2=")
    assert dict(found.values) == {"light": "red", "q": "桥"}
    assert found.dropped == ("colour", "sort")


def test_a_text_that_no_database_takes_is_dropped() -> None:
    found = read("?q=%E6%A1%A5%00&light=red")
    assert (dict(found.values), found.dropped) == ({"light": "red"}, ("q",))


def test_an_address_says_what_is_chosen_and_nothing_more() -> None:
    found = read("?light=red&page=3&q=桥")
    assert found.page == 3
    assert found.href() == "/990121/2025/projects?light=red&q=%E6%A1%A5"
    assert found.href(light=None, q="") == "/990121/2025/projects"
    assert read(found.href(sort="-gap").partition("?")[2]).get("sort") == "-gap"


@given(st.text(max_size=200))
def test_nothing_typed_into_an_address_is_an_error(search: str) -> None:
    found = read(search)
    assert set(found.values) <= {*KNOWN, "page"}
    assert read(found.href().partition("?")[2]).dropped == ()


@given(st.integers(0, 400), st.integers(1, 30))
def test_every_page_of_a_list_has_rows_if_there_are_any(total: int, page: int) -> None:
    place = shown(Asked("/", {"page": str(page)}), total)
    rows = range(total)[place]
    assert bool(rows) == bool(total)
    assert len(rows) <= 50
