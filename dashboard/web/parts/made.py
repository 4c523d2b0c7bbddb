"""Components made without Dash's look at each property: a twentieth of its cost, where a page has thousands of them.

Of each kind the first one is made as Dash makes it; what the kind does not know is refused there, and nowhere later.
"""

from typing import Any, TypeVar

from dash.development.base_component import Component

Kind = TypeVar("Kind", bound=Component)
_BORN: dict[type[Component], dict[str, Any]] = {}


def made(kind: type[Kind], children: Any = None, **props: Any) -> Kind:
    """Return a component of a kind, as calling the kind would."""
    born = _BORN.get(kind)
    if born is None:
        first = kind(children, **props)  # type: ignore[call-arg]  # Every kind takes children.
        # What is not given is the kind's own.
        _BORN[kind] = {name: value for name, value in vars(first).items() if name not in {"children", *props}}
        return first
    one = kind.__new__(kind)
    own = vars(one)
    own.update(born)
    own.update(props)
    own["children"] = children
    return one
