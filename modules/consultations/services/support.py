"""Support of an opinion by somebody signed in: one person counts once, and is not named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from obshto.modules.consultations.errors import ConsultationNotOpen, NoSuchOpinion, OwnOpinion
from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.services.queries import opinion_of, public_consultation
from obshto.modules.consultations.services.states import ConsultationState, state_of
from obshto.platform.support.services import (
    Supporter,
    SupportTotals,
    counts_of,
    give_support,
    supported_by,
    withdraw_support,
)
from obshto.platform.unit_of_work import UnitOfWork

PART = "consultations"


@dataclass(frozen=True, slots=True)
class Supports:
    """How many support each of some opinions, and which of them I do, which I wrote."""

    counts: Mapping[UUID, SupportTotals]
    mine: Collection[UUID]
    own: Collection[UUID]


def support_opinion(
    uow: UnitOfWork, consultation_id: UUID, opinion_id: UUID, *, is_given: bool
) -> None:
    """Give it or take it back while the consultation is open. Twice is once.

    Raises NoSuchConsultation, NoSuchOpinion, ConsultationNotOpen, OwnOpinion.
    """
    consultation = public_consultation(uow, consultation_id)
    opinion = opinion_of(uow, opinion_id)
    if opinion.consultation_id != consultation.id or opinion.hidden_at:
        raise NoSuchOpinion
    if state_of(consultation, uow.now) is not ConsultationState.OPEN:
        raise ConsultationNotOpen
    if is_given and opinion.person_id == uow.principal.person_id:
        raise OwnOpinion
    act = give_support if is_given else withdraw_support
    me = Supporter(person_id=uow.principal.person_id)
    act(uow, PART, opinion.id, me, request_id=uuid4())


def supports_of(uow: UnitOfWork, opinions: Sequence[Opinion]) -> Supports:
    """Two queries at most."""
    me, ids = uow.principal.person_id, [opinion.id for opinion in opinions]
    return Supports(
        counts=counts_of(uow, PART, ids),
        mine=supported_by(uow, PART, me) if me and ids else (),
        own={opinion.id for opinion in opinions if me and opinion.person_id == me},
    )
