"""The first paint: what a page shows the public before its scripts run, or without them."""

from dataclasses import dataclass

from dashboard.figures.theme import UNTOLD
from dashboard.rules.refused import Refused
from dashboard.store.versions import Stamps
from dashboard.web.context import PageState, Web, make_call
from dashboard.web.markup import Unwritten, markup
from dashboard.web.routing import show


@dataclass(frozen=True, slots=True)
class First:
    """A page as HTML with its title, and the versions that it was made from."""

    body: str
    title: str
    versions: Stamps
    lasting: bool


def first_paint(web: Web, path: str, search: str) -> First | None:
    """Return what the public sees at an address; None where the page is a form or is told another way.

    It is laid out twice, for a wide and for a narrow window, in colours that the browser's theme fills in.
    """
    call = make_call(web, path, writes=False, lenient=True)
    states = [PageState(path, UNTOLD, narrow, web.build, "") for narrow in (False, True)]
    try:
        with call.snapshot():
            (wide, _, title), (narrow, _, _) = [show(call, {"search": search}, state) for state in states]
        return First(markup(wide, narrow), title, call.stamps, call.lasting)
    except (Refused, Unwritten):
        # The routing tells it once the scripts run.
        return None
