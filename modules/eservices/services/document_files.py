"""Files of issued documents: for the person, once the fee is paid, and for staff who opened it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.eservices.errors import NotPaidYet, NotYours
from obshto.modules.eservices.models import Case, Fee, IssuedDocument
from obshto.modules.eservices.services.access_log import opens
from obshto.modules.eservices.services.case_queries import case_of
from obshto.platform.documents.errors import NoSuchDocument
from obshto.platform.documents.services import read_file
from obshto.platform.unit_of_work import UnitOfWork


def file_for_person(uow: UnitOfWork, document_id: UUID) -> tuple[IssuedDocument, bytes]:
    """The file, for who is signed in and whose case it is, or who is represented; once it is paid.

    Raises NoSuchDocument, NotPaidYet.
    """
    wanted = select(IssuedDocument).join(Case, Case.id == IssuedDocument.case_id)
    me = uow.principal.person_id
    mine = or_(Case.person_id == me, Case.represented_id == me)
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
    return document, read_file(document)
