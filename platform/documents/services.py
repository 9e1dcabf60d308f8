"""Acts upon documents: issued under the next number, revoked, forgotten."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy import Select, select

from obshto.platform.cases.codes import grouped
from obshto.platform.cases.numbers import next_number
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.documents.errors import NoSuchDocument, StaleDocument
from obshto.platform.documents.events import DocumentIssued, DocumentRevoked
from obshto.platform.documents.models import Document, DocumentCounter, IssuedRow
from obshto.platform.documents.seals import sealed
from obshto.platform.documents.sheets import DocumentSheet, Piece, typeset, written
from obshto.platform.entity import expect_version
from obshto.platform.keys.encryption import decrypt_bytes_for, encrypt_bytes_for
from obshto.platform.unit_of_work import UnitOfWork

CODE: Final = 16  # digits, 53 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentText:
    """What is printed, before it has a number: official words, so Bulgarian."""

    title: str
    municipality: str  # „Община Кула“
    lines: Sequence[str]


def issue(
    uow: UnitOfWork,
    text: DocumentText,
    *,
    part: str,
    object_id: UUID,
    series: str,
    is_trial: bool,
    valid_until: date | None = None,
) -> Document:
    """Issue it under the next number of its series; where one is in force, that one again.

    Who issues about the same object at the same time waits for the number. Raises CannotBePrinted.
    """
    if found := in_force(uow, part, object_id, series):
        return found
    numbered = uow.session.begin_nested()
    year, sequence = next_number(uow, DocumentCounter, f"{part}:{series}")
    if found := in_force(uow, part, object_id, series):  # issued while this one waited
        numbered.rollback()  # no number without a document
        return found
    numbered.commit()
    row = Document(
        id=new_id(),
        part=part,
        object_id=object_id,
        series=series,
        code=new_code(),
        year=year,
        sequence=sequence,
        title=text.title,
        is_trial=is_trial,
        issued_at=uow.now,
        valid_until=valid_until,
    )
    write_file(uow, row, _sheet(uow, row, text))
    uow.session.add(row)
    uow.session.flush()
    uow.emit(DocumentIssued(subject_id=row.id, part=part, number=row.number))
    return row


def write_file(uow: UnitOfWork, row: IssuedRow, sheet: DocumentSheet) -> None:
    """Typeset, seal and encrypt the file of a document that has its number."""
    plain = typeset(sheet, at=uow.now)
    pdf = sealed(uow, row, plain, municipality=sheet.municipality)
    row.fingerprint = sha256(pdf).hexdigest()
    row.pdf = encrypt_bytes_for(row.pdf_label(), row.id, pdf)


def read_file(row: IssuedRow) -> bytes:
    """The file; empty where it was forgotten. Who may see it is the part's to say."""
    return decrypt_bytes_for(row.pdf_label(), row.id, row.pdf)


def revoke(uow: UnitOfWork, document: Document, reason: str, *, expected_version: int) -> None:
    """It is in force no more, and a check says so; its number stays. Raises StaleDocument."""
    wanted = select(Document).where(Document.id == document.id).with_for_update()
    row = uow.session.scalars(wanted.execution_options(populate_existing=True)).one()
    if row.is_revoked:
        return
    expect_version(row, expected_version, StaleDocument)
    row.revoked_at, row.reason = uow.now, reason
    uow.emit(DocumentRevoked(subject_id=row.id, part=row.part, number=row.number))


def forget(uow: UnitOfWork, part: str, objects: Collection[UUID]) -> None:
    """Empty the files about these objects: number, code and day stay, so that a check answers."""
    for row in uow.session.scalars(documents_of(part, objects).with_for_update()):
        row.pdf = encrypt_bytes_for(row.pdf_label(), row.id, b"")


def documents_of(part: str, objects: Collection[UUID]) -> Select[Document]:
    """Those about these objects, the newest first."""
    rows = select(Document).where(Document.part == part, Document.object_id.in_(objects))
    return rows.order_by(Document.issued_at.desc(), Document.id)


def document_of(uow: UnitOfWork, part: str, document_id: UUID) -> Document:
    """One of this part. Raises NoSuchDocument."""
    wanted = select(Document).where(Document.id == document_id, Document.part == part)
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchDocument
    return found


def in_force(uow: UnitOfWork, part: str, object_id: UUID, series: str) -> Document | None:
    """The one of a series that is not revoked."""
    rows = documents_of(part, [object_id]).where(Document.series == series)
    return uow.session.scalar(rows.where(Document.revoked_at.is_(None)))


def new_code() -> str:
    """A random code for a document."""
    return f"{secrets.randbelow(10**CODE):0{CODE}d}"


def check_url(uow: UnitOfWork, row: IssuedRow) -> str:
    """Where anybody checks the document: the address in its QR code."""
    return f"{uow.scope.address}/documents/verify/{row.code}"


def _sheet(uow: UnitOfWork, row: Document, text: DocumentText) -> DocumentSheet:
    foot = [
        f"№ {row.number} от {written(day_of(row.issued_at))}",
        f"Код за проверка: {grouped(row.code)}",
        f"Проверете документа на {uow.scope.address}/documents/verify",
    ]
    if row.valid_until:
        foot.append(f"Валиден до {written(row.valid_until)}")
    return DocumentSheet(
        title=text.title,
        municipality=text.municipality,
        lines=[[Piece(words)] for words in text.lines],
        foot=foot,
        check_url=check_url(uow, row),
        is_trial=row.is_trial,
    )
