"""Addresses are written and read in one place, and are each other's inverse: printed ones stay valid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.i18n import DEFAULT, LOCALES
from dashboard.web.addresses import COMMON, PAGES, WITH_ITEMS, Address, language_of, read

LANGUAGES = st.sampled_from(sorted(LOCALES))
# The codes of GB/T 2260 and of statistics: county, township, village.
CODES = st.from_regex(r"[0-9]{6}([0-9]{3}){0,2}", fullmatch=True)
YEARS = st.integers(1900, 2099)
ITEMS = st.from_regex(r"[0-9a-z-]{1,36}", fullmatch=True)
PLACES = st.one_of(
    st.builds(Address, LANGUAGES),
    st.builds(Address, LANGUAGES, CODES),
    st.builds(Address, LANGUAGES, CODES, st.none() | YEARS, st.sampled_from(sorted(PAGES - COMMON))),
    st.builds(Address, LANGUAGES, CODES, st.none() | YEARS, st.sampled_from(sorted(WITH_ITEMS)), ITEMS),
    st.builds(Address, LANGUAGES, page=st.sampled_from(sorted(COMMON))),
)
ODD = st.text(max_size=30) | st.text("/.-%?#en0129 desk", max_size=30)


@given(PLACES)
def test_a_path_is_read_as_what_it_was_written_from(address: Address) -> None:
    assert read(address.path()) == address
    assert language_of(address.path()) == address.language


@given(ODD)
def test_what_is_read_is_written_to_the_same_place(path: str) -> None:
    """Junk gives None; whatever is taken has one path of its own, without what a path should not hold."""
    address = read(path)
    if address is not None:
        assert read(address.path()) == address
        assert "//" not in address.path()
        assert address.path().isascii()
    assert language_of(path) in LOCALES


@pytest.mark.parametrize(
    "path",
    [
        "/junk",
        "/99012",
        "/9901211",
        "/990121/25",
        "/990121/1825",
        "/990121/2025/junk",
        "/990121/2025/archive",
        "/990121/2025/overview",
        "/990121/2025/desk/more",
        "/990121/2025/2024",
        "/990121/2025/desk/1",
        "/990121/2025/projects/3/more",
        "/990121/2025/projects/Ä",
        "/desk",
        "/overview",
        "/archive/990121",
        "/fr/990121",
        "/en/en",
        "/EN",
        "/９９０１２１",
        "/990121/２０２５",
        "/990121\n",
        "/990121/2025\n",
        "/../990121",
        "/ 990121",
    ],
)
def test_junk_names_no_page(path: str) -> None:
    assert read(path) is None


@given(PLACES, LANGUAGES)
def test_the_same_page_in_another_language(address: Address, language: str) -> None:
    spoken = address.speaking(language)
    assert spoken.language == language
    assert spoken.speaking(address.language) == address


def test_printed_addresses() -> None:
    """These stand on paper."""
    assert Address().path() == "/"
    assert Address("en").path() == "/en"
    assert Address(DEFAULT, "990121", 2025).path() == "/990121/2025"
    assert Address("en", "990121100", 2025).to("desk").path() == "/en/990121100/2025/desk"
    assert Address(DEFAULT, "990121").to("projects").path() == "/990121/projects"
    assert Address(DEFAULT, "990121", 2025).to("projects", 3).path() == "/990121/2025/projects/3"
    assert Address("en", "990121", 2025, "desk").within("990121100").path() == "/en/990121100"
    assert Address("en", "990121", page="sign-in").path() == "/en/sign-in"
