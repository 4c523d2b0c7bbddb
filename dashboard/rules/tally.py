"""Who is chosen: a threshold of the whole body first, then the places, and no tie broken silently."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an option ended as it did: a code whose sentence i18n holds, and the facts that fill it."""

    code: str
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one option: chosen, tied, beyond (passed, but after the places) or failed."""

    number: int
    votes: int
    state: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of one round, by votes and then by number.

    `threshold` is the votes needed. `tied` names the options that stand level at the last place, `open_places` how
    many places are left for them; both are empty when nothing is left to decide.
    """

    threshold: int
    outcomes: tuple[Outcome, ...]
    tied: tuple[int, ...]
    open_places: int


def votes_needed(entitled: int, threshold: Fraction = HALF, strictly: bool = True) -> int:
    """Return the fewest votes that pass: strictly more than a fraction of all entitled, or at least it.

    Source: 以全体代表的过半数通过; 应到 327 needs 164, 321 needs 161, 320 needs 161.
    """
    share = entitled * threshold
    return share.__floor__() + 1 if strictly else share.__ceil__()


def decide(
    votes: Mapping[int, int], entitled: int, places: int, threshold: Fraction = HALF, strictly: bool = True
) -> Decision:
    """Return what became of every option, given its votes by number and how many deputies are entitled (应到).

    A number that cannot be (more votes than deputies, a negative count) is a ValueError.
    """
    if places < 0 or entitled < 0 or any(not 0 <= count <= entitled for count in votes.values()):
        raise ValueError(
            "votes, places and entitled must be counts, and no option has more votes than deputies"
        )
    needed = votes_needed(entitled, threshold, strictly)
    order = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    passed = [(number, count) for number, count in order if count >= needed]
    tied = _tied(passed, places)
    above = next(
        (place for place, (number, _) in enumerate(passed) if number in tied), min(places, len(passed))
    )
    outcomes = []
    for place, (number, count) in enumerate(order, start=1):
        state = _state(place, above, number in tied, count >= needed)
        facts = {"votes": count, "needed": needed, "place": place, "places": places, "tied": len(tied)}
        outcomes.append(Outcome(number, count, state, Reason(f"tally.reason.{state}", facts)))
    return Decision(needed, tuple(outcomes), tied, places - above if tied else 0)


def decide_runoff(votes: Mapping[int, int], places: int) -> Decision:
    """Return what became of the options that were tied: the most votes win, no second threshold is asked.

    Source: 地方组织法（2022）第二十八条, written for persons: 得票多的当选.
    Those level again at the last place stay tied.
    """
    order = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    tied = _tied(order, places)
    above = next(
        (place for place, (number, _) in enumerate(order) if number in tied), min(places, len(order))
    )
    outcomes = []
    for place, (number, count) in enumerate(order, start=1):
        state = _state(place, above, number in tied, passed=True)
        facts = {"votes": count, "place": place, "places": places, "tied": len(tied)}
        outcomes.append(Outcome(number, count, state, Reason(f"tally.reason.runoff_{state}", facts)))
    return Decision(0, tuple(outcomes), tied, places - above if tied else 0)


def _tied(passed: list[tuple[int, int]], places: int) -> tuple[int, ...]:
    """Return the options that stand level on both sides of the last place."""
    if not 0 < places < len(passed) or passed[places - 1][1] != passed[places][1]:
        return ()
    level = passed[places][1]
    return tuple(number for number, count in passed if count == level)


def _state(place: int, above: int, tied: bool, passed: bool) -> str:
    if tied:
        return "tied"
    if not passed:
        return "failed"
    return "chosen" if place <= above else "beyond"
