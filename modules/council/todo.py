"""Acts of the council that wait to be published, councillors' questions that wait for answers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.council.models import Inquiry
from obshto.modules.council.permissions import CouncilPermission
from obshto.modules.council.services.inquiries import WAITING, inquiries
from obshto.modules.council.services.sessions import IN_TIME, LATE, acts_days, acts_queue
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind

ACTS, INDEX = _("Решения и протокол на съвета"), "council_console.index"
QUESTIONS, ANSWER = _("Питания на съветници"), CouncilPermission.ANSWER
TODO = (
    Todo(
        kind=TodoKind.LATE,
        label=ACTS,
        permission=CouncilPermission.RECORD,
        endpoint=INDEX,
        rows=lambda uow: acts_queue(uow, LATE),
    ),
    Todo(
        kind=TodoKind.PUBLISH,
        label=ACTS,
        permission=CouncilPermission.RECORD,
        endpoint=INDEX,
        rows=lambda uow: acts_queue(uow, IN_TIME),
    ),
    Todo(
        kind=TodoKind.ANSWER,
        label=QUESTIONS,
        permission=ANSWER,
        endpoint="council_console.questions",
        rows=lambda uow: inquiries(uow, {"state": WAITING}),
    ),
)
DUE = (
    DueDays(
        label=_("Публикуване на решения на съвета"),
        permission=CouncilPermission.RECORD,
        endpoint=INDEX,
        days=acts_days,
    ),
    DueDays(
        label=_("Отговор на питане на съветник"),
        permission=ANSWER,
        endpoint="council_console.questions",
        days=lambda uow: select(Inquiry.due_on).where(Inquiry.answered_on.is_(None)),
    ),
)
