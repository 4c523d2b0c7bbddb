"""What was frozen into a round when it was checked: its rules and its list, as casting and counting need them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dashboard.rules.marks import check_cast, fault, read_marks
from dashboard.rules.outcomes import Option
from dashboard.rules.reasons import Reason
from dashboard.rules.refused import Refused
from dashboard.rules.rule_sets import Rules, read_rule_set, rules_of
from dashboard.store.core import table_of
from dashboard.store.tables.voting import Round, RoundOption

ROUNDS, OPTIONS = table_of(Round), table_of(RoundOption)


@dataclass(frozen=True, slots=True)
class Frozen:
    """The rules and the list of one round, which do not change from its freeze on."""

    rules: Rules
    options: tuple[Option, ...]
    numbers: frozenset[int]
    places: int

    def check(self, marks: str) -> str:
        """Return the text of a ballot as it is kept, or refuse it, telling what to change."""
        return check_cast(self.rules, self.numbers, self.places, marks)

    def fault(self, marks: str) -> Reason | None:
        """Return why a ballot in the box is invalid as a whole, or None of a valid one."""
        try:
            read = read_marks(self.rules.form, marks)
        except Refused:
            return Reason("tally.invalid.not_canonical", {})
        return fault(self.rules, self.numbers, self.places, read)


_RULES = select(ROUNDS.c.rules, ROUNDS.c.places).where(
    ROUNDS.c.congress_id == bindparam("congress"), ROUNDS.c.id == bindparam("round")
)
_OPTIONS = (
    select(OPTIONS.c.number, OPTIONS.c.name)
    .where(OPTIONS.c.congress_id == bindparam("congress"), OPTIONS.c.round_id == bindparam("round"))
    .order_by(OPTIONS.c.number)
)


def read_frozen(session: Session, congress: UUID, round_id: UUID) -> Frozen:
    """Return what was frozen into a round; a list without places (an assessment) has one for every line."""
    named = {"congress": congress, "round": round_id}
    connection = session.connection()
    raw, places = connection.execute(_RULES, named).one()
    options = tuple(Option(number, name) for number, name in connection.execute(_OPTIONS, named))
    numbers = frozenset(option.number for option in options)
    return Frozen(rules_of(read_rule_set(raw)), options, numbers, len(options) if places is None else places)
