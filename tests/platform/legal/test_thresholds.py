"""Thresholds of law: whole numbers, the row in force, and why so many."""

from datetime import date

import pytest

from obshto.platform.legal import thresholds
from obshto.platform.legal.errors import NoRuleYet
from obshto.platform.legal.reasons import (
    Why,
    sentence_of,
    why_of_term,
    why_of_threshold,
)
from obshto.platform.legal.terms import rule_on, term, waiting_term
from obshto.platform.legal.thresholds import threshold

DAY = date(2027, 1, 1)


def test_a_share_is_rounded_up_and_never_below_the_least():
    # 3509 / 20 = 175.45
    assert threshold("zpu_twentieth", base=3_509, on=DAY).needed == 176
    assert threshold("zpu_councillors", base=9, on=DAY).needed == 3
    assert threshold("zpu_majority", base=10, on=DAY).needed == 6


def test_a_changed_law_is_one_more_row():
    row = {"id": "share", "article": "чл. 1", "share": [1, 20], "why": {"bg": "а"}}
    rows = [{**row, "from": "2026-11-01"}, {**row, "share": [1, 50], "from": "2028-01-01"}]
    assert rule_on(rows, "share", date(2027, 12, 31))["share"] == [1, 20]
    assert rule_on(rows, "share", date(2028, 1, 1))["share"] == [1, 50]
    with pytest.raises(NoRuleYet):
        rule_on(rows, "share", date(2026, 10, 31))
    with pytest.raises(KeyError):
        rule_on(rows, "nothing", DAY)


def test_every_threshold_says_why_in_three_languages_and_names_its_article():
    for rule in thresholds._TOLD["rules"]:
        assert set(rule["why"]) == {"bg", "en", "ro"} and "чл." in rule["article"]


def test_why_counts_aloud(app):
    with app.test_request_context("/"):
        why = why_of_threshold(threshold("zpu_twentieth", base=1_220, on=DAY), number=60)
        assert not why.holds
        assert [str(step) for step in why.steps] == [
            "1220 × 1 ÷ 20, закръглено нагоре = 61",
            "60 е под 61: не стигат още 1",
        ]
        assert sentence_of(why).startswith("Подписват най-малко 1/20")
        assert sentence_of(Why(answer="Да", article="чл. 1")) == "Да"


def test_a_plain_number_is_no_share_of_anything(app):
    with app.test_request_context("/"):
        why = why_of_threshold(threshold("zpu_initiative_meeting", base=63, on=DAY), number=63)
        assert why.holds
        assert str(why.steps[0]) == "Най-малко 50 по закон"
        assert [str(name) for name, _value in why.inputs] == ["Нужни", "Сега са"]


def test_a_term_tells_each_day_off_that_moved_it(app):
    with app.test_request_context("/"):
        # 30.03.2027 + 1 month = Good Friday; Saturday to Tuesday 4 May are off too.
        steps = [
            str(step) for step in why_of_term(term("zpu_cure", starts_on=date(2027, 3, 30))).steps
        ]
    assert steps[1] == "30.04.2027 е официален празник"
    assert steps[-1] == "Затова крайният ден е 05.05.2027"


def test_a_waiting_time_is_not_moved():
    found = waiting_term("zpu_terminated", starts_on=date(2026, 11, 2))
    assert found.due_on == found.counted_to == date(2027, 5, 2)  # Easter Sunday
