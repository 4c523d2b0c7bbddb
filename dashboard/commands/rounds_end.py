"""After the close: the second count, the signatures, the report to the presidium, a second tie."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, command, relate
from dashboard.rules.refused import Refused
from dashboard.rules.rounds import CHIEF, DUTIES, TELLER, moved
from dashboard.store.confirmation import confirm
from dashboard.store.own_sign_in import own_sign_in
from dashboard.store.recounting import recount
from dashboard.store.rounds import taken
from dashboard.store.tables.voting import Round, RoundOfficer
from dashboard.store.witness import witness

SIGNING = tuple(duty for duty in DUTIES if duty != TELLER)


@command("round.recount")
def recount_round(call: Call, round_id: UUID) -> Refused | None:
    """Count the sealed box a second time; where the first count says otherwise, that is recorded and returned."""
    relate(call, "round.recount", round_id=round_id)
    own_sign_in(call.session, call.actor.session_id)
    row = _taken(call, round_id, "recount")
    if row.box_digest is None:
        raise Refused("round_not_sealed")
    second = recount(call.session, call.congress_id, row.id)
    if not second.agrees:
        _tell(call, "recount_differs", row, sealed=row.box_digest)
        return Refused("recount_differs", n=len(second.numbers) + len(second.options))
    row.state = moved("recount", row.state)
    _tell(call, "counted", row, "round", "counts", "box", sealed=row.box_digest)
    return None


@command("round.sign")
def sign_round(call: Call, round_id: UUID, digest: str, password: str) -> Refused | None:
    """Sign the count by the digest of its box, with the password typed again; the chief signs last.

    A wrong password is returned, not raised, so that it stays counted.
    """
    relate(call, "round.sign", round_id=round_id)
    row = _taken(call, round_id, "sign")
    if digest != row.box_digest:
        raise Refused("signed_digest_differs")
    signing = _signing(call, row.id)
    own = next(one for one in signing if one.membership_id == call.actor.membership_id)
    if own.signed_at is not None:
        raise Refused("signed_before")
    others = [one for one in signing if one.signed_at is None and one is not own]
    if own.duty == CHIEF and others:
        raise Refused("signatures_missing", n=len(others))
    refused = confirm(call.session, call.actor.account_id, password[:400], call.now)
    if refused is not None:
        return refused
    own.signed_at, own.signed_digest = call.now, row.box_digest
    if own.duty == CHIEF:
        row.state = moved("sign_last", row.state)
    _tell(call, "signed", row, "round", "officers", sealed=row.box_digest, duty=own.duty)
    return None


@command("round.report")
def report_round(call: Call, round_id: UUID) -> None:
    """Report the signed count to the presidium."""
    row = _taken(call, round_id, "report")
    row.state = moved("report", row.state)
    _tell(call, "reported", row, "round", sealed=row.box_digest)


@command("round.settle")
def settle_tie(call: Call, round_id: UUID, chosen: Sequence[int]) -> None:
    """Decide as the presidium which of those level again in a run-off are chosen; the count stays what it is."""
    row = _taken(call, round_id, "settle")
    outcome = (row.facts or {}).get("outcome", {})
    if row.purpose != "runoff" or outcome.get("state") != "tied":
        raise Refused("no_second_tie")
    wanted = set(chosen)
    if not len(chosen) == len(wanted) == outcome["open_places"] or not wanted <= set(outcome["tied"]):
        raise Refused("tie_places", n=outcome["open_places"])
    row.facts = {**(row.facts or {}), "settled": sorted(wanted)}
    _tell(call, "tie_settled", row, "round", numbers=" ".join(map(str, sorted(wanted))))


def _taken(call: Call, round_id: UUID, act: str) -> Round:
    row = taken(call.session, round_id)
    if row is None:
        raise Refused("not_found")
    moved(act, row.state, row.purpose)
    return row


def _signing(call: Call, round_id: UUID) -> list[RoundOfficer]:
    """Return who signs: the scrutineers, their chief among them, never the tellers."""
    found = select(RoundOfficer).where(RoundOfficer.round_id == round_id, RoundOfficer.duty.in_(SIGNING))
    return list(call.session.scalars(found.with_for_update()))


def _tell(call: Call, verb: str, row: Round, *parts: str, **more: str | None) -> None:
    call.act(f"round_{verb}", **witness(call.session, call.congress_id, row.id, parts), **more)
    call.changed("voting")
