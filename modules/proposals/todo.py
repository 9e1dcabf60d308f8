"""Proposals that wait for staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.permissions import ProposalsPermission
from obshto.modules.proposals.services import queries, questions
from obshto.modules.proposals.services.states import UNDER_WAY
from obshto.platform.clock import day_of
from obshto.platform.modularity.awaited_answers import AwaitedAnswers, awaited_rows
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
            "announce": TodoKind.ANSWER,
            "mine": TodoKind.MINE,
        },
    ),
    *queue_todo(
        *(_("Въпроси под предложения"), ProposalsPermission.HANDLE, "proposals_console.questions"),
        lambda uow, name: questions.queue(name),
        {"waiting": TodoKind.ANSWER, "flagged": TodoKind.NEW},
    ),
    Todo(
        kind=TodoKind.LATE,
        label=LABEL,
        permission=ProposalsPermission.OVERSEE,
        endpoint="proposals_console.late",
        rows=lambda uow: _queue(uow, "late"),
    ),
)
ANSWERS = (
    AwaitedAnswers(
        word="proposal",
        label=_("Предложение"),
        permission=ProposalsPermission.HANDLE,
        endpoint="proposals_console.proposal",
        argument="proposal_id",
        rows=lambda _uow: awaited_rows(
            id=CitizenProposal.id,
            title=CitizenProposal.title,
            text=CitizenProposal.text,
            place=CitizenProposal.settlement,
            since=CitizenProposal.handed_in_at,
            due=CitizenProposal.due_on,
        ).where(CitizenProposal.state.in_(UNDER_WAY)),
    ),
    AwaitedAnswers(
        word="proposal-question",
        label=_("Въпрос под предложение"),
        permission=ProposalsPermission.HANDLE,
        endpoint="proposals_console.question",
        argument="question_id",
        rows=questions.awaited,
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
