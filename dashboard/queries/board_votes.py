"""The content of a round's board, for whom the rules let see it: stored counts, or votes of a recorded round."""

from sqlalchemy import select

from dashboard.gate import Call
from dashboard.rules.board import Turnout
from dashboard.rules.counting import Attendance, Option, count
from dashboard.rules.frames import Bar, Source, Tally
from dashboard.rules.rounds import CHOSEN, LISTED, NOT_DECIDED, TIED, decided_state, told_state
from dashboard.rules.rule_sets import Rules
from dashboard.store.joins import leads, same_line
from dashboard.store.tables.progress import Project
from dashboard.store.tables.voting import Ballot, Count, Round, RoundOption, RoundProject

ORDER = (CHOSEN, TIED, LISTED, NOT_DECIDED)


def result(call: Call, row: Round, turnout: Turnout) -> Tally:
    """Return the stored counts in the order of the result."""
    rows = call.session.execute(
        select(RoundOption.number, RoundOption.name, Count)
        .join(Count, same_line(Count, RoundOption))
        .where(RoundOption.round_id == row.id)
        .order_by(Count.votes.desc(), Count.rank_sum, RoundOption.number)
    )
    settled = (row.facts or {}).get("settled")
    bars = [
        Bar(
            number,
            name,
            found.votes,
            decided_state(found.state, number, settled, found.reason),
            found.against,
            found.abstained,
        )
        for number, name, found in rows
    ]
    # Level again, those stand first whom the presidium chose.
    bars.sort(key=lambda bar: (-(bar.votes or 0), bar.state != CHOSEN))
    return _tally(call, row, turnout, bars, row.threshold)


def chosen(call: Call, row: Round, turnout: Turnout) -> Tally:
    """Return what an announced round chose where its rules publish no votes; no count is read for it.

    The order is that of the projects: where the list alone is published, that of the list.
    """
    rows = call.session.execute(
        select(RoundOption.number, RoundOption.name, Project.number)
        .outerjoin(RoundProject, same_line(RoundProject, RoundOption))
        .outerjoin(Project, leads(RoundProject.project_id, Project))
        .where(RoundOption.round_id == row.id)
        .order_by(Project.number.is_(None), Project.number, RoundOption.number)
    )
    bars = [
        Bar(number, name, None, told_state(number, row.facts, became_project=project is not None))
        for number, name, project in rows
    ]
    bars.sort(key=lambda bar: ORDER.index(bar.state))
    return _tally(call, row, turnout, bars, None)


def live(call: Call, row: Round, rules: Rules, turnout: Turnout) -> Tally:
    """Return the votes of a recorded round as they stand now, in the order of the list: nothing is decided yet."""
    options = [
        Option(number, name)
        for number, name in call.session.execute(
            select(RoundOption.number, RoundOption.name)
            .where(RoundOption.round_id == row.id)
            .order_by(RoundOption.number)
        )
    ]
    ballots = call.session.execute(select(Ballot.id, Ballot.marks).where(Ballot.round_id == row.id))
    cast = [(ballot, marks) for ballot, marks in ballots]
    recovered = len(cast)
    attendance = Attendance(turnout.entitled or recovered, recovered, recovered, recovered)
    counted = count(rules, options, cast, attendance, row.places or len(options), row.purpose)
    votes = {one.number: one for one in counted.options}
    bars = [
        Bar(
            option.number,
            option.name,
            votes[option.number].votes,
            "listed",
            votes[option.number].against,
            votes[option.number].abstained,
        )
        for option in options
    ]
    return _tally(call, row, turnout, bars, None)


def _tally(call: Call, row: Round, turnout: Turnout, bars: list[Bar], threshold: int | None) -> Tally:
    return Tally(
        title=row.title,
        bars=tuple(bars),
        places=row.places,
        candidates=len(bars),
        source=Source(row.announcement or "", simulated=call.place is not None and call.place.simulated),
        threshold=threshold,
        entitled=turnout.entitled,
        present=turnout.present,
        issued=turnout.issued,
        recovered=turnout.recovered,
        valid=row.valid,
        invalid=row.invalid,
        method=row.rule_set,
        round_id=str(row.id),
        runoff=row.purpose == "runoff",
    )
