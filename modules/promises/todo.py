"""Promises whose day passed wait for a word; days of the coming week."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.promises.permissions import PromisesPermission
from obshto.modules.promises.services.queries import PromiseFilter, promises
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind
from obshto.platform.thread.deadlines import late_promises
from obshto.platform.thread.models import ThreadStation
from obshto.platform.thread.states import StationStanding

OVERSEE, INDEX = PromisesPermission.OVERSEE, "promises_console.index"
TODO = (
    Todo(
        kind=TodoKind.LATE,
        label=_("Обещания"),
        permission=OVERSEE,
        endpoint=INDEX,
        rows=late_promises,
        arguments={"state": StationStanding.LATE},
    ),
)
DUE = (
    DueDays(
        label=_("Срок на обещание"),
        permission=OVERSEE,
        endpoint=INDEX,
        days=lambda uow: (
            promises(uow, PromiseFilter(standing=StationStanding.OPEN))
            .order_by(None)
            .where(ThreadStation.due_on.is_not(None))
            .with_only_columns(ThreadStation.due_on)
        ),
        arguments={"state": StationStanding.OPEN},
    ),
)
