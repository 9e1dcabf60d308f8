"""Drafts of guides."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.guides.permissions import GuidesPermission
from obshto.modules.guides.services import queries
from obshto.platform.modularity.todo import TodoKind, queue_todo

TODO = queue_todo(
    *(_("Упътвания"), GuidesPermission.WRITE, "guides_console.index"),
    lambda uow, name: queries.drafts(),
    {"drafts": TodoKind.DRAFT},
)
