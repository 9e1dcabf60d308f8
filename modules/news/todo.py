"""Drafts of news."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.news.permissions import NewsPermission
from obshto.modules.news.services import queries
from obshto.platform.modularity.todo import TodoKind, queue_todo

TODO = queue_todo(
    *(_("Новини"), NewsPermission.WRITE, "news_console.index"),
    lambda uow, name: queries.drafts(),
    {"drafts": TodoKind.DRAFT},
)
