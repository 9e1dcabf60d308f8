"""Civic initiatives that wait for an answer, and by when the law wants it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.permissions import InitiativesPermission
from obshto.modules.initiatives.services import queries
from obshto.platform.clock import day_of
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind

LABEL, INDEX = _("Граждански инициативи"), "initiatives_console.index"
LIST = {"list": queries.WAITING}

TODO = (
    Todo(
        kind=TodoKind.LATE,
        label=LABEL,
        permission=InitiativesPermission.LEAD,
        endpoint=INDEX,
        arguments=LIST,
        rows=lambda uow: queries.queue(queries.WAITING).where(Initiative.due_on < day_of(uow.now)),
    ),
    Todo(
        kind=TodoKind.ANSWER,
        label=LABEL,
        permission=InitiativesPermission.LEAD,
        endpoint=INDEX,
        arguments=LIST,
        rows=lambda uow: queries.queue(queries.WAITING),
    ),
)
DUE = (
    DueDays(
        label=_("Срок на гражданска инициатива"),
        permission=InitiativesPermission.LEAD,
        endpoint=INDEX,
        arguments=LIST,
        days=lambda uow: (
            queries.queue(queries.WAITING)
            .where(Initiative.due_on.is_not(None))
            .with_only_columns(Initiative.due_on)
        ),
    ),
)
