"""The words of the minutes (会议票决记录) and of the count report (计票结果报告单); papers are in Chinese."""

from collections.abc import Iterator
from datetime import datetime

from dashboard.i18n import DEFAULT, SHANGHAI, Words, words
from dashboard.reports.round_texts import attendance, notes_of, opening, rule, undecided
from dashboard.rules.round_papers import PaperItem, RoundPaper, Section, Sheet, Step

DUTIES = ("chief", "scrutineer", "teller")


def minutes_text(paper: RoundPaper) -> Sheet:
    """Return the minutes of a round: what was done when, by whom, and what came of it."""
    language = words(DEFAULT)
    before = (
        Section(language("paper.minutes.basics"), tuple(_basics(language, paper))),
        Section(language("paper.minutes.officers"), tuple(_officers(language, paper))),
        Section(
            language("paper.minutes.attendance"), (attendance(language, paper), *_channels(language, paper))
        ),
        Section(language("paper.minutes.steps"), tuple(_step(language, step) for step in paper.steps)),
        Section(language("paper.minutes.result"), (rule(language, paper), *_outcome(language, paper))),
    )
    after = [Section(language("paper.minutes.faults"), tuple(_faults(language, paper)))]
    remarks = tuple(_remarks(language, paper))
    if remarks:
        after.append(Section(language("paper.minutes.remarks"), remarks))
    heads, rows = _table(language, paper, with_reasons=True)
    return Sheet(
        title=language("paper.minutes"),
        subtitle=paper.title,
        before=before,
        heads=heads,
        rows=rows,
        after=tuple(after),
        signatures=(language("paper.sign.chair"), language("paper.sign.keeper")),
        day=language.day(paper.closed_on),
        notes=tuple(notes_of(language, paper)),
        mark=language("tag.simulated") if paper.simulated else "",
        reasoned=True,
    )


def report_text(paper: RoundPaper) -> Sheet:
    """Return the count report that scrutineers and tellers sign by hand."""
    language = words(DEFAULT)
    heads, rows = _table(language, paper, with_reasons=False)
    lines = (
        opening(language, paper),
        attendance(language, paper),
        *_channels(language, paper),
        rule(language, paper),
    )
    return Sheet(
        title=language("paper.report"),
        subtitle=paper.title,
        before=(Section("", lines),),
        heads=heads,
        rows=rows,
        after=(
            Section(language("paper.minutes.faults"), tuple(_faults(language, paper))),
            Section("", (*_outcome(language, paper), language("paper.report.statement"))),
        ),
        signatures=tuple(_signing(language, paper)),
        day=language("paper.report.day"),
        notes=tuple(notes_of(language, paper)),
        mark=language("tag.simulated") if paper.simulated else "",
    )


def _basics(language: Words, paper: RoundPaper) -> Iterator[str]:
    yield language(
        "paper.basics.time",
        since=_moment(language, paper.opened_at),
        until=_moment(language, paper.closed_at),
    )
    yield language("paper.basics.meeting", meeting=paper.meeting or paper.congress)
    yield language("paper.basics.place")
    yield opening(language, paper)


def _moment(language: Words, moment: datetime | None) -> str:
    return (
        "—" if moment is None else language.day(moment.astimezone(SHANGHAI).date()) + language.clock(moment)
    )


def _officers(language: Words, paper: RoundPaper) -> Iterator[str]:
    between = language("summary.list")
    for duty in DUTIES:
        names = [one.name for one in paper.officers if one.duty == duty]
        if names:
            yield language("paper.officers", duty=language(f"paper.duty.{duty}"), names=between.join(names))
    for left, came in paper.replaced:
        yield language("paper.officers.replaced", left=left, came=came)
    if not paper.officers:
        yield language("paper.officers.none")


