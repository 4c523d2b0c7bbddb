"""The big screen of the hall: a document of its own without shell and without Dash, drawn from the board's JSON.

It is dark, or light by `?theme=light`, and holds no data: what it shows it asks for with the cookie of its meeting's
screen (`/<code>/screen?screen=1#<token>`), or of the member who opened a round's board (`…/board/<id>?screen=1`).
"""

from collections.abc import Mapping
from html import escape

from dashboard.i18n import words
from dashboard.web.addresses import Address
from dashboard.web.parts.board_body import CHECKING, SAID, words_said

STYLES = ("/assets/web/10-tokens.css", "/assets/web/66-board.css", "/assets/web/67-screen.css")
SCRIPTS = ("/assets/board.js", "/assets/screen.js")
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
        words=escape(words_said(language, SAID + CHECKING)),
        enters="yes" if address.page == "screen" else "no",
        noscript=escape(language("board.noscript")),
        styles="\n    ".join(f'<link rel="stylesheet" href="{name}">' for name in STYLES),
        scripts="\n    ".join(f'<script src="{name}"></script>' for name in SCRIPTS),
    )
