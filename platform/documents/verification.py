"""Check of a document by its code: genuine, in force, without a word of the person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from obshto.platform.cases.codes import digits
from obshto.platform.documents.errors import NoSuchDocument
from obshto.platform.documents.kinds import issued_tables
from obshto.platform.documents.models import CorrectableRow, IssuedRow
from obshto.platform.documents.services import CODE, read_file
from obshto.platform.unit_of_work import UnitOfWork


def document_by_code(uow: UnitOfWork, code: str) -> IssuedRow:
    """What any part issued under a code; blanks in it do not count. Raises NoSuchDocument."""
    wanted = digits(code)
    for table in issued_tables() if len(wanted) == CODE else ():
        if found := uow.session.scalar(select(table).where(table.code == wanted)):
            return found
    raise NoSuchDocument


def is_valid(document: IssuedRow, today: date) -> bool:
    """Whether it was not revoked and its term, if it has one, has not passed."""
    in_term = document.valid_until is None or today <= document.valid_until
    return in_term and not document.is_revoked and not document.is_replaced


def successor_of(uow: UnitOfWork, document: IssuedRow) -> IssuedRow | None:
    """The corrected one that took its place, if one did."""
    if not (document.is_replaced and isinstance(document, CorrectableRow)):
        return None
    table = type(document)
    return uow.session.scalar(select(table).where(table.replaces_id == document.id))


def predecessor_of(uow: UnitOfWork, document: IssuedRow) -> IssuedRow | None:
    """The one in whose place it was issued, if any."""
    if not (isinstance(document, CorrectableRow) and document.replaces_id):
        return None
    return uow.session.get(type(document), document.replaces_id)


def seal_is_untouched(document: IssuedRow) -> bool | None:
    """Whether the seal in the file that we keep still fits it; None where it carries none.

    Of a file that was emptied after its years only that it carried one is known.
    """
    if not document.seal_subject:
        return None
    pdf = read_file(document)
    if not pdf:
        return None
    # Late: its library takes a quarter of a second to load.
    from obshto.platform.documents.pades import is_untouched  # noqa: PLC0415

    return is_untouched(pdf)
