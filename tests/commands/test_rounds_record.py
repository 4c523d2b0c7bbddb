"""A round that is really held: the record verifies at every step of it, and its papers tell what was done by whom."""

import io
import json
from datetime import timedelta

import pytest
from docx import Document
from sqlalchemy import select

from dashboard.commands.documents import attach_scan, keep_papers
from dashboard.commands.rounds import propose
from dashboard.commands.rounds_announce import correct_round
from dashboard.commands.rounds_end import report_round
from dashboard.queries.documents import issued_announcement, papers_of
from dashboard.queries.round_papers import announced_paper, round_paper
from dashboard.queries.vote_events import voted_rounds
from dashboard.reports.round_papers import made_papers
from dashboard.reports.vote_events import popolo_of
from dashboard.rules.refused import Refused
from dashboard.store.tables.sealing import RoundConsent
from dashboard.store.tables.voting import Ballot
from dashboard.store.transactions import Store
from dashboard.store.verifying import Failure, Holds, verify
from tests.commands.people import COUNTY, call_of, refusal
from tests.commands.sessions import YEAR, Played, session_of, voted_on
from tests.commands.test_rounds_announce import voted_by
from tests.popolo import validator

# 321 in office: 161 are needed. Ten items pass, the eleventh does not.
TEN, ELEVEN = "1 2 3 4 5 6 7 8 9 10", "1 2 3 4 5 6 7 8 9 11"
BALLOTS = {TEN: 200, ELEVEN: 60, "1 2 3 4 5 6 7 8 9 10 11": 4, "": 6}


def holds(played: Played) -> Holds:
    with played.store.system().reading() as session:
        first = next(iter(verify(session)))
    assert isinstance(first, Holds), first
    return first


def test_the_record_verifies_at_every_step(demo_store: Store) -> None:
    played = session_of(demo_store)
    heads = [holds(played).head]

    def step(done: object) -> None:
        heads.append(holds(played).head)

    step(played.check())
    played.check_in(260)
    step(played.together("open"))
    played.vote_all({TEN: 100})
    # Votes are no acts: the head stays.
    assert holds(played).head == heads[-1]
    step(played.together("suspend", "停电"))
    step(played.together("resume"))
    step(played.together("close"))
    step(played.count())
    step(played.sign_all())
    step(report_round(played.call(played.clerk), played.round_id))
    step(played.announce())
    step(correct_round(played.call(played.presidium), played.round_id, "第2号公告", "项目名称有误"))
    step(keep(played, "minutes"))
    step(attach_scan(played.call(played.clerk), played.round_id, b"picture"))
    assert len(set(heads)) == len(heads)
    with demo_store.system().writing() as session:
        ballot = session.scalars(select(Ballot).where(Ballot.round_id == played.round_id)).first()
        assert ballot is not None
        ballot.marks = "1"
    with demo_store.system().reading() as session:
        found = next(iter(verify(session)))
    assert isinstance(found, Failure)
    assert (found.congress, found.round_id, found.part) == (COUNTY, played.round_id, "ballots")


def keep(played: Played, kind: str) -> None:
    paper = round_paper(played.call(played.clerk, writes=False), played.round_id)
    keep_papers(played.call(played.clerk), played.round_id, made_papers(kind, paper), paper.stands_on)


def test_a_proposal_that_ends_with_another_act_is_stated(demo_store: Store) -> None:
    played = session_of(demo_store)
    played.check()
    played.check_in()
    propose(played.call(played.chief), played.proposal("annul", "演练"))
    played.together("open")
    assert {one.state for one in played.rows(RoundConsent)} == {"lapsed", "assented"}
    holds(played)


def test_a_wrong_password_changes_no_proposal(demo_store: Store) -> None:
    played = session_of(demo_store)
    played.check()
    played.check_in()
    propose(played.call(played.clerk), played.proposal("open"))
    later = played.now + timedelta(minutes=11)
    answer = propose(played.call(played.chief, later), played.proposal("open", password="wrong"))
    assert isinstance(answer, Refused)
    assert [one.state for one in played.rows(RoundConsent)] == ["proposed"]
    holds(played)


