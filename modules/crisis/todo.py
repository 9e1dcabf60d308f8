"""Texts that wait for a second person."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.crisis.permissions import CrisisPermission
from obshto.modules.crisis.services.queries import waiting_texts
from obshto.platform.modularity.todo import Todo, TodoKind

TODO = (
    Todo(
        kind=TodoKind.APPROVE,
        label=_("Предупреждения при бедствие"),
        permission=CrisisPermission.WARN,
        endpoint="crisis_console.index",
        rows=lambda _uow: waiting_texts(),
    ),
)
