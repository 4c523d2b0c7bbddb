"""What the page of a round's life says: its finding, the name of each step, of each act, of who acts."""

from collections.abc import Sequence
from datetime import datetime

from dashboard.i18n import SHANGHAI, MissingWord, Words
from dashboard.rules.conduct_frames import Conduct, Step
from dashboard.rules.reasons import Reason
from dashboard.rules.rounds import CHECKED, COUNTED, DRAFT, PRACTICE, TELLER
from dashboard.web.parts.text import Sentence

# Which acts did a step, the last of each told under it.
ACTS_OF = {
    "prepare": ("round_drafted", "round_edited", "round_listed", "round_officers_named", "round_thawed"),
    "adopt": ("round_method_adopted", "round_officers_adopted", "round_rules_confirmed", "round_checked"),
    "open": ("round_opened",),
    "vote": ("round_suspended", "round_resumed"),
    "close": ("round_closed", "round_sealed"),
    "count": ("round_recount_differs", "round_counted"),
    "sign": ("round_signed",),
    "report": ("round_reported", "round_tie_settled"),
    "announce": ("round_announced", "round_corrected"),
}
# The record names who assented; it took two.
BY_BOTH = frozenset({"round_opened", "round_suspended", "round_resumed", "round_closed", "round_annulled"})


def finding(words: Words, one: Conduct) -> Sentence:
    """Return how a round stands, with the number that matters in this state."""
    facts = {
        "present": words.count(one.present),
        "needed": words.count(one.needed),
        "voted": words.count(one.voted),
        "n": words.count(len(one.problems)),
        "signed": words.count(sum(officer.signed_at is not None for officer in one.officers)),
        "signing": words.count(sum(officer.duty != TELLER for officer in one.officers)),
    }
    state = one.state
    if state == DRAFT and not one.problems:
        state = "ready"
    elif state == CHECKED and one.problems:
        state = "awaited"
    elif one.purpose == PRACTICE and state == "closed":
        state = "practised"
    return Sentence(f"conduct.finding.{state}", facts, {"title": one.title})


def step_name(words: Words, step: str, purpose: str) -> str:
    """Return the name of a step; a practice adopts nothing."""
    return words("conduct.step.freeze" if step == "adopt" and purpose == PRACTICE else f"conduct.step.{step}")


def moment(words: Words, at: datetime) -> str:
    """Return a day without its year and the time of day in Shanghai."""
    return words(
        "conduct.moment", day=words.day_of_year(at.astimezone(SHANGHAI).date()), clock=words.clock(at)
    )


def act_line(words: Words, act: Step) -> str:
    """Return what was done, when, and in which role; deputies act on a round as its officers."""
    who = words("conduct.side.both") if act.kind in BY_BOTH else side(words, act.role)
    return words("conduct.act", what=act_name(words, act.kind), when=moment(words, act.at), who=who)


def act_name(words: Words, kind: str) -> str:
    """Return the name of an act; one that this version does not know is an entry of the record."""
    try:
        return words(f"conduct.did.{kind}")
    except MissingWord:
        return words("conduct.did.other")


def side(words: Words, role: str | None) -> str:
    """Return who acted, by the role alone: names stand in no act."""
    if role is None:
        return words("conduct.side.system")
    return words("conduct.side.deputy") if role == "deputy" else words(f"role.{role}")


def done(one: Conduct, step: str) -> list[Step]:
    """Return the last act of each kind that belongs to a step, signatures all of them."""
    kinds = ACTS_OF.get(step, ())
    found = [act for act in one.steps if act.kind in kinds]
    if one.state == COUNTED or step == "sign":
        return found
    return list({act.kind: act for act in found}.values())


def reasons(words: Words, found: Sequence[Reason]) -> list[tuple[str, str]]:
    """Return each problem or warning as a sentence, with what to do about it."""
    return [
        (words(one.code, **_facts(words, one)), words(f"{one.code}.do", **_facts(words, one)))
        for one in found
    ]


def _facts(words: Words, one: Reason) -> dict[str, str]:
    return {name: words.count(value) for name, value in one.facts.items()}
