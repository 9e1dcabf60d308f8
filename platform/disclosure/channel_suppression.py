"""Which numbers of a table by channel may be told without exposing anybody.

Every row's total is public, and so is how many answered online and on paper. A row with fewer
than ten on either side is hidden; then so many rows besides that nobody can reckon the hidden
numbers out of the visible ones. (Cell suppression: Hundepool et al., Statistical Disclosure
Control, 2012, ch. 4.)
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 10
Row = tuple[int, int]  # online, on paper


def hidden_rows(rows: Sequence[Row]) -> frozenset[int]:
    """The numbers of the rows whose channels are not told. None where one channel has nothing.

    What is hidden has more than one solution: of each hidden row at least two splits into online
    and paper fit everything that is told.
    """
    if not any(online for online, _ in rows) or not any(paper for _, paper in rows):
        return frozenset()
    order = sorted(range(len(rows)), key=lambda number: min(rows[number]))
    small = [number for number in order if min(rows[number]) < LEAST]
    if not small:
        return frozenset()
    for size in range(len(small), len(rows) + 1):
        if _is_safe([rows[number] for number in order[:size]]):
            return frozenset(order[:size])
    return frozenset(range(len(rows)))


def _is_safe(rows: Sequence[Row]) -> bool:
    """Known of hidden rows: each total, the sum of each channel. At least two must be in doubt."""
    in_doubt = [row for row in rows if sum(row)]
    online = sum(row[0] for row in in_doubt)
    total = sum(sum(row) for row in in_doubt)
    return len(in_doubt) > 1 and 0 < online < total
