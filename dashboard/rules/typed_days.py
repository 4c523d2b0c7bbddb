"""Days as people type them: 2025-12-31, 2025/12/31, 2025.12.31, 2025年12月31日, 20251231, full-width digits too."""

import re
from datetime import date

from dashboard.rules.refused import Refused
from dashboard.rules.typed_text import half_width

_DAY = re.compile(
    r"([0-9]{4})[-/.\u5e74]([0-9]{1,2})[-/.\u6708]([0-9]{1,2})\u65e5?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
FIRST_YEAR, LAST_YEAR = 2000, 2099


def read_day(typed: str) -> date:
    """Return the day of a text; one that no calendar has (2月30日) is told apart from what is no day."""
    text = half_width(typed)
    match = _DAY.fullmatch(text)
    if match is None:
        raise Refused("typed_day")
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise Refused("typed_day_none", day=text) from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("typed_day")
    return found
