from dashboard.figures.summary import summarise_curve, summarise_grades, summarise_tally
from dashboard.i18n import words
from tests.figures.curves import CURVES, RENOVATION
from tests.figures.test_grade_bars import NINGHAI
from tests.figures.test_tally_bars import MEETING, NO_BODY, SILENT

ZH, EN = words("zh-CN"), words("en")


def test_a_curve_in_words():
    assert summarise_curve(RENOVATION, ZH) == (
        "城区老旧小区改造24个进度曲线：9月末计划76.0%；9月末实际58.0%；落后18.0个百分点；"
        "承诺2025年12月31日达到100.0%；预计2026年1月27日完成，晚27天；范围：晚5—61天；未报月份：4月。"
    )
    assert "actual 58.0% at the end of Sep; 18.0 points behind" in summarise_curve(RENOVATION, EN)


def test_every_curve_has_a_summary():
    for curve in CURVES.values():
        assert curve.name in summarise_curve(curve, ZH)
        assert curve.name in summarise_curve(curve, EN)
    assert "尚无月报" in summarise_curve(CURVES["no report"], ZH)


def test_a_tally_in_words():
    assert summarise_tally(MEETING, ZH).startswith("票决结果：过半数161票；新建公办幼儿园3所298票，入选；")
    assert "票数未公布" in summarise_tally(SILENT, ZH)
    assert "no majority line" in summarise_tally(NO_BODY, EN)


def test_grades_in_words():
    assert "公共卫生能力提升工程满意175，基本满意43，不满意4，满意率98.2%（218/222）" in summarise_grades(
        NINGHAI, ZH
    )
    assert "，原文如此" in summarise_grades(NINGHAI, ZH)
    assert "as printed" in summarise_grades(NINGHAI, EN)
