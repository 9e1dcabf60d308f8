"""Civic initiatives that wait for an answer, and by when the law wants it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.permissions import InitiativesPermission
from obshto.modules.initiatives.services import queries
from obshto.modules.initiatives.services.states import AWAIT_ANSWER
from obshto.platform.clock import day_of
from obshto.platform.modularity.awaited_answers import AwaitedAnswers, awaited_rows
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind

LABEL, INDEX = _("Граждански инициативи"), "initiatives_console.index"
LIST = {"list": queries.WAITING}

ANSWERS = (
    AwaitedAnswers(
        word="initiative",
        label=_("Гражданска инициатива"),
        permission=InitiativesPermission.LEAD,
        endpoint="initiatives_console.desk",
        argument="initiative_id",
        rows=lambda _uow: awaited_rows(
            id=Initiative.id,
            title=Initiative.question,
            text=Initiative.reasons,
            place=Initiative.unit,
            since=Initiative.changed_at,
            due=Initiative.due_on,
        ).where(Initiative.state.in_(AWAIT_ANSWER)),
    ),
)
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
    Todo(
        kind=TodoKind.APPROVE,
        label=LABEL,
        permission=InitiativesPermission.MODERATE,
        endpoint=INDEX,
        arguments={"list": queries.FLAGGED},
        rows=lambda _uow: queries.queue(queries.FLAGGED),
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