def test_an_annulled_round_verifies_and_nobody_reads_its_box(demo_store: Store) -> None:
    played = session_of(demo_store)
    played.open()
    played.vote_all({TEN: 50})
    played.together("annul", "设备故障")
    holds(played)
    call = played.call(played.clerk, writes=False)
    assert refusal(round_paper, call, played.round_id) == "paper_too_early"


@pytest.fixture
def announced(demo_store: Store) -> Played:
    """A round to its announcement."""
    played = voted_on(demo_store, BALLOTS)
    played.report()
    played.announce("禾澜县第十八届人民代表大会第五次会议主席团公告（第9号）")
    return played


def text_of(body: bytes) -> str:
    document = Document(io.BytesIO(body))
    lines = [one.text for one in document.paragraphs]
    return "\n".join(
        lines + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )


def test_its_papers_tell_who_did_what_and_what_came_of_it(announced: Played) -> None:
    paper = round_paper(announced.call(announced.clerk, writes=False), announced.round_id)
    assert [one.duty for one in paper.officers] == ["chief", "scrutineer", "teller"]
    assert [one.signed_at is not None for one in paper.officers] == [True, True, False]
    kinds = [step.kind for step in paper.steps]
    for before, after in (
        ("checked", "opened"),
        ("opened", "closed"),
        ("closed", "counted"),
        ("signed", "reported"),
    ):
        assert kinds.index(before) < kinds.index(after)
    assert kinds[-1] == "announced"
    assert next(step.roles for step in paper.steps if step.kind == "opened") == ("clerk", "deputy")
    assert dict(paper.faults) == {"tally.invalid.over_marked": 4}
    minutes, there = text_of(made_papers("minutes", paper)[0].body), len(announced.seats)
    assert there == 319
    for told in (
        "开始投票（人大工作人员、总监票人）",
        "第二次计票，两次结果一致",
        "在计票结果上签名（监票人）",
        "在计票结果上签名（总监票人）",
        "表示的项数多于规定：4张",
        f"电子表决：发出{there}，收回270，有效266，无效4；未按表决器{there - 270}名。",
        "得200票，已达通过所需的161票",
        "得60票，不足161票",
        paper.digest,
    ):
        assert told in minutes, told


def test_what_is_issued_is_what_everyone_reads(announced: Played) -> None:
    public = call_of(announced.store, writes=False)
    assert issued_announcement(public, announced.round_id) is None
    keep(announced, "announcement")
    issued = issued_announcement(call_of(announced.store, writes=False), announced.round_id)
    assert issued is not None
    assert (issued.text.number, len(issued.text.items)) == ("第9号", 10)
    assert issued.text.items[0] == "1．候选项目1（260票）"
    shown = announced_paper(call_of(announced.store, writes=False), announced.round_id)
    assert shown is not None
    kept = papers_of(call_of(announced.store, writes=False), announced.round_id)
    assert [one.kind for one in kept] == ["announcement"]


def test_it_stands_among_the_vote_events(announced: Played) -> None:
    document = popolo_of(voted_rounds(call_of(announced.store, writes=False), YEAR))
    validator("organization").validate(json.loads(document))
    assert b'"value": 260' in document
    assert b'"votes": [' not in document


@pytest.mark.parametrize(("publish", "first"), [("order", "候选项目3"), ("list", "候选项目1")])
def test_votes_that_are_not_published_stand_in_no_paper_and_no_file(
    demo_store: Store, publish: str, first: str
) -> None:
    played = voted_by(demo_store, publish)
    public = call_of(demo_store, writes=False)
    assert announced_paper(public, played.round_id) is None
    told = json.loads(popolo_of(voted_rounds(public, YEAR)))["vote_events"]
    assert [one["result"] for one in told] == ["pass"] * 3 + ["fail"] * 9
    assert all(one["counts"] == [] for one in told)
    clerk = json.loads(popolo_of(voted_rounds(played.call(played.clerk, writes=False), YEAR)))["vote_events"]
    assert clerk == told
    keep(played, "announcement")
    issued = issued_announcement(call_of(demo_store, writes=False), played.round_id)
    assert issued is not None
    assert issued.text.items[0] == f"1．{first}"
    assert "185票" not in "".join((*issued.text.paragraphs, *issued.text.items, *issued.text.closing))
    holds(played)
