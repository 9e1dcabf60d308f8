"""What is owed on a day: order, discount, choice."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.modules.payments.errors import NothingToPay, OlderFirst
from obshto.modules.payments.models import Obligation
from obshto.modules.payments.services.interest import Rates
from obshto.modules.payments.services.obligations import owed_on, shares
from obshto.modules.payments.services.terms import Calendar

PROPERTY, WASTE = "442100", "442400"
RATE_OF = date(2026, 7, 1)  # the last rate that these tests know
UNTIL = date(2027, 5, 5)


def owing(kind=PROPERTY, *, year=2027, part=1, cents=6000, paid=0, forgiven=0, thing="1"):
    day = date(year, 6, 30) if part < 2 else date(year, 10, 31)
    return Obligation(
        id=uuid4(), kind=kind, thing=thing, year=year, instalment=part, due_on=day,
        cents=cents, paid_cents=paid, forgiven_cents=forgiven,
    )  # fmt: skip


def on(day, *obligations):
    return owed_on(obligations, day, Calendar([]), Rates({RATE_OF: Decimal("10.15")}))


def paid(owed, choice):
    return [(s.obligation, s.cents, s.discount_cents) for s in shares(owed, choice)]


def test_who_pays_the_whole_year_in_time_pays_five_percent_less():
    year = owing(part=1, cents=6010), owing(part=2, cents=6010)
    owed = on(UNTIL, *year)
    assert (owed.cents, owed.early[0].discount_cents) == (11419, 601)
    assert paid(owed, "all") == [(year[0], 6010, 0), (year[1], 5409, 601)]


def test_a_day_later_nothing_is_less():
    owed = on(UNTIL + timedelta(days=1), owing(part=1), owing(part=2))
    assert (owed.cents, owed.early) == (12000, [])


def test_one_instalment_alone_is_paid_whole():
    year = owing(part=1), owing(part=2)
    assert paid(on(UNTIL, *year), str(year[0].id)) == [(year[0], 6000, 0)]


def test_who_paid_the_first_half_in_time_is_spared_of_the_whole_year_with_the_second():
    year = owing(part=1, paid=6000), owing(part=2)
    assert paid(on(UNTIL, *year), "all") == [(year[1], 5400, 600)]


@pytest.mark.parametrize(
    "obligations",
    [
        [owing(part=1)],  # the second half is not known here: it would not be the whole year
        [owing(part=1), owing(part=3)],
        [owing(WASTE, part=1), owing(WASTE, part=2)],  # the law spares nothing of that
        [owing(part=1, paid=5700, forgiven=300), owing(part=2)],
        [owing(part=1, paid=6000), owing(part=2, paid=6000)],
    ],
)
def test_nothing_is_less_where_the_law_says_nothing_of_it(obligations):
    assert on(UNTIL, *obligations).early == []


def test_each_property_is_a_year_of_its_own():
    first = owing(part=1), owing(part=2)
    second = owing(part=1, thing="2"), owing(part=2, thing="2")
    owed = on(UNTIL, *first, *second)
    assert [year.discount_cents for year in owed.early] == [600, 600]
    chosen = paid(owed, owed.early[1].choice)
    assert [one for one, *_ in chosen] == list(second) and sum(c for _, c, _ in chosen) == 11400


def test_of_one_kind_the_older_year_comes_first():
    older, newer, other = owing(year=2025), owing(part=1), owing(WASTE)
    owed = on(UNTIL, older, newer, other)
    assert owed.must_wait
    assert [debt.is_next for debt in owed.debts] == [True, False, True]
    with pytest.raises(OlderFirst):
        shares(owed, str(newer.id))
    assert len(shares(owed, "all")) == 3 and len(shares(owed, str(older.id))) == 1


@pytest.mark.parametrize("choice", ["", "0", "year-", "year-0", "всичко", "\0", "all "])
def test_what_is_no_choice_pays_nothing(choice):
    with pytest.raises(NothingToPay):
        shares(on(UNTIL, owing()), choice)


def test_nothing_owed_is_nothing_to_choose():
    with pytest.raises(NothingToPay):
        shares(on(UNTIL, owing(paid=6000)), "all")


@given(st.lists(st.integers(0, 3000), min_size=2, max_size=2), st.integers(0, 3000))
def test_what_is_paid_and_what_is_spared_is_what_was_left(sums, before):
    year = owing(part=1, cents=sums[0], paid=min(before, sums[0])), owing(part=2, cents=sums[1])
    owed = on(UNTIL, *year)
    left = sum(one.left_cents for one in year)
    if not left:
        return
    found = shares(owed, "all")
    assert all(s.cents >= 0 and s.discount_cents >= 0 for s in found)
    assert sum(s.cents + s.discount_cents for s in found) == left
    assert sum(s.cents for s in found) == owed.cents > 0


def interest(cents, due_on, on, **own):
    return Rates(own.get("rates")).interest(cents, due_on=due_on, on=on)


def test_a_month_of_lateness_costs_what_the_law_says():
    """The day of payment counts, that of the term does not."""
    assert interest(10_000, date(2026, 2, 28), date(2026, 3, 31)) == 82  # a Saturday: from 3 to 31
    assert interest(10_000, date(2026, 2, 27), date(2026, 3, 31)) == 90
    assert interest(10_000, date(2026, 2, 27), date(2026, 2, 27)) == 0


def test_a_change_of_the_rate_divides_the_days():
    """15 days at 11.91 and 15 at 10.15 percent, rounded once."""
    assert interest(25_000, date(2025, 12, 16), date(2026, 1, 15)) == 230


def test_what_is_not_late_costs_nothing():
    assert interest(10_000, date(2026, 10, 31), date(2026, 11, 2)) == 0  # a Saturday: until Monday


def test_where_a_rate_is_missing_nothing_is_guessed():
    assert interest(10_000, date(2026, 6, 26), date(2026, 7, 1)) is None
    own = {date(2026, 7, 1): Decimal("10.00")}
    assert interest(10_000, date(2026, 6, 26), date(2026, 7, 1), rates=own) == 14
    assert interest(10_000, date(2022, 6, 30), date(2026, 7, 1), rates=own) is None


def test_lateness_is_paid_with_what_is_late():
    late, other = owing(year=2026, part=1), owing(WASTE)
    owed = on(date(2026, 9, 1), late, other)
    cents = owed.debts[0].interest
    assert owed.interest_cents == cents > 100 and owed.cents == 12_000 + cents
    assert [(s.cents, s.interest_cents) for s in shares(owed, str(late.id))] == [(6000, cents)]


def test_no_interest_runs_on_fines_nor_on_interest():
    """ДОПК чл. 175, ал. 3: what is late of kind 446500 stays what it is, however late."""
    owed = on(date(2027, 2, 1), owing("446500", year=2026, part=0))
    assert (owed.cents, owed.interest_cents, owed.lacks_interest) == (6000, 0, False)
    assert owed.debts[0].is_overdue
    assert [(s.cents, s.interest_cents) for s in shares(owed, "all")] == [(6000, 0)]


def test_what_cannot_be_reckoned_is_left_out_and_said():
    owed = on(date(2027, 2, 1), owing(year=2026, part=1))
    assert owed.lacks_interest and owed.cents == 6000
    assert [share.interest_cents for share in shares(owed, "all")] == [0]
