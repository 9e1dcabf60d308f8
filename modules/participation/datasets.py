"""Data set of participation: how often people spoke in a year, by way and by group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _

from obshto.modules.participation.models import ParticipationReport
from obshto.modules.participation.services.reports import published
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork

DIVISIONS = {
    "all": _("всички гласове"),
    "by_age": _("по възраст"),
    "by_place": _("по населено място"),
    "by_mode": _("по начин на участие"),
}


def _rows(uow: UnitOfWork) -> Query:
    row = ParticipationReport
    return published().with_only_columns(row.year, row.figures)


def _unfold(uow: UnitOfWork, row: Any) -> Iterator[tuple[Any, ...]]:
    for word, way in sorted(row.figures["ways"].items()):
        yield row.year, word, "all", "", way["things"], way["voices"]
        for division in ("by_age", "by_mode", "by_place"):
            for code, number in sorted((way[division] or {}).items()):
                yield row.year, word, division, code, None, number


DATASETS = (
    Dataset(
        slug="participation",
        period=("year",),
        title=_("Кой беше чут"),
        about=_("Колко пъти хората казаха мнение през годината: по начин, възраст, място."),
        columns=(
            Column(name="year", title=_("Година"), type=ColumnType.INTEGER),
            Column(name="way", title=_("Начин")),
            Column(name="division", title=_("Разрез"), words=DIVISIONS),
            Column(name="group", title=_("Група")),
            Column(name="things", title=_("По колко теми"), type=ColumnType.INTEGER),
            common.people("voices", _("Гласове")),
        ),
        rows=_rows,
        unfold=_unfold,
        key=("year", "way", "division", "group"),
        within=("year", "way", "division"),
        path="/participation/",
    ),
)
