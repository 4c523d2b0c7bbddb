"""No query runs without an action of the table, and each action lets in whom the table names, nobody else."""

from pathlib import Path
from types import ModuleType

import pytest

from dashboard import queries
from dashboard.gate import Actor, Call, Ground, Place, allow, query
from dashboard.queries.congresses import congress_of
from dashboard.queries.cycles import shown_year
from dashboard.relations import RELATIONS
from dashboard.rules.refused import Refused
from dashboard.rules.roles import ACTIONS, BEFORE_PASSWORD_CHANGE, Relation, Role, may
from dashboard.store.loading.gathering import key_of
from dashboard.store.transactions import Store, open_store
from dashboard.store.versions import Versions
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal
from tests.conftest import NOW
from tests.queries.walk import ROOT, imported_from, modules_of, public_functions, without_action

MEMBERS = set(Role) - {Role.PUBLIC}
# The table once more, by hand: a change of who may do what is made in two places, on purpose.
EXPECTED = {
    "congress.read": set(Role),
    "overview.read": set(Role),
    "project.read": set(Role),
    "order.read": set(Role),
    "candidate.read": set(Role),
    "candidate.describe": {Role.CLERK},
    "round.read": set(Role),
    "box.read": set(Role),
    "box.recount": set(Role),
    "deputy.read": set(Role),
    "rollup.read": set(Role),
    "reference.read": set(Role),
    "inquiry.read": set(Role),
    "assessment.read": set(Role),
    "department.read": set(Role),
    "document.read": set(Role),
    "document.make": {Role.CLERK},
    "bulletin.read": {Role.LEADER, Role.CLERK},
    "rank.read": {Role.LEADER, Role.CLERK, Role.PRESIDIUM, Role.DEPARTMENT},
    "topic.read": set(Role),
    "data.read": set(Role),
    "desk.read": MEMBERS,
    "hall.read": set(Role),
    "hall.issue": {Role.CLERK},
    "hall.enter": set(Role),
    "check_in.read": {Role.DEPUTY, Role.LEADER, Role.CLERK, Role.PRESIDIUM},
    "check_in.turnout": {Role.LEADER, Role.CLERK},
    "check_in.names": {Role.CLERK},
    "check_in.review": {Role.DEPUTY},
    "check_in.record": {Role.CLERK},
    "check_in.confirm": {Role.DEPUTY},
    "check_in.self": {Role.DEPUTY},
    "task.read": {Role.LEADER, Role.CLERK, Role.PRESIDIUM, Role.COORDINATOR, Role.DEPARTMENT},
    "account.sign_in": set(Role),
    "account.read": MEMBERS,
    "account.sign_out": MEMBERS,
    "account.change_password": MEMBERS,
    "account.choose_appointment": MEMBERS,
    "report.submit": {Role.DEPARTMENT},
    "report.publish": {Role.CLERK},
    "report.return": {Role.CLERK},
    "report.draft": {Role.DEPARTMENT},
    "report.form": {Role.CLERK, Role.DEPARTMENT},
    "report.check": {Role.CLERK, Role.LEADER, Role.COORDINATOR},
    "attachment.read": set(Role),
    "objection.raise": {Role.DEPUTY, Role.DEPARTMENT},
    "objection.answer": {Role.CLERK},
    "objection.read": {Role.DEPUTY, Role.DEPARTMENT, Role.CLERK, Role.LEADER, Role.COORDINATOR},
    "plan.read": {Role.LEADER, Role.CLERK, Role.PRESIDIUM, Role.COORDINATOR, Role.DEPARTMENT},
    "plan.draft": {Role.CLERK, Role.DEPARTMENT},
    "plan.submit": {Role.CLERK, Role.DEPARTMENT},
    "plan.approve": {Role.CLERK},
    "plan.return": {Role.CLERK, Role.COORDINATOR},
    "plan.record_approval": {Role.COORDINATOR},
    "plan.record_decision": {Role.CLERK},
    "paper.read": {Role.CLERK, Role.DEPUTY},
    "paper.issue": {Role.DEPUTY},
    "paper.enter": {Role.DEPUTY},
    "paper.seal": {Role.DEPUTY},
    "paper.settle": {Role.DEPUTY},
    "what_if.read": {Role.LEADER, Role.CLERK},
    "remark.add": {Role.DEPUTY},
    "remark.read": set(Role),
    "remark.answer": {Role.DEPARTMENT},
    "remark.judge": {Role.DEPUTY},
    "remark.publish": {Role.CLERK},
    "week.read": set(Role),
    "week.turnout": {Role.DEPUTY, Role.LEADER, Role.CLERK, Role.PRESIDIUM},
    "week.open": {Role.CLERK},
    "group.set": {Role.CLERK},
    "supervision.form": {Role.CLERK, Role.DEPUTY},
    "inspection.read": set(Role),
    "inspection.plan": {Role.CLERK, Role.DEPUTY},
    "inspection.cancel": {Role.CLERK, Role.DEPUTY},
    "inspection.record": {Role.DEPUTY},
    "inspection.publish": {Role.CLERK},
    "inspection.correct": {Role.CLERK},
    "round.announce": {Role.PRESIDIUM},
    "round.assent": {Role.CLERK, Role.DEPUTY},
    "round.conduct": {Role.CLERK, Role.LEADER, Role.PRESIDIUM, Role.DEPUTY},
    "round.confirm_rules": {Role.LEADER},
    "round.prepare": {Role.CLERK},
    "round.propose": {Role.CLERK, Role.DEPUTY},
    "round.recount": {Role.CLERK, Role.DEPUTY},
    "round.report": {Role.CLERK},
    "round.settle": {Role.PRESIDIUM},
    "round.sign": {Role.DEPUTY},
    "board.read": {Role.LEADER, Role.CLERK, Role.PRESIDIUM, Role.DEPUTY, Role.PUBLIC},
    "teller.replace": {Role.CLERK},
    "teller.confirm": {Role.DEPUTY},
    "board.delegations": {Role.LEADER},
    "board.control": {Role.CLERK},
    "rule_set.approve": {Role.LEADER},
    "rule_set.edit": {Role.CLERK},
    "rule_set.read": {Role.LEADER, Role.CLERK, Role.PRESIDIUM},
    "escalation.read": {Role.LEADER, Role.CLERK, Role.PRESIDIUM},
    "escalation.propose": {Role.CLERK},
    "escalation.decide": {Role.LEADER},
    "task.open": {Role.LEADER, Role.CLERK},
    "task.report": {Role.DEPARTMENT},
    "task.close": {Role.LEADER, Role.CLERK},
    "rules.choose": {Role.CLERK},
    "rules.confirm": {Role.LEADER},
    "receipt.read": set(Role),
    "vote.read": {Role.DEPUTY},
    "vote.cast": {Role.DEPUTY},
    "vote.change": {Role.DEPUTY},
}


