"""Data sets of reports: what everybody may see of each, never who sent it or from which point."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.kinds import KINDS
from obshto.modules.reports.services.queries import public
from obshto.modules.reports.services.states import STATES
from obshto.modules.reports.services.statistics import proven_times
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _rows(uow: UnitOfWork) -> Query:
    return public().with_only_columns(
        common.number_of_case(Report),
        *(Report.kind, Report.settlement, Report.state),
        *(common.day_in_sofia(Report.sent_at), Report.due_on),
        common.day_in_sofia(Report.ended_at),
    )


DATASETS = (
    Dataset(
        slug="reports",
        title=_("Сигнали за нередности"),
        about=_("Вид, населено място, срок и изход на всеки публичен сигнал. Без имена и думи."),
        columns=(
            common.NUMBER,
            common.kind({word: kind.title for word, kind in KINDS.items()}),
            *(common.PLACE, common.state(STATES)),
            *(common.SENT_ON, common.DUE_ON, common.ENDED_ON),
        ),
        rows=_rows,
        key=("number",),
        path="/reports/",
    ),
    Dataset(
        slug="report-times",
        title=_("Време за решаване на сигнали"),
        about=_("Доказано решени сигнали и за колко дни е решена половината, по вид и място."),
        columns=(
            common.kind({word: kind.title for word, kind in KINDS.items()}),
            common.PLACE,
            Column(name="proven", title=_("Доказано решени"), type=ColumnType.INTEGER),
            Column(name="days", title=_("Половината за толкова дни"), type=ColumnType.NUMBER),
        ),
        rows=lambda uow: proven_times(Report.kind, Report.settlement),
        key=("kind", "place"),
        path="/reports/times",
    ),
)
