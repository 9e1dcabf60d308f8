"""Rows together with the moment from which another choice of them holds."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

T = TypeVar("T")


def rows_until(
    session: Session, rows: Select[T], turn: Select[datetime]
) -> tuple[list[T], datetime | None]:
    """The rows, and what `turn` selects beside them: one query, a second where there are none."""
    beside = turn.correlate(None).scalar_subquery()
    found = session.execute(rows.add_columns(beside)).all()
    if not found:
        return [], session.scalar(turn)
    return [row[0] for row in found], found[0][-1]
