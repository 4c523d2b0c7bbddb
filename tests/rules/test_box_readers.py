"""Who may take a box away, value by value of publish_box (architecture.md, "receipts do not become proofs")."""

import pytest

from dashboard.rules.box_readers import COUNTED, may_read_box

WHO = {
    "nobody of the congress": {"is_deputy": False, "is_scrutineer": False},
    "a deputy": {"is_deputy": True, "is_scrutineer": False},
    "a scrutineer": {"is_deputy": True, "is_scrutineer": True},
}
AFTER = {
    "digest": set[str](),
    "scrutineers": {"a scrutineer"},
    "deputies": {"a scrutineer", "a deputy"},
    "public": set(WHO),
    "something new": set[str](),
    "None": set[str](),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("value", AFTER)
def test_after_the_announcement_the_rule_names_the_readers(value: str, who: str) -> None:
    assert may_read_box(value, "announced", is_announced=True, **WHO[who]) == (who in AFTER[value])


@pytest.mark.parametrize("state", ["closed", "counted", "signed", "reported", "announced"])
@pytest.mark.parametrize("value", AFTER)
def test_before_the_announcement_only_scrutineers_read(value: str, state: str) -> None:
    for who, told in WHO.items():
        expected = who == "a scrutineer" and value in {"scrutineers", "deputies", "public"}
        assert may_read_box(value, state, is_announced=False, **told) == expected


@pytest.mark.parametrize("state", ["draft", "checked", "open", "suspended", "annulled"])
def test_what_is_not_counted_is_nobody_s(state: str) -> None:
    assert state not in COUNTED
    assert not may_read_box("public", state, is_announced=True, is_deputy=True, is_scrutineer=True)
