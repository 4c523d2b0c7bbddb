"""QR codes, drawn here: no other host is asked, and nothing of them is kept."""

import segno
from dash import html
from dash.development.base_component import Component


def qr(text: str, label: str, style: str = "qr") -> Component:
    """Return a text as a QR code, dark on white in any theme: cameras read nothing else surely."""
    drawn = segno.make(text, error="m", micro=False)
    return html.Img(
        src=drawn.svg_data_uri(border=2, dark="#000", light="#fff", omitsize=True), alt=label, className=style
    )
