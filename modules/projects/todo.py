"""Projects past a promised day, questions without an answer, drafts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.projects.permissions import ProjectsPermission
from obshto.modules.projects.services import queries, questions
from obshto.platform.modularity.todo import Todo, TodoKind, queue_todo

TODO = (
    *queue_todo(
        *(_("Проекти"), ProjectsPermission.WRITE, "projects_console.index"),
        lambda uow, name: queries.lists(uow)[name],
        {"late": TodoKind.LATE, "drafts": TodoKind.DRAFT},
    ),
    Todo(
        kind=TodoKind.ANSWER,
        label=_("Въпроси за проекти"),
        permission=ProjectsPermission.ANSWER,
        endpoint="projects_console.questions.index",
        rows=lambda uow: questions.waiting(),
    ),
)
