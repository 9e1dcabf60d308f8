"""Data sets of meetings: decisions of published minutes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.meetings.models import Decision
from obshto.modules.meetings.services.decisions import DecisionFilter, decisions
from obshto.modules.meetings.services.kinds import KINDS
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def _rows(uow: UnitOfWork) -> Query:
    return decisions(uow, DecisionFilter(), is_public=True).with_only_columns(
        *(Decision.id, Decision.kind, Decision.number, Decision.text),
        *(Decision.taken_on, Decision.due_on, common.day_in_sofia(Decision.reached_at)),
    )


DATASETS = (
    Dataset(
        slug="decisions",
        period=("taken_on",),
        title=_("Решения от заседания и събрания"),
        about=_("Текст, дата, срок и изпълнение на всяко решение от публикуван протокол."),
        columns=(
            common.ID,
            common.kind({word: kind.title(SOURCE) for word, kind in KINDS.items()}),
            common.NUMBER,
            Column(name="text", title=_("Решение")),
            Column(name="taken_on", title=_("Взето на"), type=ColumnType.DATE),
            *(common.DUE_ON, common.ENDED_ON),
        ),
        rows=_rows,
        path="/meetings/decisions",
    ),
)
