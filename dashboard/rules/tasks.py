"""The kinds of a task: the six of 督办, and what the rules or the reports ask for beside them."""

from datetime import date

# 书面、重点、集中、网上、现场、询问 (六位一体督办).
SIX = ("written", "priority", "concentrated", "online", "on_site", "questioning")
KINDS = (*SIX, "talk", "notice", "accountability", "rectify", "explain")
PROPOSED, OPEN, DONE, DISMISSED = "proposed", "open", "done", "dismissed"
STATES = (PROPOSED, OPEN, DONE, DISMISSED)
OWNERS = ("leader", "clerk", "presidium")


def is_overdue(state: str, due: date | None, today: date) -> bool:
    """Tell whether an open task has passed its day; the day itself is still in time."""
    return state == OPEN and due is not None and due < today
