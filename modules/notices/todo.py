"""Drafts of notices."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.notices.permissions import NoticesPermission
from obshto.modules.notices.services import queries
from obshto.platform.modularity.todo import TodoKind, queue_todo

TODO = queue_todo(
    *(_("Съобщения"), NoticesPermission.WRITE, "notices_console.index"),
    lambda uow, name: queries.lists(uow.now)[name],
    {"drafts": TodoKind.DRAFT},
)
