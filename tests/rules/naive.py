"""A second count, written for the tests alone: ballot by ballot, from the raw JSON, with nothing of the product.

It is slow and plain on purpose. Where it and the product disagree, one of them has misread the rules.
"""

from fractions import Fraction
from math import ceil
from typing import Any


def naive_count(
    rule_set: dict[str, Any],
    numbers: list[int],
    texts: list[str],
    entitled: int,
    present: int,
    issued: int,
    places: int,
    purpose: str,
    handed_out: int = 0,
    sheets: int = 0,
) -> dict[str, Any]:
    """Count and decide; the ballots recovered are those given, `sheets` of them on paper."""
    value = {name: one["value"] for name, one in rule_set["values"].items()}
    ballots = [read(value, numbers, places, text) for text in texts]
    valid = [ballot for ballot in ballots if ballot is not None]
    votes, against, abstained, rank_sum = (dict.fromkeys(numbers, 0) for _ in range(4))
    for ballot in valid:
        for number in numbers:
            said = ballot.get(number)
            if value["form"] == "item":
                votes[number] += said == "+"
                against[number] += said == "-"
                abstained[number] += said in {"=", None}
            elif value["form"] == "mark":
                votes[number] += said is not None
            elif said is not None and said <= places:
                votes[number] += 1
                rank_sum[number] += said
    result = {"valid": len(valid), "invalid": len(ballots) - len(valid), "votes": votes}
    result["against"] = against if value["form"] == "item" else None
    result["abstained"] = abstained if value["form"] == "item" else None
    result["rank_sum"] = rank_sum if value["form"] == "rank" else None
    base = {"in_office": entitled, "present": present, "valid_ballots": len(valid)}[value["threshold_base"]]
    nothing = {"chosen": set(), "tied": set(), "open": 0, "missing": 0, "second": []}
    if len(texts) > issued or sheets > handed_out or len(texts) - sheets > issued - handed_out:
        return {**result, **nothing, "state": "void"}
    if Fraction(present) < Fraction(value["quorum"]) * entitled:
        return {**result, **nothing, "state": "no_quorum"}
    passed = [n for n in numbers if purpose == "runoff" or passes(value, votes[n], base)]
    return {**result, **nothing, **settle(value, numbers, passed, votes, rank_sum, places, purpose)}


def passes(value: dict[str, Any], votes: int, base: int) -> bool:
    """Compare without any division."""
    above, below = (int(part) for part in (value["threshold"] + "/1").split("/")[:2])
    if value["threshold_test"] == "more_than":
        return votes * below > base * above
    return votes * below >= base * above


def settle(
    value: dict[str, Any],
    numbers: list[int],
    passed: list[int],
    votes: dict[int, int],
    rank_sum: dict[int, int],
    places: int,
    purpose: str,
) -> dict[str, Any]:
    """Take an option in while fewer stand before it or beside it than there are places."""

    def before(one: int, other: int) -> bool:
        if votes[one] != votes[other]:
            return votes[one] > votes[other]
        if value["form"] == "rank" and rank_sum[one] != rank_sum[other]:
            return rank_sum[one] < rank_sum[other]
        return value["tie"] == "list_order" and one < other

    chosen, tied = set(), set()
    for one in passed:
        ahead = sum(before(other, one) for other in passed)
        beside = sum(not before(other, one) and not before(one, other) for other in passed)
        if ahead + beside <= places:
            chosen.add(one)
        elif ahead < places:
            tied.add(one)
    missing = 0 if tied or purpose == "runoff" else places - len(chosen)
    second: list[int] = []
    if missing and value["shortfall"] == "second_ballot":
        left = [one for one in numbers if one not in passed]
        many = ceil(Fraction(missing * len(numbers), places))
        # Whoever has fewer than so many before them stands again.
        second = [one for one in left if sum(before(other, one) for other in left) < many]
    state = "tied" if tied else "short" if missing else "decided"
    return {
        "state": state,
        "chosen": chosen,
        "tied": tied,
        "open": places - len(chosen) if tied else 0,
        "missing": missing,
        "second": sorted(second),
    }


def read(value: dict[str, Any], numbers: list[int], places: int, text: str) -> dict[int, Any] | None:
    """Return what a ballot says of each option, or None of an invalid one."""
    if text.startswith("!"):
        return None
    if text == "?":
        if value["unclear_mark"] == "void":
            return None
        text = ""
    if text == "":
        return {} if value["blank_ballot"] == "valid" else None
    said: dict[int, list[Any]] = {}
    for part in text.split():
        if value["form"] == "mark":
            said.setdefault(int(part), []).append("x")
        elif value["form"] == "item":
            said.setdefault(int(part[:-1]), []).append(part[-1])
        else:
            said.setdefault(int(part.split(":")[0]), []).append(int(part.split(":")[1]))
    if any(number not in numbers for number in said):
        return None
    return READERS[value["form"]](value, len(numbers), places, said)


def within(limit: Any, options: int, places: int) -> int:
    """Return a limit as a number."""
    return {"places": places, "any": options}.get(limit, limit)


def read_mark(value, options, places, said):
    if any(len(marks) > 1 for marks in said.values()):
        return None
    limit = within(value["marks_at_most"], options, places)
    if len(said) > limit or (value["marks_exactly"] and len(said) < min(limit, options)):
        return None
    return dict.fromkeys(said, "x")


def read_item(value, options, places, said):
    found = {}
    for number, answers in said.items():
        if len(answers) != len(set(answers)):
            return None
        if len(answers) > 1 and value["double_answer"] == "void":
            return None
        found[number] = answers[0] if len(answers) == 1 else "lost"
    limit = within(value.get("for_marks_at_most", "any"), options, places)
    return None if list(found.values()).count("+") > limit else found


def read_rank(value, options, places, said):
    if any(len(ranks) > 1 for ranks in said.values()):
        return None
    ranks = [given[0] for given in said.values()]
    if len(ranks) != len(set(ranks)) or len(ranks) > within(value["ranks_at_most"], options, places):
        return None
    if value["gap_in_ranks"] == "void" and sorted(ranks) != list(range(1, len(ranks) + 1)):
        return None
    if value["gap_in_ranks"] == "close_up":
        return {n: 1 + sum(other < given[0] for other in ranks) for n, given in said.items()}
    return {n: given[0] for n, given in said.items()}


READERS = {"mark": read_mark, "item": read_item, "rank": read_rank}
