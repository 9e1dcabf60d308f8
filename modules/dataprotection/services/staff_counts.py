"""Counts of looks by member of staff: for the officer alone, to see what is usual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, func, select

from obshto.platform.purposes.models import RecordedLook
from obshto.platform.unit_of_work import UnitOfWork

SINCE = timedelta(days=30)


def looks_by_staff(uow: UnitOfWork) -> Sequence[Row[str, int, int, datetime]]:
    """Name, acts of looking, cases that were opened, the last moment; of the last thirty days."""
    acts = func.count(RecordedLook.at.distinct())
    rows = (
        select(
            func.max(RecordedLook.by_name).label("name"),
            acts.label("acts"),
            func.count(RecordedLook.object_id.distinct()).label("things"),
            func.max(RecordedLook.at).label("last_at"),
        )
        .where(RecordedLook.at > uow.now - SINCE, RecordedLook.by_id.is_not(None))
        .group_by(RecordedLook.by_id)
        .order_by(acts.desc(), func.max(RecordedLook.by_name))
    )
    return uow.session.execute(rows).all()
