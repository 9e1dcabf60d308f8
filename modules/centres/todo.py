"""To-do lists of centres: calls, substitutes that are sought, broken things, own shifts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.centres.models import InventoryItem, RotaShift, RotaWorker
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services.call_desk import CALL_DESK
from obshto.modules.centres.services.kinds import BROKEN
from obshto.modules.centres.services.rota import sought
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind

TODO = (
    CALL_DESK.todo(),
    Todo(
        kind=TodoKind.NEW,
        label=_("Търси се заместник"),
        permission=CentresPermission.HANDLE,
        endpoint="centres_console.duty",
        rows=sought,
    ),
    Todo(
        kind=TodoKind.NEW,
        label=_("Повредени вещи в центровете"),
        permission=CentresPermission.INVENTORY,
        endpoint="centres_console.items",
        arguments={"state": BROKEN},
        rows=lambda uow: select(InventoryItem.id).where(InventoryItem.state == BROKEN),
    ),
)
DUE = (
    DueDays(
        label=_("Мое дежурство"),
        permission=CentresPermission.HANDLE,
        endpoint="centres_console.duty",
        days=lambda uow: (
            select(RotaShift.day)
            .join(RotaShift.worker)
            .where(
                RotaWorker.person_id == uow.principal.person_id, RotaShift.cancelled_at.is_(None)
            )
        ),
    ),
)
