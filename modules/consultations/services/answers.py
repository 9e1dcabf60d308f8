"""Answers of the municipality, to one opinion or to several, and the outcome after the last.

The outcome cannot be published while a counted opinion lacks a reasoned answer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select

from obshto.modules.consultations.errors import (
    AcceptedUntied,
    ConsultationNotOver,
    NoSuchOpinion,
    NothingChosen,
    OutcomePublished,
    ProofMissing,
    TooManyChosen,
    Unanswered,
    Unconfirmed,
)
from obshto.modules.consultations.events import ConsultationDecided, OpinionAnswered
from obshto.modules.consultations.models import (
    Consultation,
    ConsultationDocument,
    Opinion,
    OpinionAnswer,
)
from obshto.modules.consultations.services.consultations import check, tell
from obshto.modules.consultations.services.deadlines import law_of
from obshto.modules.consultations.services.groups import AT_ONCE, take_out
from obshto.modules.consultations.services.kinds import ROLES
from obshto.modules.consultations.services.opinions import CONFIRMABLE
from obshto.modules.consultations.services.queries import NUMBERED, UNANSWERED, consultation_of
from obshto.modules.consultations.services.record import add_line
from obshto.modules.consultations.services.states import ConsultationState, state_of
from obshto.modules.consultations.services.ties import untied_numbers
from obshto.platform.entity import create_once, of_request
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """An answer as typed: accepted, partly, refused, and why."""

    outcome: str
    reason: str


def answer_opinions(
    uow: UnitOfWork,
    consultation_id: UUID,
    ids: Collection[UUID],
    said: AnswerWords,
    *,
    request_id: UUID,
    group_id: UUID | None = None,
) -> OpinionAnswer:
    """One answer to each of them, and to who said the same again. A later answer follows it.

    Of a group, whom people did not choose is taken out of it and still lacks an answer.

    Raises NoSuchConsultation, NoSuchOpinion, NothingChosen, TooManyChosen, ConsultationNotOver,
    OutcomePublished.
    """
    if first := of_request(uow, OpinionAnswer, request_id):
        return first
    consultation = consultation_of(uow, consultation_id, to_change=True)
    check_answerable(uow, consultation)
    opinions = _chosen(uow, consultation, ids)
    answer = OpinionAnswer(
        request_id=request_id,
        consultation_id=consultation.id,
        outcome=said.outcome,
        reason=said.reason,
        at=uow.now,
        by_id=uow.principal.person_id,
        by_name=uow.principal.name,
    )
    if (first := create_once(uow, answer)) is not answer:
        return first
    for opinion in opinions:
        opinion.answer_id, opinion.checked_at = answer.id, uow.now
        if opinion.same_as is None:
            uow.emit(OpinionAnswered(subject_id=opinion.id, number=opinion.number))
    if group_id:
        take_out(uow, consultation, group_id, besides={opinion.id for opinion in opinions})
    numbers = [opinion.number for opinion in opinions]
    told = {"numbers": numbers, "outcome": said.outcome, "reason": said.reason}
    add_line(uow, consultation, "answer", told)
    return answer


def publish_outcome(
    uow: UnitOfWork,
    consultation: Consultation,
    *,
    outcome: str,
    changes: str,
    expected_version: int,
    knows_untied: bool = False,
) -> None:
    """Everybody reads what came of it, with each answer. The consultation must be locked.

    `knows_untied`: whoever publishes has seen which accepted opinions changed nothing.

    Raises StaleConsultation, ConsultationNotOver, OutcomePublished, Unconfirmed, Unanswered,
    ProofMissing, AcceptedUntied.
    """
    if consultation.outcome_at:
        if (consultation.outcome, consultation.changes) == (outcome, changes):
            return
        raise OutcomePublished
    check(consultation, expected_version)
    check_ready(uow, consultation, knows_untied=knows_untied)
    consultation.outcome, consultation.changes = outcome, changes
    consultation.outcome_at = consultation.changed_at = uow.now
    consultation.told_closed_at = consultation.told_closed_at or uow.now
    add_line(uow, consultation, "outcome", {"outcome": outcome, "changes": changes})
    tell(uow, ConsultationDecided, consultation)


def check_ready(uow: UnitOfWork, consultation: Consultation, *, knows_untied: bool) -> None:
    """Raises what stands in the way of the outcome: see `publish_outcome`."""
    if state_of(consultation, uow.now) is not ConsultationState.CLOSED:
        raise ConsultationNotOver
    own = select(func.count()).where(Opinion.consultation_id == consultation.id)
    waiting = own.where(Opinion.confirmed_at.is_(None), Opinion.sent_at > uow.now - CONFIRMABLE)
    if number := uow.session.scalar(waiting):
        raise Unconfirmed(number=number)
    if number := uow.session.scalar(own.where(UNANSWERED)):
        raise Unanswered(number=number)
    there = select(ConsultationDocument.role).where(
        ConsultationDocument.consultation_id == consultation.id
    )
    missing = set(law_of(uow, consultation).proofs) - set(uow.session.scalars(there))
    if missing:
        raise ProofMissing(what=", ".join(sorted(str(ROLES[role]) for role in missing)))
    if not knows_untied and untied_numbers(uow, consultation):
        raise AcceptedUntied


def check_answerable(uow: UnitOfWork, consultation: Consultation) -> None:
    """Raises ConsultationNotOver, OutcomePublished."""
    state = state_of(consultation, uow.now)
    if state is ConsultationState.DECIDED:
        raise OutcomePublished
    if state is not ConsultationState.CLOSED:
        raise ConsultationNotOver


def _chosen(uow: UnitOfWork, consultation: Consultation, ids: Collection[UUID]) -> list[Opinion]:
    """Locked in the order of their ids, with their repetitions."""
    if not ids:
        raise NothingChosen
    if len(ids) > AT_ONCE:
        raise TooManyChosen(most=AT_ONCE)
    wanted = select(Opinion).where(
        Opinion.consultation_id == consultation.id,
        NUMBERED,
        or_(Opinion.id.in_(ids), Opinion.same_as.in_(ids)),
    )
    found = list(uow.session.scalars(wanted.order_by(Opinion.id).with_for_update()))
    if not set(ids) <= {opinion.id for opinion in found}:
        raise NoSuchOpinion
    return found
