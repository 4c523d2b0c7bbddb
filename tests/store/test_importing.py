"""A real election taken in as a round: sealed and counted like any other, whole or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dashboard import __main__ as command_line
from dashboard.reports.recount import recount_file
from dashboard.reports.rule_files import rule_set_named
from dashboard.rules.pabulib import VOTE_TYPES, read_pabulib
from dashboard.rules.pabulib_rounds import as_round
from dashboard.rules.refused import Refused
from dashboard.store.core import table_of
from dashboard.store.importing import Imported, import_election
from dashboard.store.migrations import migrate
from dashboard.store.record import verify
from dashboard.store.recounting import recount
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.keys import Base
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Ballot, CheckIn, Count, Participation, RollEntry, Round
from dashboard.store.transactions import Store, open_store
from tests.elections import PROJECTS, SMALL, pb

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
# Six voters, two names each at most: a has 4, b 2, c 1; 5 names c twice, 6 names what is not on the list.
VOTES = ("voter_id;vote", "1;a,b", "2;a", "3;a,b", "4;a,c", "5;c,c", "6;z")
META = {
    "max_length": "2",
    "num_votes": "6",
    "num_projects": "3",
    "instance": "2024",
    "date_end": "31.10.2023",
}


def imported(store: Store, raw: bytes, rule: str = "adoption-mark@1") -> Imported:
    election = read_pabulib(BytesIO(raw), one_by_one=True)
    with store.system().writing() as session:
        return import_election(session, election, rule_set_named(rule, may_be_path=False), NOW)


def rows(store: Store, table: type[Base]) -> int:
    with store.system().reading() as session:
        return int(session.scalar(select(func.count()).select_from(table_of(table))) or 0)


def counts(store: Store, found: Imported) -> dict[int, tuple[int, str]]:
    with store.system().reading() as session:
        stored = session.scalars(select(Count).where(Count.round_id == found.round_id))
        return {one.number: (one.votes, one.state) for one in stored}


def test_an_election_is_a_closed_round(store: Store) -> None:
    """By hand: four of six are more than half; two ballots are invalid."""
    found = imported(store, pb(META, votes=VOTES))
    closed = found.closed
    assert (closed.state, closed.entitled, closed.present, closed.issued) == ("closed", 6, 6, 6)
    assert (closed.recovered, closed.valid, closed.invalid, closed.threshold) == (6, 4, 2, 4)
    assert counts(store, found) == {1: (4, "chosen"), 2: (2, "failed"), 3: (1, "failed")}
    for table in (RollEntry, CheckIn, Participation, Ballot):
        assert rows(store, table) == 6, table.__tablename__


def test_the_sealed_box_recounts_to_the_same_without_the_database(store: Store) -> None:
    found = imported(store, pb(META, votes=VOTES))
    with store.system().reading() as session:
        assert recount(session, found.congress, found.round_id).agrees
        body = session.scalars(select(SealedBox.body).where(SealedBox.round_id == found.round_id)).one()
    again = recount_file(BytesIO(body.encode()))
    assert [one.votes for one in again.projects.values()] == [4, 2, 1]
    assert [one.selected for one in again.projects.values()] == [True, False, False]
    assert sorted(fault.code for fault in again.invalid) == ["not_canonical", "same_option_twice"]


def test_the_record_states_every_part_of_it(store: Store) -> None:
    found = imported(store, pb(META, votes=VOTES))
    with store.system().reading() as session:
        assert verify(session, found.congress) is None


def test_a_scratch_congress_says_that_it_is_simulated_and_each_has_a_code(store: Store) -> None:
    first, second = (imported(store, pb(META, votes=VOTES)) for _ in range(2))
    assert (first.code, second.code) == ("999001", "999002")
    assert first.year == 2023
    with store.system().reading() as session:
        congress = session.get_one(Congress, first.congress)
        assert (congress.provenance, congress.name_zh) == ("simulated", "Test")
        assert session.get_one(Round, (first.congress, first.round_id)).rule_set == "adoption-mark@1"


@pytest.mark.parametrize(
    ("meta", "year"),
    [
        ({"date_end": "31.02.2023"}, 2024),
        ({"date_end": "2023"}, 2024),
        ({"date_end": "", "instance": "PB"}, 2026),
    ],
)
def test_a_day_that_is_none_leaves_the_year_or_today(meta: dict[str, str], year: int, store: Store) -> None:
    assert imported(store, pb(META | meta, votes=VOTES)).year == year


@pytest.mark.parametrize(
    ("meta", "votes", "line", "reason"),
    [
        ({"num_votes": "7"}, VOTES, 8, "num_votes_differs"),
        ({"num_projects": "2"}, VOTES, 9, "num_projects_differs"),
        ({}, (*VOTES[:-1], "1;b"), 24, "duplicate_voter"),
        ({}, (*VOTES[:-1], ";b"), 24, "no_voter"),
        ({}, (*VOTES[:-2], "5", "6;b"), 23, "columns_differ"),
    ],
)
def test_a_file_that_is_not_whole_leaves_nothing(
    meta: dict[str, str], votes: tuple[str, ...], line: int, reason: str, store: Store
) -> None:
    with pytest.raises(Refused) as caught:
        imported(store, pb(META | meta, votes=votes))
    assert (caught.value.code, caught.value.facts) == ("pb_not_whole", {"line": line, "reason": reason})
    assert [rows(store, table) for table in (Area, Congress, Round, Ballot)] == [0] * 4


def test_a_file_cut_inside_its_last_ballot_leaves_nothing(store: Store) -> None:
    """5 named c twice: what is left of the ballot is a valid one, and one vote is missing."""
    raw = pb(META | {"num_votes": "5"}, (PROJECTS[0], "a;60;4;A;1", "b;50;2;B;0", "c;40;3;C;0"), VOTES[:-1])
    with pytest.raises(Refused) as caught:
        imported(store, raw.removesuffix(b",c\n"))
    assert (caught.value.code, caught.value.facts) == ("pb_truncated", {"line": 23})
    assert rows(store, Congress) == 0
    assert imported(store, raw.removesuffix(b"\n")).closed.recovered == 5


def test_ranks_are_asked_for_where_the_votes_are_rankings_alone(store: Store) -> None:
    raw = pb(META | {"vote_type": "ordinal", "num_votes": "2"}, votes=("voter_id;vote", "1;b,a", "2;a"))
    with pytest.raises(Refused) as caught:
        imported(store, pb(META, votes=VOTES), "adoption-rank@1")
    assert (caught.value.code, caught.value.facts["needed"]) == ("rule_needs", "vote_type=ordinal")
    assert rows(store, Congress) == 0
    found = imported(store, raw, "adoption-rank@1")
    assert {number: votes for number, (votes, _) in counts(store, found).items()} == {1: 2, 2: 1, 3: 0}


@pytest.mark.parametrize("rule", ["adoption-mark@1", "adoption-item@1"])
@pytest.mark.parametrize("kind", VOTE_TYPES)
def test_whoever_is_named_is_marked_whatever_the_votes_are(kind: str, rule: str, demo_store: Store) -> None:
    raw = pb(
        META | {"vote_type": kind, "num_votes": "3"},
        votes=("voter_id;vote;points", "1;b,a;0,3", "2;a;1", "3;c;9"),
    )
    found = imported(demo_store, raw, rule)
    assert found.closed.invalid == 0
    assert {number: votes for number, (votes, _) in counts(demo_store, found).items()} == {1: 2, 2: 1, 3: 1}


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty database that the command line finds."""
    url = f"sqlite:///{tmp_path / 'scratch.sqlite3'}"
    store = open_store(url)
    migrate(store.writer)
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
    monkeypatch.setenv("DASHBOARD_VAR", str(tmp_path))
    yield store
    store.close()


