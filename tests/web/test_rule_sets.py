"""The page of rules pressed through: copied, edited, approved, chosen, confirmed; and what the lights then say."""

import pytest
from sqlalchemy import select

from dashboard.rules.supervision_rules import DEFAULTS
from dashboard.store.tables.supervision import Task
from tests.commands.people import COUNTY
from tests.web.conftest import Makes
from tests.web.visitor import Body, Site, is_told, plain

PATH = f"/{COUNTY}/rule-sets"
OVERVIEW = f"/{COUNTY}/2025"
DECISION = "县人大常委会主任会议2025年第3次会议"


@pytest.fixture(scope="module")
def own(make_site: Makes) -> Site:
    """A site of its own: its lights are changed."""
    return make_site()


def press(site: Site, who: str, trigger: str, kind: str, **values: object) -> str:
    """Press a button of the page and return what it answers."""
    visitor = site.visitor(who)
    page = visitor.page(PATH)
    answer = visitor.press(f"{trigger}.n_clicks", page, rules_kind__data=kind, **values)
    assert answer.status_code == 200, answer.text
    return plain(answer)


def found_id(answer: str, store_id: str) -> str:
    """Return the id that a store of the answer holds."""
    _, _, rest = answer.partition(f'"id": "{store_id}"')
    before, _, _ = answer.partition(f'"id": "{store_id}"')
    near = before[-200:] + rest[:200]
    return near.partition('"data": "')[2][:36]


@pytest.mark.parametrize("kind", DEFAULTS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_kind_tells_what_holds_and_each_value_in_words(site: Site, kind: str, language: str) -> None:
    told = plain(site.visitor("leader").open(f"{language}{PATH}", f"?kind={kind}"))
    assert DEFAULTS[kind] in told
    assert ("In force" if language else "现行") in told
    # What has no words of its own would stand on the page as data, in a span that names its language.
    assert "planned_without_plan" not in told
    assert "behind_below" not in told


def test_an_unknown_kind_is_told_and_the_rules_of_voting_shown(site: Site) -> None:
    told = plain(site.visitor("clerk").open(PATH, "?kind=weather"))
    assert "不适用" in told
    assert "adoption-mark@1" in told
    forged: Body = {"rules_kind__data": "weather", "rules_base__value": "adoption-mark@1"}
    visitor = site.visitor("clerk")
    assert visitor.press("rules-copy.n_clicks", visitor.page(PATH), **forged).status_code == 404


def test_who_may_not_choose_is_offered_nothing(site: Site) -> None:
    told = plain(site.visitor("presidium").open(PATH, "?kind=lights"))
    assert "rules-want" not in told
    assert "rules-told" not in plain(site.visitor("deputy").open(PATH))


def test_four_states_are_chosen_confirmed_and_then_drawn_with_their_own_words(own: Site) -> None:
    before = plain(own.visitor().open(OVERVIEW))
    assert "略滞后" in before
    assert "超序时" not in before
    waiting = press(own, "clerk", "rules-want", "lights", rules_wanted__value="lights-four@1")
    assert "等人大领导确认" in waiting
    choice = found_id(plain(own.visitor("leader").open(PATH, "?kind=lights")), "rules-waiting")
    assert "略滞后" in plain(own.visitor().open(OVERVIEW))
    told = press(own, "leader", "rules-confirm", "lights", rules_waiting__data=choice)
    assert "从今天起按它监督" in told
    after = plain(own.visitor().open(OVERVIEW))
    assert "略滞后" not in after
    assert "超序时" in after
    assert "±2以内" in after
    for path in ("projects", "departments", "townships", "projects?view=heat"):
        page, _, search = path.partition("?")
        shown = plain(own.visitor("leader").open(f"{OVERVIEW}/{page}", f"?{search}" if search else ""))
        assert "略滞后" not in shown, path
    # A township has chosen nothing: its own pages keep the product's lights.
    assert "超序时" not in plain(own.visitor().open("/990121100/2025"))


def test_an_own_set_is_copied_edited_approved_and_a_draft_thrown_away(own: Site) -> None:
    copied = press(own, "clerk", "rules-copy", "due_day", rules_base__value="due-day@1")
    draft = found_id(copied, "rules-draft")
    saved = press(
        own, "clerk", "rules-save", "due_day",
        rules_draft__data=draft, rules_typed__value="day_of_next_month", rules_text__value="8",
        rules_source__value=DECISION,
    )  # fmt: skip
    assert "次月8日前" in saved
    approved = press(own, "leader", "rules-approve", "due_day", rules_draft__data=draft)
    assert "已经批准" in approved
    again = press(own, "clerk", "rules-copy", "due_day", rules_base__value="own-due-day@1")
    thrown = press(own, "clerk", "rules-discard", "due_day", rules_draft__data=found_id(again, "rules-draft"))
    assert "草稿已经删除" in thrown
    assert "own-due-day@2" not in thrown
    assert "own-due-day@1" in thrown


def test_what_the_rules_ask_for_is_proposed_and_decided_on_the_desk(own: Site) -> None:
    desk = f"/{COUNTY}/desk"
    clerk = own.visitor("clerk")
    shown = plain(clerk.open(desk))
    assert "escalation-propose" in shown
    assert "到9月仍滞后，落后18.0个百分点" in shown
    told = plain(clerk.press("escalation-propose.n_clicks", clerk.page(desk)))
    assert "等人大领导确认" in told
    leader = own.visitor("leader")
    shown = plain(leader.open(desk))
    assert "escalation-confirm" in shown
    with own.store.system().reading() as session:
        task = str(session.scalars(select(Task.id).where(Task.source == "rules")).one())
    assert task in shown
    page = leader.page(desk)
    refused = leader.press(
        "escalation-dismiss.n_clicks", page, escalation_choice__value=task, escalation_reason__value=" "
    )
    assert is_told(refused, "task_reason")
    told = plain(leader.press("escalation-confirm.n_clicks", page, escalation_choice__value=task))
    assert "承办单位现在可以看到" in told
    assert "escalation" not in plain(own.visitor("deputy").open(desk))
