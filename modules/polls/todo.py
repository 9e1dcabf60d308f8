"""Drafts of polls, days on which one closes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.polls.models import Poll
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import queries
from obshto.platform.modularity.todo import DueDays, TodoKind, day_in_sofia, queue_todo

WRITE, INDEX = PollsPermission.WRITE, "polls_console.index"
TODO = queue_todo(
    *(_("Анкети"), WRITE, INDEX, lambda uow, name: queries.lists(uow.now)[name]),
    {"drafts": TodoKind.DRAFT},
)
DUE = (
    DueDays(
        label=_("Край на анкета"),
        permission=WRITE,
        endpoint=INDEX,
        days=lambda uow: (
            queries.under_way(uow.now)
            .order_by(None)
            .with_only_columns(day_in_sofia(Poll.closes_at))
        ),
    ),
)
