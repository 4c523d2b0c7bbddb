"""Colours, type and the parts every chart shares, for the light and the dark theme.

CSS variables do not reach traces, so the tokens of the design stand here once more. What these functions return is
shared by all figures of a theme and is never written to.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dashboard.i18n import Words

Figure = dict[str, Any]
FAMILY = '"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'
SIZE, SIZE_NARROW = 12, 13
CLEAR = "rgba(0,0,0,0)"

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "surface": "#FFFFFF",
        "line": "#E3E0D8",
        "line2": "#C8C4B9",
        "ink": "#18202A",
        "ink2": "#48535F",
        "ink3": "#66707C",
        "actual": "#1A4F8B",
        "planned": "#76828F",
        "promised": "#7A3B9C",
        "band": "rgba(26,79,139,.13)",
        "band_edge": "#7F9CBD",
        "grid": "#ECE9E2",
        "axis": "#A9AEB2",
        "bar": "#1A4F8B",
        "bar2": "#9DB7D5",
        "bar3": "#C9CDD1",
        "on_bar": "#FFFFFF",
        "on_bar2": "#18202A",
        "on_bad": "#FFFFFF",
        "bad": "#AE2012",
        "bad_text": "#AE2012",
        "blue": "#1A4A8F",
        "green": "#12825F",
        "amber": "#C77E00",
        "orange": "#C4560B",
        "red": "#AE2012",
        "grey": "#7B8590",
        "blue_text": "#1A4A8F",
        "green_text": "#0E6F51",
        "amber_text": "#8A5600",
        "orange_text": "#964100",
        "red_text": "#AE2012",
        "grey_text": "#5E6873",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "surface": "#181F27",
        "line": "#2B3440",
        "line2": "#44515F",
        "ink": "#E9EDF1",
        "ink2": "#B6C0CB",
        "ink3": "#8D99A7",
        "actual": "#86B8F0",
        "planned": "#8E9AA8",
        "promised": "#D0A4EA",
        "band": "rgba(134,184,240,.16)",
        "band_edge": "#5F84AD",
        "grid": "#28313B",
        "axis": "#5B6875",
        "bar": "#5E97D8",
        "bar2": "#3C5C80",
        "bar3": "#47525E",
        "on_bar": "#10151B",
        "on_bar2": "#E9EDF1",
        "on_bad": "#10151B",
        "bad": "#F26B52",
        "bad_text": "#FF8D76",
        "blue": "#5C9DF2",
        "green": "#63D6AD",
        "amber": "#F4C95D",
        "orange": "#F79B52",
        "red": "#F26B52",
        "grey": "#8B96A3",
        "blue_text": "#86B8F0",
        "green_text": "#63D6AD",
        "amber_text": "#F4C95D",
        "orange_text": "#F79B52",
        "red_text": "#FF8D76",
        "grey_text": "#A5AFBA",
    }
)
# A drawing of the server's does not know the theme: the page's own variables, of the same names, fill it in.
UNTOLD = "untold"
_VARIABLES = MappingProxyType({name: f"var(--{name.replace('_', '-')})" for name in LIGHT})
THEMES: Mapping[str, Mapping[str, str]] = MappingProxyType({"light": LIGHT, "dark": DARK, UNTOLD: _VARIABLES})


def _fonts(tokens: Mapping[str, str], size: int) -> Mapping[str, Figure]:
    """Give every token that writes text its font, with a halo that keeps it legible on a line."""
    halo = ",".join(f"0 0 {blur}px {tokens['surface']}" for blur in (1, 2, 3, 3))
    written = [name for name in tokens if name.endswith("_text") or name in _INKS]
    return {name: {"color": tokens[name], "size": size, "shadow": halo} for name in written}


_INKS = {"ink", "ink2", "ink3", "actual", "promised"}
_FONTS = {(theme, narrow): _fonts(tokens, size) for theme, tokens in THEMES.items()
          for narrow, size in ((False, SIZE), (True, SIZE_NARROW))}  # fmt: skip


def fonts(theme: str, narrow: bool = False) -> Mapping[str, Figure]:
    """Return the annotation fonts of a theme by token."""
    return _FONTS[theme, narrow]


def _layout(tokens: Mapping[str, str], size: int) -> Figure:
    return {
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": FAMILY, "size": size, "color": tokens["ink2"]},
        "showlegend": False,
        "autosize": True,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": tokens["surface"],
            "bordercolor": tokens["line2"],
            "font": {"family": FAMILY, "size": size, "color": tokens["ink"]},
            "align": "left",
        },
    }


_LAYOUTS = {(theme, narrow): _layout(tokens, size) for theme, tokens in THEMES.items()
            for narrow, size in ((False, SIZE), (True, SIZE_NARROW))}  # fmt: skip


def base_layout(theme: str, narrow: bool = False) -> Figure:
    """Return the layout entries that every chart of a theme has; unpack it, never write to it."""
    return _LAYOUTS[theme, narrow]


def graph_config(words: Words) -> Figure:
    """Return the `config` of a Graph: its language, no mode bar, and nothing that could leave the server."""
    return {
        "locale": words.language,
        "displayModeBar": False,
        "displaylogo": False,
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "responsive": True,
    }
