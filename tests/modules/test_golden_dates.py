"""Days of law computed by hand: each line says how. One function rolls all of them.

Days off that these lines meet. 2021: 24, 27 and 28 December, as in 2027. 2026: 24, 25, 26 December
(Thursday to Saturday), 28 December for the 26th. 2027: 1 January (Friday), 3 March (Wednesday),
Easter on 2 May: 30 April to 3 May, 4 May for 1 May, 6 May (Thursday), 24 May (Monday), 6 September
(Monday), 24 to 26 December (Friday to Sunday), 27 and 28 December for the 25th and 26th. 2028:
1 January (Saturday), 3 January for it.
Clocks change on 28 March 2027 and on 31 October 2027, both Sundays.
"""

from datetime import UTC, date, datetime

import pytest

from obshto.modules.eservices.models import Keeping
from obshto.modules.eservices.services.dogs.duties import due_on
from obshto.modules.payments.services.law import DOG, PROPERTY, VEHICLE, law_days
from obshto.platform.legal.terms import received_on, term


def day(text):
    return datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=UTC).date()


@pytest.mark.parametrize(
    ("rule", "starts_on", "due"),
    [
        # Tuesday 24.11 + 7 = Tuesday 01.12.
        ("apk_certifying", "24.11.2026", "01.12.2026"),
        # 17.12 + 7 = 24.12, Christmas Eve; 25, 26, Sunday 27 and 28 off: Tuesday 29.12.
        ("apk_certifying", "17.12.2026", "29.12.2026"),
        # 21.12 + 7 = 28.12, which is off for Saturday the 26th: 29.12.
        ("apk_certifying", "21.12.2026", "29.12.2026"),
        # 18.12 + 14 = 01.01 (13 days to the 31st, one more): New Year, weekend: Monday 04.01.
        ("apk_general", "18.12.2026", "04.01.2027"),
        # 01.12 + 1 month = 01.01: as above.
        ("zmdt_technical", "01.12.2026", "04.01.2027"),
        # 21.12 + 14 = 04.01 (10 days to the 31st, four more), a Monday at work.
        ("dopk_silence_appeal", "21.12.2026", "04.01.2027"),
        # 29.12 + 2 months: February 2027 has no 29th, its last day 28.02 is a Sunday: 01.03.
        ("apk_silence_appeal", "29.12.2026", "01.03.2027"),
        # 29.01 + 1 month: as above.
        ("zmdt_technical", "29.01.2027", "01.03.2027"),
        # 24.02 + 7 = 03.03 (4 days to the 28th, three more), a holiday: Thursday 04.03.
        ("apk_certifying", "24.02.2027", "04.03.2027"),
        # 01.02 + 2 months = 01.04, + 24 days = 25.04, a Sunday: Monday 26.04.
        ("zut_plan", "01.02.2027", "26.04.2027"),
        # 22.03 + 7 = 29.03, a Monday; the hour that 28.03 lacks is no day.
        ("apk_certifying", "22.03.2027", "29.03.2027"),
        # 23.04 + 7 = 30.04, Good Friday; 1 to 4 May off: Wednesday 05.05.
        ("apk_certifying", "23.04.2027", "05.05.2027"),
        # 28.04 + 3 = 01.05, Holy Saturday and the Day of Labour: 05.05.
        ("apk_cure", "28.04.2027", "05.05.2027"),
        # 27.04 + 5 = 02.05, Easter Sunday: 05.05.
        ("tax_valuation", "27.04.2027", "05.05.2027"),
        # 19.04 + 14 = 03.05, Easter Monday: 05.05.
        ("apk_general", "19.04.2027", "05.05.2027"),
        # 20.04 + 14 = 04.05, off for Saturday 1 May: 05.05.
        ("apk_general", "20.04.2027", "05.05.2027"),
        # 21.04 + 14 = 05.05, at work: nothing moves it.
        ("apk_general", "21.04.2027", "05.05.2027"),
        # 22.04 + 14 = 06.05, St George: Friday 07.05.
        ("apk_general", "22.04.2027", "07.05.2027"),
        # 10.05 + 14 = 24.05, a Monday off: 25.05.
        ("apk_general", "10.05.2027", "25.05.2027"),
        # 25.10 + 7 = 01.11, a Monday at work; the hour more of 31.10 is no day.
        ("apk_certifying", "25.10.2027", "01.11.2027"),
        # 30.08 + 7 = 06.09 (one day to the 31st, six more), Unification Day: Tuesday 07.09.
        ("apk_certifying", "30.08.2027", "07.09.2027"),
    ],
)
def test_a_term_of_law_ends_on_the_day_counted_by_hand(rule, starts_on, due):
    assert term(rule, starts_on=day(starts_on)).due_on == day(due)


