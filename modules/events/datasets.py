"""Data sets of events."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.events.models import Event
from obshto.modules.events.services.queries import public
from obshto.modules.events.services.subjects import SUBJECTS
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _rows(uow: UnitOfWork) -> Query:
    rows = public(uow).with_only_columns(
        *(Event.id, Event.subject, Event.title, Event.settlement, Event.address),
        *(Event.starts_at, Event.ends_at, Event.repeats, Event.is_free),
        *(Event.cancelled_at.is_not(None), Event.moved_from.is_not(None)),
        *(Event.latitude, Event.longitude),
    )
    return rows.order_by(Event.starts_at, Event.id)


DATASETS = (
    Dataset(
        slug="events",
        period=("starts_at", "ends_at"),
        title=_("Календар на събитията"),
        about=_("Какво, кога и къде се случва в общината, и какво е отменено или преместено."),
        columns=(
            *(common.ID, common.kind(SUBJECTS), common.TITLE, common.PLACE, common.ADDRESS),
            *(common.STARTS_AT, common.ENDS_AT),
            Column(name="repeats", title=_("Повторение")),
            Column(name="is_free", title=_("Вход свободен"), type=ColumnType.BOOLEAN),
            Column(name="is_cancelled", title=_("Отменено"), type=ColumnType.BOOLEAN),
            Column(name="is_moved", title=_("Преместено"), type=ColumnType.BOOLEAN),
            *(common.LATITUDE, common.LONGITUDE),
        ),
        rows=_rows,
        theme="EDUC",
        point=common.POINT,
        path="/events/",
    ),
)
