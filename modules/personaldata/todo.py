"""Requests about personal data that wait for staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.permissions import PersonalDataPermission
from obshto.modules.personaldata.services import queries
from obshto.modules.personaldata.services.states import OPEN
from obshto.platform.clock import day_of
from obshto.platform.modularity.todo import DueDays, TodoKind, queue_todo
from obshto.platform.unit_of_work import UnitOfWork

HANDLE, INDEX = PersonalDataPermission.HANDLE, "personaldata_console.index"


def _queue(uow: UnitOfWork, name: str) -> Select[DataRequest]:
    return queries.queue(uow, queries.Wanted(list=name), today=day_of(uow.now))


TODO = queue_todo(
    *(_("Искания за лични данни"), HANDLE, INDEX, _queue),
    {"late": TodoKind.LATE, "new": TodoKind.NEW, "mine": TodoKind.MINE},
)
DUE = (
    DueDays(
        label=_("Срок на искане за лични данни"),
        permission=HANDLE,
        endpoint=INDEX,
        arguments={"list": "work"},
        days=lambda uow: select(DataRequest.due_on).where(DataRequest.state.in_(OPEN)),
    ),
)