@pytest.mark.parametrize(
    ("at", "received"),
    [
        # Thursday, 17:00 in Sofia (two hours ahead): New Year and a weekend later.
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), "04.01.2027"),
        # Friday before the spring change: 14:59 UTC is 16:59 in Sofia.
        (datetime(2027, 3, 26, 14, 59, tzinfo=UTC), "26.03.2027"),
        # Monday after it: 13:59 UTC is 16:59, 14:00 UTC is 17:00, after hours.
        (datetime(2027, 3, 29, 13, 59, tzinfo=UTC), "29.03.2027"),
        (datetime(2027, 3, 29, 14, 0, tzinfo=UTC), "30.03.2027"),
        # In the hour that does not exist: 01:00 UTC on Sunday 28.03 is 04:00.
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "29.03.2027"),
        # Thursday before Good Friday, 17:30: the next working day is 05.05.
        (datetime(2027, 4, 29, 14, 30, tzinfo=UTC), "05.05.2027"),
        # Friday before the autumn change: 14:00 UTC is 17:00, so Monday.
        (datetime(2027, 10, 29, 14, 0, tzinfo=UTC), "01.11.2027"),
        # Monday after it: 14:59 UTC is 16:59 again.
        (datetime(2027, 11, 1, 14, 59, tzinfo=UTC), "01.11.2027"),
    ],
)
def test_what_comes_is_received_on_the_day_counted_by_hand(at, received):
    assert received_on(at) == day(received)


@pytest.mark.parametrize(
    ("got", "due"),
    [
        # By 31 March: with everybody, on 31 March, a Wednesday.
        ("10.03.2027", "31.03.2027"),
        ("30.03.2027", "31.03.2027"),
        ("31.03.2027", "31.03.2027"),
        # After it: a month from getting it. 01.05 and 02.05 are Easter: 05.05.
        ("01.04.2027", "05.05.2027"),
        ("02.04.2027", "05.05.2027"),
        # 10.04 + 1 month = Monday 10.05.
        ("10.04.2027", "10.05.2027"),
        # 24.11 + 1 month = Friday 24.12; 25, 26 off, 27 and 28 off for them: Wednesday 29.12
        # (КТ чл. 154, ал. 2: two holidays on one weekend free two days, as they did in 2021).
        ("24.11.2027", "29.12.2027"),
        ("24.11.2021", "29.12.2021"),
        # 01.12 + 1 month = Saturday 01.01.2028; Monday 03.01 off for it: Tuesday 04.01.
        ("01.12.2027", "04.01.2028"),
    ],
)
def test_the_fee_of_a_new_dog_is_due_on_the_day_counted_by_hand(got, due):
    assert due_on(Keeping(since=day(got)), day(got).year) == day(due)


def test_the_fee_of_a_dog_kept_before_rolls_too():
    # 31.03.2029 is a Saturday.
    assert due_on(Keeping(since=date(2026, 4, 1)), 2029) == date(2029, 4, 2)


@pytest.mark.parametrize("kind", [PROPERTY, VEHICLE])
def test_the_days_of_taxes_roll_over_easter_and_the_clock_change(kind):
    # 30.06.2027 is a Wednesday; 31.10.2027 the Sunday of the clock change; 30.04 Good Friday.
    days = law_days(kind, 2027)
    assert days.due_on == (date(2027, 6, 30), date(2027, 11, 1))
    assert days.discount_until == date(2027, 5, 5)
    assert law_days(DOG, 2029).due_on == (date(2029, 4, 2),)
