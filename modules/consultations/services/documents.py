"""Documents beside a draft, and proofs that it was announced elsewhere; the file of an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.consultations.errors import OutcomePublished, TextPublished, TooManyDocuments
from obshto.modules.consultations.events import DocumentAdded, DocumentRemoved
from obshto.modules.consultations.models import Consultation, ConsultationDocument, Opinion
from obshto.modules.consultations.services.consultations import check, tell
from obshto.modules.consultations.services.kinds import PICTURE
from obshto.modules.consultations.services.queries import consultation_of, public_consultation
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import (
    file_of,
    files_of,
    forget_files,
    keep_document,
    keep_picture,
)
from obshto.platform.unit_of_work import UnitOfWork

MOST = 20


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document with the file that the storage keeps."""

    document: ConsultationDocument
    stored: StoredFile


def add_document(
    uow: UnitOfWork,
    consultation: Consultation,
    stream: BinaryIO,
    *,
    name: str,
    title: str,
    role: str,
    request_id: UUID,
) -> ConsultationDocument:
    """Attach a file; the same `request_id` does so once. The consultation must be locked.

    Raises OutcomePublished, TooManyDocuments, FileRefused.
    """
    again = select(ConsultationDocument).where(ConsultationDocument.request_id == request_id)
    if first := uow.session.scalar(again):
        return first
    if consultation.outcome_at:
        raise OutcomePublished
    own = select(func.count()).where(ConsultationDocument.consultation_id == consultation.id)
    if (uow.session.scalar(own) or 0) >= MOST:
        raise TooManyDocuments(most=MOST)
    keep = keep_picture if role == PICTURE else keep_document
    told = {"request_id": request_id, "title": title, "role": role, "added_at": uow.now}
    try:
        with uow.session.begin_nested():
            file_id = keep(uow, stream, name=name).id
            row = ConsultationDocument(consultation_id=consultation.id, file_id=file_id, **told)
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:  # a second click in the same instant
        return uow.session.scalars(again).one()
    tell(uow, DocumentAdded, consultation)
    return row


def remove_document(
    uow: UnitOfWork, consultation: Consultation, document_id: UUID, *, expected_version: int
) -> None:
    """From a draft alone; what people have read stays. Twice changes nothing.

    Raises TextPublished, StaleConsultation.
    """
    if consultation.published_at:
        raise TextPublished
    row = uow.session.get(ConsultationDocument, document_id)
    if row is None or row.consultation_id != consultation.id:
        return
    check(consultation, expected_version)
    uow.session.delete(row)
    uow.session.flush()
    forget_files(uow, [row.file_id])
    tell(uow, DocumentRemoved, consultation)


def documents_of(uow: UnitOfWork, consultation: Consultation) -> Sequence[KeptDocument]:
    """As they came. Two queries."""
    own = select(ConsultationDocument).where(
        ConsultationDocument.consultation_id == consultation.id
    )
    rows = uow.session.scalars(
        own.order_by(ConsultationDocument.added_at, ConsultationDocument.id)
    ).all()
    stored = files_of(uow, [row.file_id for row in rows])
    return [KeptDocument(row, stored[row.file_id]) for row in rows]


def document_file(uow: UnitOfWork, document_id: UUID, *, for_staff: bool) -> StoredFile:
    """The file of a document whose consultation may be seen.

    Raises NoSuchFile, NoSuchConsultation.
    """
    row = uow.session.get(ConsultationDocument, document_id)
    if row is None:
        raise NoSuchFile
    see = consultation_of if for_staff else public_consultation
    see(uow, row.consultation_id)
    return file_of(uow, row.file_id)


def opinion_file(uow: UnitOfWork, opinion: Opinion) -> StoredFile:
    """For its author and for staff: nobody has read it for the names in it. Raises NoSuchFile."""
    if opinion.file_id is None:
        raise NoSuchFile
    return file_of(uow, opinion.file_id)
