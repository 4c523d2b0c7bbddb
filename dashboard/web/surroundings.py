"""What stands around every page: the navigation by role, the tree of congresses, the years, the account."""

from dataclasses import replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import DEFAULT, Words
from dashboard.queries.congresses import Listed, Region, years
from dashboard.rules.roles import Role, may
from dashboard.web.addresses import Address
from dashboard.web.context import Web, current
from dashboard.web.pages.page import View
from dashboard.web.parts.hall_entry import leave_form
from dashboard.web.parts.links import Link
from dashboard.web.parts.shell import Head, shell
from dashboard.web.parts.terminal import head as terminal_head
from dashboard.web.parts.terminal import watched
from dashboard.web.terminals import way_in

# The places of the header in their order, and what stands in the foot.
PLACES = ("overview", "orders", "projects", "rounds", "inquiries", "assessments", "archive")
FOOT = (
    "departments", "deputies", "inspections", "remarks", "townships", "congresses", "data", "hall", "receipt",
)  # fmt: skip


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
        congress=_congresses(call, view, web, here),
        year=_years(view, call, known, year),
        language=_language(view),
        account=_account(call, view),
    )
    line = (
        words("shell.simulated") if call.place is not None and call.place.simulated else words("shell.line")
    )
    foot = tuple(_place(view, here, name) for name in FOOT)
    return shell(words, head, [_notice(words), content], line, foot)


def shared(call: Call, view: View, content: Component) -> Component:
    """Return a page on a terminal of the hall: no way leads away from it but leaving; untouched, it is left."""
    words, hall = view.words, way_in(call, current(), view.address)
    is_in = call.actor.account_id is not None
    # The hall's own pages end with it.
    leave = [leave_form(words, hall, terminal=True)] if is_in and view.address.page != "hall" else []
    main = html.Main([_notice(words), content, *leave], id="main", className="page", tabIndex="-1")
    head = terminal_head(words("shell.product"), _language(view))
    return watched(words, [head, main], hall, signed_in=is_in)


def alone(view: View, content: Component) -> Component:
    """Return a page that stands for itself: nothing around it but the notice's place."""
    return html.Div([_notice(view.words), content], className="alone")


def _notice(words: Words) -> Component:
    """Return the place of what is told, with what assets/refused.js says where nothing comes."""
    told = {f"data-{name}": words(f"state.{name}") for name in ("lost", "failed", "again")}
    carried: dict[str, Any] = told
    return html.Div(id="notice", **carried)


def _home(call: Call, view: View, web: Web) -> Address:
    """Return the overview that a page belongs to: beside the congresses, the reader's own or the first."""
    if call.place is not None:
        return Address(view.address.language, call.place.code, view.address.year)
    own = web.directory.holding(call.actor.congress_id) if call.actor.congress_id is not None else None
    listed = own or web.directory.find(None)
    return Address(view.address.language, listed.code if listed else None)


def _places(call: Call, view: View, here: Address) -> tuple[Link, ...]:
    names = list(PLACES)
    if call.is_member and may(call.role, "desk.read"):
        names.insert(1, "desk")
    return tuple(_place(view, here, name) for name in names)


def _place(view: View, here: Address, name: str) -> Link:
    return Link(view.words(f"place.{name}"), here.to(name).path(), view.address.page == name)


def _congresses(call: Call, view: View, web: Web, here: Address) -> Link:
    """Return the switcher: the areas above, the county, under it its townships, and the way to all others."""
    language = view.address.language
    chosen = call.place.name if call.place is not None else view.words("shell.all_congresses")
    listed = web.directory.find(here.code)
    if listed is None:
        return Link(chosen)
    family = web.directory.family(listed)

    def link(one: Listed | Region, code: str | None, under: tuple[Link, ...] = ()) -> Link:
        name = one.name_zh if language == DEFAULT else one.name_en
        path = Address(language, code).path() if code is not None else None
        return Link(name, path, call.place is not None and call.place.code == code, under)

    tree = link(family.head, family.head.code, tuple(link(one, one.code) for one in family.under))
    for area in reversed(family.above):
        tree = link(area, area.congress, (tree,))
    others = Link(view.words("place.congresses"), Address(language, page="congresses").path())
    return Link(chosen, children=(tree, others))


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
