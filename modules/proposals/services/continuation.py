"""Continuation of a proposal: it becomes a project, a consultation, a report, a point of an agenda.

The proposal itself is still decided by its term. What came of it stands beside it in one thread
from the day on which it is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import Select, select

from obshto.modules.proposals.errors import ProposalHiddenNow, ProposalNotTaken
from obshto.modules.proposals.events import ProposalContinued
from obshto.modules.proposals.models import CitizenProposal, ProposalLine
from obshto.modules.proposals.services.access_log import PART
from obshto.modules.proposals.services.states import MERGED, WITHDRAWN, note, record
from obshto.platform.modularity.intakes import (
    AgendaIntake,
    ConsultationIntake,
    HandedOn,
    ProjectIntake,
    ReportIntake,
    TakenUp,
    Transfer,
)
from obshto.platform.modularity.ports import port_here
from obshto.platform.thread.links import led_to, link_ahead, reached_beyond
from obshto.platform.unit_of_work import UnitOfWork

Desk = ProjectIntake | ConsultationIntake | AgendaIntake | ReportIntake
WAYS: Mapping[str, LazyString] = {
    "project": lazy_gettext("Проект"),
    "consultation": lazy_gettext("Обсъждане"),
    "agenda": lazy_gettext("Точка в дневния ред"),
    "report": lazy_gettext("Сигнал"),
}
# By way: who takes it up, and the part whose thing it becomes.
_TAKEN_BY = {
    "project": (ProjectIntake, "projects"),
    "consultation": (ConsultationIntake, "consultations"),
    "agenda": (AgendaIntake, "meetings"),
    "report": (ReportIntake, "reports"),
}


def desks_here(uow: UnitOfWork) -> dict[str, Desk]:
    """What a proposal can become in this municipality, by whoever asks."""
    found: dict[str, Desk | None]
    found = {way: port_here(port) for way, (port, _part) in _TAKEN_BY.items()}
    return {way: desk for way, desk in found.items() if desk and _may(uow, desk)}


def _may(uow: UnitOfWork, desk: Desk) -> bool:
    return desk.permission is None or uow.principal.may(desk.permission)


def kinds_here(uow: UnitOfWork) -> dict[str, Mapping[str, LazyString | str]]:
    """Kinds of each; ways that have none at this moment are left out."""
    kinds = {way: desk.kinds(uow) for way, desk in desks_here(uow).items()}
    return {way: told for way, told in kinds.items() if told}


def continue_proposal(
    uow: UnitOfWork, proposal: CitizenProposal, told: Transfer, *, request_id: UUID
) -> TakenUp:
    """It goes on there, with words and place and without its author. Sent twice it is one.

    Raises ProposalHiddenNow, ProposalNotTaken, and what the other part refuses.
    """
    if proposal.hidden_at or proposal.state in (WITHDRAWN, MERGED):
        raise ProposalHiddenNow
    desk = desks_here(uow).get(told.way)
    if desk is None or told.kind not in desk.kinds(uow):
        raise ProposalNotTaken
    address = f"{uow.scope.address}{proposal.path}"
    handed = HandedOn(
        kind=told.kind,
        title=told.title,
        text=told.text,
        settlement=proposal.settlement,
        origin=gettext("По предложение на граждани: %(address)s", address=address),
        source=(PART, proposal.id),
    )
    taken = desk.take_up(uow, handed, request_id=request_id)
    if _is_noted(uow, request_id):
        return taken
    words = f"{WAYS[told.way]}: {told.title}"
    note(uow, proposal, "continued", words=words, is_internal=True, request_id=request_id)
    if taken.thing:
        link_ahead(uow, (PART, proposal.id), taken.thing, request_id=request_id)
    record(uow, proposal, ProposalContinued)
    return taken


def continued_as(uow: UnitOfWork, proposal: CitizenProposal) -> list[tuple[LazyString, str]]:
    """What came of it by this way: what it is, and where staff go on with it."""
    ways = {part: WAYS[way] for way, (_port, part) in _TAKEN_BY.items()}
    return [
        (ways[part], f"/console/{part}/{object_id}")
        for part, object_id in led_to(uow, (PART, proposal.id))
        if part in ways
    ]


def council_decision(proposal_id: Any) -> Select[date | None]:
    """The day on which a decision was recorded under a point of an agenda that came of it.

    That a session discussed it is no answer yet.
    """
    _intake, part = _TAKEN_BY["agenda"]
    return reached_beyond(PART, proposal_id, through=part)


def _is_noted(uow: UnitOfWork, request_id: UUID) -> bool:
    known = select(ProposalLine.id).where(ProposalLine.request_id == request_id)
    return uow.session.scalar(known) is not None
