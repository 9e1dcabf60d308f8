"""Data sets of projects: what is built where, by when it was promised, for how much."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Float, cast

from obshto.modules.projects.models import Project
from obshto.modules.projects.services.queries import public
from obshto.modules.projects.services.vocabulary import SUBJECTS
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _euro(cents: Any) -> ColumnElement[Any]:
    return cast(cents, Float) / 100


def _rows(uow: UnitOfWork) -> Query:
    return public(uow).with_only_columns(
        *(Project.id, Project.number, Project.title, Project.subject, Project.ekatte),
        *(Project.starts_on, Project.promised_on, Project.ends_on, Project.ended_on),
        *(Project.stopped_on, _euro(Project.total_cents), _euro(Project.contract_cents)),
        *(Project.latitude, Project.longitude),
    )


def _day(name: str, title: Any) -> Column:
    return Column(name=name, title=title, type=ColumnType.DATE)


def _sum(name: str, title: Any) -> Column:
    return Column(name=name, title=title, type=ColumnType.NUMBER)


DATASETS = (
    Dataset(
        slug="projects",
        title=_("Проекти на общината"),
        about=_("Какво се строи, къде, докога беше обещано и за колко. Сумите са в евро."),
        columns=(
            *(common.ID, common.NUMBER, common.TITLE, common.kind(SUBJECTS), common.PLACE),
            common.STARTED_ON,
            _day("promised_on", _("Обещан край в началото")),
            _day("ends_on", _("Обещан край сега")),
            _day("ended_on", _("Кога е завършен")),
            _day("stopped_on", _("Кога е спрян")),
            _sum("total", _("Обща стойност в евро")),
            _sum("contract", _("Стойност на договора в евро")),
            *(common.LATITUDE, common.LONGITUDE),
        ),
        rows=_rows,
        point=common.POINT,
        path="/projects/",
    ),
)
