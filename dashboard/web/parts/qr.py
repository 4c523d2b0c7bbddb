"""QR codes as pictures that a page holds in itself: nothing is asked of anyone for them."""

from functools import lru_cache

import segno


@lru_cache(maxsize=64)
def qr_picture(text: str) -> str:
    """Return a text as a QR code, a picture that a page holds in itself."""
    return str(segno.make(text, error="m").svg_data_uri(border=0, omitsize=True))
