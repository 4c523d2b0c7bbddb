"""Answers that depend on the role and not on the person: written once for all who may see the same.

The gate decides by role, membership and the forced change of password alone for such an answer, so all three stand
in its key beside everything that the page shows; a version that was raised makes it anew.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import orjson

from dashboard.gate import Call
from dashboard.store.versions import Stamps
from dashboard.web.context import PageState, Web
from dashboard.web.quick_json import quick_json


@dataclass(frozen=True, slots=True)
class Shared:
    """A part of a page as JSON, with the versions of the topics that it was made from."""

    text: orjson.Fragment
    versions: Stamps


def shared(
    web: Web, function: Callable[..., Any], call: Call, page: PageState, arguments: list[Any]
) -> orjson.Fragment:
    """Return a reading callback's answer, made anew only where nothing that holds is kept."""
    key = _key(function, call, page, arguments)
    kept: Shared | None = web.shared.get(key)
    if kept is not None and web.ground.versions.hold(kept.versions):
        # What the answer was made from is what the public's kept answer depends on.
        call.topics.update({(congress, topic): version for congress, topic, version in kept.versions})
        return kept.text
    made = function(call, *arguments, page)
    text = orjson.Fragment(quick_json(made))
    web.shared.put(key, Shared(text, call.stamps))
    return text


def _key(function: Callable[..., Any], call: Call, page: PageState, arguments: list[Any]) -> Hashable:
    who = (call.role, call.is_member, call.actor.must_change)
    look = (page.path, page.theme, page.narrow, page.build)
    return (function, repr(arguments), who, look, call.place, call.year, call.today)
