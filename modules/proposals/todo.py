"""Proposals that wait for staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.permissions import ProposalsPermission
from obshto.modules.proposals.services import queries
from obshto.modules.proposals.services.states import UNDER_WAY
from obshto.platform.clock import day_of
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind, queue_todo
from obshto.platform.unit_of_work import UnitOfWork

LABEL, INDEX = _("Предложения"), "proposals_console.index"


def _queue(uow: UnitOfWork, name: str) -> Select[CitizenProposal]:
    return queries.queue(uow, queries.ProposalFilter(list=name), today=day_of(uow.now))


TODO = (
    *queue_todo(
        *(LABEL, ProposalsPermission.HANDLE, INDEX, _queue),
        {
            "late": TodoKind.LATE,
            "new": TodoKind.NEW,
            "flagged": TodoKind.APPROVE,
            "mine": TodoKind.MINE,
        },
    ),
    Todo(
        kind=TodoKind.LATE,
        label=LABEL,
        permission=ProposalsPermission.OVERSEE,
        endpoint="proposals_console.late",
        rows=lambda uow: _queue(uow, "late"),
    ),
)
DUE = (
    DueDays(
        label=_("Срок на предложение"),
        permission=ProposalsPermission.HANDLE,
        endpoint=INDEX,
        arguments={"list": "work"},
        days=lambda uow: select(CitizenProposal.due_on).where(CitizenProposal.state.in_(UNDER_WAY)),
    ),
)
