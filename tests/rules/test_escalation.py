"""约谈、通报、问责 by the months behind: when each is proposed, for which cause, and what silence does not prove."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.escalation import Escalation, EscalationRules, escalations
from dashboard.rules.progress import linear_plan, month_ends
from dashboard.rules.reasons import Reason

START, FINISH = date(2025, 1, 1), date(2025, 12, 31)
YEAR = linear_plan(START, FINISH)
ENDS = list(month_ends(START, FINISH))
RULES = EscalationRules()


def reports(*shares: int | None) -> list[tuple[date, int]]:
    return [(ENDS[place], share) for place, share in enumerate(shares) if share is not None]


def found(
    *shares: int | None, last: int | None = None, rules: EscalationRules = RULES
) -> list[tuple[str, int]]:
    """Return what is proposed at a month (that of the last report, if none is named), by kind and month of cause."""
    month = ENDS[(last or len(shares)) - 1]
    return [(one.kind, one.since.month) for one in escalations(YEAR, reports(*shares), month, rules)]


def test_two_months_running_lead_to_a_talk_and_the_run_is_one_cause() -> None:
    # Behind by 8.33 points in January, by 10 and more from February on.
    assert found(0, 600) == []
    assert found(0, 600, 1400) == [("talk", 2)]
    assert found(0, 600, 1400, 2300) == [("talk", 2)]
    assert found(0, 600, 1500) == []
    # A month back on schedule ends the run; the next is another cause.
    assert found(0, 600, 1400, 3300, 3100, 3900) == [("talk", 5)]


def test_silence_proves_nothing_and_ends_no_run() -> None:
    assert found(0, 600, None) == []
    assert found(0, 600, None, 2300) == [("talk", 2)]
    assert found(None, None, None) == []


def test_behind_at_the_third_quarter_leads_to_a_notice() -> None:
    ahead = (800, 1700, 2500, 3300, 4200, 5000, 5800, 6700)
    assert found(*ahead, 6499) == [("notice", 9)]
    assert found(*ahead, 6500) == []
    # What was so at the end of September is so in October, whatever was reported since.
    assert found(*ahead, 6499, 9000) == [("notice", 9)]
    # Nobody knows of September, and in August the project was on schedule.
    assert found(*ahead, None, 6000) == []
    assert found(*ahead[:7], 5000, None) == [("notice", 9)]


def test_a_missed_year_goes_to_accountability_once_its_last_month_is_reported() -> None:
    shares = (800, 1700, 2500, 3300, 4200, 5000, 5800, 6700, 7500, 8300, 9200)
    assert found(*shares) == []
    assert found(*shares, 9999) == [("accountability", 12)]
    assert found(*shares, 10_000) == []
    assert found(*shares, last=12) == [("accountability", 12)]
    (silent,) = escalations(YEAR, [], FINISH, RULES)
    assert silent == Escalation("accountability", FINISH, Reason("escalation.accountability_silent", {}))
    assert found(*shares, 9999, rules=EscalationRules(accountability="never")) == []


def test_what_is_done_asks_for_nothing() -> None:
    assert found(0, 0, 0, 0, 10_000) == []
    assert found(0, 0, 0, 0, 10_000, last=12) == []


def test_a_reason_holds_the_numbers() -> None:
    (one,) = escalations(YEAR, reports(0, 600, 1400), ENDS[2], RULES)
    assert one.reason == Reason(
        "escalation.talk", {"months": 2, "month": 3, "share": 1400, "planned": 2500, "points": 1100}
    )


def test_before_its_start_a_project_is_behind_nothing() -> None:
    later = linear_plan(date(2025, 6, 1), FINISH)
    assert escalations(later, [], ENDS[2], RULES) == ()


@pytest.mark.parametrize(
    ("rules", "kinds"),
    [
        (EscalationRules(talk_after_months=4), []),
        (EscalationRules(talk_after_months=1), ["talk"]),
        (EscalationRules(behind_below=-2_000), []),
        (EscalationRules(notice_at_month=3), ["talk", "notice"]),
    ],
)
def test_another_rule_set_moves_the_limits(rules: EscalationRules, kinds: list[str]) -> None:
    assert [one.kind for one in escalations(YEAR, reports(0, 600, 1400), ENDS[2], rules)] == kinds


def test_who_sees_to_it_and_by_when() -> None:
    assert [RULES.owner(kind) for kind in ("talk", "notice", "accountability")] == [
        "leader",
        "clerk",
        "leader",
    ]
    assert RULES.due("accountability", date(2026, 1, 8)) == date(2026, 2, 7)


@given(st.lists(st.none() | st.integers(0, 9_999), min_size=12, max_size=12), st.integers(1, 12))
def test_a_cause_is_named_alike_for_as_long_as_it_lasts(shares: list[int | None], until: int) -> None:
    """What is proposed at a month and again at a later one, for a run that went on, has the same key."""
    known = reports(*shares)
    now = {one.kind: one.since for one in escalations(YEAR, known, ENDS[until - 1], RULES)}
    for month in ENDS[until:]:
        later = {one.kind: one.since for one in escalations(YEAR, known, month, RULES)}
        assert later.get("notice", now.get("notice")) == now.get("notice") or "notice" not in now
        if "talk" in now and "talk" in later and later["talk"] != now["talk"]:
            # Another run: in between there was a month on schedule.
            assert later["talk"] > now["talk"]
