"""Unread opinions about pages, drafts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.pages.permissions import PagesPermission
from obshto.modules.pages.services import answers, queries
from obshto.platform.modularity.todo import Todo, TodoKind

TODO = (
    Todo(
        kind=TodoKind.ANSWER,
        label=_("Мнения за страници"),
        permission=PagesPermission.LISTEN,
        endpoint="pages_console.listening.answers",
        rows=lambda uow: answers.unread(),
    ),
    Todo(
        kind=TodoKind.DRAFT,
        label=_("Страници"),
        permission=PagesPermission.WRITE,
        endpoint="pages_console.index",
        arguments={"list": "drafts"},
        rows=lambda uow: queries.drafts(),
    ),
)