def test_the_command_loads_a_real_election(
    pabulib: Path, scratch: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """27 ballots on four projects, with 16, 14, 12 and 5 votes: 14 of 27 are more than half."""
    path = pabulib / "Poland_Warszawa_2017_Plac_Wojska_Polskiego.pb"
    assert command_line.main(["import-round", str(path)]) == 0
    address, told, digest = capsys.readouterr().out.splitlines()
    assert address.startswith("/999001/2016/rounds/")
    assert told == "closed: entitled 27, valid 27, invalid 0"
    with scratch.system().reading() as session:
        assert digest == f"sha256 {session.scalars(select(Round.box_digest)).one()}"
        stored = session.execute(select(Count.votes, Count.state).order_by(Count.number)).all()
    assert [tuple(row) for row in stored] == [(16, "chosen"), (14, "chosen"), (12, "failed"), (5, "failed")]


# The one ballot of all that names a project twice is invalid in a round of ours.
TWICE = "Poland_Warszawa_2026_Blonia_Wilanowskie.pb"


@pytest.mark.parametrize("name", SMALL)
def test_the_command_loads_every_small_election_with_its_published_votes(
    name: str, pabulib: Path, scratch: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with (pabulib / name).open("rb") as file:
        election = read_pabulib(file)
    told = {key: one.votes for key, one in election.projects.items()}
    many = int(election.meta["num_votes"])
    assert command_line.main(["import-round", str(pabulib / name)]) == 0
    lost = 1 if name == TWICE else 0
    assert capsys.readouterr().out.splitlines()[1] == (
        f"closed: entitled {many}, valid {many - lost}, invalid {lost}"
    )
    with scratch.system().reading() as session:
        keys = as_round(election, "mark", "").keys
        stored = {keys[one.number]: one.votes for one in session.scalars(select(Count))}
    if lost:
        (ballot,) = [one for one in election.ballots if len(set(one.projects)) < len(one.projects)]
        for key in ballot.projects:
            told[key] = (told[key] or 0) - 1
    assert stored == told