def test_every_query_names_a_reading_action() -> None:
    found = {
        name: function.action  # type: ignore[attr-defined]
        for module in modules_of(queries)
        for name, function in public_functions(module)
        if hasattr(function, "action")
    }
    assert len(found) >= 10
    assert {name for name, action in found.items() if ACTIONS[action].writes} == set()


def test_what_names_no_action_is_imported_by_queries_alone() -> None:
    """A helper takes a session or an allowed call; nobody above the queries may call it."""
    outside = [path for path in ROOT.rglob("*.py") if path.parent.name != "queries"]
    imported = imported_from("dashboard.queries", outside)
    assert without_action(modules_of(queries)) & imported == set()
    # A whole module in a page's hand would offer its helpers too.
    assert {name for name in imported if name.count(".") == 2} == set()


def test_the_walk_sees_a_function_without_action(tmp_path: Path) -> None:
    module = ModuleType("dashboard.queries.open_door")
    exec("def everything(call): return 1\ndef _hidden(call): return 2", vars(module))
    assert without_action([module]) == {"dashboard.queries.open_door.everything"}
    page = tmp_path / "page.py"
    page.write_text("from dashboard.queries import projects\nfrom dashboard.queries.x import y\n")
    assert imported_from("dashboard.queries", [page]) == {
        "dashboard.queries.projects",
        "dashboard.queries.x.y",
    }


