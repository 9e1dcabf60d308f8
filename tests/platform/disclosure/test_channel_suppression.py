"""What is hidden cannot be reckoned out of what is told."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obshto.platform.disclosure.channel_suppression import LEAST, hidden_rows

tables = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=4)


def solutions(rows, hidden):
    """For each hidden row, the numbers online that fit its total and the sums of the channels."""
    known = sorted(hidden)
    online = sum(rows[number][0] for number in known)
    ranges = [range(sum(rows[number]) + 1) for number in known]
    fitting = [split for split in product(*ranges) if sum(split) == online]
    return {number: {split[n] for split in fitting} for n, number in enumerate(known)}


@given(tables)
@settings(max_examples=300, deadline=None)
def test_no_hidden_number_has_one_solution_only(rows):
    hidden = hidden_rows(rows)
    everything = len(hidden) == len(rows)
    for number, found in solutions(rows, hidden).items():
        # A row that nobody chose says nothing of anybody; of one row alone all is public anyway.
        assert len(found) > 1 or not sum(rows[number]) or everything


@given(tables)
def test_no_number_below_ten_is_told_by_channel(rows):
    hidden = hidden_rows(rows)
    if all(online for online, _ in [map(sum, zip(*rows, strict=True))]) and hidden:
        assert all(min(row) >= LEAST for n, row in enumerate(rows) if n not in hidden)


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ([(20, 30), (40, 50)], set()),
        ([(20, 30), (40, 9), (50, 60)], {0, 1}),  # one alone would be the rest of its column
        ([(20, 0), (40, 0)], set()),  # nobody answered on paper: there is nothing to tell apart
        ([(20, 3)], {0}),
        ([(9, 0), (8, 0), (30, 20)], {0, 1, 2}),  # none of the two on paper: known at once
        ([(3, 2), (4, 1), (30, 20)], {0, 1}),
    ],
)
def test_as_many_rows_are_hidden_as_it_takes(rows, hidden):
    assert hidden_rows(rows) == hidden
