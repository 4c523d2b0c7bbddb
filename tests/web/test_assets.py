"""What the browser is given: one release of plotly.js, nothing from elsewhere, words in both languages."""

import re
from pathlib import Path

from babel.messages.pofile import read_po
from plotly.offline import get_plotlyjs_version

from dashboard.i18n import LOCALES
from dashboard.rules.lights import FiveLights, FourStates, ThreeLights
from dashboard.web.parts.light import shape

ROOT = Path(__file__).parents[2]


def test_both_languages_hold_the_same_keys_and_facts() -> None:
    found: dict[str, dict[str, set[str]]] = {}
    for language, folder in LOCALES.items():
        path = ROOT / "dashboard/locale" / folder / "LC_MESSAGES/parts.po"
        with path.open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        found[language] = {str(one.id): set(re.findall(r"{(\w+)}", str(one.string))) for one in messages}
        assert all(one.string for one in messages)
    assert found["zh-CN"] == found["en"]


def test_no_sentence_stands_in_code() -> None:
    for path in (ROOT / "dashboard/web/parts").glob("*.py"):
        code = re.sub(r'"""[\s\S]*?"""', "", path.read_text("utf-8"))
        assert not re.search(r"[一-鿿]", code), path.name


def test_every_light_has_its_own_shape() -> None:
    css = (ROOT / "assets/web/30-cards.css").read_text("utf-8")
    for rules in (ThreeLights(), FiveLights(), FourStates()):
        # A shape of its own stands above that of the colour.
        styles = [shape(name).className.split()[-1] for name in rules.states]
        shapes = [re.search(rf"\.{style} .*?clip-path: (.*?); }}", css) for style in styles]
        assert len({found.group(1) for found in shapes if found}) == len(rules.states)


def test_the_bundle_is_the_release_that_plotly_asks_for() -> None:
    with (ROOT / "assets/vendor/plotly-basic.min.js").open(encoding="utf-8") as file:
        assert f"v{get_plotlyjs_version()}" in file.read(200)


def test_assets_ask_no_other_host() -> None:
    modules = (ROOT / "assets" / "vote").glob("*.mjs")
    for path in [*(ROOT / "assets").glob("*.js"), *modules, *(ROOT / "assets").rglob("*.css")]:
        source = re.sub(r"http://www\.w3\.org/\S+", "", path.read_text("utf-8"))
        source = re.sub(r"/\*[\s\S]*?\*/", "", source)
        assert "http://" not in source, path.name
        assert "https://" not in source, path.name
        assert "sourceMappingURL" not in source, path.name


def test_no_area_styles_another_areas_class() -> None:
    """One stylesheet is made of all: a name that two areas give by chance would dress both."""
    owners: dict[str, set[str]] = {}
    shared: set[str] = set()
    for path in sorted((ROOT / "assets" / "web").glob("*.css")):
        css = path.read_text("utf-8")
        if path.name < "52":
            shared |= set(re.findall(r"\.([a-z][a-z0-9-]*)", css))
            continue
        for name in re.findall(r"(?m)^\s*\.([a-z][a-z0-9-]*)", css):
            owners.setdefault(name, set()).add(path.name)
    assert {name for name, files in owners.items() if len(files) > 1} - shared == set()
