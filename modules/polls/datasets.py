"""Data sets of polls: results that everybody may see, small numbers hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.queries import asked_of, closed_at, public_poll
from obshto.modules.polls.services.results import results_of
from obshto.platform.clock import day_of
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _rows(uow: UnitOfWork) -> Query:
    return closed_at(uow.now).with_only_columns(Poll.id)


def _answers(uow: UnitOfWork, row: Any) -> Iterator[tuple[Any, ...]]:
    """Each option of each question of a poll that is over."""
    poll = public_poll(uow, row.id)
    found = results_of(uow, poll, asked_of(uow, poll.id))
    for result in found.results:
        for number, line in enumerate(result.lines, 1):
            question = (poll.id, poll.title, day_of(poll.closes_at))
            yield (*question, result.question.title, number, line.option.label, line.total)


DATASETS = (
    Dataset(
        slug="results",
        period=("ended_on",),
        title=_("Резултати от анкети"),
        about=_("Колко души са избрали всеки отговор в приключилите анкети."),
        columns=(
            common.ID,
            *(common.TITLE, common.ENDED_ON),
            Column(name="question", title=_("Въпрос")),
            Column(name="option_number", title=_("Поред"), type=ColumnType.INTEGER),
            Column(name="option", title=_("Отговор")),
            common.people("answers", _("Отговорили")),
        ),
        rows=_rows,
        unfold=_answers,
        key=("id", "question", "option_number"),
        within=("id", "question"),
        path="/polls/",
    ),
)
