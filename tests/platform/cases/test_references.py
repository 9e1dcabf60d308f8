"""References as people write them: numbers with and without the year."""

from dataclasses import dataclass

import pytest

from obshto.platform.cases.references import is_number_of


@dataclass
class Row:
    year: int = 2026
    sequence: int = 14


@pytest.mark.parametrize("typed", ["14", "00014", "2026-00014", " 2026 - 14 ", "2026-14"])
def test_a_number_is_found_however_it_is_written(typed):
    assert is_number_of(Row(), typed)


@pytest.mark.parametrize("typed", ["", "15", "2025-00014", "2026", "14a", "١٤", "1" * 12])
def test_another_number_another_year_and_no_number_are_not_it(typed):
    assert not is_number_of(Row(), typed)
