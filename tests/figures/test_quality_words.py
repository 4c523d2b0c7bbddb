"""What needs a second look in a report, in both languages."""

from datetime import date

import pytest

from dashboard.figures.quality_words import quality_advice, quality_text
from dashboard.i18n import words
from dashboard.rules.reasons import Reason
from dashboard.rules.report_quality import MARKS, ReportFacts, quality

MARCH = date(2025, 3, 31)
FACTS = {
    "missing": {"month": 3},
    "fall": {"before": 5010, "share": 4010, "points": 1000},
    "over_budget": {"paid": 3_300_000_00, "budget": 3_000_000_00, "over": 300_000_00},
    "no_evidence": {"share": 10000},
    "money_ahead": {"spent": 5510, "share": 3010, "points": 2500},
    "jump": {"before": 1010, "share": 3010, "points": 2000},
    "repeated": {"month": 3},
    "same_forecast": {"months": 3},
    "round": {"months": 3, "step": 1000},
    "late": {"days": 1},
}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_has_a_sentence_and_advice(language: str, mark: str) -> None:
    reason = Reason(f"quality.{mark}", FACTS[mark])
    assert "{" not in quality_text(words(language), reason)
    assert quality_advice(words(language), reason)


def test_sentences_hold_the_numbers_of_the_report() -> None:
    (found,) = quality([ReportFacts(MARCH, 3010, paid=551, budget=1000)])
    assert quality_text(words("zh-CN"), found) == "资金已付55.1%，进度只有30.1%，超前25.0个百分点"
    said = {mark: quality_text(words("en"), Reason(f"quality.{mark}", FACTS[mark])) for mark in MARKS}
    assert said["fall"] == "The share fell from 50.1% to 40.1%, by 10.0 points"
    assert said["late"] == "Filed 1 day after it was due"
    assert said["missing"] == "No report for Mar"
    assert said["over_budget"] == "CNY 3.3 million paid, CNY 0.3 million over the budget of CNY 3.0 million"
