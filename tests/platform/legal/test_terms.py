"""Terms of law: counted, moved, explained."""

from datetime import UTC, date, datetime

import pytest

from obshto.platform.legal.errors import NoRuleYet
from obshto.platform.legal.terms import RULES, months_later, received_on, term
from obshto.platform.workdays import is_workday


def test_seven_days_do_not_count_the_day_itself():
    found = term("apk_certifying", starts_on=date(2026, 11, 24))
    assert found.due_on == date(2026, 12, 1)
    assert (found.article, found.is_moved) == ("АПК чл. 57, ал. 2", False)


def test_a_last_day_that_is_a_holiday_moves_to_the_next_working_day():
    # 24 to 26 December 2026 are holidays, 27 is a Sunday; the 26th, a Saturday, moves to Monday.
    found = term("apk_certifying", starts_on=date(2026, 12, 17))
    assert found.counted_to == date(2026, 12, 24)
    assert found.due_on == date(2026, 12, 29)
    assert found.is_moved and found.days == 7
    assert found.skipped == [
        (date(2026, 12, 24), "holiday"),
        (date(2026, 12, 25), "holiday"),
        (date(2026, 12, 26), "holiday"),
        (date(2026, 12, 27), "sunday"),
        (date(2026, 12, 28), "holiday"),
    ]


def test_a_month_ends_on_the_same_day_or_on_the_last_one():
    assert months_later(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)
    assert term("zmdt_technical", starts_on=date(2026, 11, 24)).due_on == date(2026, 12, 29)


def test_silence_is_appealed_by_the_law_of_the_case():
    assert term("apk_silence_appeal", starts_on=date(2026, 12, 1)).due_on == date(2027, 2, 1)
    assert term("dopk_silence_appeal", starts_on=date(2026, 12, 1)).due_on == date(2026, 12, 15)


def test_orthodox_easter_is_no_working_time():
    days = [date(2027, 4, 30), date(2027, 5, 1), date(2027, 5, 2), date(2027, 5, 3)]
    assert not any(map(is_workday, days))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 14, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 15, 0, tzinfo=UTC), date(2026, 11, 25)),  # 17:00 in Sofia
        (datetime(2026, 11, 24, 22, 30, tzinfo=UTC), date(2026, 11, 25)),  # past midnight there
        (datetime(2026, 11, 27, 20, 0, tzinfo=UTC), date(2026, 11, 30)),  # Friday evening
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), date(2026, 11, 30)),  # Saturday
    ],
)
def test_what_comes_outside_working_hours_counts_as_the_next_working_day(at, day):
    assert received_on(at) == day


def test_a_day_before_the_text_that_we_know_has_no_rule():
    with pytest.raises(NoRuleYet):
        term("apk_certifying", starts_on=date(2026, 10, 31))


def test_every_rule_says_why_in_three_languages_and_names_its_article():
    for rule in RULES.values():
        assert set(rule["why"]) == {"bg", "en", "ro"} and "чл." in rule["article"]
        assert {"days", "months", "hours", "extend_days"} & set(rule)


def test_a_term_of_one_article_stands_once():
    words = {"id", "why", "from"}
    alike = [
        {name: value for name, value in rule.items() if name not in words}
        for rule in RULES.values()
        if rule["article"] != "ЗТур чл. 130"  # of the category, and of what is mended for it
    ]
    assert [rule for number, rule in enumerate(alike) if rule in alike[:number]] == []


def test_a_signal_is_told_in_seven_days():
    assert term("apk_signal_told", starts_on=date(2027, 1, 29)).due_on == date(2027, 2, 5)


def test_a_proposal_is_decided_in_two_months_or_six_and_told_in_seven_days():
    start = date(2026, 11, 30)
    assert term("apk_proposal", starts_on=start).due_on == date(
        2027, 2, 1
    )  # the 30th is a Saturday
    assert term("apk_proposal_study", starts_on=start).due_on == date(2027, 5, 31)
    assert term("apk_proposal_told", starts_on=date(2027, 1, 29)).due_on == date(2027, 2, 5)
    assert all(RULES[name]["article"].startswith("АПК чл. 118") for name in RULES if "prop" in name)
