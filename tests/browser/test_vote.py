"""Voting on a phone: by thumb, by keyboard alone, in each form; what stops a voter is said."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.places import HAN, KEY, TEXTS, WIDTHS
from tests.browser.voting import Booth, answer, arrive, at, ballot_of, cast, mark, receipt_of
from tests.planting_rounds import ballots, participants

pytestmark = pytest.mark.browser

FOCUSED = (
    "() => document.activeElement.closest('.vote-row')?.dataset.number ?? document.activeElement.className"
)
FORMS = {
    "mark": {"rule_set": "adoption-mark@1"},
    "item": {"rule_set": "adoption-item@1"},
    "rank": {"rule_set": "adoption-rank@1", "places": 5},
}


def test_a_deputy_votes_with_one_thumb(booth: Booth) -> None:
    opened = booth.open()
    page = booth.page(opened)
    heights = page.locator(".vote-row").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) == 12
    assert min(heights) >= 64
    mark(page, 2, 1, 9)
    expect(page.locator(".vote-chosen")).to_have_text("已选3项")
    expect(page.locator(".vote-left")).to_have_text("还可选7项")
    mark(page, 1)
    expect(page.locator(".vote-pips i.on")).to_have_count(2)
    cast(page)
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "2 9")]
    assert participants(booth.store, opened) == 1
    # A thumb reaches what casts: it stands in the lower third, at the right.
    expect(page.locator(".vote-choices-list")).to_be_hidden()


def test_a_deputy_votes_by_keyboard_alone(booth: Booth) -> None:
    opened = booth.open()
    page = booth.page(opened, width=1280, height=900, has_touch=False)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == "1":
            break
    keys = page.keyboard
    keys.press(" ")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Space")
    assert page.evaluate(FOCUSED) == "3"
    keys.press("Enter")
    at(page, "review")
    keys.press("Escape")
    at(page, "select")
    page.locator(".vote-row[data-number='3'] [role=checkbox]").focus()
    keys.press("Backspace")
    keys.press("Enter")
    at(page, "review")
    expect(page.locator(".vote-marked li")).to_have_count(1)
    while page.evaluate(FOCUSED).find("vote-cast") < 0:
        keys.press("Tab")
    keys.press("Enter")
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "1")]


def test_the_limit_is_said_and_nothing_is_unmarked_silently(booth: Booth) -> None:
    page = booth.page(booth.open(places=2))
    mark(page, 1, 2, 3)
    expect(page.locator(".vote-stop")).to_have_text("已选2项，达到上限。要选这一项，请先取消一项。")
    assert page.locator(".vote-row.marked").evaluate_all("all => all.map(one => one.dataset.number)") == [
        "1",
        "2",
    ]
    expect(page.locator(".vote-row[data-number='3'] .vote-name")).to_have_css("opacity", "1")
    mark(page, 2, 3)
    expect(page.locator(".vote-stop")).to_be_hidden()
    expect(page.locator(".vote-row[data-number='3'] [role=checkbox]")).to_have_attribute(
        "aria-checked", "true"
    )


def test_the_limit_on_for_marks_is_said_and_the_ballot_goes_in(booth: Booth) -> None:
    opened = booth.open(rule_set="adoption-item-limited@1", places=2)
    page = booth.page(opened)
    for number in (1, 2, 3):
        answer(page, number, "+")
    expect(page.locator(".vote-stop")).to_have_text("已赞成2项，达到上限。要赞成这一项，请先改变一项。")
    answer(page, 3, "-")
    cast(page)
    receipt = receipt_of(page)
    # What is not answered abstains.
    assert ballots(booth.store, opened) == [(ballot_of(receipt), "1+ 2+ 3-")]


def test_details_open_in_a_sheet_and_keep_the_marks(booth: Booth) -> None:
    page = booth.page(booth.open())
    mark(page, 1)
    page.locator(".vote-row[data-number='3'] .vote-more").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("建设内容")
    expect(dialog).to_contain_text("回应的群众建议")
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.closest('.vote-panel') !== null")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate(FOCUSED) == "3"
    expect(page.locator(".vote-row.marked")).to_have_count(1)


def test_the_review_shows_marked_and_unmarked_and_the_rule(booth: Booth) -> None:
    page = booth.page(booth.open())
    mark(page, 5, 2)
    page.locator(".vote-review").tap()
    assert page.locator(".vote-marked .vote-number").all_inner_texts() == ["2", "5"]
    expect(page.locator(".vote-unmarked li")).to_have_count(10)
    expect(page.locator(".vote-before")).to_contain_text("截止前可凭回执改票，以最后一次为准")
    expect(page.locator(".vote-before")).to_contain_text("登记册只记你已投票，选票上没有姓名")
    back, forth = (page.locator(name).bounding_box() for name in (".vote-return:visible", ".vote-cast"))
    assert back is not None
    assert forth is not None
    assert forth["x"] > back["x"]
    assert forth["width"] > back["width"]
    page.go_back()
    at(page, "select")
    expect(page.locator(".vote-row.marked")).to_have_count(2)


def test_marks_outlive_a_reload_and_a_turned_phone(booth: Booth) -> None:
    page = booth.page(booth.open())
    mark(page, 4, 6)
    page.set_viewport_size({"width": 844, "height": 390})
    expect(page.locator(".vote-row.marked")).to_have_count(2)
    expect(page.locator(".vote-review")).to_be_in_viewport(ratio=1)
    page.reload()
    expect(page.locator(".vote-row.marked")).to_have_count(2)


def test_another_voter_in_the_same_tab_sees_no_marks(booth: Booth) -> None:
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 4)
    booth.sign_in(page.context, opened.roll[-1])
    arrive(page, f"/990121/vote/{opened.id}")
    expect(page.locator(".vote-row.marked")).to_have_count(0)
    assert "4" not in page.evaluate(
        "() => Object.values(sessionStorage).map(one => JSON.parse(one).marks || '').join()"
    )


def test_each_line_is_answered_for_against_or_abstained(booth: Booth) -> None:
    opened = booth.open(**FORMS["item"])
    page = booth.page(opened)
    expect(page.get_by_text("全部赞成")).to_have_count(0)
    for number, sign in ((1, "+"), (2, "-"), (3, "="), (5, "+")):
        answer(page, number, sign)
    answer(page, 5, "+")
    expect(page.locator(".vote-chosen")).to_have_text("已表示3项")
    expect(page.locator(".vote-left")).to_have_text("未表示9项")
    page.locator(".vote-review").tap()
    expect(page.locator(".vote-lack")).to_contain_text("有9项没有表示，投出后计为弃权")
    page.locator(".vote-cast").tap()
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "1+ 2- 3=")]


def test_lines_are_ranked_in_the_order_of_touch_and_moved(booth: Booth) -> None:
    opened = booth.open(**FORMS["rank"])
    page = booth.page(opened)
    mark(page, 4, 2, 9, 1)
    mark(page, 2)
    assert page.locator(".vote-row[data-number='9'] .vote-box").inner_text() == "2"
    page.locator(".vote-row[data-number='7'] [role=checkbox]").press("1")
    page.locator(".vote-review").tap()
    page.get_by_role("button", name="上移：城区新增公共停车泊位1500个").tap()
    assert page.locator(".vote-ranked .vote-number").all_inner_texts() == ["第1位", "第2位", "第3位", "第4位"]
    page.locator(".vote-cast").tap()
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "1:4 4:3 7:1 9:2")]


def test_an_exact_number_is_asked_for_before_casting(booth: Booth) -> None:
    opened = booth.open(rule_set="adoption-exact@1", places=3)
    page = booth.page(opened)
    mark(page, 1, 2)
    page.locator(".vote-review").tap()
    expect(page.locator(".vote-lack")).to_have_text("本轮须选3项，还差1项，补足后才能投出。")
    page.locator(".vote-cast").tap(force=True)
    at(page, "review")
    page.locator(".vote-return:visible").tap()
    mark(page, 3)
    cast(page)
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "1 2 3")]


def test_a_shuffled_list_keeps_its_numbers_and_its_order(booth: Booth) -> None:
    opened = booth.open(values={"shuffled": True})
    numbers = "all => all.map(one => Number(one.dataset.number))"
    first, other = booth.page(opened), booth.page(opened)
    order = first.locator(".vote-row").evaluate_all(numbers)
    assert sorted(order) == list(range(1, 13))
    assert order != other.locator(".vote-row").evaluate_all(numbers)
    first.reload()
    expect(first.locator("#vote[data-begun]")).to_be_visible()
    assert order == first.locator(".vote-row").evaluate_all(numbers)


def test_practice_says_so_on_every_step(booth: Booth) -> None:
    opened = booth.open(purpose="practice", options=["样例甲", "样例乙"], places=1, title="投票练习")
    page = booth.page(opened)
    tag = page.locator(".vote-bar .tag", has_text="练习")
    expect(tag).to_be_visible()
    mark(page, 1)
    page.locator(".vote-review").tap()
    expect(tag).to_be_visible()
    page.locator(".vote-cast").tap()
    at(page, "receipt")
    expect(tag).to_be_visible()
    expect(page.locator(".vote-after")).to_contain_text("练习到此结束")


def test_a_recorded_round_says_so_before_voting(booth: Booth) -> None:
    page = booth.page(booth.open(values={"secret": False}))
    expect(page.locator("[data-step=select]")).to_contain_text("这是记名表决")
    mark(page, 1)
    page.locator(".vote-review").tap()
    expect(page.locator(".vote-before")).to_contain_text("选票上写有你的姓名")


def _found(page: Page) -> list[str]:
    result = Axe().run(page, options={"resultTypes": ["violations"]})
    return [f"{one['id']}: {one['nodes'][0]['html'][:110]}" for one in result.response["violations"]]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("scheme", "language"), [("light", ""), ("dark", "/en")])
def test_axe_finds_nothing_on_any_step(booth: Booth, form: str, scheme: str, language: str) -> None:
    page = booth.page(booth.open(**FORMS[form]), language=language, color_scheme=scheme)
    act = (lambda: answer(page, 2, "+")) if form == "item" else (lambda: mark(page, 2))
    act()
    found, texts = _found(page), page.evaluate(TEXTS)
    page.locator(".vote-row[data-number='2'] .vote-more").tap()
    found += _found(page)
    page.keyboard.press("Escape")
    page.locator(".vote-review").tap()
    found, texts = found + _found(page), texts + page.evaluate(TEXTS)
    page.locator(".vote-cast").tap()
    at(page, "receipt")
    page.locator(".vote-choices-head").tap()
    found, texts = found + _found(page), texts + page.evaluate(TEXTS)
    assert found == []
    assert [text for text, _ in texts if KEY.search(text)] == []
    if language:
        assert [text for text, lang in texts if HAN.search(text) and lang != "zh-CN"] == []


@pytest.mark.parametrize("size", [(390, 844), (320, 568), (320, 256), (844, 390), (1280, 800)])
def test_large_type_hides_no_dock_and_nothing_scrolls_sideways(booth: Booth, size: tuple[int, int]) -> None:
    page = booth.page(booth.open(), width=size[0], height=size[1])
    page.locator(".vote-large").tap()
    mark(page, 1)
    wide, shown = page.evaluate(WIDTHS)
    assert wide <= shown
    if size[1] > 300:
        expect(page.locator(".vote-review")).to_be_in_viewport(ratio=1)
    page.locator(".vote-review").tap()
    page.locator(".vote-cast").scroll_into_view_if_needed()
    expect(page.locator(".vote-cast")).to_be_in_viewport(ratio=1)
    page.reload()
    expect(page.locator("#vote.large")).to_be_visible()


def test_the_time_left_is_spoken_at_sixty_thirty_and_ten_seconds(booth: Booth) -> None:
    opened = booth.open()
    context = booth.context(opened)
    page = context.new_page()
    page.clock.install()
    arrive(page, f"/990121/vote/{opened.id}")
    said = page.locator(".vote-said")
    page.clock.fast_forward("13:55")
    for seconds in (60, 30, 10):
        for _ in range(60):
            if said.inner_text() == f"还剩{seconds}秒":
                break
            page.clock.run_for(1000)
        expect(said).to_have_text(f"还剩{seconds}秒")
    page.clock.run_for(15_000)
    expect(page.locator(".vote-time strong")).to_have_text("时间到")
    # Time closes nothing: two officers do.
    mark(page, 1)
    expect(page.locator(".vote-row.marked")).to_have_count(1)
