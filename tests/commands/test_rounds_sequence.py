"""Whatever is pressed in whatever order: no announcement without its steps, and no count changes after the seal."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.commands.rounds import assent, propose
from dashboard.commands.rounds_announce import announce_round, correct_round
from dashboard.commands.rounds_end import recount_round, report_round, settle_tie, sign_round
from dashboard.commands.rounds_follow import draft_following
from dashboard.commands.rounds_prepare import (
    check_round,
    confirm_rules,
    discard_round,
    edit_round,
    thaw_round,
)
from dashboard.rules.refused import Refused
from dashboard.rules.rounds import ANNULLED
from dashboard.store.record import verify
from dashboard.store.tables.record import Act
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count
from dashboard.store.transactions import open_store
from dashboard.store.witness import PARTS, part_digest
from tests.commands.people import PASSWORD
from tests.commands.sessions import CONGRESS, Played, filled, session_of
from tests.conftest import SqliteTemplates

STRAIGHT = ["check", "open", "close", "recount", "sign", "chief signs", "report", "announce"]
NEEDED = ("round_checked", "round_opened", "round_closed", "round_counted", "round_signed", "round_reported")


def together(kind: str) -> Callable[[Played], object]:
    def act(played: Played) -> object:
        found = propose(played.call(played.clerk), played.proposal(kind, "原因"))
        return assent(played.call(played.chief), found, PASSWORD) if isinstance(found, UUID) else found

    return act


def signs(name: str) -> Callable[[Played], object]:
    def act(played: Played) -> object:
        digest = played.row().box_digest or ""
        return sign_round(played.call(getattr(played, name)), played.round_id, digest, PASSWORD)

    return act


ACTS: dict[str, Callable[[Played], object]] = {
    "edit": lambda one: edit_round(one.call(one.clerk), one.round_id, filled(one)),
    "check": lambda one: check_round(one.call(one.clerk), one.round_id),
    "thaw": lambda one: thaw_round(one.call(one.clerk), one.round_id),
    "discard": lambda one: discard_round(one.call(one.clerk), one.round_id, "原因"),
    "confirm": lambda one: confirm_rules(one.call(one.leader), one.round_id),
    "recount": lambda one: recount_round(one.call(one.clerk), one.round_id),
    "sign": signs("scrutineer"),
    "chief signs": signs("chief"),
    "report": lambda one: report_round(one.call(one.clerk), one.round_id),
    "settle": lambda one: settle_tie(one.call(one.presidium), one.round_id, [1]),
    "announce": lambda one: announce_round(one.call(one.presidium), one.round_id, "第1号"),
    "correct": lambda one: correct_round(one.call(one.presidium), one.round_id, "第2号", "原因"),
    "follow": lambda one: draft_following(one.call(one.clerk), one.round_id, "repeat"),
    **{kind: together(kind) for kind in ("open", "close", "suspend", "resume", "annul")},
}
# The straight way with others pressed in between leads further than chance alone would.
PRESSED = st.lists(st.sampled_from(sorted(ACTS)), max_size=3)
SEQUENCES = st.tuples(*[PRESSED for _ in STRAIGHT]).map(
    lambda between: [act for one, rest in zip(STRAIGHT, between, strict=True) for act in [*rest, one]]
)


def sealed(played: Played) -> tuple[list[tuple[object, ...]], list[tuple[str, str]]]:
    """Return the counts and the box as they are stored."""
    counts = [(one.number, one.votes, one.state, one.reason) for one in played.rows(Count)]
    return sorted(counts), [(one.digest, one.body) for one in played.rows(SealedBox)]


def stands(played: Played) -> dict[str, bool]:
    """Tell of each part that the record states whether it is the table's."""
    with played.store.system().reading() as session:
        assert verify(session, CONGRESS) is None
        stated: dict[str, str] = {}
        for act in session.scalars(select(Act).where(Act.congress_id == CONGRESS).order_by(Act.number)):
            if act.payload.get("round") == str(played.round_id):
                stated |= {
                    part: act.payload[f"{part}_digest"] for part in PARTS if f"{part}_digest" in act.payload
                }
        return {
            part: part_digest(session, CONGRESS, played.round_id, part) == digest
            for part, digest in stated.items()
        }


@given(SEQUENCES)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_presses_keeps_the_seal_and_the_way(
    sqlite_templates: SqliteTemplates, sequence: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(sqlite_templates.copy("loaded", Path(folder)))
        try:
            played = session_of(store)
            played.check_in()
            kept = None
            for act in sequence:
                try:
                    ACTS[act](played)
                except Refused:
                    continue
                if kept is not None and played.row().state != ANNULLED:
                    assert sealed(played) == kept
                if kept is None and played.row().state == "closed":
                    kept = sealed(played)
                    assert kept[1]
            if played.row().state == "announced":
                acts = played.acts()
                assert [kind for kind in NEEDED if kind not in acts] == []
                assert sealed(played) == kept
            assert all(stands(played).values())
        finally:
            store.close()
