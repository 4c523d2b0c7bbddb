"""Preparing a round: its draft, its list, its officers, what the meeting adopted, and the freeze."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import delete, select

from dashboard.gate import Call, command
from dashboard.i18n import DEFAULT, words
from dashboard.rules import chain
from dashboard.rules.refused import Refused
from dashboard.rules.round_problems import problems
from dashboard.rules.rounds import CHIEF, CHOSEN, DRAFT, FOLLOWING, PRACTICE, SCRUTINEER, TELLER, moved
from dashboard.rules.rule_sets import ADOPTION, needs_confirmation
from dashboard.store.candidates import about_candidates
from dashboard.store.consents import lapse, waiting_consents
from dashboard.store.rounds import facts_of, rules_now, taken
from dashboard.store.rule_sets import raw_of, rule_set_of
from dashboard.store.seats import seats_in_office
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.voting import CheckIn, Round, RoundOfficer, RoundOption
from dashboard.store.witness import witness

SAMPLES = ("apple", "pear", "peach", "orange", "grape")
SAMPLE_PLACES = 3
MOST_OPTIONS = 200
Title = Annotated[str, Field(max_length=200)]
Places = Annotated[int, Field(ge=1, le=MOST_OPTIONS)]


class NewRound(BaseModel):
    """A round to be drafted: on the cycle's candidates, or to practise on samples that decide nothing."""

    year: int
    purpose: Literal["adoption", "practice"]
    title: Title = ""
    rule_set: str = Field(max_length=80)
    meeting_id: UUID | None = None


class Changes(BaseModel):
    """What a draft says of itself; each value replaces the one before."""

    title: Title
    rule_set: str = Field(max_length=80)
    places: Places | None
    closes_at: datetime | None
    on_paper: bool
    meeting_id: UUID | None


class Officers(BaseModel):
    """Who is named for a round, by seat."""

    chief: UUID | None
    scrutineers: Annotated[list[UUID], Field(max_length=50)] = []
    tellers: Annotated[list[UUID], Field(max_length=50)] = []


@command("round.prepare")
def draft_round(call: Call, new: NewRound) -> UUID:
    """Draft a round on the cycle's candidates, or one to practise; return its id."""
    cycle = call.session.scalar(select(Cycle.id).where(Cycle.year == new.year))
    if cycle is None:
        raise Refused("no_cycle")
    _check_rule_set(call, new.rule_set)
    _check_meeting(call, new.meeting_id)
    language = words(DEFAULT)
    title = new.title.strip() or language(f"conduct.title.{new.purpose}", year=str(new.year))
    is_practice = new.purpose == PRACTICE
    row = Round(
        congress_id=call.congress_id, id=new_id(), meeting_id=new.meeting_id, cycle_id=cycle, after_id=None,
        purpose=new.purpose, title=title, state=DRAFT, rule_set=new.rule_set, rules={},
        places=SAMPLE_PLACES if is_practice else None,
    )  # fmt: skip
    call.session.add(row)
    call.session.flush()
    names: list[tuple[int, str, UUID | None]]
    if is_practice:
        names = [(number, language(f"conduct.sample.{name}"), None) for number, name in enumerate(SAMPLES, 1)]
    else:
        left = [one for one in _candidates(call, cycle) if one.state != CHOSEN]
        names = [(place, one.name, one.id) for place, one in enumerate(left, 1)]
    _put_options(call, row.id, names)
    _tell(call, "drafted", row, "round", "options")
    return row.id


