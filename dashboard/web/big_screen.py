"""The big screen of the hall: a document of its own without shell and without Dash, drawn from the board's JSON.

It is dark, or light by `?theme=light`, and holds no data: what it shows it asks for with the cookie of its meeting's
screen (`/<code>/screen?screen=1#<token>`), or of the member who opened a round's board (`…/board/<id>?screen=1`).
"""

from collections.abc import Mapping
from html import escape

import orjson

from dashboard.i18n import Words, words
from dashboard.web.addresses import Address

# What assets/board.js and assets/screen.js say by themselves, whatever the server answers or does not.
SAID = (
    "left",
    "soon",
    "over",
    "lost",
    "ended",
    "waiting",
    "product",
    "check_in.code",
    "check_in.how",
    "check_in.next",
)
STYLES = ("web/10-tokens.css", "web/66-board.css", "web/67-screen.css")
SCRIPTS = ("board.js", "screen.js")
PAGE = """<!DOCTYPE html>
<html lang="{language}" data-bs-theme="{theme}" class="screen-root">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{title}</title>
    <link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
    {styles}
  </head>
  <body>
    <main id="screen" class="screen" data-address="{address}" data-words="{words}" data-enters="{enters}">
      <noscript>{noscript}</noscript>
    </main>
    {scripts}
  </body>
</html>
"""


def is_big_screen(address: Address, asked: Mapping[str, str]) -> bool:
    """Tell whether an address asks for the big screen."""
    return asked.get("screen") == "1" and (
        (address.page == "screen" and address.code is not None)
        or (address.page == "board" and address.item is not None)
    )


def screen_page(address: Address, theme: str | None) -> str:
    """Return the document of the big screen of an address."""
    language = words(address.language)
    what = "screen" if address.page == "screen" else address.item
    poll = f"/board/{address.code}/{what}?screen=1&lang={address.language}"
    return PAGE.format(
        language=address.language,
        theme="light" if theme == "light" else "dark",
        title=escape(language("board.product")),
        address=escape(poll),
        words=escape(orjson.dumps(words_said(language)).decode()),
        enters="yes" if address.page == "screen" else "no",
        noscript=escape(language("board.noscript")),
        styles="\n    ".join(f'<link rel="stylesheet" href="/assets/{name}">' for name in STYLES),
        scripts="\n    ".join(f'<script src="/assets/{name}"></script>' for name in SCRIPTS),
    )


def words_said(language: Words) -> dict[str, str]:
    """Return the words that the scripts of the board say, by the end of their key."""
    return {name.replace(".", "_"): language(f"board.{name}") for name in SAID}
