"""Whether a document is genuine: by its code, without a word about the person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from obshto.modules.eservices.errors import NoSuchDocument, NotPaidYet, NotYours
from obshto.modules.eservices.models import Case, Fee, IssuedDocument
from obshto.modules.eservices.services.access_log import opens
from obshto.modules.eservices.services.case_queries import case_of
from obshto.modules.eservices.services.codes import DOCUMENT
from obshto.modules.eservices.services.decisions import PDF_SEALED_AS
from obshto.platform.cases.codes import digits
from obshto.platform.keys.encryption import decrypt_bytes_for
from obshto.platform.unit_of_work import UnitOfWork


def document_by_code(uow: UnitOfWork, code: str) -> IssuedDocument:
    """What was issued under a code; blanks in it do not count. Raises NoSuchDocument."""
    wanted = digits(code)
    found = None
    if len(wanted) == DOCUMENT:
        found = uow.session.scalar(select(IssuedDocument).where(IssuedDocument.code == wanted))
    if found is None:
        raise NoSuchDocument
    return found


def is_valid(document: IssuedDocument, today: date) -> bool:
    """Whether its term, if it has one, has not passed."""
    return document.valid_until is None or today <= document.valid_until


def seal_is_untouched(document: IssuedDocument) -> bool | None:
    """Whether the seal in the file that we keep still fits it; None where it carries none.

    Of a file that was emptied after its years only that it carried one is known.
    """
    if not document.seal_subject:
        return None
    pdf = decrypt_bytes_for(PDF_SEALED_AS, document.id, document.pdf)
    if not pdf:
        return None
    # Late: its library takes a quarter of a second to load.
    from obshto.modules.eservices.services.pades import is_untouched  # noqa: PLC0415

    return is_untouched(pdf)


def file_for_person(uow: UnitOfWork, document_id: UUID) -> tuple[IssuedDocument, bytes]:
    """The file, for the signed-in person whose case it is, once its fee is paid.

    Raises NoSuchDocument, NotPaidYet.
    """
    wanted = select(IssuedDocument).join(Case, Case.id == IssuedDocument.case_id)
    mine = Case.person_id == uow.principal.person_id
    found = uow.session.scalar(wanted.where(IssuedDocument.id == document_id, mine))
    if found and not found.is_refusal and _is_owed(uow, found.case_id):
        raise NotPaidYet
    return _opened(found)


def file_for_staff(uow: UnitOfWork, document_id: UUID) -> tuple[IssuedDocument, bytes]:
    """The file, for staff who opened the case with a purpose. Raises NoSuchDocument, NotYours."""
    document = uow.session.get(IssuedDocument, document_id)
    if document and not opens(uow, case_of(uow, document.case_id)):
        raise NotYours
    return _opened(document)


def _is_owed(uow: UnitOfWork, case_id: UUID) -> bool:
    fee = uow.session.get(Fee, case_id)
    return fee is not None and fee.is_open


def _opened(document: IssuedDocument | None) -> tuple[IssuedDocument, bytes]:
    if document is None:
        raise NoSuchDocument
    return document, decrypt_bytes_for(PDF_SEALED_AS, document.id, document.pdf)
