"""Data sets of reports: what everybody may see of each, never who sent it or from which point."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.reports.models import OwnReportKind, Report
from obshto.modules.reports.services.kinds import KINDS
from obshto.modules.reports.services.queries import public
from obshto.modules.reports.services.states import STATES
from obshto.modules.reports.services.statistics import TIMES, at_village
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

_NAME = (
    select(OwnReportKind.names[SOURCE].astext)
    .where(OwnReportKind.id == Report.own_kind_id)
    .scalar_subquery()
    .label("own_kind")
)


def _rows(uow: UnitOfWork) -> Query:
    return public().with_only_columns(
        common.number_of_case(Report),
        *(Report.kind, Report.settlement, Report.state),
        *(common.day_in_sofia(Report.sent_at), Report.due_on),
        common.day_in_sofia(Report.ended_at),
        _NAME,
    )


DATASETS = (
    Dataset(
        slug="reports",
        period=("sent_on", "ended_on"),
        title=_("Сигнали за нередности"),
        about=_(
            "Вид, населено място, срок и изход на всеки публичен сигнал. Без имена и думи. Точката"
            " е центърът на населеното място."
        ),
        columns=(
            common.NUMBER,
            common.kind({word: kind.title for word, kind in KINDS.items()}),
            *(common.PLACE, common.state(STATES)),
            *(common.SENT_ON, common.DUE_ON, common.ENDED_ON),
            Column(
                name="own_kind", title=_("Вид, както го нарича общината"), type=ColumnType.STRING
            ),
            *(common.LATITUDE, common.LONGITUDE),
        ),
        rows=_rows,
        unfold=at_village(2),
        point=common.POINT,
        named_by="place",
        key=("number",),
        path="/reports/",
    ),
    TIMES,
)
