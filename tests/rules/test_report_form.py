"""The form of a monthly report: each field read by itself, everything wrong told at once, two people at one draft."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.report_drafts import Kept, Seen, merge
from dashboard.rules.report_form import COLUMNS, FIELDS, read_form, typed_form

FILLED = {
    "share": "５８．５％", "quantity": "14个", "paid": "1,900", "started": "100", "finished": "62.5",
    "done": " 十四个 ", "next": "十月再完成四个", "problem": "", "leader": "副局长",
    "expected": "2025年12月25日", "plan": "累计十八个", "plan_share": "75%",
}  # fmt: skip


def wrong(**typed: str) -> dict[str, str]:
    """Return what is wrong by field with a form in which some fields are typed otherwise."""
    return {one.place: one.code for one in read_form(FILLED | typed, unit="个", has_target=True).wrong}


def test_a_whole_form_is_read() -> None:
    read = read_form(FILLED, unit="个", has_target=True)
    assert read.wrong == ()
    assert read.values == {
        "share": 5_850, "quantity": 14_000, "paid": 1_900_000_000, "started": 10_000, "finished": 6_250,
        "done_text": "十四个", "next_text": "十月再完成四个", "problem_text": "", "leader": "副局长",
        "expected_on": date(2025, 12, 25), "plan_text": "累计十八个", "plan_share": 7_500, "reason": "",
        "explanation": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"share": "九成"}, {"share": "typed_share"}),
        ({"share": "1e309"}, {"share": "typed_share"}),
        ({"share": "-1"}, {"share": "typed_share_below"}),
        ({"share": " "}, {"share": "report_share_none"}),
        ({"quantity": ""}, {"quantity": "report_quantity_none"}),
        ({"quantity": "14户"}, {"quantity": "typed_quantity"}),
        ({"started": "101"}, {"started": "report_rate_above"}),
        ({"started": "50"}, {"finished": "report_finished_over_started"}),
        ({"expected": "2025年2月30日"}, {"expected": "typed_day_none"}),
        ({"done": "　"}, {"done": "report_done_none"}),
        ({"done": "字" * 2001}, {"done": "report_long"}),
        ({"leader": "字" * 41}, {"leader": "report_long"}),
        ({"paid": "三千万", "share": "九成"}, {"share": "typed_share", "paid": "typed_money"}),
    ],
)
def test_what_is_wrong_is_told_by_field(typed: dict[str, str], found: dict[str, str]) -> None:
    assert wrong(**typed) == found


def test_everything_wrong_is_told_at_once_in_the_order_of_the_form() -> None:
    told = read_form({"expected": "明年", "paid": "x", "share": "y"}, has_target=True, corrects=True).wrong
    assert [one.place for one in told] == ["share", "quantity", "paid", "done", "expected", "reason"]


def test_a_report_is_typed_again_as_it_was_but_for_its_reasons() -> None:
    values = dict(read_form(FILLED | {"reason": "更正", "explanation": "属实"}, unit="个").values)
    again = typed_form(values)
    assert set(again) == set(FIELDS)
    assert (again["reason"], again["explanation"]) == ("", "")
    assert dict(read_form(again).values) == values | {"reason": "", "explanation": ""}
    assert set(typed_form(dict.fromkeys(COLUMNS.values())).values()) == {""}


def seen(base: str | None, revision: int, typed: str | None) -> dict[str, Seen]:
    return {"done": Seen(revision, base, typed)}


@pytest.mark.parametrize(
    ("kept", "mine", "becomes"),
    [
        (Kept("旧", 3, "her"), ("旧", 3, "新"), "written"),
        (Kept("她", 4, "her"), ("旧", 3, "旧"), "taken"),
        (Kept("她", 4, "her"), ("旧", 3, "我"), "clashing"),
        (Kept("她", 4, "her"), ("旧", 3, "她"), ""),
        # An answer that was lost on its way: the page's own last save is no one else's.
        (Kept("我一", 4, "me"), ("旧", 3, "我一二"), "written"),
        (Kept("她", 4, "her"), ("旧", 4, "我"), "written"),
        (Kept("", 0, ""), ("", 0, "我"), "written"),
        # A field that was not touched is not sent.
        (Kept("她", 4, "her"), (None, 3, None), "taken"),
        (Kept("她", 4, "her"), (None, 4, None), ""),
        (Kept("我", 4, "me"), (None, 3, None), ""),
    ],
)
def test_a_field_goes_where_it_belongs(
    kept: Kept, mine: tuple[str | None, int, str | None], becomes: str
) -> None:
    found = merge({"done": kept}, seen(*mine), "me")
    assert {name for name in ("written", "taken", "clashing") if getattr(found, name)} == (
        {becomes} if becomes else set()
    )


@given(
    st.text("ab", max_size=2), st.text("ab", max_size=2), st.text("ab", max_size=2), st.integers(0, 3),
    st.integers(0, 3), st.sampled_from(["me", "her"]),
)  # fmt: skip
def test_what_another_wrote_since_is_never_overwritten(
    base: str, now: str, typed: str, saw: int, revision: int, editor: str
) -> None:
    found = merge({"done": Kept(now, revision, editor)}, seen(base, saw, typed), "me")
    if editor == "her" and revision > saw:
        assert found.written == ()
    # And what was typed is kept, or shown beside the other's, or was no change of one's own.
    assert found.written or found.clashing or typed in {now, base}
