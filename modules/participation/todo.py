"""Reports that were counted and wait to be published."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.participation.models import ParticipationReport
from obshto.modules.participation.permissions import ParticipationPermission
from obshto.platform.modularity.todo import Todo, TodoKind

TODO = (
    Todo(
        kind=TodoKind.DRAFT,
        label=_("Отчет кой беше чут"),
        permission=ParticipationPermission.PREPARE,
        endpoint="participation_console.index",
        rows=lambda _uow: select(ParticipationReport).where(
            ParticipationReport.published_at.is_(None)
        ),
    ),
)
