"""Rules of law on referenda: golden cases computed by hand, thresholds at their edges, days.

Days off that these lines meet: Easter 2027 is on 2 May (30 April to 3 May, 4 May for 1 May),
6 May, 24 May; 24 to 26 December 2026, 28 December for the 26th. Clocks change on 28 March 2027
and on 31 October 2027, both Sundays.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.modules.referendum.errors import ImpossibleResult
from obshto.modules.referendum.services.due_terms import due_of
from obshto.modules.referendum.services.excluded_subjects import RULES, subjects_on
from obshto.modules.referendum.services.outcome import VoteNumbers, outcome_of
from obshto.modules.referendum.services.question_rules import (
    BY_COUNCIL,
    BY_OTHERS,
    UNSURE,
    AskedQuestion,
    EarlierTry,
    again_after,
    checks_of,
    is_same,
)
from obshto.modules.referendum.services.states import (
    ACTS,
    CITIZENS,
    COUNCILLORS,
    DEMAND,
    DISCARDED,
    ENDED,
    FAILED,
    MAYOR,
    PROPOSERS,
    REFUSED,
    REJECTED,
    STATES,
    TERMINATED,
    acts_from,
    law_of,
)
from obshto.modules.referendum.services.voting_days import (
    voting_days,
    why_of_day,
    window_of,
    window_of_demand,
)
from obshto.platform.legal.terms import term, term_before, waiting_term
from obshto.platform.legal.thresholds import threshold

TODAY = date(2027, 2, 1)
SCHOOL = "Съгласни ли сте общината да запази старото училище за център?"
since = st.dates(date(2026, 11, 1), date(2035, 12, 31))


def day(text):
    number, month, year = map(int, text.split("."))
    return date(year, month, number)


def asked(question=SCHOOL, **more):
    told = {"proposer": CITIZENS, "decider": BY_COUNCIL, "on": TODAY, "councillors": 11, **more}
    return AskedQuestion(question=question, **told)


def refusals(question=SCHOOL, **more):
    return [why.article for why in checks_of(asked(question, **more)) if not why.holds]


@pytest.mark.parametrize(
    ("rule", "base", "needed"),
    [
        # Ruse: 145 557 / 10 = 14 555.7, so 14 556.
        ("zpu_tenth", 145_557, 14_556),
        # Kula: 3 509 / 20 = 175.45, so 176; / 10 = 350.9, so 351; × 0.4 = 1 403.6, so 1 404.
        ("zpu_twentieth", 3_509, 176),
        ("zpu_tenth", 3_509, 351),
        ("zpu_turnout", 3_509, 1_404),
        # Gramada with 1 220 voters: 1 220 / 20 = 61 exactly; one voter more asks for 62.
        ("zpu_twentieth", 1_220, 61),
        ("zpu_twentieth", 1_221, 62),
        # A council of 11: 11 / 5 = 2.2, so 3; of 13: 2.6, so 3; of 17: 3.4, so 4; of 9: at least 3.
        ("zpu_councillors", 11, 3),
        ("zpu_councillors", 17, 4),
        ("zpu_councillors", 9, 3),
        # Belashtitsa: 1 733 × 0.4 = 693.2, so 694.
        ("zpu_turnout", 1_733, 694),
        # More than half of 276 is 139, of 277 also 139 (138.5).
        ("zpu_majority", 276, 139),
        ("zpu_majority", 277, 139),
    ],
)
def test_thresholds_computed_by_hand(rule, base, needed):
    found = threshold(rule, base=base, on=TODAY)
    assert found.needed == needed
    assert not found.is_met(needed - 1) and found.is_met(needed) and found.is_met(needed + 1)


@given(st.integers(1, 10**7), st.sampled_from([("zpu_twentieth", 20), ("zpu_tenth", 10)]))
def test_a_share_is_reached_at_n_and_not_at_one_less(base, rule):
    needed = threshold(rule[0], base=base, on=TODAY).needed
    assert needed * rule[1] >= base > (needed - 1) * rule[1]


@given(st.integers(0, 10**7))
def test_more_than_half_is_never_half(base):
    needed = threshold("zpu_majority", base=base, on=TODAY).needed
    assert needed * 2 > base >= (needed - 1) * 2


@pytest.mark.parametrize(
    ("rule", "starts_on", "due"),
    [
        # Friday 15.01.2027 + 3 = Monday 18.01.
        ("zpu_chair", "15.01.2027", "18.01.2027"),
        # 01.12.2026 + 3 months = 01.03.2027, a Monday at work (3 March is the holiday).
        ("zpu_collect", "01.12.2026", "01.03.2027"),
        # 30.11.2026 + 3 months: February 2027 has 28 days, a Sunday: 01.03.
        ("zpu_collect", "30.11.2026", "01.03.2027"),
        # 30.03.2027 + 1 month = 30.04, Good Friday; 1 to 4 May off: Wednesday 05.05.
        ("zpu_cure", "30.03.2027", "05.05.2027"),
        # 25.02.2027 + 1 month = 25.03; the hour that 28.03 lacks is no day.
        ("zpu_session", "25.02.2027", "25.03.2027"),
        # 28.02.2027 + 1 month = 28.03, a Sunday on which the clock changes: Monday 29.03.
        ("zpu_session", "28.02.2027", "29.03.2027"),
        # 24.10.2027 + 7 = 31.10, the Sunday with 25 hours: Monday 01.11.
        ("zpu_appeal", "24.10.2027", "01.11.2027"),
        # 17.12.2026 + 7 = 24.12; 24 to 26 December, Sunday 27 and 28 off: Tuesday 29.12.
        ("zpu_appeal", "17.12.2026", "29.12.2026"),
    ],
)
def test_terms_computed_by_hand(rule, starts_on, due):
    assert term(rule, starts_on=day(starts_on)).due_on == day(due)


def test_a_time_to_wait_is_moved_by_no_day_off():
    # Terminated on 31.08.2027 + 6 months = 29.02.2028, a Tuesday; 02.11.2026 + 6 = 02.05.2027,
    # Easter Sunday, which moves nothing: from 3 May it can be asked again.
    assert again_after(TERMINATED, day("31.08.2027")).due_on == day("29.02.2028")
    assert again_after(TERMINATED, day("02.11.2026")).due_on == day("02.05.2027")
    assert again_after(REFUSED, day("02.11.2026")).due_on == day("02.11.2027")


def test_opinions_come_three_days_before_the_session_and_on_a_working_day():
    # Session on Wednesday 05.05.2027 - 3 = Sunday 02.05; 30.04 to 02.05 off: Thursday 29.04.
    found = term_before("zpu_opinions", ends_on=day("05.05.2027"))
    assert (found.counted_to, found.due_on) == (day("02.05.2027"), day("29.04.2027"))


def days(window):
    return [f"{one.day:%d.%m}" for one in voting_days(window)]


def test_days_of_the_vote_computed_by_hand():
    # Decided on 18.03.2027: + 45 = 02.05 (13 days to 31.03, 30 of April, 2), + 60 = 17.05.
    # Saturdays and Sundays in between: 2, 8, 9, 15, 16 May. Easter Sunday is one of them.
    window = window_of(day("18.03.2027"))
    assert (window.first, window.last) == (day("02.05.2027"), day("17.05.2027"))
    assert days(window) == ["02.05", "08.05", "09.05", "15.05", "16.05"]
    # By the wider reading also 3 May, 4 May and 6 May.
    wider = window_of(day("18.03.2027"), votes_on_holidays=True)
    assert days(wider) == ["02.05", "03.05", "04.05", "06.05", "08.05", "09.05", "15.05", "16.05"]


def test_days_of_the_vote_over_both_changes_of_the_clock():
    # Decided on 11.02.2027: + 45 = 28.03 (17 days to 28.02, 28 more), the day with 23 hours.
    assert days(window_of(day("11.02.2027")))[0] == "28.03"
    # Decided on 01.09.2027: + 60 = 31.10 (29 days to 30.09, 31 more), the day with 25 hours.
    assert days(window_of(day("01.09.2027")))[-1] == "31.10"


def test_a_demand_is_voted_within_two_months_by_the_cautious_reading_not_before_45_days():
    # Asked on 10.03.2027: two months = 10.05; + 45 = 24.04.
    window = window_of_demand(day("10.03.2027"))
    assert days(window) == ["24.04", "25.04", "01.05", "02.05", "08.05", "09.05"]
    assert days(window_of_demand(day("10.03.2027"), from_any_day=True))[0] == "13.03"


@given(since, st.booleans())
def test_no_day_is_offered_outside_the_window_or_at_work(decided_on, wider):
    window = window_of(decided_on, votes_on_holidays=wider)
    offered = voting_days(window)
    assert len(offered) >= 4
    for one in offered:
        count = (one.day - decided_on).days
        assert 45 <= count <= 60 and (one.day.weekday() >= 5 or wider)
        assert one.why.holds and "чл. 30" in one.why.article
    for count in (44, 61):
        assert not why_of_day(decided_on + timedelta(days=count), window).holds


@given(since, st.sampled_from(["zpu_collect", "zpu_session", "zpu_cure", "zpu_appeal"]))
def test_a_term_ends_on_a_working_day_and_not_before_it_is_counted(starts_on, rule):
    found = term(rule, starts_on=starts_on)
    assert found.due_on >= found.counted_to > starts_on
    assert found.due_on.weekday() < 5
    assert waiting_term(rule, starts_on=starts_on).due_on == found.counted_to


def test_the_law_lets_a_plain_question_be_asked():
    assert refusals() == []
    assert refusals(proposer=MAYOR) == []
    assert refusals(proposer=COUNCILLORS, signers=3) == []


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Съгласни ли сте бюджетът на общината да расте?", "чл. 26, ал. 2, т. 1"),
        ("Съгласни ли сте да се намали таксата за смет?", "чл. 26, ал. 2, т. 2"),
        ("Съгласни ли сте данъците върху имотите да растат?", "чл. 26, ал. 2, т. 2"),
        ("Съгласни ли сте с нов правилник на общинския съвет?", "чл. 26, ал. 2, т. 3"),
        ("Колко скамейки искате в парка?", "чл. 26, ал. 3; чл. 27, ал. 6"),
        ("Искаме парк", "чл. 26, ал. 3; чл. 27, ал. 6"),
        ("Искате ли парк? Искате ли паркинг?", "чл. 26, ал. 3"),
        ("Съгласни ли сте да има парк и да се махне пазарът?", "чл. 26, ал. 3"),
        ("Съгласни ли сте " + "да " * 1_000 + "?", "чл. 26, ал. 3"),
    ],
)
def test_a_question_is_refused_with_its_article(question, article):
    assert f"ЗПУГДВМС {article}" in refusals(question)


def test_what_others_decide_is_no_local_matter_and_doubt_is_a_no():
    assert refusals(decider=BY_OTHERS) == ["ЗПУГДВМС чл. 26, ал. 1"]
    assert refusals(decider=UNSURE) == ["ЗПУГДВМС чл. 26, ал. 1"]


def test_two_councillors_of_eleven_are_too_few():
    assert refusals(proposer=COUNCILLORS, signers=2) == ["ЗПУГДВМС чл. 27, ал. 1, т. 1"]


def test_a_decision_of_the_council_is_asked_about_in_a_month_and_by_the_whole_municipality():
    # Announced on Monday 04.01.2027: a month is 04.02.
    told = {"proposer": DEMAND, "decision_on": day("04.01.2027")}
    assert refusals(**told, on=day("04.02.2027")) == []
    assert refusals(**told, on=day("05.02.2027")) == ["ЗПУГДВМС чл. 27, ал. 3"]
    assert refusals(**told, unit="00001") == ["ЗПУГДВМС чл. 27, ал. 3"]
    assert refusals(**told, unit="00001", village_demands=True) == []
    assert refusals(proposer=DEMAND) == ["ЗПУГДВМС чл. 27, ал. 3"]


@pytest.mark.parametrize(
    ("state", "ended_on", "last"),
    [
        # A year after the rejection of 03.02.2026 … the texts that we read begin on 01.11.2026.
        (REJECTED, "05.11.2026", "05.11.2027"),
        (FAILED, "08.11.2026", "08.11.2027"),
        (TERMINATED, "05.11.2026", "05.05.2027"),
    ],
)
def test_the_same_question_waits(state, ended_on, last):
    again = SCHOOL.replace("старото училище", "училището старо")
    one = EarlierTry(number="Р-2026-1", question=again, state=state, ended_on=day(ended_on))
    assert refusals(earlier=[one], on=day(last)) != []
    assert refusals(earlier=[one], on=day(last) + timedelta(days=1)) == []
    other = "Съгласни ли сте площадът да се затвори за коли в неделя?"
    assert refusals(other, earlier=[one]) == []


def test_endings_make_no_other_question():
    assert is_same("Съгласни ли сте училището да остане?", "Съгласни ли сте училище да остане?")
    assert not is_same("", "Съгласни ли сте?")


def result(voters, participants, yes, no, **more):
    numbers = VoteNumbers(voters=voters, participants=participants, yes=yes, no=no, **more)
    adopted, whys = outcome_of(numbers, on=TODAY)
    return adopted, [why.holds for why in whys]


def test_belashtitsa_is_void_by_its_turnout():
    # 276 of 1 733 came (16 %): 694 were needed, whatever they said.
    assert result(1_733, 276, 270, 6) == (False, [False, True])


@pytest.mark.parametrize(
    ("numbers", "adopted"),
    [
        # 1 000 voters: 400 are enough, 399 are not; of 400 more than half is 201.
        ((1_000, 400, 201, 199), True),
        ((1_000, 399, 399, 0), False),
        ((1_000, 400, 200, 200), False),
        # Empty ballots count among those who came: 201 of 402 are no majority.
        ((1_000, 402, 201, 100), False),
    ],
)
def test_turnout_and_majority(numbers, adopted):
    assert result(*numbers)[0] is adopted


def test_with_local_elections_there_is_no_turnout_rule():
    # 500 valid votes for councillors: more than half is 251.
    assert result(2_000, 500, 251, 249, council_votes=500) == (True, [True])
    assert result(2_000, 500, 250, 250, council_votes=500) == (False, [False])


@pytest.mark.parametrize(
    "numbers", [(100, 101, 50, 50), (100, 60, 40, 30), (100, -1, 0, 0), (100, 50, -1, 2)]
)
def test_numbers_that_no_count_gives_are_refused(numbers):
    with pytest.raises(ImpossibleResult):
        result(*numbers)


def test_no_state_is_without_a_way_out():
    for proposer in PROPOSERS:
        reached, ahead = set(), ["draft"]
        while ahead:
            state = ahead.pop()
            reached.add(state)
            ways = [act.way for act in acts_from(law_of(None, on=TODAY), state, proposer)]
            assert ways or state in ENDED, (proposer, state)
            ahead += [way.to for way in ways if way.to not in reached]
        assert {"called", "adopted", DISCARDED} <= reached
        assert ("rejected" in reached) == (proposer != DEMAND)  # nobody may refuse a demand
    assert {act.way.to for act in ACTS.values()} | {"draft"} == set(STATES)


@given(since, st.sampled_from(sorted(STATES)), st.sampled_from(sorted(PROPOSERS)))
def test_each_state_says_who_owes_what_or_from_when_it_can_come_again(on, state, proposer):
    days = {act.way.name: on for act in ACTS.values()} | {"ended": on}
    due = due_of(law_of(on, on=on), state, days, proposer=proposer, decision_on=on)
    if state in ("adopted", DISCARDED):
        assert due is None
    else:
        assert due and str(due.owes) and (due.term is None or due.term.due_on > on)


def test_a_subject_that_a_law_excludes_or_lets_in_later_is_one_more_row():
    forests = {
        "id": "forests",
        "article": "ЗПУГДВМС чл. 26, ал. 2, т. 4",
        "pattern": r"\bгор(и|ите|ата)\b",
        "name": {"bg": "Горите", "en": "The forests", "ro": "Pădurile"},
        "from": "2028-01-01",
    }
    taxes = next(row for row in RULES if row["id"] == "taxes")
    let_in = {**taxes, "pattern": "", "from": "2029-01-01"}
    rows = [*RULES, forests, let_in]

    def found(on):
        return [one.article[-4:] for one in subjects_on(on, rows)]

    assert found(date(2026, 10, 31)) == []  # before the text that we know
    assert found(date(2027, 12, 31)) == ["т. 1", "т. 2", "т. 3"]
    assert found(date(2028, 1, 1)) == ["т. 1", "т. 2", "т. 3", "т. 4"]
    assert found(date(2029, 1, 1)) == ["т. 1", "т. 3", "т. 4"]


def test_every_excluded_subject_is_named_in_three_languages():
    for row in RULES:
        assert set(row["name"]) == {"bg", "en", "ro"} and row["article"].startswith("ЗПУГДВМС чл.")
