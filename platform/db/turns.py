"""Rows together with the moment from which another choice of them holds."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, literal, select, true
from sqlalchemy.orm import Session, aliased

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


def first_until(
    session: Session, model: type[T], rows: Select[T], turn: Select[datetime]
) -> tuple[T | None, datetime | None]:
    """The first of the rows, and what `turn` selects beside it: always one query."""
    first = aliased(model, rows.limit(1).subquery())
    beside = turn.correlate(None).scalar_subquery()
    always = select(literal(1).label("one")).subquery()
    found = select(first, beside).select_from(always).outerjoin(first, true())
    row, moment = session.execute(found).one()
    return row, moment
