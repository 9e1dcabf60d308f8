"""No cell of answers by group that is below the least can be reckoned out of what is told."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obshto.platform.disclosure.group_suppression import TellableCells, told_cells, told_groups

FEW = 2  # in the place of ten, so that every table that fits can be tried
tables = st.integers(2, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 3), min_size=width, max_size=width), min_size=2, max_size=3
    )
)


def splits(total, known):
    """Every row of this sum that has these cells; None is not known."""
    free = [n for n, cell in enumerate(known) if cell is None]
    rest = total - sum(cell for cell in known if cell is not None)
    for parts in product(range(rest + 1), repeat=max(len(free) - 1, 0)):
        if not free:
            yield tuple(known) if rest == 0 else None
        elif sum(parts) <= rest:
            row = list(known)
            for n, part in zip(free, [*parts, rest - sum(parts)], strict=True):
                row[n] = part
            yield tuple(row)


def solutions(rows, groups, told):
    """All tables with these sums of the rows, sizes of the told groups, cells that are told."""
    known = [
        [cell if r in told.rows and c in told.groups else None for c, cell in enumerate(row)]
        for r, row in enumerate(rows)
    ]
    sizes = [sum(row[c] for row in rows) for c in range(len(rows[0]))]
    for table in product(*(list(splits(sum(row), known[r])) for r, row in enumerate(rows))):
        if all(sum(row[c] for row in table) == sizes[c] for c in groups):
            yield table


@given(tables)
@settings(max_examples=150, deadline=None)
def test_what_is_hidden_and_small_has_more_than_one_solution(rows):
    groups = told_groups([sum(column) for column in zip(*rows, strict=True)], FEW)
    told = told_cells(rows, groups, FEW)
    found = list(solutions(rows, groups, told))
    assert tuple(map(tuple, rows)) in found
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            fitting = {table[r][c] for table in found}
            if cell < FEW and len(fitting) == 1:
                # Only where the sums alone give it away, which are public.
                assert {table[r][c] for table in solutions(rows, groups, TellableCells())} == {cell}


@given(tables)
def test_every_cell_that_is_told_is_large_and_what_is_left_of_its_row_and_group_too(rows):
    groups = told_groups([sum(column) for column in zip(*rows, strict=True)], FEW)
    told = told_cells(rows, groups, FEW)
    others = [c for c in range(len(rows[0])) if c not in told.groups]
    for r in told.rows:
        assert all(rows[r][c] >= FEW for c in told.groups)
        if any(row[c] for row in rows for c in others):
            assert sum(rows[r][c] for c in others) >= FEW


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ([20, 30, 40], {0, 1, 2}),
        ([20, 30, 9], {1}),  # nine alone would be the rest of the sum
        ([20, 30, 5, 6], {0, 1}),
        ([20, 30, 4, 5], {1}),  # together they are fewer than ten
        ([20, 30, 0], {0, 1}),
        ([3, 4], set()),
    ],
)
def test_as_many_groups_are_kept_back_as_it_takes(sizes, told):
    assert told_groups(sizes) == told


def test_a_rare_answer_is_not_told_by_group_and_the_others_are():
    rows = [(30, 40, 12), (25, 15, 14), (1, 2, 0), (9, 12, 13)]
    told = told_cells(rows, {0, 1, 2})
    assert told.groups == {0, 1, 2} and told.rows == {0, 1}
    assert told_cells([(30, 1), (20, 1)], {0}) == TellableCells()
