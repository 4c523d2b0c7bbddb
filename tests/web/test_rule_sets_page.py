"""The page of rule sets: a limit on for-marks is offered, added with its source, and taken out again."""

from typing import Any

from sqlalchemy import select

from dashboard.store.tables.record import OwnRuleSet
from tests.commands.people import COUNTY
from tests.web.conftest import Makes
from tests.web.visitor import Site, is_told, plain

PAGE = f"/{COUNTY}/2026/rule-sets"
LAW = "县人大议事规则第十二条"


def draft(site: Site) -> OwnRuleSet:
    with site.store.system().reading() as session:
        return session.scalars(select(OwnRuleSet)).one()


def test_a_clerk_limits_the_for_marks_and_lets_them_be_free_again(make_site: Makes) -> None:
    site = make_site()
    clerk, leader = site.visitor("clerk"), site.visitor("leader")
    page = clerk.page(PAGE)

    def press(trigger: str, **values: Any) -> Any:
        shown = {"rules_draft__data": str(draft(site).id), "rules_kind__data": "adoption"}
        return clerk.press(f"{trigger}.n_clicks", page, **shown, **values)

    def save(**chosen: str) -> str:
        return plain(press("rules-save", rules_source__value=LAW, rules_note__value="", **chosen))

    copied = plain(
        clerk.press(
            "rules-copy.n_clicks", page, rules_kind__data="adoption", rules_base__value="adoption-item@1"
        )
    )
    assert "加上“赞成最多”：不超过名额" in copied
    assert "rules-drop-send" not in copied
    added = save(rules_choice__value="for_marks_at_most=places")
    # The page names what is missing to it, and the leader cannot approve.
    assert "rules-drop-send" in added
    assert "这些规则不能这样搭配：赞成最多" in added
    assert "for_marks_at_most" in draft(site).body["values"]
    given = {"rules_draft__data": str(draft(site).id), "rules_kind__data": "adoption"}
    leader.press("rules-approve.n_clicks", leader.page(PAGE), **given)
    assert draft(site).approved_at is None
    save(rules_choice__value="over_marked=void")
    # A number is typed.
    save(rules_typed__value="for_marks_at_most", rules_text__value="5")
    assert draft(site).body["values"]["for_marks_at_most"] == {"value": 5, "source": LAW, "note": ""}
    for name in ("for_marks_at_most", "over_marked"):
        dropped = plain(press("rules-drop-send", rules_drop__value=name))
    assert "已经去掉" in dropped
    assert "rules-drop-send" not in dropped
    assert not {"for_marks_at_most", "over_marked"} & draft(site).body["values"].keys()
    assert is_told(press("rules-drop-send", rules_drop__value="quorum"), "rule_value_needed")
    assert "逐项表决，赞成不超过名额" in plain(clerk.open(PAGE))
