"""Statistics of what is proven: days until it was shown as fixed, by kind and village."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Date, Float, Select, cast, func, select

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.kinds import KINDS
from obshto.modules.reports.services.own_kinds import CHOSEN
from obshto.modules.reports.services.queries import PUBLIC
from obshto.modules.reports.services.states import CONFIRMED
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.common_columns import day_in_sofia
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import points_of_settlements

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


def times_in_villages(uow: UnitOfWork) -> Sequence[tuple[str, str, int, float]]:
    """By kind, own ones by their id, and village. One query."""
    return [
        (kind, place, number, round(float(days), 1))
        for kind, place, number, days in uow.session.execute(
            proven_times(CHOSEN, Report.settlement)
        )
    ]


def _times(uow: UnitOfWork) -> Query:
    return proven_times(Report.kind, Report.settlement)


def at_village(place: int) -> Callable[[UnitOfWork, Any], Iterable[tuple[Any, ...]]]:
    """The row with the centre of the village in its cell `place`: by the point of a report one
    would know the house of who sent it.
    """

    def unfold(uow: UnitOfWork, row: Any) -> Iterable[tuple[Any, ...]]:
        yield (*row, *points_of_settlements().get(row[place], (None, None)))

    return unfold


TIMES = Dataset(
    slug="report-times",
    title=_("Време за решаване на сигнали"),
    about=_(
        "Доказано решени сигнали и за колко дни е решена половината, по вид и място. Точката е"
        " центърът на населеното място."
    ),
    columns=(
        common.kind({word: kind.title for word, kind in KINDS.items()}),
        common.PLACE,
        Column(name="proven", title=_("Доказано решени"), type=ColumnType.INTEGER),
        Column(name="days", title=_("Половината за толкова дни"), type=ColumnType.NUMBER),
        *(common.LATITUDE, common.LONGITUDE),
    ),
    rows=_times,
    unfold=at_village(1),
    key=("kind", "place"),
    point=common.POINT,
    path="/reports/times",
)
