"""Suggested events without an answer, drafts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.events.permissions import EventsPermission
from obshto.modules.events.services import queries, suggestions
from obshto.platform.modularity.todo import Todo, TodoKind

TODO = (
    Todo(
        kind=TodoKind.NEW,
        label=_("Предложени събития"),
        permission=EventsPermission.ANSWER,
        endpoint="events_console.suggestions.index",
        rows=lambda uow: suggestions.waiting(),
    ),
    Todo(
        kind=TodoKind.DRAFT,
        label=_("Събития"),
        permission=EventsPermission.WRITE,
        endpoint="events_console.index",
        arguments={"list": "drafts"},
        rows=lambda uow: queries.drafts(),
    ),
)
