"""What every page is: a name, the action that opens it, and a function that lays it out."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.web.addresses import Address, id_of
from dashboard.web.context import PageState


@dataclass(frozen=True, slots=True)
class View:
    """What a page's layout is given beside the call: its words, its address, its look."""

    words: Words
    address: Address
    theme: str
    narrow: bool
    search: str
    state: PageState

    @property
    def item_id(self) -> UUID:
        """Return the id of the one thing that the address names; what is no id is not found."""
        return id_of(self.address.item)


Layout = Callable[[Call, View], tuple[Component, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `layout` returns its content and the title of the window.

    `item` lays out one thing of it, which the address names (`view.address.item`). A `bare` page stands without
    header and foot.
    """

    name: str
    layout: Layout
    topics: tuple[str, ...] = ()
    item: Layout | None = None
    bare: bool = False
