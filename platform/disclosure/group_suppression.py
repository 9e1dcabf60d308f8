"""Which cells of a table of answers by group may be told, so that none below ten can be reckoned.

What is told is a coarser table: some rows and some groups as they are, the others together. Each
of its cells holds ten people at least, the merged ones too, so whatever is reckoned by adding and
taking away speaks of ten people at least. (Global recoding: Hundepool et al., Statistical
Disclosure Control, 2012, ch. 4.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from obshto.platform.disclosure.channel_suppression import LEAST

Rows = Sequence[Sequence[int]]  # by answer, then by group


@dataclass(frozen=True, slots=True)
class TellableCells:
    """The numbers of the rows and of the groups whose common cells may be told."""

    rows: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()


def told_groups(sizes: Sequence[int], least: int = LEAST) -> frozenset[int]:
    """The groups whose size may be told beside the sum of all.

    Those of ten at least; then as many of them are kept back as it takes for the others together,
    where there is anybody in them, to be ten and more than one group.
    """
    told = sorted((n for n, size in enumerate(sizes) if size >= least), key=lambda n: sizes[n])
    while told:
        others = [size for n, size in enumerate(sizes) if size and n not in told]
        if not others or (len(others) > 1 and sum(others) >= least):
            break
        told.pop(0)
    return frozenset(told)


def told_cells(rows: Rows, groups: Collection[int], least: int = LEAST) -> TellableCells:
    """Of a table whose rows and `groups` have known sums: what may be told of its cells.

    Two ways of merging are tried, and the one is taken that tells of more people.
    """
    ways = [_merged(rows, groups, least, rows_first=first) for first in (True, False)]
    return max(ways, key=lambda told: _people(rows, tuple(told.rows), tuple(told.groups)))


def _merged(rows: Rows, groups: Collection[int], least: int, *, rows_first: bool) -> TellableCells:
    kept_rows = {n for n, row in enumerate(rows) if sum(row)}  # nobody in it: nothing to hide
    kept_groups, known = set(groups), frozenset(kept_rows)
    while kept_rows and kept_groups:
        small = _small(rows, known, kept_rows, kept_groups, least)
        if not small:
            return TellableCells(frozenset(kept_rows), frozenset(kept_groups))
        if rows_first and any(not set(line) & kept_rows for line, _ in small):
            kept_rows.discard(min(kept_rows, key=lambda row: sum(rows[row])))
        else:
            _merge(rows, small, kept_rows, kept_groups)
    return TellableCells()


Line = tuple[int, ...]


def _small(
    rows: Rows, known: frozenset[int], kept_rows: set[int], kept_groups: set[int], least: int
) -> list[tuple[Line, Line]]:
    """The cells of the coarser table with too few people: of which rows, of which groups."""
    everyone = range(len(rows[0]))
    lines = _lines(kept_rows, known)
    columns = _lines(kept_groups, everyone)
    columns = [c for c in columns if any(rows[row][group] for row in known for group in c)]
    return [(r, c) for r in lines for c in columns if _people(rows, r, c) < least]


def _lines(kept: Iterable[int], every: Iterable[int]) -> list[Line]:
    """Each that is kept by itself, all others as one."""
    alone: list[Line] = [(number,) for number in sorted(kept)]
    others = tuple(number for number in every if (number,) not in alone)
    return [*alone, others] if others else alone


def _people(rows: Rows, line: Line, groups: Line) -> int:
    return sum(rows[row][group] for row in line for group in groups)


def _merge(
    rows: Rows, small: list[tuple[Line, Line]], kept_rows: set[int], kept_groups: set[int]
) -> None:
    """Put one more row or group to the others: the one with most small cells, of equal ones the
    smallest.
    """
    every_row, every_group = tuple(range(len(rows))), tuple(range(len(rows[0])))
    candidates = [
        (-sum(r == (row,) for r, _ in small), _people(rows, (row,), every_group), 1, row)
        for row in kept_rows
    ] + [
        (-sum(c == (group,) for _, c in small), _people(rows, every_row, (group,)), 0, group)
        for group in kept_groups
    ]
    *_, is_row, number = min(candidates)
    (kept_rows if is_row else kept_groups).discard(number)
