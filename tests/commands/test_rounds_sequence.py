"""Whatever is pressed in whatever order: no step is left out, nothing sealed changes, nothing is chosen too often.

Each press is one act of one person on one of a cycle's rounds; most of them lead a round on, so that chance goes far.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.rules.rounds import ADOPTION, ANNOUNCED, ANNULLED, FOLLOWING
from dashboard.store.record import verify
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.progress import Project
from dashboard.store.tables.record import Act
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Count, Round, RoundProject
from dashboard.store.transactions import Store, open_store
from dashboard.store.witness import PARTS, part_digest
from tests.commands.pressing import ACTS, MOST_ROUNDS, ONWARDS, TRICKS, Cycle, cycle_of, pressed
from tests.commands.sessions import CONGRESS, Played
from tests.conftest import SqliteTemplates

NEEDED = ("round_checked", "round_opened", "round_closed", "round_counted", "round_signed", "round_reported")
PRESSES = [*[ONWARDS] * 3 * len(ACTS), *sorted(ACTS), *sorted(TRICKS) * 4]
# Mostly the first, and the one that was drafted last.
WHICH = [0, 0, 0, -1, -1, -1, 1, 2]
# From a draft to the announcement, one act at a time.
LONGEST_WAY = 16
SEQUENCES = st.lists(st.tuples(st.sampled_from(PRESSES), st.sampled_from(WHICH)), min_size=20, max_size=50)
FALLS = st.tuples(*[st.sampled_from(["tied", "tied", "short", "clear"]) for _ in range(MOST_ROUNDS)])


def sealed(played: Played) -> tuple[list[tuple[object, ...]], list[tuple[str, str]]]:
    """Return the counts and the box as they are stored."""
    counts = [(one.number, one.votes, one.state, one.reason) for one in played.rows(Count)]
    return sorted(counts), [(one.digest, one.body) for one in played.rows(SealedBox)]


def acts_of(played: Played) -> list[Act]:
    """Return the acts on a round in their order."""
    with played.store.system().reading() as session:
        found = session.scalars(select(Act).where(Act.congress_id == CONGRESS).order_by(Act.number)).all()
    return [act for act in found if act.payload.get("round") == str(played.round_id)]


def check_record(played: Played, acts: list[Act]) -> None:
    """Check that each part that the record states is the table's."""
    stated: dict[str, str] = {}
    for act in acts:
        stated |= {part: act.payload[f"{part}_digest"] for part in PARTS if f"{part}_digest" in act.payload}
    with played.store.system().reading() as session:
        now = {part: part_digest(session, CONGRESS, played.round_id, part) for part in stated}
    assert {part for part in stated if stated[part] != now[part]} == set()


def check_steps(acts: list[Act], state: str) -> None:
    """Check that no step to the announcement is left out, and that nothing was done on what a thaw had ended."""
    kinds = [act.kind for act in acts]
    if state == ANNOUNCED:
        assert [kind for kind in NEEDED if kind not in kinds] == []
    proposed = {
        act.payload["consent"]: place for place, act in enumerate(acts) if act.kind == "round_proposed"
    }
    for place, act in enumerate(acts):
        if act.kind == "round_opened":
            assert "round_thawed" not in kinds[proposed[act.payload["consent"]] : place]


def check_cycle(store: Store) -> None:
    """Check what the rounds of the cycle chose together, and that each stands on one that stands."""
    with store.system().reading() as session:
        assert verify(session, CONGRESS) is None
        rows = {row.id: row for row in session.scalars(select(Round).where(Round.congress_id == CONGRESS))}
        chosen = Counter(session.scalars(select(RoundProject.round_id)))
        became = Counter(
            session.scalars(select(Project.candidate_id).where(Project.candidate_id.is_not(None)))
        )
        states = {row.id: row.state for row in session.scalars(select(Candidate))}
    assert max(became.values(), default=1) == 1
    assert {states[key] for key in became if key} <= {"chosen"}
    places: Counter[UUID] = Counter()
    for row in rows.values():
        places[root(rows, row)] += chosen[row.id]
        if row.purpose in FOLLOWING and row.state != ANNULLED:
            before = rests_on(rows, row)
            assert before is not None
            assert before.state in ({ANNOUNCED} if row.state == ANNOUNCED else {"reported", ANNOUNCED})
    assert {key: many for key, many in places.items() if many > (rows[key].places or 0)} == {}


def root(rows: dict[UUID, Round], row: Round) -> UUID:
    """Return the first of the rounds that led to one."""
    while row.after_id is not None and row.purpose != ADOPTION:
        row = rows[row.after_id]
    return row.id


def rests_on(rows: dict[UUID, Round], row: Round) -> Round | None:
    """Return the round from whose outcome one follows: told by what it was drafted as, not by how it stands now."""
    purpose = row.purpose
    while row.after_id is not None:
        row = rows[row.after_id]
        if row.purpose != purpose:
            return row
    return None


@dataclass
class Playing:
    """A cycle while it is played, and of each round what was sealed at its close."""

    cycle: Cycle
    kept: dict[UUID, object] = field(default_factory=dict)

    def press(self, name: str, which: int) -> bool:
        """Press something, and tell whether anything was done; what is sealed stays until it is annulled."""
        played, done = self.cycle.round(which), False
        for _ in pressed(self.cycle, name, played):
            done = True
            state, known = played.row().state, self.kept.get(played.round_id)
            if known is not None and state != ANNULLED:
                assert sealed(played) == known
            if known is None and state == "closed":
                self.kept[played.round_id] = sealed(played)
        return done

    def finish(self, *, hasty: bool) -> None:
        """Lead every round on until nothing leads further."""
        self.cycle.hasty = hasty
        for _ in range(LONGEST_WAY):
            done = [self.press(ONWARDS, which) for which in range(len(self.cycle.rounds))]
            if not any(done):
                return

    def check(self) -> None:
        """Check each round, and the cycle."""
        for played in self.cycle.all():
            acts, state = acts_of(played), played.row().state
            check_record(played, acts)
            check_steps(acts, state)
            if state == ANNOUNCED:
                assert sealed(played) == self.kept[played.round_id]
        check_cycle(self.cycle.first.store)


def play(cycle: Cycle, sequence: list[tuple[str, int]]) -> None:
    """Press one after the other, then lead every round to its end as who waits or is hasty, and at last hastily."""
    playing = Playing(cycle)
    for name, which in sequence:
        playing.press(name, which)
    for hasty in (cycle.hasty, True):
        playing.finish(hasty=hasty)
    playing.check()


@given(FALLS, st.booleans(), SEQUENCES)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_presses_keeps_the_seal_the_way_and_the_places(
    sqlite_templates: SqliteTemplates, falls: tuple[str, ...], hasty: bool, sequence: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(sqlite_templates.copy("loaded", Path(folder)))
        try:
            play(cycle_of(store, falls, hasty=hasty), sequence)
        finally:
            store.close()
