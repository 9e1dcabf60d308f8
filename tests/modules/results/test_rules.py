"""Rules of a count: control sums, turnout by hour, thresholds at their edge, terms of hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from obshto.modules.referendum.services.outcome import VoteNumbers, outcome_of
from obshto.modules.results.models import VoteNight
from obshto.modules.results.services.control_sums import (
    ProtocolNumbers,
    control_sums,
    differences,
)
from obshto.modules.results.services.due_terms import publish_due
from obshto.modules.results.services.states import law_of
from obshto.modules.results.services.totals import quorum_of
from obshto.modules.results.services.turnout import hours_told
from obshto.platform.clock import SOFIA
from obshto.platform.legal.reasons import why_of_hours
from obshto.platform.petitions.due_rows import due_by_rows

DAY = date(2026, 11, 15)


def numbers(listed=500, signed=100, ballots=None, yes=60, no=30, invalid=None):
    ballots = signed if ballots is None else ballots
    invalid = ballots - yes - no if invalid is None else invalid
    return ProtocolNumbers(
        listed=listed, signed=signed, ballots=ballots, yes=yes, no=no, invalid=invalid
    )


@pytest.mark.parametrize(
    ("told", "broken"),
    [
        (numbers(), []),
        (numbers(listed=99), [0]),  # 100 signed, 99 on the list
        (numbers(ballots=101), [1]),  # one ballot more than signatures
        (numbers(invalid=11), [2]),  # 60 + 30 + 11 = 101 of 100
        (numbers(listed=0, signed=0, yes=0, no=0), []),
        (numbers(listed=99, ballots=101, invalid=12), [0, 1, 2]),
    ],
)
def test_each_control_sum_is_told_apart(app, told, broken):
    with app.test_request_context():
        sums = control_sums(told)
        assert [at for at, why in enumerate(sums) if not why.holds] == broken
        assert all(str(why.answer) and why.article.startswith("ЗПУГДВМС чл. 39") for why in sums)


def test_a_broken_sum_says_by_how_much(app):
    with app.test_request_context():
        assert "разликата е 3" in str(control_sums(numbers(ballots=103))[1].steps[-1])


def test_two_readings_differ_by_name():
    assert differences(numbers(), numbers()) == []
    assert differences(numbers(), replace(numbers(), yes=61, no=29)) == ["yes", "no"]


def test_turnout_takes_the_last_word_of_each_section_up_to_an_hour():
    at = lambda voted: SimpleNamespace(voted=voted)  # noqa: E731
    told = hours_told({uuid4(): {10: at(5), 16: at(40)}, uuid4(): {13: at(7)}}, [10, 13, 16, 20])
    assert [(one.hour, one.sections, one.voted) for one in told] == [
        (10, 1, 5),
        (13, 1, 12),
        (16, 1, 47),
    ]


@pytest.mark.parametrize(
    ("voters", "voted", "holds"),
    [
        (1_733, 276, False),  # Belashtitsa: 40 % of 1,733 is 693.2, so 694 are needed
        (1_733, 693, False),
        (1_733, 694, True),
        (1_733, 695, True),
        (3_509, 1_403, False),  # Kula, 11.2021: 1,403.6
        (3_509, 1_404, True),
        (145_557, 58_222, False),  # Ruse: 58,222.8
        (145_557, 58_223, True),
        (1_000, 399, False),
        (1_000, 400, True),
    ],
)
def test_the_line_of_forty_per_cent_is_exact(voters, voted, holds):
    night = VoteNight(vote_on=DAY, is_together=False)
    assert quorum_of(night, voters, voted).holds is holds


def test_together_with_local_elections_there_is_no_such_line():
    assert quorum_of(VoteNight(vote_on=DAY, is_together=True), 1_733, 276) is None


@pytest.mark.parametrize(
    ("voters", "participants", "yes", "no", "council", "adopted"),
    [
        (1_733, 276, 200, 70, None, False),  # too few, whatever they said
        (1_733, 694, 347, 347, None, False),  # exactly half
        (1_733, 694, 348, 346, None, True),
        (1_733, 695, 347, 300, None, False),  # half of 695 is 347.5
        (1_733, 276, 200, 70, 399, True),  # together: 200 of 399 is more than half
        (1_733, 276, 200, 70, 400, False),  # exactly half of 400
        (1_733, 276, 200, 70, 401, False),
    ],
)
def test_the_rule_that_applies(voters, participants, yes, no, council, adopted):
    told = VoteNumbers(
        voters=voters, participants=participants, yes=yes, no=no, council_votes=council
    )
    assert outcome_of(told, on=DAY)[0] is adopted


def hours(**moments):
    """What is owed while sections are awaited, or once the last of them handed its protocol in."""
    return due_by_rows(law_of(DAY, on=DAY), "counting", {}, moments=moments).hours


def test_terms_of_hours_run_as_hours_pass(app):
    closed = datetime(2026, 11, 15, 20, tzinfo=SOFIA)
    assert hours(closed=closed).due_at == datetime(2026, 11, 16, 18, tzinfo=UTC)
    assert hours(handed=closed).due_at - closed == timedelta(hours=48)
    with app.test_request_context():
        step = str(why_of_hours(hours(closed=closed)).steps[0])
    assert step == "15.11.2026 20:00 + 24 часа = 16.11.2026 20:00"


@pytest.mark.parametrize(
    ("closed", "by_the_clock"),
    [
        (datetime(2027, 3, 27, 20, tzinfo=SOFIA), 21),  # the night that is an hour shorter
        (datetime(2027, 10, 30, 20, tzinfo=SOFIA), 19),  # the one that is longer
    ],
)
def test_a_change_of_the_clock_makes_no_term_longer(closed, by_the_clock):
    assert hours(closed=closed).due_at.astimezone(SOFIA).hour == by_the_clock


@pytest.mark.parametrize(
    ("step", "days", "due_on"),
    [
        # Announced on Tuesday 17 November: the seven days end on the 24th, three more on Friday.
        ("lapse", {"announce": date(2026, 11, 17), "lapse": date(2026, 12, 1)}, (2026, 11, 27)),
        # Announced on Saturday 26 December: the 2nd of January is a Saturday, so Monday the 4th.
        ("lapse", {"announce": date(2026, 12, 26), "lapse": date(2027, 1, 5)}, (2027, 1, 7)),
        ("stand", {"keep": date(2026, 11, 30), "stand": date(2026, 12, 9)}, (2026, 12, 10)),
        ("last-keep", {"last-keep": date(2026, 12, 3)}, (2026, 12, 7)),  # the 6th is a Sunday
    ],
)
def test_publication_is_due_three_days_after_the_last_term(step, days, due_on):
    law = law_of(DAY, on=max(days.values()))
    act = law.acts[step]
    [left] = act.way.sources
    assert publish_due(law, act, left, days).term.due_on == date(*due_on)
