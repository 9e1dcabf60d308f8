"""Requests for a visit and problems that wait for staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from obshto.modules.assistants.models import HelpProblem, HelpRequest, HomeVisit
from obshto.modules.assistants.permissions import AssistantsPermission
from obshto.modules.assistants.services import queries
from obshto.modules.assistants.services.states import CANCELLED
from obshto.platform.clock import day_of
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind, day_in_sofia, queue_todo
from obshto.platform.unit_of_work import UnitOfWork

COORDINATE, INDEX = AssistantsPermission.COORDINATE, "assistants_console.index"


def _queue(uow: UnitOfWork, name: str) -> Select[HelpRequest]:
    return queries.queue(uow, queries.WantedHelp(list=name), today=day_of(uow.now))


TODO = (
    *queue_todo(
        *(_("Помощ у дома"), COORDINATE, INDEX, _queue),
        {"late": TodoKind.LATE, "new": TodoKind.NEW},
    ),
    Todo(
        kind=TodoKind.MINE,
        label=_("Проблеми от посещения"),
        permission=AssistantsPermission.ANSWER,
        endpoint="assistants_console.problems",
        rows=lambda uow: queries.own_problems(uow).where(HelpProblem.answered_at.is_(None)),
    ),
)
DUE = (
    DueDays(
        label=_("Посещение у дома"),
        permission=COORDINATE,
        endpoint=INDEX,
        arguments={"list": "planned"},
        days=lambda uow: select(day_in_sofia(HomeVisit.starts_at)).where(
            HomeVisit.state != CANCELLED
        ),
    ),
)
