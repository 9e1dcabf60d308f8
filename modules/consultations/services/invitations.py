"""Invitations to a consultation: organisations by a letter each, readers of topics and places.

A letter leaves once, when the consultation opens or at once where it is open. Its link marks the
opinion as that of who was invited; so do the e-mail address invited and, from staff, the name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from obshto.modules.consultations.errors import (
    ConsultationNotOpen,
    StaleConsultation,
    TextPublished,
)
from obshto.modules.consultations.events import InvitationsChanged, OrganisationInvited
from obshto.modules.consultations.models import Consultation, Invitation, Opinion
from obshto.modules.consultations.services.states import ConsultationState, state_of
from obshto.platform.entity import expect_version
from obshto.platform.invitations.errors import InvitationSent
from obshto.platform.invitations.services import InvitationList
from obshto.platform.modularity.manifest import Audience
from obshto.platform.notify.audience import who_would_hear
from obshto.platform.notify.topics import invitable_topics
from obshto.platform.unit_of_work import UnitOfWork

INVITED = InvitationList(Invitation, Invitation.consultation_id)
NEW = "consultations:consultation"
OPEN_STATES = (ConsultationState.DRAFT, ConsultationState.OPEN)
KEPT = timedelta(days=365)  # the address, after the outcome


@dataclass(frozen=True, slots=True)
class InvitedReaders:
    """Whose subscribers are invited; no topics are any of them, no places the municipality."""

    topics: Collection[str]
    places: Collection[str]

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Who hears of it besides those who follow consultations."""
        places = frozenset(self.places)
        topics = self.topics or (invitable_topics() if places else ())
        return tuple(Audience(topic=topic, places=places) for topic in topics)


def invited_readers_of(consultation: Consultation) -> InvitedReaders:
    """As its editor chose."""
    return InvitedReaders(consultation.invited_topics, consultation.invited_places)


def reach_of(uow: UnitOfWork, readers: InvitedReaders) -> int | None:
    """How many would hear now; None where nobody is chosen. One query."""
    if not readers.audiences:
        return None
    first, *rest = readers.audiences
    return sum(who_would_hear(uow, replace(first, besides=tuple(rest))).values())


def choose_readers(
    uow: UnitOfWork, consultation: Consultation, readers: InvitedReaders, *, expected_version: int
) -> None:
    """Until it is published. Twice changes nothing. Raises TextPublished, StaleConsultation."""
    wanted = [sorted(readers.topics), sorted(readers.places)]
    is_so = [consultation.invited_topics, consultation.invited_places] == wanted
    if is_so and expected_version in (consultation.version, consultation.version - 1):
        return  # the same form, or sent twice
    if consultation.published_at:
        raise TextPublished
    expect_version(consultation, expected_version, StaleConsultation)
    consultation.invited_topics, consultation.invited_places = wanted
    consultation.changed_at = uow.now
    _tell_changed(uow, consultation)


def invite(
    uow: UnitOfWork, consultation: Consultation, *, name: str, email: str, request_id: UUID
) -> Invitation:
    """One organisation; the same `request_id` answers the first. The consultation is locked.

    Raises ConsultationNotOpen, InvitedBefore, TooManyInvited.
    """
    if first := INVITED.of_request(uow, request_id):
        return first
    if state_of(consultation, uow.now) not in OPEN_STATES:
        raise ConsultationNotOpen
    row = INVITED.add(uow, consultation.id, name=name, email=email, request_id=request_id)
    if consultation.published_at:
        _send(uow, row)
    else:
        _tell_changed(uow, consultation)
    return row


def withdraw_invitation(
    uow: UnitOfWork, consultation: Consultation, invitation_id: UUID, *, expected_version: int
) -> None:
    """Of a draft alone; twice changes nothing. Raises InvitationSent, StaleConsultation."""
    row = uow.session.get(Invitation, invitation_id)
    if row is None or row.consultation_id != consultation.id:
        return
    if row.sent_at:
        raise InvitationSent
    expect_version(consultation, expected_version, StaleConsultation)
    uow.session.delete(row)
    _tell_changed(uow, consultation)


def send_invitations(uow: UnitOfWork, consultation: Consultation) -> None:
    """It opens: a letter to each organisation, and how many others hear of it is kept."""
    consultation.invited_readers = reach_of(uow, invited_readers_of(consultation))
    for row in invitations_of(uow, consultation):
        if row.sent_at is None:
            _send(uow, row)


def invitations_of(uow: UnitOfWork, consultation: Consultation) -> Sequence[Invitation]:
    """By name, addresses not decrypted. One query."""
    return INVITED.rows(uow, consultation.id)


def invited_in(uow: UnitOfWork, opinions: Collection[Opinion]) -> Mapping[UUID, str]:
    """Names of who was invited, by the opinion that answers it. One query at most."""
    ids = {opinion.invitation_id for opinion in opinions if opinion.invitation_id}
    if not ids:
        return {}
    own = select(Invitation.id, Invitation.name).where(Invitation.id.in_(ids))
    names: dict[UUID, str] = {key: name for key, name in uow.session.execute(own)}
    return {it.id: names[it.invitation_id] for it in opinions if it.invitation_id in names}


def token_of(invitation: Invitation, uow: UnitOfWork) -> str:
    """The part of the letter's link that says who was invited."""
    return INVITED.token_of(uow, invitation)


def invitation_at(uow: UnitOfWork, consultation: Consultation, token: str) -> Invitation | None:
    """Behind a letter's link; None where the link is broken or of another consultation."""
    return INVITED.behind_link(uow, consultation.id, token)


def invitation_answered(
    uow: UnitOfWork, consultation_id: UUID, *, organisation: str, email: str, by_staff: bool
) -> UUID | None:
    """Which one an organisation's opinion answers: by address, from staff by name too."""
    if not organisation:
        return None
    return INVITED.answered_by(
        uow, consultation_id, name=organisation, email=email, by_staff=by_staff
    )


def forget_addresses(uow: UnitOfWork) -> None:
    """Job: a year after the outcome no address of an invited organisation stays."""
    over = select(Consultation.id).where(Consultation.outcome_at < uow.now - KEPT)
    INVITED.forget_addresses(uow, Invitation.consultation_id.in_(over))


def _send(uow: UnitOfWork, row: Invitation) -> None:
    row.sent_at = uow.now
    uow.session.flush()
    uow.emit(OrganisationInvited(subject_id=row.id, title=row.name))


def _tell_changed(uow: UnitOfWork, consultation: Consultation) -> None:
    uow.session.flush()
    uow.emit(InvitationsChanged(subject_id=consultation.id, title=consultation.title))
