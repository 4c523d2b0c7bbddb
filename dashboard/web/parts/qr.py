"""QR codes, drawn here: no request leaves for another host, and nobody else learns what stands in one."""

import segno
from dash import html
from dash.development.base_component import Component


def qr_code(text: str, label: str) -> Component:
    """Return a QR code as a picture within the page, black on white in every theme so that cameras read it."""
    return html.Img(src=qr_picture(text), alt=label, className="qr")


def qr_picture(text: str) -> str:
    """Return a QR code as the address of a picture that holds itself."""
    # One mask for all: trying the eight of them takes most of the time, and each of them is read as well.
    code = segno.make_qr(text, error="m", mask=2)
    return str(code.svg_data_uri(border=2, dark="#000", light="#fff", omitsize=True))
