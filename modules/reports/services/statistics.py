"""Statistics of what is proven: days until it was shown as fixed, by kind and village."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Date, Float, Select, cast, func, select

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.queries import PUBLIC
from obshto.modules.reports.services.states import CONFIRMED
from obshto.platform.datasets.common_columns import day_in_sofia
from obshto.platform.unit_of_work import UnitOfWork

TOOK = cast(day_in_sofia(Report.fixed_at), Date) - cast(day_in_sofia(Report.sent_at), Date)
MEDIAN = func.percentile_cont(0.5).within_group(cast(TOOK, Float))


def proven_times(*columns: Any) -> Select[Any]:
    """Number and median days of what was proven, for each value of the columns."""
    proven = PUBLIC, Report.state == CONFIRMED, Report.fixed_at.is_not(None)
    rows = select(*columns, func.count(), MEDIAN).where(*proven)
    return rows.group_by(*columns).order_by(*columns)


def times_by(uow: UnitOfWork, column: Any) -> Sequence[tuple[str, int, float]]:
    """By one column. One query."""
    return [
        (word, number, round(float(days), 1))
        for word, number, days in uow.session.execute(proven_times(column))
    ]
