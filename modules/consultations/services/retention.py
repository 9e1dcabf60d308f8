"""Retention: what goes by the clock, what goes with a person, who is told what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import token_bytes
from uuid import UUID

from sqlalchemy import delete, false, or_, select, update

from obshto.modules.consultations.events import OpinionDecided
from obshto.modules.consultations.models import (
    Consultation,
    ConsultationDocument,
    Invitation,
    Opinion,
    OpinionAnswer,
    RecordLine,
)
from obshto.modules.consultations.services.access_log import PART
from obshto.modules.consultations.services.invitations import KEPT, forget_addresses
from obshto.modules.consultations.services.opinions import CONFIRMABLE, bare_name
from obshto.modules.consultations.services.queries import BY_PHONE, NUMBERED
from obshto.platform.moderation.services import forget_appeals
from obshto.platform.notify.sms.short_codes import sends_sms
from obshto.platform.soft_delete import RESTORABLE_FOR
from obshto.platform.storage.services import forget_files
from obshto.platform.support.services import anonymize
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 200
HASH = 16  # bytes, as a keyed hash has them


def tell_authors(uow: UnitOfWork) -> None:
    """Job: each author is told what became of their opinion, so many a time, each once."""
    by_phone = BY_PHONE if sends_sms(uow) else false()
    waiting = (
        select(Opinion)
        .join(Consultation, Consultation.id == Opinion.consultation_id)
        .where(
            Consultation.outcome_at.is_not(None),
            NUMBERED,
            Opinion.told_at.is_(None),
            or_(Opinion.person_id.is_not(None), Opinion.email.is_not(None), by_phone),
        )
        .order_by(Opinion.id)
        .limit(AT_ONCE)
    )
    found = uow.session.scalars(waiting.with_for_update(of=Opinion, skip_locked=True)).all()
    for opinion in found:
        opinion.told_at = uow.now
        uow.emit(OpinionDecided(subject_id=opinion.id, number=opinion.number))


def forget_unconfirmed(uow: UnitOfWork) -> None:
    """Job: what nobody confirmed in three days was nobody's."""
    old = select(Opinion).where(
        Opinion.confirmed_at.is_(None), Opinion.sent_at < uow.now - CONFIRMABLE
    )
    rows = uow.session.scalars(old.limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    _delete(uow, rows)


def empty_old_authors(uow: UnitOfWork) -> None:
    """Job: a year after the outcome nothing stays that says who wrote, but names that are shown."""
    old = (
        select(Opinion)
        .join(Consultation, Consultation.id == Opinion.consultation_id)
        .where(
            Consultation.outcome_at < uow.now - KEPT,
            NUMBERED,
            or_(Opinion.code_index.is_not(None), Opinion.person_id.is_not(None)),
        )
        .order_by(Opinion.id)
        .limit(AT_ONCE)
    )
    rows = uow.session.scalars(old.with_for_update(of=Opinion, skip_locked=True)).all()
    for opinion in rows:
        _empty(uow, opinion, keeps_name=opinion.shows_name)
    forget_appeals(uow, PART, [opinion.id for opinion in rows])
    anonymize(uow, PART, [opinion.id for opinion in rows])
    forget_addresses(uow)


def erase_deleted(uow: UnitOfWork) -> None:
    """Job: drafts that were deleted more than thirty days ago are gone for good."""
    gone = select(Consultation.id).where(
        Consultation.deleted_at < uow.now - RESTORABLE_FOR, Consultation.published_at.is_(None)
    )
    ids = uow.session.scalars(gone.limit(AT_ONCE)).all()
    own = select(ConsultationDocument.file_id).where(ConsultationDocument.consultation_id.in_(ids))
    files = uow.session.scalars(own).all()
    for model in (ConsultationDocument, Invitation, RecordLine):
        uow.session.execute(delete(model).where(model.consultation_id.in_(ids)))
    uow.session.execute(delete(Consultation).where(Consultation.id.in_(ids)))
    forget_files(uow, files)


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """The opinion stays without name and reach, an unconfirmed one goes; of staff no name stays."""
    own = select(Opinion).where(Opinion.person_id == person_id).order_by(Opinion.id)
    rows = uow.session.scalars(own.with_for_update()).all()
    _delete(uow, [row for row in rows if row.confirmed_at is None])
    for opinion in rows:
        if opinion.confirmed_at:
            _empty(uow, opinion)
    forget_appeals(uow, PART, [opinion.id for opinion in rows])
    for model, column, values in (
        (Opinion, Opinion.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (OpinionAnswer, OpinionAnswer.by_id, {"by_id": None, "by_name": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def _empty(uow: UnitOfWork, opinion: Opinion, *, keeps_name: bool = False) -> None:
    opinion.person_id = opinion.code_index = opinion.email = opinion.phone = None
    if not keeps_name:
        opinion.author = opinion.author_salt = ""
        opinion.shows_name = False
    gone, opinion.file_id = opinion.file_id, None
    opinion.told_at = opinion.told_at or uow.now  # nobody is left to be told
    opinion.fingerprint = token_bytes(HASH)
    _forget_voice(uow, opinion)
    uow.session.flush()
    if gone:
        forget_files(uow, [gone])


def _forget_voice(uow: UnitOfWork, opinion: Opinion) -> None:
    """One voice is counted as one still, but no address leads to it; organisations keep theirs."""
    if opinion.voice is None or bare_name(opinion.organisation):
        return
    same = Opinion.consultation_id == opinion.consultation_id, Opinion.voice == opinion.voice
    uow.session.execute(update(Opinion).where(*same).values(voice=token_bytes(HASH)))


def _delete(uow: UnitOfWork, rows: Sequence[Opinion]) -> None:
    for row in rows:
        uow.session.delete(row)
    uow.session.flush()
    forget_files(uow, [row.file_id for row in rows if row.file_id])
