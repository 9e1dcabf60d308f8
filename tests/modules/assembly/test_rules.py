"""Rules of an assembly, counted by hand: days, hours, quorum, majority; ways out of each state."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.modules.assembly.services import rules
from obshto.modules.assembly.services.states import (
    ENDED,
    QUESTION_STATES,
    SETTLED,
    STATES,
    WAYS,
)
from obshto.platform.clock import SOFIA
from obshto.platform.legal.errors import NoRuleYet
from obshto.platform.legal.reasons import sentence_of
from obshto.platform.workdays import is_workday

DAY = date(2027, 3, 1)


def at(year, month, day, hour, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=SOFIA)


def window(announced_on, ends=17):
    return rules.window_of(announced_on, work_ends_at=ends)


def holds(moment, announced_on):
    return rules.why_of_moment(moment, window(announced_on)).holds


@given(voters=st.integers(1, 9_000))
def test_each_threshold_is_exact_at_one_below_itself_and_one_above(voters):
    for found, above, below in (
        (rules.quorum(voters, 151, DAY), 1, 4),
        (rules.quorum(voters, 150, DAY), 1, 3),
        (rules.later_quorum(voters, DAY), 1, 10),
    ):
        assert found.needed * below >= voters * above > (found.needed - 1) * below
        assert not found.is_met(found.needed - 1)
        assert found.is_met(found.needed) and found.is_met(found.needed + 1)
    adopted = rules.majority(voters, DAY, half_is_enough=False).needed
    assert 2 * adopted > voters >= 2 * (adopted - 1)
    half = rules.majority(voters, DAY, half_is_enough=True).needed
    assert 2 * half >= voters > 2 * (half - 1)


@pytest.mark.parametrize(
    ("voters", "needed"), [(61, 20), (1_000, 20), (1_001, 21), (3_509, 71), (1_050, 21)]
)
def test_a_fiftieth_calls_an_assembly_and_never_fewer_than_twenty(voters, needed):
    # 3509 / 50 = 70.18, so 71; 1000 / 50 = 20; below that the law says twenty
    assert rules.call_threshold(voters, DAY).needed == needed


def test_kula_needs_878_people():
    assert rules.quorum(3_509, 4_000, DAY).needed == 878  # 3509 / 4 = 877.25


@pytest.mark.parametrize(
    ("population", "allowed"), [(9_999, True), (10_000, True), (10_001, False)]
)
def test_ten_thousand_people_are_not_too_many_and_one_more_is(population, allowed):
    why = rules.why_of_population(population, DAY)
    assert why.holds is allowed and "чл. 54" in why.article


@pytest.mark.parametrize(("counters", "allowed"), [(2, False), (3, True), (5, True), (6, False)])
def test_three_to_five_people_count(counters, allowed):
    assert rules.why_of_counters(counters, DAY).holds is allowed


@given(announced_on=st.dates(date(2026, 11, 1), date(2028, 12, 31)), hour=st.integers(0, 23))
def test_no_day_that_is_offered_is_refused_and_no_other_is_accepted(announced_on, hour):
    offered = {one.day: one.first_hour for one in rules.lawful_days(window(announced_on))}
    assert min(offered) == announced_on + timedelta(days=15)
    assert max(offered) <= announced_on + timedelta(days=31)
    for day in (announced_on + timedelta(days=count) for count in range(34)):
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=SOFIA)
        allowed = day in offered and offered[day] <= hour <= rules.LAST_HOUR
        assert holds(moment, announced_on) is allowed
        assert not (allowed and is_workday(day) and hour < 17)


def test_the_fourteenth_day_is_refused_and_says_why():
    announced_on = date(2026, 11, 30)  # + 14 days = 14.12, a Monday; + 15 = 15.12
    why = rules.why_of_moment(at(2026, 12, 14, 18), window(announced_on))
    assert not why.holds and "15.12.2026" in sentence_of(why) and "чл. 57" in why.article
    assert holds(at(2026, 12, 15, 17), announced_on)
    assert not holds(at(2026, 12, 15, 16, 30), announced_on)  # a Tuesday, at work
    assert holds(at(2026, 12, 30, 18), announced_on)  # a month later, the last day
    assert not holds(at(2026, 12, 31, 18), announced_on)


def test_a_month_after_the_end_of_january_ends_with_february():
    found = window(date(2027, 1, 31))
    assert (found.first, found.last) == (date(2027, 2, 15), date(2027, 2, 28))


def test_easter_2027_is_four_days_off():
    # Good Friday 30 April, Easter 2 May, Monday 3 May; 6 May is a holiday of its own
    announced_on = date(2027, 4, 10)
    assert holds(at(2027, 4, 30, 10), announced_on)
    for day in (1, 2, 3, 6):
        assert holds(at(2027, 5, day, 10), announced_on)
    assert not holds(at(2027, 5, 5, 10), announced_on)  # a Wednesday between them
    assert holds(at(2027, 5, 5, 17), announced_on)


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_an_hour_is_an_hour_on_both_changes_of_the_clock(day):
    begins = at(day.year, day.month, day.day, 18)
    assert holds(begins, day - timedelta(days=20))
    later = rules.later_moment(begins)
    assert later - begins == timedelta(hours=1) and later.astimezone(SOFIA).hour == 19
    # At night, while the clock moves, an hour is still sixty minutes.
    night = at(day.year, day.month, day.day, 2, 30)
    passed = rules.later_moment(night.astimezone(UTC)) - night.astimezone(UTC)
    assert passed == timedelta(hours=1)


def test_before_the_text_that_was_read_no_day_is_counted():
    with pytest.raises(NoRuleYet):
        window(date(2026, 10, 31))


def test_no_state_is_without_a_way_out():
    sources = {source for way in WAYS.values() for source in way.sources}
    assert set(STATES) - set(ENDED) <= sources
    assert set(QUESTION_STATES) - set(SETTLED) - {"asked"} <= sources
    reached = {way.to for way in WAYS.values()} | {"draft", "asked", "adopted"}
    assert set(STATES) <= reached
    assert set(QUESTION_STATES) - {"rejected", "skipped"} <= reached
