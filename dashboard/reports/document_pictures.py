"""Charts in Word documents: as SVG, which stays sharp and is drawn with the reader's fonts, with a PNG beside it.

Word from 2016 on, WPS and LibreOffice draw the SVG; what is older shows the PNG.
"""

import io
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from dashboard.figures.picture import Picture, svg_of
from dashboard.reports.chart_pixels import png_of

SVG = "image/svg+xml"
# In millimetres: two charts with their captions stand on a page.
WIDTH = 134
# By which Word knows that a picture has its SVG beside it.
_EXTENSION = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="%s"/></a:ext></a:extLst>'
)


def put_above(document: Document, caption: str, chart: Picture, summary: str) -> None:
    """Put a chart above the line that is its caption; `summary` is read out in its place."""
    line = next(one for one in document.paragraphs if one.text == caption)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.first_line_indent = Mm(0)
    _without_indent(line)
    for run in line.runs:
        run.font.size = Mm(3.7)
    above = line.insert_paragraph_before()
    above.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # A line of a fixed height would cut the picture off; picture and caption stay on one page.
    above.paragraph_format.line_spacing = 1.0
    above.paragraph_format.keep_with_next = True
    shape = above.add_run().add_picture(io.BytesIO(png_of(chart)), width=Mm(WIDTH))
    inline: Any = shape._inline
    inline.docPr.set("descr", summary)
    number = len([one for one in document.part.package.iter_parts() if one.content_type == SVG]) + 1
    part = Part(PackURI(f"/word/media/chart{number}.svg"), SVG, svg_of(chart).encode(), document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    inline.find(f".//{qn('a:blip')}").append(parse_xml(_EXTENSION % relation))


def _without_indent(line: Paragraph) -> None:
    """Take away the indent that is told in characters, which goes before any other."""
    indent = line._p.get_or_add_pPr().find(qn("w:ind"))
    if indent is not None:
        indent.attrib.pop(qn("w:firstLineChars"), None)
