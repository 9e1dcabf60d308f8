"""Posts that wait: to be approved, to be put by hand, unfinished, failed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.feeds.permissions import FeedsPermission
from obshto.modules.feeds.services import queries
from obshto.platform.modularity.todo import TodoKind, queue_todo

INDEX = "feeds_console.index"
TODO = (
    *queue_todo(
        *(_("Публикации"), FeedsPermission.WRITE, INDEX),
        lambda uow, name: queries.lists(uow.now)[name],
        {"failed": TodoKind.LATE, "hands": TodoKind.MINE, "drafts": TodoKind.DRAFT},
    ),
    *queue_todo(
        *(_("Публикации"), FeedsPermission.APPROVE, INDEX),
        lambda uow, name: queries.lists(uow.now)[name],
        {"waiting": TodoKind.APPROVE},
    ),
)
