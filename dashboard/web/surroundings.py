"""What stands around every page: the navigation by role, the tree of congresses, the years, the account."""

from dataclasses import replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import DEFAULT, Words
from dashboard.queries.congresses import Listed, years
from dashboard.rules.roles import Role, may
from dashboard.web.addresses import Address
from dashboard.web.context import Web, current
from dashboard.web.pages.page import View
from dashboard.web.parts.links import Link
from dashboard.web.parts.shell import Head, shell

# The places of the header in their order, and what stands in the foot.
PLACES = ("overview", "orders", "projects", "rounds", "inquiries", "assessments", "archive")
FOOT = ("departments", "deputies", "townships", "congresses", "data")


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
        year=_years(view, call, known, year),
        language=_language(view),
        account=_account(call, view),
    )
    line = (
        words("shell.simulated") if call.place is not None and call.place.simulated else words("shell.line")
    )
    foot = tuple(_place(view, here, name) for name in FOOT)
    return shell(words, head, [_notice(words), content], line, foot)


def _notice(words: Words) -> Component:
    """Return the place of what is told, with what assets/refused.js says where nothing comes."""
    told = {f"data-{name}": words(f"state.{name}") for name in ("lost", "failed", "again")}
    carried: dict[str, Any] = told
    return html.Div(id="notice", **carried)


def _home(call: Call, view: View, web: Web) -> Address:
    """Return the overview that a page belongs to: beside the congresses, the reader's own or the first."""
    if call.place is not None:
        return Address(view.address.language, call.place.code, view.address.year)
    own = next((one.code for one in web.directory.all() if one.id == call.actor.congress_id), None)
    first = web.directory.find(None)
    return Address(view.address.language, own or (first.code if first else None))


def _places(call: Call, view: View, here: Address) -> tuple[Link, ...]:
    names = list(PLACES)
    if call.is_member and may(call.role, "desk.read"):
        names.insert(1, "desk")
    return tuple(_place(view, here, name) for name in names)


def _place(view: View, here: Address, name: str) -> Link:
    return Link(view.words(f"place.{name}"), here.to(name).path(), view.address.page == name)


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


def _years(view: View, call: Call, known: tuple[int, ...], year: int | None) -> Link:
    """Return the cycles of the congress, each as the same page of that year."""
    words = view.words
    if not known or year is None or call.place is None:
        return Link(words("shell.all_years"))
    here = replace(view.address, code=call.place.code, item=None)
    links = tuple(
        Link(words("shell.cycle", year=str(one)), replace(here, year=one).path(), one == year)
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
    own = call.actor.name if call.place is None or call.actor.name != call.place.name else ""
    name = "｜".join(part for part in (own, role) if part)
    return Link(
        name,
        children=(Link(view.words("account.title"), Address(language, page="account").path()),),
        lang=None if language == DEFAULT else DEFAULT,
    )
