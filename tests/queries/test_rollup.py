"""A county sees its townships' published rows, and nothing else of them; nobody else sees them beside the own."""

from sqlalchemy import select, update

from dashboard.gate import PUBLIC, Ground
from dashboard.queries.cycles import shown_year
from dashboard.queries.nation import nation
from dashboard.queries.rollup import rollup
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import raise_topics
from dashboard.store.sums import refresh_all
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.progress import Project, ProjectState, Report
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects
from tests.statements import heard

OWN = key_of("congress", COUNTY)


def test_a_county_stands_beside_its_townships(demo_store: Store) -> None:
    found = rollup(call_of(demo_store, writes=False), 2025)
    with demo_store.system().reading() as session:
        codes = list(
            session.scalars(select(Congress.code).where(Congress.parent_id == OWN).order_by(Congress.code))
        )
    assert [part.code for part in found.parts] == [COUNTY, *codes]
    assert [part.own for part in found.parts] == [True, *[False] * len(codes)]
    assert found.together.projects == sum(part.sums.projects for part in found.parts) == 10 + 3 * len(codes)


def test_a_township_sees_itself_alone(demo_store: Store) -> None:
    found = rollup(call_of(demo_store, code=TOWNSHIP, writes=False), 2025)
    assert [part.code for part in found.parts] == [TOWNSHIP]


def test_what_is_not_published_counts_for_nobody(demo_store: Store) -> None:
    """Not for the public, and not for the township's own clerk, nor the county's leader."""
    hidden = projects(demo_store, TOWNSHIP)[0].id
    with demo_store.system().writing() as session:
        session.execute(update(Project).where(Project.id == hidden).values(published_at=None))
    for actor in (PUBLIC, person(demo_store, Role.LEADER)):
        found = rollup(call_of(demo_store, actor, writes=False), 2025)
        part = next(part for part in found.parts if part.code == TOWNSHIP)
        assert part.sums.projects == 2
    own = rollup(
        call_of(demo_store, person(demo_store, Role.CLERK, TOWNSHIP), code=TOWNSHIP, writes=False), 2025
    )
    assert own.together.projects == 2


def test_it_follows_a_township_that_publishes(demo_store: Store) -> None:
    """The kept frame stands on the versions of every congress in it."""
    call = call_of(demo_store, writes=False)
    before = rollup(call, 2025)
    township = key_of("congress", TOWNSHIP)
    assert (township, "progress") in call.topics
    with demo_store.system().writing() as session:
        session.execute(update(Report).where(Report.congress_id == township).values(share=9900))
        refresh_all(session, township)
    call.ground.frames.clear()
    after = rollup(call, 2025)
    changed = [part.code for part, other in zip(before.parts, after.parts, strict=True) if part != other]
    assert changed == [TOWNSHIP]


def test_the_call_itself_is_not_widened(demo_store: Store) -> None:
    call = call_of(demo_store, writes=False)
    rollup(call, 2025)
    assert call.scope.congresses == {OWN}
    assert shown_year(call) == 2025


def test_the_nation_counts_what_all_have_published_and_nothing_else(demo_store: Store) -> None:
    (before,) = nation(call_of(demo_store, code=None, writes=False), 2025)
    with demo_store.system().writing() as session:
        standing = session.scalars(select(ProjectState).where(ProjectState.congress_id == OWN)).first()
        assert standing is not None
        standing.published_at = None
    for actor in (PUBLIC, person(demo_store, Role.LEADER)):
        (after,) = nation(call_of(demo_store, actor, code=None, writes=False), 2025)
        assert after.projects == before.projects - 1
    county = rollup(call_of(demo_store, writes=False), 2025)
    assert after.congresses == len(county.parts)
    assert after.code == COUNTY[:2]


def test_an_answer_about_the_nation_is_not_kept(demo_store: Store) -> None:
    call = call_of(demo_store, code=None, writes=False)
    nation(call, 2025)
    assert not call.lasting
    assert call_of(demo_store, writes=False).lasting


def test_a_new_report_has_its_congress_alone_added_up_again(loaded_store: Store) -> None:
    ground = Ground(loaded_store, Versions(loaded_store))
    kept = call_of(loaded_store, code=None, writes=False, ground=ground)
    (before,) = nation(kept, 2025)
    township = key_of("congress", TOWNSHIP)
    with loaded_store.system().writing() as session:
        session.execute(update(ProjectState).where(ProjectState.congress_id == township).values(share=10_000))
        raise_topics(session, township, ["progress"])
    with heard(loaded_store) as said:
        (after,) = nation(call_of(loaded_store, code=None, writes=False, ground=ground), 2025)
    (asked,) = [one for one in said if "project_states" in one]
    assert "project_states.congress_id IN" in asked
    assert after.done > before.done
    assert (after,) == nation(call_of(loaded_store, code=None, writes=False), 2025)
    with heard(loaded_store) as said:
        assert nation(call_of(loaded_store, code=None, writes=False, ground=ground), 2025) == (after,)
    assert not any("project_states" in one for one in said)
