"""Consultations that wait for an outcome, drafts, flagged opinions, days on which one closes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.services import queries
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind, day_in_sofia, queue_todo

WRITE, INDEX = ConsultationsPermission.WRITE, "consultations_console.index"
TODO = (
    *queue_todo(
        *(_("Консултации"), WRITE, INDEX, lambda uow, name: queries.lists(uow.now)[name]),
        {"waiting": TodoKind.ANSWER, "drafts": TodoKind.DRAFT},
    ),
    Todo(
        kind=TodoKind.APPROVE,
        label=_("Докладвани становища"),
        permission=ConsultationsPermission.HIDE,
        endpoint="consultations_console.flagged",
        rows=lambda _uow: queries.flagged_opinions(),
    ),
)
DUE = (
    DueDays(
        label=_("Край на консултация"),
        permission=WRITE,
        endpoint=INDEX,
        days=lambda uow: (
            queries.open_at(uow.now)
            .order_by(None)
            .with_only_columns(day_in_sofia(Consultation.closes_at))
        ),
    ),
)
