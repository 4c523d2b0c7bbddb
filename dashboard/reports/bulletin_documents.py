"""The monthly bulletin (通报) as .docx, by the template data/templates/bulletin.docx; papers are in Chinese."""

from collections.abc import Iterator

from dashboard.figures.picture import Caption, Picture, picture
from dashboard.figures.progress_curve import progress_curve
from dashboard.figures.summary import summarise_curve
from dashboard.i18n import DEFAULT, Words, words
from dashboard.reports.document_pictures import put_above
from dashboard.reports.round_documents import filled, saved, set_widths
from dashboard.rules.bulletins import Bulletin, Ranked
from dashboard.rules.frames import Curve
from dashboard.rules.lights import tone
from dashboard.rules.round_papers import Section, Sheet

# The columns of the ranking in millimetres: place, project, department, planned, actual, gap, light, months.
WIDTHS = (10, 40, 25, 17, 18, 16, 16, 14)
# How wide a curve is drawn, in pixels: on paper its smallest type is then about as large as a note's.
PICTURE = 688
HEADS = ("place", "project", "department", "planned", "actual", "gap", "light", "behind")


def bulletin_docx(found: Bulletin) -> bytes:
    """Return the bulletin as a document."""
    document = filled("bulletin.docx", found.congress, bulletin_text(found))
    set_widths(document.tables[0], WIDTHS)
    language = words(DEFAULT)
    for number, curve in enumerate(found.curves, start=1):
        told = curve_caption(language, number, curve)
        put_above(document, told, curve_picture(language, found, curve), summarise_curve(curve, language))
    return saved(document)


def bulletin_text(found: Bulletin) -> Sheet:
    """Return the words of a bulletin: how it stands, the ranking, money, late reports, what was decided."""
    language = words(DEFAULT)
    late = tuple(_late(language, found)) or (language("bulletin.late.none"),)
    decided = tuple(_decisions(language, found)) or (language("bulletin.decided.none"),)
    return Sheet(
        title=title_of(language, found),
        subtitle=found.congress,
        before=(Section(language("bulletin.standing"), (_summary(language, found),)),),
        heads=tuple(language(f"bulletin.column.{name}") for name in HEADS),
        rows=tuple(_row(language, place, one) for place, one in enumerate(found.ranked, start=1)),
        after=(
            Section(language("bulletin.money"), (_money(language, found),)),
            Section(language("bulletin.late"), late),
            Section(language("bulletin.decided"), decided),
            *([Section(language("bulletin.curves"), _captions(language, found))] if found.curves else []),
        ),
        signatures=(),
        day=language.day(found.as_of),
        notes=(language("bulletin.source"),),
        mark=language("tag.simulated") if found.simulated else "",
    )


def title_of(language: Words, found: Bulletin) -> str:
    """Return the title of a bulletin, which names the cycle and the month."""
    return language("bulletin.title", year=str(found.year), month=language.month(found.month))


def curve_caption(language: Words, number: int, curve: Curve) -> str:
    """Return the line under a curve."""
    return language("bulletin.curve", n=language.count(number), project=curve.name)


def curve_picture(language: Words, found: Bulletin, curve: Curve) -> Picture:
    """Return the curve of a project as the bulletin prints it: as wide as its lines, type as large as its notes."""
    caption = Caption(
        curve.name,
        "｜".join(one for one in (language("curve.subtitle"), curve.department) if one),
        language("bulletin.source"),
        language.day(found.month),
        language("tag.simulated") if found.simulated else "",
    )
    return picture(progress_curve(curve, language, "light"), caption, PICTURE)


def _captions(language: Words, found: Bulletin) -> tuple[str, ...]:
    return tuple(curve_caption(language, number, curve) for number, curve in enumerate(found.curves, start=1))


def _summary(language: Words, found: Bulletin) -> str:
    lights = [tone(one.standing.light) for one in found.ranked]
    return language(
        "bulletin.summary",
        n=language.count(len(lights)),
        blue=language.count(lights.count("blue")),
        green=language.count(lights.count("green")),
        amber=language.count(lights.count("amber")),
        red=language.count(lights.count("red")),
        grey=language.count(lights.count("grey")),
    )


def _row(language: Words, place: int, one: Ranked) -> tuple[str, ...]:
    row = one.standing
    return (
        str(place), row.name, row.department or "", language.share(row.planned), language.share(row.actual),
        language.gap(row.gap), language(f"light.short.{row.light}"), language.count(row.months_behind),
    )  # fmt: skip


def _money(language: Words, found: Bulletin) -> str:
    return language(
        "bulletin.money.line", budget=language.money(found.budget()), paid=language.money(found.paid())
    )


def _late(language: Words, found: Bulletin) -> Iterator[str]:
    for one in found.late:
        key = "bulletin.late.came" if one.has_come else "bulletin.late.absent"
        yield language(
            key, project=one.project, department=one.department or "", due=language.day(one.due),
            n=language.count(one.days),
        )  # fmt: skip


def _decisions(language: Words, found: Bulletin) -> Iterator[str]:
    for one in found.decisions:
        key = "bulletin.decision" if one.document is None else "bulletin.decision.document"
        yield language(
            key,
            day=language.day(one.day),
            project=one.project or "",
            what=one.what,
            document=one.document or "",
        )