@command("round.prepare")
def edit_round(call: Call, round_id: UUID, changes: Changes) -> None:
    """Change what a draft says; what the meeting adopted of it is adopted anew.

    Another rule set or number of places, paper or none is another way of voting; another meeting adopted neither it
    nor the officers, and nobody is there yet. Places and rule set of a run-off or second ballot are those of the
    outcome it follows from.
    """
    row = _taken(call, round_id, "edit")
    ruled, asked = (row.rule_set, row.places), (changes.rule_set, changes.places)
    if row.purpose in FOLLOWING and ruled != asked:
        raise Refused("round_places_given")
    if not changes.title.strip():
        raise Refused("round_title_empty")
    _check_meeting(call, changes.meeting_id)
    if row.rule_set != changes.rule_set:
        _check_rule_set(call, changes.rule_set)
    if ruled != asked:
        # The meeting adopts the way of voting with its numbers, and a leader confirms what it was told.
        row.method_adopted_on = row.rules_confirmed_by = None
    if row.on_paper != changes.on_paper:
        row.method_adopted_on = None
    if row.meeting_id != changes.meeting_id:
        row.method_adopted_on = row.officers_adopted_on = None
        # Frozen before and thawed: whoever came then was at that meeting.
        call.session.execute(delete(CheckIn).where(CheckIn.round_id == row.id))
    row.title, row.rule_set, row.places = changes.title.strip(), changes.rule_set, changes.places
    row.closes_at, row.on_paper, row.meeting_id = changes.closes_at, changes.on_paper, changes.meeting_id
    _tell(call, "edited", row, "round")


@command("round.prepare")
def choose_options(call: Call, round_id: UUID, candidates: Sequence[UUID]) -> None:
    """Put the chosen candidates of the cycle onto the list, numbered in the order given."""
    row = _taken(call, round_id, "edit")
    if row.purpose != ADOPTION:
        raise Refused("round_list_given")
    if len(candidates) > MOST_OPTIONS or len(set(candidates)) != len(candidates):
        raise Refused("malformed")
    known = {one.id: one for one in _candidates(call, row.cycle_id)}
    if not known.keys() >= set(candidates):
        raise Refused("not_found")
    names = [(place, known[one].name, one) for place, one in enumerate(candidates, 1)]
    if names != _options(call, row.id):
        row.method_adopted_on = None
    _put_options(call, row.id, names)
    _tell(call, "listed", row, "round", "options")


@command("round.prepare")
def name_officers(call: Call, round_id: UUID, officers: Officers) -> None:
    """Name the chief scrutineer, the scrutineers and the tellers; whom the meeting then adopts."""
    row = _taken(call, round_id, "edit")
    duties = [(one, CHIEF) for one in ([officers.chief] if officers.chief else [])]
    duties += [(one, SCRUTINEER) for one in officers.scrutineers]
    duties += [(one, TELLER) for one in officers.tellers]
    seats = [seat for seat, _ in duties]
    if len(set(seats)) != len(seats):
        raise Refused("officer_twice")
    if not seats_in_office(call.session, call.today).keys() >= set(seats):
        raise Refused("officer_not_in_office")
    call.session.execute(delete(RoundOfficer).where(RoundOfficer.round_id == row.id))
    for seat, duty in duties:
        call.session.add(
            RoundOfficer(congress_id=call.congress_id, round_id=row.id, membership_id=seat, duty=duty)
        )
    row.officers_adopted_on = None
    _tell(call, "officers_named", row, "round", "officers")


@command("round.prepare")
def record_adoption(call: Call, round_id: UUID, what: Literal["method", "officers"], day: date) -> None:
    """Record the day on which the meeting adopted the way of voting, or the scrutineers and tellers."""
    row = _taken(call, round_id, "edit")
    if day > call.today:
        raise Refused("adopted_later")
    if what == "method":
        row.method_adopted_on = day
    else:
        named = select(RoundOfficer.duty).where(RoundOfficer.round_id == row.id, RoundOfficer.duty == CHIEF)
        if call.session.scalar(named) is None:
            raise Refused("officers_not_named")
        row.officers_adopted_on = day
    _tell(call, f"{what}_adopted", row, "round")


@command("round.prepare")
def check_round(call: Call, round_id: UUID) -> None:
    """Freeze a round: its rules, its list and what is told of each candidate stand; deputies can check in."""
    row = _taken(call, round_id, "check")
    found = problems(facts_of(call.session, row, call.today, call.now))
    raw = raw_of(call.session, row.rule_set)
    if found or raw is None:
        raise Refused("round_not_ready", n=len(found))
    row.rules, row.checked_at, row.state = raw, call.now, moved("check", row.state)
    _state_about(call, row.id)
    _tell(call, "checked", row, "round", "options", "officers", rules_digest=chain.digest(raw))


