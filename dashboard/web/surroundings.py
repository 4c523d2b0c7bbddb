"""What stands around every page: the navigation by role, the tree of congresses, the years, the account."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import DEFAULT
from dashboard.queries.congresses import Listed, years
from dashboard.rules.roles import Role, may
from dashboard.web.addresses import Address
from dashboard.web.context import Web, current
from dashboard.web.pages.page import View
from dashboard.web.parts.links import Link
from dashboard.web.parts.shell import Head, shell


def surround(call: Call, view: View, content: Component) -> Component:
    """Return a whole page around its content; the notice's place is empty until something is told."""
    words = view.words
    web = current()
    here = _home(call, view, web)
    known = years(call) if call.place is not None else ()
    year = view.address.year or (call.today.year if call.today.year in known else next(iter(known), None))
    head = Head(
        brand=Link(words("shell.product"), here.path()),
        short=words("shell.short"),
        places=_places(call, view, here),
        congress=_congresses(call, view, web),
        year=_years(view, here, known, year),
        language=_language(view),
        account=_account(call, view),
    )
    line = (
        words("shell.simulated") if call.place is not None and call.place.simulated else words("shell.line")
    )
    return shell(words, head, [html.Div(id="notice"), content], line, ())


def _home(call: Call, view: View, web: Web) -> Address:
    code = call.place.code if call.place is not None else None
    if code is None and call.actor.congress_id is not None:
        code = next((one.code for one in web.directory.all() if one.id == call.actor.congress_id), None)
    return Address(view.address.language, code, view.address.year if call.place is not None else None)


def _places(call: Call, view: View, here: Address) -> tuple[Link, ...]:
    page = view.address.page
    links = [Link(view.words("place.overview"), here.path(), page == "overview")]
    if call.is_member and may(call.role, "desk.read") and call.place is not None:
        # The desk needs a cycle in its address; the one shown now is taken where none is named.
        named = Address(here.language, call.place.code, here.year or call.today.year, "desk")
        links.append(Link(view.words("place.desk"), named.path(), page == "desk"))
    archive = Address(here.language, page="archive")
    links.append(Link(view.words("place.archive"), archive.path(), page == "archive"))
    return tuple(links)


def _congresses(call: Call, view: View, web: Web) -> Link:
    """Return the switcher: the areas above, the county, under it its townships."""
    english = view.address.language != DEFAULT
    listed = web.directory.all()

    def link(one: Listed) -> Link:
        under = tuple(link(other) for other in listed if other.parent_id == one.id)
        name = one.name_en if english else one.name_zh
        path = Address(view.address.language, one.code).path()
        return Link(name, path, call.place is not None and call.place.code == one.code, under)

    roots = [one for one in listed if one.parent_id is None]
    tree = tuple(_under_areas(web, view, one, link(one)) for one in roots)
    chosen = call.place.name if call.place is not None else view.words("shell.all_congresses")
    return Link(chosen, children=tree)


def _under_areas(web: Web, view: View, root: Listed, link: Link) -> Link:
    english = view.address.language != DEFAULT
    for area in reversed(web.directory.above(root.code)):
        link = Link(area.name_en if english else area.name_zh, children=(link,))
    return link


def _years(view: View, here: Address, known: tuple[int, ...], year: int | None) -> Link:
    words = view.words
    if not known or year is None or here.code is None:
        return Link(words("shell.all_years"))
    links = tuple(
        Link(words("shell.cycle", year=str(one)), here.within(here.code, one).path(), one == year)
        for one in known
    )
    return Link(words("shell.cycle", year=str(year)), children=links)


def _language(view: View) -> Link:
    other, label = ("en", "English") if view.address.language == DEFAULT else (DEFAULT, None)
    return Link(
        label or view.words("shell.chinese"),
        view.address.speaking(other).path() + view.search,
        lang=other,
        fresh=True,
    )


def _account(call: Call, view: View) -> Link:
    language = view.address.language
    if call.actor.account_id is None:
        return Link(view.words("shell.sign_in"), Address(language, page="sign-in").path())
    role = view.words(f"role.{call.actor.role}") if call.actor.role is not Role.PUBLIC else ""
    name = f"{call.actor.name}｜{role}" if role else str(call.actor.name)
    return Link(
        name,
        children=(Link(view.words("account.title"), Address(language, page="account").path()),),
        lang=None if language == DEFAULT else DEFAULT,
    )
