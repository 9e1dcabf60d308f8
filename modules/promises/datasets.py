"""Data set of promises: what was promised by when, and what became of it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import case, select

from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.thread.declarations import OWES
from obshto.platform.thread.lines import SAME, is_here
from obshto.platform.thread.models import ThreadStation, ThreadThing
from obshto.platform.unit_of_work import UnitOfWork

# Whoever else owes it was typed by hand: it may be a name.
_OWES = case((ThreadStation.owes.in_(tuple(OWES)), ThreadStation.owes))


def _rows(uow: UnitOfWork) -> Query:
    row = ThreadStation
    wanted = select(
        *(row.object_id, row.word, row.part, ThreadThing.thread_id, ThreadThing.title, row.title),
        *(ThreadThing.place, _OWES, row.due_on, row.first_due_on),
        *(row.reached_on, row.dropped_on, row.reason),
    ).join(ThreadThing, SAME)
    order = (row.part, row.object_id, row.position, row.word)
    return wanted.where(is_here(), row.is_promise).order_by(*order)


DATASETS = (
    Dataset(
        slug="promises",
        period=("first_due_on", "due_on", "reached_on", "dropped_on"),
        title=_("Какво обеща общината"),
        about=_("Обещания от всички части на портала: срок, първи срок, изпълнение, причина."),
        columns=(
            common.ID,
            Column(name="station", title=_("Стъпка")),
            Column(name="part", title=_("Част на портала")),
            Column(name="thread", title=_("Постоянен номер на линията")),
            common.TITLE,
            Column(name="promise", title=_("Обещание")),
            common.PLACE,
            Column(name="owes", title=_("Кой го дължи"), words=OWES),
            common.DUE_ON,
            Column(name="first_due_on", title=_("Първи обещан срок"), type=ColumnType.DATE),
            Column(name="reached_on", title=_("Изпълнено на"), type=ColumnType.DATE),
            Column(name="dropped_on", title=_("Отпаднало на"), type=ColumnType.DATE),
            Column(name="reason", title=_("Причина")),
        ),
        key=("id", "station"),
        rows=_rows,
        path="/promises/",
    ),
)
