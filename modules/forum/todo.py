"""Discussions and posts that wait for staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.forum.permissions import ForumPermission
from obshto.modules.forum.services import announcements, queries
from obshto.platform.modularity.awaited_answers import AwaitedAnswers
from obshto.platform.modularity.todo import Todo, TodoKind, queue_todo

ANSWERS = (
    AwaitedAnswers(
        word="discussion",
        label=_("Обсъждане"),
        permission=ForumPermission.HANDLE,
        endpoint="forum_console.discussion",
        argument="discussion_id",
        rows=queries.awaited,
    ),
)
TODO = (
    *queue_todo(
        *(_("Обсъждания"), ForumPermission.HANDLE, "forum_console.index"),
        lambda uow, name: queries.queue(uow, queries.DiscussionFilter(list=name)),
        {"waiting": TodoKind.ANSWER, "mine": TodoKind.MINE},
    ),
    *queue_todo(
        *(_("Мнения за преглед"), ForumPermission.MODERATE, "forum_console.checks"),
        lambda uow, name: queries.to_check(name),
        {"flagged": TodoKind.NEW, "held": TodoKind.APPROVE},
    ),
    Todo(
        kind=TodoKind.ANSWER,
        label=_("Автори във форума, на които да се обадим"),
        permission=ForumPermission.HANDLE,
        endpoint="forum_console.announcements",
        rows=lambda _uow: announcements.owed(),
    ),
)
