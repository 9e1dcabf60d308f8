"""Rows of a long list through a server-side cursor: memory holds some hundreds, however many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

AT_ONCE = 500  # rows that are fetched together


def batches_of(session: Session, rows: Select[Any]) -> Iterator[Sequence[Any]]:
    """Entities that a query finds, all of them, in its order, some at a time.

    Between two batches other statements may run; a commit ends the cursor.
    """
    options = {"yield_per": AT_ONCE}
    with session.scalars(rows, execution_options=options) as found:
        yield from found.partitions()
