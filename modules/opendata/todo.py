"""Requests for information that wait for staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from obshto.modules.opendata.models import InformationRequest as Row
from obshto.modules.opendata.permissions import OpendataPermission
from obshto.modules.opendata.services import request_queries
from obshto.modules.opendata.services.request_states import RUNNING
from obshto.platform.clock import day_of
from obshto.platform.modularity.todo import DueDays, TodoKind, queue_todo
from obshto.platform.unit_of_work import UnitOfWork

INDEX = "opendata_console.requests.index"


def _queue(uow: UnitOfWork, name: str) -> Select[Row]:
    return request_queries.queue(uow, name, "", today=day_of(uow.now))


TODO = queue_todo(
    *(_("Искания за информация"), OpendataPermission.ANSWER, INDEX, _queue),
    {"late": TodoKind.LATE, "new": TodoKind.NEW, "mine": TodoKind.MINE},
)
DUE = (
    DueDays(
        label=_("Срок на искане за информация"),
        permission=OpendataPermission.ANSWER,
        endpoint=INDEX,
        arguments={"list": "work"},
        days=lambda uow: select(Row.due_on).where(Row.state.in_(RUNNING)),
    ),
)
