"""The words of an announcement (公告), once for the paper and for the page; papers are in Chinese."""

import re
from collections.abc import Iterator

from dashboard.i18n import DEFAULT, Words, words
from dashboard.rules.round_papers import Announcement, PaperItem, RoundPaper

# "…主席团公告（第3号）": who announces, and under which number.
_NAMED = re.compile(r"(?P<title>.*?)\s*[\uff08(](?P<number>\u7b2c[^\uff08()\uff09]+\u53f7)[)\uff09]\s*")
RUNOFF, SECOND = "runoff", "second"
# A second ballot would be held by the rules, and no candidate is left for it.
NOBODY_LEFT = "tally.round.short_nobody"


def announcement_text(paper: RoundPaper) -> Announcement:
    """Return the text of a round's announcement; votes stand in it where the rules publish numbers."""
    language = words(DEFAULT)
    named = _NAMED.fullmatch(paper.announcement or "")
    title = named["title"] if named else paper.announcement or paper.title
    return Announcement(
        title=title,
        number=named["number"] if named else "",
        paragraphs=tuple(_paragraphs(language, paper)),
        items=tuple(
            language("paper.item", place=place, item=item_text(language, paper, item))
            for place, item in enumerate(_listed(paper), start=1)
        ),
        closing=tuple(_closing(language, paper)),
        issuer=_issuer(language, paper, title),
        day=language.day(paper.announced_on),
        notes=tuple(notes_of(language, paper)),
        mark=language("tag.simulated") if paper.simulated else "",
    )


def opening(language: Words, paper: RoundPaper) -> str:
    """Return what was voted on, when and how."""
    facts = {
        "meeting": paper.meeting or paper.congress,
        "day": language.day(paper.closed_on),
        "manner": language("paper.manner.secret" if paper.rules.secret else "paper.manner.recorded"),
        "year": str(paper.year),
        "n": language.count(len(paper.items)),
        "places": language.count(paper.places),
    }
    kind = paper.purpose if paper.purpose in {RUNOFF, SECOND} else "adoption"
    return language(f"paper.opening.{kind}", **facts)


def attendance(language: Words, paper: RoundPaper) -> str:
    """Return the fixed sentence: 应到 实到 发出 收回 有效 无效."""
    there = paper.attendance
    return language(
        "round.attendance.sentence",
        entitled=language.count(there.entitled),
        present=language.count(there.present),
        issued=language.count(there.issued),
        recovered=language.count(there.recovered),
        valid=language.count(paper.valid),
        invalid=language.count(paper.invalid),
    )


def rule(language: Words, paper: RoundPaper) -> str:
    """Return by which rule set, from how many votes on and for how many places items are chosen."""
    return language(
        "paper.rule" if paper.threshold is not None else "paper.rule.runoff",
        name=paper.rule_name,
        key=paper.rule_set,
        needed=language.count(paper.threshold),
        places=language.count(paper.places),
    )


def undecided(language: Words, paper: RoundPaper) -> str:
    """Return why a round decided nothing at all, and that it did not."""
    why = paper.outcome or paper.items[0].reason
    facts = {name: language.count(value) for name, value in why.facts.items()}
    return language("paper.undecided", what=language(why.code, **facts))


def item_text(language: Words, paper: RoundPaper, item: PaperItem) -> str:
    """Return an item's name, with its votes where the rules publish numbers."""
    if paper.rules.publish_votes != "numbers":
        return item.name
    if item.against is None:
        return language("paper.item.votes", name=item.name, votes=language.count(item.votes))
    return language(
        "paper.item.answers",
        name=item.name,
        votes=language.count(item.votes),
        against=language.count(item.against),
        abstained=language.count(item.abstained),
    )


def notes_of(language: Words, paper: RoundPaper) -> Iterator[str]:
    """Yield what stands at the foot: warnings of rules below the law, the box's digest, the record's head."""
    for warning in paper.warnings:
        yield language("paper.below", what=language(warning.code, **warning.facts))
    if paper.warnings and paper.is_confirmed:
        yield language("paper.below.confirmed")
    yield language("paper.digest", digest=paper.digest)
    if paper.head is not None:
        yield language("paper.head", n=language.count(paper.head.number), head=paper.head.digest)
        yield language("paper.check")


def _paragraphs(language: Words, paper: RoundPaper) -> Iterator[str]:
    yield opening(language, paper)
    yield attendance(language, paper)
    if paper.is_undecided:
        yield undecided(language, paper)
        return
    yield rule(language, paper)
    if not paper.chosen:
        yield language("paper.chosen.none")
        return
    facts = {"n": language.count(len(paper.chosen)), "year": str(paper.year)}
    order = "list" if paper.rules.publish_votes == "list" else "votes"
    yield language(f"paper.chosen.{order}", **facts)


def _listed(paper: RoundPaper) -> tuple[PaperItem, ...]:
    """Return the chosen in the order that the rules publish: by votes, or as they stood on the ballot."""
    if paper.rules.publish_votes == "list":
        return tuple(sorted(paper.chosen, key=lambda item: item.number))
    return paper.chosen


def _closing(language: Words, paper: RoundPaper) -> Iterator[str]:
    left = paper.places - len(paper.chosen)
    if paper.tied:
        names = language("summary.list").join(item.name for item in paper.tied)
        facts = {"n": language.count(len(paper.tied)), "left": language.count(left), "names": names}
        yield language("paper.tied.again" if paper.purpose == RUNOFF else "paper.tied", **facts)
    elif left > 0 and not paper.is_undecided:
        nobody = paper.outcome is not None and paper.outcome.code == NOBODY_LEFT
        again = paper.rules.shortfall == "second_ballot" and not nobody
        yield language("paper.left.second" if again else "paper.left.vacant", n=language.count(left))
    for correction in paper.corrections:
        yield language(
            "paper.corrected", announcement=correction["announcement"], reason=correction["reason"]
        )
    yield language("paper.closing")


def _issuer(language: Words, paper: RoundPaper, title: str) -> str:
    """Return who announces: as the announcement's title says it, with the congress where it leaves that out."""
    word = language("paper.announcement")
    issuer = title[: -len(word)] if title.endswith(word) else language("paper.presidium")
    return issuer if paper.congress[:2] in issuer else paper.congress + issuer
