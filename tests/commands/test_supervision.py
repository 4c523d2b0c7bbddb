"""A deputy's remark: said once however often it is sent, only by a deputy in office."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.commands.supervision import NewRemark, remark
from dashboard.gate import PUBLIC
from dashboard.queries.desk import desk
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import verify
from dashboard.store.tables.congress import MembershipState
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.record import Act
from dashboard.store.tables.supervision import Remark
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects, refusal, seats

CONGRESS = key_of("congress", COUNTY)
REQUEST = "0123456789abcdef" * 2
TEXT = "三标段至今没有人施工。"


def said(store: Store) -> tuple[list[str], int]:
    """Return the remarks' texts and how many acts they left."""
    with store.system().reading() as session:
        # The demonstration's own remarks are older than a test's.
        texts = list(session.scalars(select(Remark.text).order_by(Remark.created_at, Remark.id)))
        return texts, len(session.scalars(select(Act).where(Act.kind == "remark_added")).all())


def new(project: UUID, text: str = TEXT, request: str = REQUEST) -> NewRemark:
    return NewRemark(project_id=project, text=text, request_id=request)


def test_a_remark_sent_twice_is_one_remark(loaded_store: Store) -> None:
    deputy, project = person(loaded_store, Role.DEPUTY), projects(loaded_store)[0].id
    before = said(loaded_store)
    first = remark(call_of(loaded_store, deputy), new(project, f"  {TEXT}\n"))
    again = remark(call_of(loaded_store, deputy), new(project, f"  {TEXT}\n"))
    assert first == again == date(2025, 10, 20)
    assert said(loaded_store) == ([*before[0], TEXT], before[1] + 1)
    (own,) = desk(call_of(loaded_store, deputy, writes=False)).remarks
    assert (own.text, own.due) == (TEXT, first)
    with loaded_store.system().reading() as session:
        assert verify(session, CONGRESS) is None


def test_another_request_is_another_remark(demo_store: Store) -> None:
    deputy, project = person(demo_store, Role.DEPUTY), projects(demo_store)[0].id
    before = said(demo_store)
    for request in (REQUEST, REQUEST[::-1]):
        remark(call_of(demo_store, deputy), new(project, request=request))
    assert said(demo_store) == ([*before[0], TEXT, TEXT], before[1] + 2)


def test_a_remark_is_seen_by_its_deputy_alone(demo_store: Store) -> None:
    one, other = (person(demo_store, Role.DEPUTY, seat=seat) for seat in seats(demo_store)[:2])
    remark(call_of(demo_store, one), new(projects(demo_store)[0].id))
    assert desk(call_of(demo_store, other, writes=False)).remarks == ()


@pytest.mark.parametrize(
    ("text", "request_id", "code"),
    [
        ("", REQUEST, "remark_empty"),
        (" \n\t　", REQUEST, "remark_empty"),
        (TEXT, "", "malformed"),
        (TEXT, REQUEST[:-1], "malformed"),
        (TEXT, REQUEST.upper(), "malformed"),
        (TEXT, REQUEST + "\n", "malformed"),
    ],
)
def test_an_empty_or_malformed_remark_is_refused(
    demo_store: Store, text: str, request_id: str, code: str
) -> None:
    deputy, project = person(demo_store, Role.DEPUTY), projects(demo_store)[0].id
    before = said(demo_store)
    assert refusal(remark, call_of(demo_store, deputy), new(project, text, request_id)) == code
    assert said(demo_store) == before


@pytest.mark.parametrize("state", ["suspended", "resigned"])
def test_a_deputy_out_of_office_is_refused(loaded_store: Store, state: str) -> None:
    with loaded_store.system().reading() as session:
        seat = session.scalars(
            select(MembershipState.membership_id).where(
                MembershipState.congress_id == CONGRESS, MembershipState.state == state
            )
        ).first()
    deputy, project = person(loaded_store, Role.DEPUTY, seat=seat), projects(loaded_store)[0].id
    before = said(loaded_store)
    assert refusal(remark, call_of(loaded_store, deputy), new(project)) == "not_yours"
    assert said(loaded_store) == before


def test_a_foreign_project_and_an_absent_one_answer_alike(loaded_store: Store) -> None:
    deputy = person(loaded_store, Role.DEPUTY)
    before = said(loaded_store)
    for project in (projects(loaded_store, TOWNSHIP)[0].id, new_id()):
        assert refusal(remark, call_of(loaded_store, deputy), new(project)) == "not_found"
    assert said(loaded_store) == before


def test_only_deputies_remark(demo_store: Store) -> None:
    project = projects(demo_store)[0].id
    before = said(demo_store)
    assert refusal(remark, call_of(demo_store, PUBLIC), new(project)) == "sign_in_first"
    for role in set(Role) - {Role.DEPUTY, Role.PUBLIC}:
        assert refusal(remark, call_of(demo_store, person(demo_store, role)), new(project)) == "not_allowed"
    assert said(demo_store) == before
