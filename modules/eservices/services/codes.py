"""Codes of digits: easy to say by phone, too many to guess."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, or_

from obshto.modules.eservices.errors import NoSuchApplication
from obshto.modules.eservices.models import Case, Draft
from obshto.platform.cases import codes
from obshto.platform.keys.encryption import blind_index
from obshto.platform.unit_of_work import UnitOfWork

RESUME = codes.FOLLOW  # digits
_DERIVED, _KEPT = "eservices_draft.code", "eservices_draft.code_index"


def code_of(request_id: UUID) -> str:
    """The code of a draft: the same for the same request."""
    return codes.code_of(_DERIVED, request_id)


def index_of(code: str) -> bytes:
    """What is kept of a code, to find its row by."""
    return blind_index(_KEPT, code)


def opened_by_code(
    uow: UnitOfWork, table: type[Draft | Case], code: str
) -> tuple[ColumnElement[bool], ...]:
    """How a row is found by its code: in no account, or in that of who is signed in.

    Raises NoSuchApplication.
    """
    if len(code) != RESUME:
        raise NoSuchApplication
    me, owner = uow.principal.person_id, table.person_id
    return (table.code_index == index_of(code), or_(owner.is_(None), owner == me))


def applicant_index(number: str) -> bytes:
    """What a person's or a company's number is found by."""
    return blind_index("eservices_case.number_index", number)