def _channels(language: Words, paper: RoundPaper) -> Iterator[str]:
    """Yield by channel what was issued and recovered, who did not vote, and how many sheets were settled."""
    for name in ("electronic", "paper"):
        one = paper.channels.get(name)
        if one is not None and (one.issued or one.recovered):
            counts = {
                key: language.count(getattr(one, key)) for key in ("issued", "recovered", "valid", "invalid")
            }
            key = f"paper.channel.{name}" + (".over" if one.recovered > one.issued else "")
            yield language(key, idle=language.count(abs(one.issued - one.recovered)), **counts)
    if paper.settled_sheets is not None:
        yield language("paper.settled_sheets", n=language.count(paper.settled_sheets))


def _step(language: Words, step: Step) -> str:
    between = language("summary.list")
    roles = between.join(_role(language, role, len(step.roles) > 1) for role in dict.fromkeys(step.roles))
    line = language("paper.step", at=_moment(language, step.at), what=language(f"paper.step.{step.kind}"))
    line += language("paper.step.by", roles=roles) if roles else ""
    return line + (language("paper.step.why", reason=step.reason) if step.reason else "")


def _role(language: Words, role: str, together: bool) -> str:
    """Return who acted; the deputy of the two who act together is the chief scrutineer."""
    if role in DUTIES:
        return language(f"paper.duty.{role}")
    return language("paper.duty.chief" if role == "deputy" and together else f"role.{role}")


def _outcome(language: Words, paper: RoundPaper) -> Iterator[str]:
    if paper.is_undecided:
        yield undecided(language, paper)
    elif paper.outcome is not None:
        facts = {name: language.count(value) for name, value in paper.outcome.facts.items()}
        yield language("paper.outcome", what=language(paper.outcome.code, **facts))


def _faults(language: Words, paper: RoundPaper) -> Iterator[str]:
    if not paper.faults:
        yield language(
            "paper.faults.none" if not paper.invalid else "paper.faults.many", n=language.count(paper.invalid)
        )
    for code, many in sorted(paper.faults.items()):
        yield language(
            "paper.faults.one",
            what=language(f"paper.fault.{code.rpartition('.')[2]}"),
            n=language.count(many),
        )


def _remarks(language: Words, paper: RoundPaper) -> Iterator[str]:
    for warning in paper.warnings:
        yield language(warning.code, **warning.facts)
    if paper.warnings:
        yield language("paper.below.confirmed" if paper.is_confirmed else "paper.below.unconfirmed")
    for correction in paper.corrections:
        yield language(
            "paper.corrected", announcement=correction["announcement"], reason=correction["reason"]
        )


def _signing(language: Words, paper: RoundPaper) -> Iterator[str]:
    """Yield a line for each officer; where none is recorded, one for each duty."""
    known = [(one.duty, one.name) for one in paper.officers]
    for duty, name in known or [(duty, "") for duty in DUTIES]:
        yield language("paper.sign", duty=language(f"paper.duty.{duty}"), name=name)


def _table(
    language: Words, paper: RoundPaper, *, with_reasons: bool
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the results: votes for, against and abstained where the form has them, else votes."""
    answers = any(item.against is not None for item in paper.items)
    kinds = ("for", "against", "abstained") if answers else ("votes",)
    heads = ["place", "name", *kinds, "state", *(["why"] if with_reasons else [])]
    rows = tuple(
        _row(language, place, item, answers, with_reasons) for place, item in enumerate(paper.items, start=1)
    )
    return tuple(language(f"paper.table.{head}") for head in heads), rows


def _row(language: Words, place: int, item: PaperItem, answers: bool, with_reasons: bool) -> tuple[str, ...]:
    counts = (item.votes, item.against, item.abstained) if answers else (item.votes,)
    state = language(f"paper.state.{item.state}")
    facts = {name: language.count(value) for name, value in item.reason.facts.items()}
    why = (language(item.reason.code, **facts),) if with_reasons else ()
    return (str(place), item.name, *(language.count(one) for one in counts), state, *why)
