import pytest

from dashboard.figures.boxes import Line, crosses, ems, touches
from dashboard.figures.theme import DARK, LIGHT, base_layout, graph_config
from dashboard.i18n import catalogue, words


def test_both_themes_have_the_same_tokens_and_are_frozen():
    assert LIGHT.keys() == DARK.keys()
    with pytest.raises(TypeError):
        LIGHT["ink"] = "#000"


def test_a_graph_sends_nothing_anywhere():
    config = graph_config(words("zh-CN"))
    assert config == {
        "locale": "zh-CN",
        "displayModeBar": False,
        "displaylogo": False,
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "responsive": True,
    }
    assert graph_config(words("en"))["locale"] == "en"


def test_charts_have_12_pixel_text_and_13_on_a_phone():
    assert base_layout("light")["font"]["size"] == 12
    assert base_layout("dark", narrow=True)["font"]["size"] == 13


def test_both_languages_hold_the_same_keys():
    def keys(language):
        found = {
            message.id if isinstance(message.id, str) else message.id[0] for message in catalogue(language)
        }
        return {
            key for key in found if key.startswith(("curve.", "tally.", "grades.", "summary.", "figure."))
        }

    assert keys("zh-CN") == keys("en") != set()


def test_han_is_as_wide_as_its_size_and_latin_about_half():
    assert ems("落后") == pytest.approx(2.2)
    assert ems("ab") < 1.5


def test_boxes_and_lines():
    assert touches((0, 0, 10, 10), [(9, 9, 20, 20)])
    assert not touches((0, 0, 10, 10), [(10, 0, 20, 10)])
    straight, stepped = Line((0, 10), (0, 10)), Line((0, 10), (0, 10), stepped=True)
    assert crosses((4, 4, 6, 6), straight)
    assert not crosses((4, 7, 6, 9), straight)
    assert not crosses((4, 4, 6, 6), stepped)
    assert crosses((4, -1, 6, 1), stepped)
    assert crosses((8, 4, 12, 6), stepped)
    assert not crosses((11, 0, 12, 10), straight)
