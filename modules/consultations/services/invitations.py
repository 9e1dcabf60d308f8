"""Invitations to a consultation: organisations by a letter each, readers of topics and places.

A letter leaves once, when the consultation opens or at once where it is open. Its link marks the
opinion as that of who was invited; so do the e-mail address invited and, from staff, the name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from obshto.modules.consultations.errors import (
    ConsultationNotOpen,
    InvitationSent,
    InvitedBefore,
    StaleConsultation,
    TextPublished,
    TooManyInvited,
)
from obshto.modules.consultations.events import InvitationsChanged, OrganisationInvited
from obshto.modules.consultations.models import Consultation, Invitation, Opinion
from obshto.modules.consultations.services.access_log import PART
from obshto.modules.consultations.services.states import ConsultationState, state_of
from obshto.platform.keys.encryption import blind_index
from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.modularity.manifest import Audience
from obshto.platform.notify.audience import who_would_hear
from obshto.platform.notify.topics import invitable_topics
from obshto.platform.unit_of_work import UnitOfWork

MOST = 100
NEW = "consultations:consultation"
OPEN_STATES = (ConsultationState.DRAFT, ConsultationState.OPEN)
KEPT = timedelta(days=365)  # the address, after the outcome
_PURPOSE = f"{PART}_invitation.link"


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
    if consultation.version != expected_version:
        raise StaleConsultation
    consultation.invited_topics, consultation.invited_places = wanted
    consultation.changed_at = uow.now
    _tell_changed(uow, consultation)


def invite(
    uow: UnitOfWork, consultation: Consultation, *, name: str, email: str, request_id: UUID
) -> Invitation:
    """One organisation; the same `request_id` answers the first. The consultation is locked.

    Raises ConsultationNotOpen, InvitedBefore, TooManyInvited.
    """
    again = select(Invitation).where(Invitation.request_id == request_id)
    if first := uow.session.scalar(again):
        return first
    if state_of(consultation, uow.now) not in OPEN_STATES:
        raise ConsultationNotOpen
    own = select(func.count()).where(Invitation.consultation_id == consultation.id)
    if (uow.session.scalar(own) or 0) >= MOST:
        raise TooManyInvited(most=MOST)
    row = Invitation(
        request_id=request_id,
        consultation_id=consultation.id,
        name=name,
        email=email,
        email_hash=_hash(email),
        added_at=uow.now,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:
        raise InvitedBefore from None
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
    if consultation.version != expected_version:
        raise StaleConsultation
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
    own = select(Invitation).where(Invitation.consultation_id == consultation.id)
    own = own.order_by(Invitation.name, Invitation.id)
    return uow.session.scalars(own.options(defer(Invitation.email))).all()


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
    return make_token(_PURPOSE, {"id": str(invitation.id)}, at=uow.now)


def invitation_at(uow: UnitOfWork, consultation: Consultation, token: str) -> Invitation | None:
    """Behind a letter's link; None where the link is broken or of another consultation."""
    try:
        found = uow.session.get(Invitation, UUID(read_token(_PURPOSE, token)[0]["id"]))
    except (NoSuchLink, KeyError, ValueError):
        return None
    return found if found and found.consultation_id == consultation.id else None


def invitation_answered(
    uow: UnitOfWork, consultation_id: UUID, *, organisation: str, email: str, by_staff: bool
) -> UUID | None:
    """Which one an organisation's opinion answers: by address, from staff by name too."""
    if not organisation:
        return None
    own = select(Invitation.id).where(Invitation.consultation_id == consultation_id)
    found = uow.session.scalar(own.where(Invitation.email_hash == _hash(email))) if email else None
    if found is None and by_staff:
        named = func.lower(Invitation.name) == organisation.lower()
        found = uow.session.scalar(own.where(named).limit(1))
    return found


def forget_addresses(uow: UnitOfWork) -> None:
    """Job: a year after the outcome no address of an invited organisation stays."""
    over = select(Consultation.id).where(Consultation.outcome_at < uow.now - KEPT)
    old = update(Invitation).where(
        Invitation.email_hash.is_not(None), Invitation.consultation_id.in_(over)
    )
    uow.session.execute(
        old.values(email=None, email_hash=None), execution_options={"synchronize_session": False}
    )


def _send(uow: UnitOfWork, row: Invitation) -> None:
    row.sent_at = uow.now
    uow.session.flush()
    uow.emit(OrganisationInvited(subject_id=row.id, title=row.name))


def _tell_changed(uow: UnitOfWork, consultation: Consultation) -> None:
    uow.session.flush()
    uow.emit(InvitationsChanged(subject_id=consultation.id, title=consultation.title))


def _hash(email: str) -> bytes:
    return blind_index("consultations_invitation.email_hash", email.strip().casefold())
