"""Sums as accounts write them, and leva of earlier years as the law converts them."""

import pytest

from obshto.modules.projects.services.amounts import (
    Amount,
    AmountUnclear,
    amount_of,
    hundredths_of,
)
from obshto.platform.amounts import euro_cents_of


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [
        ("12", 1200),
        ("12,5", 1250),
        ("1 234 567,89", 123456789),
        ("1\u00a0234,50", 123450),
        ("1234.5", 123450),
        ("1.234.567,89", 123456789),
        ("1,234,567.89", 123456789),
        ("1.234,56", 123456),
    ],
)
def test_spaces_points_and_commas_of_accounts_are_read(typed, hundredths):
    assert hundredths_of(typed) == hundredths


@pytest.mark.parametrize(
    "typed", ["", "1.234", "1,234", "-5", "(100)", "12,345,6", "1e5", "двеста", "=A1", "9" * 13]
)
def test_what_may_mean_two_sums_is_refused(typed):
    with pytest.raises(AmountUnclear):
        hundredths_of(typed)


@pytest.mark.parametrize(
    ("stotinki", "cents"),
    # 1 € is 1,95583 лв.; the half cent goes up and no inverted rate is used
    [(195583, 100000), (2000, 1023), (100, 51), (1, 1), (0, 0), (48900000, 25002173)],
)
def test_leva_become_euro_by_the_full_rate(stotinki, cents):
    assert euro_cents_of(stotinki) == cents


@pytest.mark.parametrize("typed", ["1 200 лв.", "1200 лв", "1200BGN", "1200 лева"])
def test_a_currency_behind_the_sum_is_known(typed):
    assert amount_of(typed) == Amount(120000, "BGN")
    assert amount_of(typed).cents == 61355


def test_two_currencies_or_none_are_refused():
    for typed, currency in (("12 лв.", "EUR"), ("12", ""), ("12", "долара")):
        with pytest.raises(AmountUnclear):
            amount_of(typed, currency)