def test_the_table_is_what_it_should_be() -> None:
    assert {name: set(action.roles) for name, action in ACTIONS.items()} == EXPECTED


def standing(role: Role, *, must_change: bool = False, elsewhere: bool = False) -> Call:
    """Return a call of a role in its own congress, or in another."""
    store = open_store("sqlite://")
    own, other = key_of("congress", COUNTY), key_of("congress", TOWNSHIP)
    congress = None if role is Role.PUBLIC else (other if elsewhere else own)
    place = Place(own, COUNTY, "县", "county", True, NOW.date())
    actor = Actor(role=role, congress_id=congress, must_change=must_change)
    return Call(Ground(store, Versions(store)), actor, place, None, NOW, "zh-CN")


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", Role)
def test_an_action_is_allowed_exactly_to_its_roles(role: Role, action: str) -> None:
    call = standing(role)
    if role in EXPECTED[action]:
        allow(call, action)
        assert call.allowed == action
        return
    assert refusal(allow, call, action) == ("sign_in_first" if role is Role.PUBLIC else "not_allowed")
    assert call.allowed is None


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", sorted(MEMBERS))
def test_in_another_congress_one_is_the_public(role: Role, action: str) -> None:
    call = standing(role, elsewhere=True)
    assert call.role is Role.PUBLIC
    assert not call.is_member
    assert call.scope.own == frozenset()
    if may(Role.PUBLIC, action):
        allow(call, action)
    else:
        assert refusal(allow, call, action) == "not_allowed"


@pytest.mark.parametrize("action", sorted(set(ACTIONS) - BEFORE_PASSWORD_CHANGE))
def test_a_first_password_opens_nothing_else(action: str) -> None:
    role = next(iter(EXPECTED[action] - {Role.PUBLIC}))
    assert refusal(allow, standing(role, must_change=True), action) == "change_password_first"


def test_before_the_first_change_only_the_way_to_it_is_open() -> None:
    for action in BEFORE_PASSWORD_CHANGE:
        allow(standing(Role.CLERK, must_change=True), action)
    assert {action for action in BEFORE_PASSWORD_CHANGE if ACTIONS[action].writes} == {
        "account.sign_in",
        "account.sign_out",
        "account.change_password",
    }


def test_there_is_no_session_before_an_allowed_action(demo_store: Store) -> None:
    call = call_of(demo_store, writes=False)
    with pytest.raises(RuntimeError, match="before any action"):
        _ = call.session
    allow(call, "overview.read")
    with pytest.raises(RuntimeError, match="outside a command or query"):
        _ = call.session


@query("desk.read")
def nothing(call: Call) -> str:
    """Read nothing, to see who gets here."""
    return str(call.session.info["scope"].own)


def test_a_query_refuses_before_it_opens_the_database(demo_store: Store) -> None:
    with pytest.raises(Refused) as refused:
        nothing(call_of(demo_store, writes=False))
    assert refused.value.code == "sign_in_first"
    assert demo_store.reader.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_members_frame_is_not_the_publics(demo_store: Store) -> None:
    """Kept frames are keyed by who may see them."""
    clerk = person(demo_store, Role.CLERK)
    ground = Ground(demo_store, Versions(demo_store))
    seen: list[bool] = []

    @query("overview.read", "progress")
    def tells(call: Call) -> bool:
        seen.append(call.is_member)
        return call.is_member

    assert tells(call_of(demo_store, clerk, writes=False, ground=ground)) is True
    assert tells(call_of(demo_store, writes=False, ground=ground)) is False
    assert tells(call_of(demo_store, clerk, TOWNSHIP, writes=False, ground=ground)) is False
    assert tells(call_of(demo_store, clerk, writes=False, ground=ground)) is True
    assert seen == [True, False, False]


def test_relations_of_the_table_are_all_answered() -> None:

    named = {relation for action in ACTIONS.values() for relation in action.roles.values()}
    assert named - {Relation.NONE} <= set(RELATIONS)


def test_queries_of_the_product_pass_for_the_public(demo_store: Store) -> None:
    assert shown_year(call_of(demo_store, writes=False)) == 2025
    first = congress_of(call_of(demo_store, code=None, writes=False), None)
    assert first is not None
    assert first.code == COUNTY
