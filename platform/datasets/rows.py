"""Rows of a data set through a server-side cursor: memory holds some hundreds, however many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from obshto.platform.datasets.declarations import Cell, Dataset
from obshto.platform.disclosure.group_suppression import told_groups
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 500  # rows that are fetched together
Row = tuple[Cell, ...]


def stream(uow: UnitOfWork, dataset: Dataset) -> Iterator[Row]:
    """Each row as plain values; small numbers of people are hidden already.

    Of a data set that counts people a group of `within` is in memory at a time.
    """
    rows = (tuple(cell_of(value) for value in row) for row in _found(uow, dataset))
    return _hide_small(dataset, rows)


def cell_of(value: Any) -> Cell:
    """A value as a file holds it: dates by ISO 8601, moments in UTC, the rest as text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else str(value)


def _found(uow: UnitOfWork, dataset: Dataset) -> Iterator[Sequence[Any]]:
    options = {"yield_per": AT_ONCE, "stream_results": True}
    with uow.session.execute(dataset.rows(uow), execution_options=options) as found:
        for row in found:
            yield from dataset.unfold(uow, row) if dataset.unfold else (row,)


def _hide_small(dataset: Dataset, rows: Iterator[Row]) -> Iterator[Row]:
    counted = [at for at, column in enumerate(dataset.columns) if column.counts_people]
    if not counted:
        yield from rows
        return
    places = [dataset.names.index(name) for name in dataset.within]
    for _, group in groupby(rows, itemgetter(*places) if places else lambda row: None):
        yield from _told(list(group), counted)


def _told(rows: list[Row], counted: Sequence[int]) -> Iterator[Row]:
    """The group with its small numbers hidden, column by column."""
    hidden: dict[int, frozenset[int]] = {}
    for at in counted:
        sizes = [int(row[at] or 0) for row in rows]
        hidden[at] = frozenset(range(len(rows))) - told_groups(sizes)
    for number, row in enumerate(rows):
        yield tuple(None if number in hidden.get(at, ()) else cell for at, cell in enumerate(row))
