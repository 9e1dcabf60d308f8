"""The formula: no cent is lost or made, nobody pays more than their numbers say."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from obshto.billing.sharing.formula import Item, Member, Used, costs_of_month, total
from obshto.billing.sharing.rounding import of_month, rounded, shares
from obshto.billing.sharing.tariff_terms import Metered, Plan, Rate, Terms, terms_of

SUMS = st.integers(0, 10**9)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=15)
FEBRUARY = date(2026, 2, 1)
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@patiently
@given(SUMS, WEIGHTS)
def test_parts_sum_up_exactly_and_none_is_a_cent_away_from_its_share(cents, weights):
    parts = shares(cents, weights)
    assert sum(parts) == cents
    whole = sum(weights) or len(weights)
    fair = [Fraction(cents * (w if sum(weights) else 1), whole) for w in weights]
    assert all(abs(part - exact) < 1 for part, exact in zip(parts, fair, strict=True))


@patiently
@given(SUMS, WEIGHTS)
def test_who_weighs_more_never_pays_less(cents, weights):
    parts = shares(cents, weights)
    paid = sorted(zip(weights, parts, strict=True))
    assert all(a[1] <= b[1] for a, b in zip(paid, paid[1:], strict=False) if a[0] < b[0])


@patiently
@given(SUMS)
def test_the_months_of_a_year_sum_up_to_it(cents):
    assert sum(of_month(cents, date(2026, n, 1)) for n in range(1, 13)) == cents


@patiently
@given(SUMS, SUMS, st.lists(st.integers(0, 20_000), min_size=1, max_size=11))
def test_what_is_shared_is_paid_exactly_over_a_year(base, population, residents):
    terms = Terms(base_cents=base, population_cents=population)
    members = [Member(slug=str(n), population=people) for n, people in enumerate(residents)]
    paid = sum(
        total(items)
        for month in range(1, 13)
        for items in costs_of_month(terms, members, date(2026, month, 1)).values()
    )
    assert paid == base + population


def test_a_sum_below_nothing_is_a_fault():
    with pytest.raises(ValueError, match="less than nothing"):
        shares(-1, [1])


@pytest.mark.parametrize(
    ("cents", "number", "whole", "paid"),
    [(100, 1, 2, 50), (101, 1, 2, 51), (10, 1, 3, 3), (10, 2, 3, 7), (0, 5, 28, 0)],
)
def test_half_a_cent_goes_up(cents, number, whole, paid):
    assert rounded(cents, number, whole) == paid


def lines(terms, used):
    member = Member(slug="kula", population=100, used=used)
    items = costs_of_month(terms, [member], FEBRUARY)["kula"]
    return {item.word: item for item in items if item.cents}


def test_a_module_is_paid_by_the_days_on_which_it_was_on():
    terms = Terms(modules={"news": 1400, "polls": 900})
    found = lines(terms, Used(modules={"news": 7, "unpriced": 28}))
    assert list(found) == ["module:news"]
    expected = Item(word="module:news", cents=350, number=7, whole=28, price=1400)
    assert found["module:news"] == expected


def test_only_what_goes_beyond_the_free_units_is_paid():
    terms = Terms(
        meters={
            Metered.SMS: Rate(cents=6, free=100),
            Metered.HELP: Rate(cents=1800, free=2),
            Metered.STORAGE: Rate(cents=40, free=5),
        }
    )
    used = {Metered.SMS: 130, Metered.HELP: 150, Metered.STORAGE: 4096}
    found = lines(terms, Used(meters=used))
    assert {word: item.cents for word, item in found.items()} == {"sms": 180, "help": 900}


def test_terms_come_back_from_what_is_kept():
    plan = Plan(code="1", title="Основен", modules=frozenset({"news", "pages"}))
    terms = Terms(
        base_cents=1,
        population_cents=2,
        modules={"news": 3},
        meters={Metered.SMS: Rate(cents=4, free=5)},
        plans=(plan,),
    )
    assert terms_of(terms.row) == terms
    assert plan.outside({"news", "polls"}) == {"polls"}
