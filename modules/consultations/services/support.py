"""Support of an opinion: by an account, by a confirmed address, at the counter; nobody is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext

from obshto.modules.consultations.errors import ConsultationNotOpen, NoSuchOpinion, OwnOpinion
from obshto.modules.consultations.events import OpinionSupportAsked, OpinionSupportEntered
from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services.access_log import PART
from obshto.modules.consultations.services.queries import opinion_of, public_consultation
from obshto.modules.consultations.services.states import ConsultationState, state_of
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.codes import digits
from obshto.platform.support.errors import SupporterUnknown
from obshto.platform.support.letters import Supportable, SupportLink
from obshto.platform.support.services import (
    Supporter,
    SupportTotals,
    counts_of,
    give_support,
    supported_by,
    withdraw_support,
)
from obshto.platform.unit_of_work import UnitOfWork

PATH = "/consultations/support"


@dataclass(frozen=True, slots=True)
class Supports:
    """How many support each of some opinions, and which of them I do, which I wrote."""

    counts: Mapping[UUID, SupportTotals]
    mine: Collection[UUID]
    own: Collection[UUID]


def supportable_opinion(uow: UnitOfWork, opinion_id: UUID) -> tuple[Consultation, Opinion]:
    """A shown opinion of an open consultation. Raises NoSuchOpinion, ConsultationNotOpen."""
    consultation, opinion = shown_opinion(uow, opinion_id)
    if not takes_support(uow, consultation):
        raise ConsultationNotOpen
    return consultation, opinion


def shown_opinion(uow: UnitOfWork, opinion_id: UUID) -> tuple[Consultation, Opinion]:
    """One that everybody may read, also when the consultation is over. Raises NoSuchOpinion."""
    opinion = opinion_of(uow, opinion_id)
    if opinion.hidden_at:
        raise NoSuchOpinion
    return public_consultation(uow, opinion.consultation_id), opinion


def takes_support(uow: UnitOfWork, consultation: Consultation) -> bool:
    """Only while it is open."""
    return state_of(consultation, uow.now) is ConsultationState.OPEN


def support_opinion(
    uow: UnitOfWork, opinion_id: UUID, supporter: Supporter, *, request_id: UUID
) -> bool:
    """Give it while the consultation is open; False where it stood already.

    Raises NoSuchConsultation, NoSuchOpinion, ConsultationNotOpen, OwnOpinion, SupporterUnknown.
    """
    _, opinion = supportable_opinion(uow, opinion_id)
    if not supporter.known_by:
        raise SupporterUnknown
    if _wrote(opinion, supporter):
        raise OwnOpinion
    given = give_support(uow, PART, opinion.id, supporter, request_id=request_id)
    if given.is_new and supporter.channel != PORTAL:
        uow.emit(OpinionSupportEntered(subject_id=opinion.id, number=opinion.number))
    return given.is_new


def take_support_back(
    uow: UnitOfWork, opinion_id: UUID, supporter: Supporter, *, request_id: UUID
) -> bool:
    """Take it back while the consultation is open. Raises what `supportable_opinion` raises."""
    _, opinion = supportable_opinion(uow, opinion_id)
    return withdraw_support(uow, PART, opinion.id, supporter, request_id=request_id).is_new


def confirm_opinion_support(uow: UnitOfWork, link: SupportLink, *, request_id: UUID) -> bool:
    """Raises LinkTooOld, and what `support_opinion` raises."""
    link.expect_fresh()
    return support_opinion(uow, link.object_id, link.supporter, request_id=request_id)


def supportable(consultation: Consultation, opinion: Opinion) -> Supportable:
    """The opinion as a letter calls it that asks for support."""
    return Supportable(
        part=PART,
        object_id=opinion.id,
        name=gettext("становище %(number)s", number=opinion.number),
        title=gettext(
            "становище %(number)s: %(title)s", number=opinion.number, title=consultation.title
        ),
        path=PATH,
        fact=OpinionSupportAsked.name,
    )


def supports_of(uow: UnitOfWork, opinions: Sequence[Opinion]) -> Supports:
    """Two queries at most."""
    me, ids = uow.principal.person_id, [opinion.id for opinion in opinions]
    return Supports(
        counts=counts_of(uow, PART, ids),
        mine=supported_by(uow, PART, me) if me and ids else (),
        own={opinion.id for opinion in opinions if me and opinion.person_id == me},
    )


def _wrote(opinion: Opinion, supporter: Supporter) -> bool:
    """Whether the supporter is its author, by what the author left."""
    own = opinion.email or "", digits(opinion.phone or "")
    email, phone = (value.strip().casefold() for value in own)
    return bool(
        (opinion.person_id and opinion.person_id == supporter.person_id)
        or (email and email == supporter.email.strip().casefold())
        or (phone and phone == digits(supporter.phone))
    )
