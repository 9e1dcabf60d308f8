"""Reports that wait for staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, not_, select

from obshto.modules.reports.models import Report
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services import queries
from obshto.modules.reports.services.inspection import VIOLATION
from obshto.modules.reports.services.states import OPEN
from obshto.platform.clock import day_of
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind, queue_todo
from obshto.platform.unit_of_work import UnitOfWork

LABEL, INDEX = _("Сигнали"), "reports_console.index"
INSPECTED, VIOLATIONS = _("Сигнали за нарушения"), "reports_console.violations"
LISTS = {"late": TodoKind.LATE, "new": TodoKind.NEW, "mine": TodoKind.MINE}


def _queue(uow: UnitOfWork, name: str) -> Select[Report]:
    return queries.queue(uow, queries.Wanted(list=name), today=day_of(uow.now))


def _violations(uow: UnitOfWork, name: str) -> Select[Report]:
    wanted = queries.Wanted(list=name, is_violation=True)
    return queries.queue(uow, wanted, today=day_of(uow.now))


def _all_late(uow: UnitOfWork) -> Select[Report]:
    return queries.queue(uow, queries.Wanted(list="late", of_all=True), today=day_of(uow.now))


TODO = (
    *queue_todo(LABEL, ReportsPermission.HANDLE, INDEX, _queue, LISTS),
    *queue_todo(
        *(INSPECTED, ReportsPermission.INSPECT, VIOLATIONS, _violations),
        LISTS | {"tell": TodoKind.MINE},
    ),
    Todo(
        kind=TodoKind.LATE,
        label=LABEL,
        permission=ReportsPermission.OVERSEE,
        endpoint="reports_console.late",
        rows=_all_late,
    ),
)
DUE = (
    DueDays(
        label=_("Срок на сигнал"),
        permission=ReportsPermission.HANDLE,
        endpoint=INDEX,
        arguments={"list": "work"},
        days=lambda uow: select(Report.due_on).where(Report.state.in_(OPEN), not_(VIOLATION)),
    ),
    DueDays(
        label=_("Срок на сигнал за нарушение"),
        permission=ReportsPermission.INSPECT,
        endpoint=VIOLATIONS,
        arguments={"list": "work"},
        days=lambda uow: select(Report.due_on).where(Report.state.in_(OPEN), VIOLATION),
    ),
)