@command("round.prepare")
def thaw_round(call: Call, round_id: UUID) -> None:
    """Take a frozen round back into preparation; sheets and pages of its list so far are of an earlier version.

    What one of the two proposed was to be done with that version, by those who were named for it: it lapses.
    """
    row = _taken(call, round_id, "thaw")
    lapse(waiting_consents(call.session, row.id))
    row.state, row.rules, row.checked_at = moved("thaw", row.state), {}, None
    row.version += 1
    for option in _lines(call, row.id):
        option.about_digest = None
    _tell(call, "thawed", row, "round", "options", "consents")


@command("round.prepare")
def discard_round(call: Call, round_id: UUID, reason: str) -> None:
    """Give up a draft: nothing of it was frozen, so the clerk does it alone."""
    row = _taken(call, round_id, "discard")
    if not reason.strip():
        raise Refused("reason_needed")
    row.state, row.reason = moved("discard", row.state), reason.strip()[:500]
    _tell(call, "discarded", row, "round")


@command("round.confirm_rules")
def confirm_rules(call: Call, round_id: UUID) -> None:
    """Confirm as a leader that a round is voted on under rules that stand below the law."""
    row = _taken(call, round_id, "edit")
    rules = rules_now(call.session, row)
    if rules is None or not needs_confirmation(rules):
        raise Refused("confirmation_not_needed")
    row.rules_confirmed_by = call.actor.appointment_id
    _tell(call, "rules_confirmed", row, "round")


def _taken(call: Call, round_id: UUID, act: str) -> Round:
    """Return a round for an act that its state allows."""
    row = taken(call.session, round_id)
    if row is None:
        raise Refused("not_found")
    moved(act, row.state, row.purpose)
    return row


def _tell(call: Call, verb: str, row: Round, *parts: str, **more: str) -> None:
    call.act(f"round_{verb}", **witness(call.session, call.congress_id, row.id, parts), **more)
    call.changed("voting")


def _check_rule_set(call: Call, reference: str) -> None:
    rule_set = rule_set_of(raw_of(call.session, reference))
    if rule_set is None or rule_set.kind != ADOPTION:
        raise Refused("rule_set_unknown")


def _check_meeting(call: Call, meeting: UUID | None) -> None:
    if meeting is not None and call.session.scalar(select(Meeting.id).where(Meeting.id == meeting)) is None:
        raise Refused("not_found")


def _candidates(call: Call, cycle: UUID) -> Sequence[Candidate]:
    """Return the candidates that may be voted on: those screened, in the clerk's order."""
    listed = select(Candidate).where(Candidate.cycle_id == cycle, Candidate.state != DRAFT)
    return call.session.scalars(listed.order_by(Candidate.number)).all()


def _options(call: Call, round_id: UUID) -> list[tuple[int, str, UUID | None]]:
    rows = call.session.execute(
        select(RoundOption.number, RoundOption.name, RoundOption.candidate_id)
        .where(RoundOption.round_id == round_id)
        .order_by(RoundOption.number)
    )
    return [(number, name, candidate) for number, name, candidate in rows]


def _lines(call: Call, round_id: UUID) -> Sequence[RoundOption]:
    return call.session.scalars(select(RoundOption).where(RoundOption.round_id == round_id)).all()


def _state_about(call: Call, round_id: UUID) -> None:
    """Write beside each line the digest of what its voters are told of its candidate."""
    lines = _lines(call, round_id)
    listed = [line.candidate_id for line in lines if line.candidate_id is not None]
    digests = about_candidates(call.session, call.congress_id, listed)
    for line in lines:
        line.about_digest = None if line.candidate_id is None else digests[line.candidate_id]


def _put_options(call: Call, round_id: UUID, names: Sequence[tuple[int, str, UUID | None]]) -> None:
    call.session.execute(delete(RoundOption).where(RoundOption.round_id == round_id))
    for number, name, candidate in names:
        call.session.add(
            RoundOption(
                congress_id=call.congress_id,
                round_id=round_id,
                number=number,
                name=name,
                candidate_id=candidate,
            )
        )
