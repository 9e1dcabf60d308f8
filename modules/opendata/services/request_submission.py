"""Submission of a request for information, by the sender or by staff at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.opendata.errors import ReachNeeded
from obshto.modules.opendata.models import InformationCounter, InformationRequest
from obshto.modules.opendata.services.request_states import (
    INFORMATION,
    RECEIVED,
    SEND,
    note,
    record,
)
from obshto.platform.cases import codes
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.numbers import next_number
from obshto.platform.db.base import new_id
from obshto.platform.keys.encryption import blind_index
from obshto.platform.legal.terms import received_on, term
from obshto.platform.unit_of_work import UnitOfWork

RULE = "zdoi"


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationWords:
    """A request as typed."""

    kind: str
    words: str
    form: str = "electronic"
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    language: str = "bg"
    channel: str = PORTAL


def code_of(request_id: UUID) -> str:
    """The follow code of a request: the same for the same form."""
    return codes.code_of("opendata_request.code", request_id)


def index_of(code: str) -> bytes:
    """The index that is kept of a code."""
    return blind_index("opendata_request.code_index", code)


def send_request(
    uow: UnitOfWork, told: InformationWords, *, request_id: UUID
) -> InformationRequest:
    """Take it up under the next number; the same form finds the first.

    Raises ReachNeeded: the law wants a name and an address for the answer (ЗДОИ чл. 25).
    """
    if first := _of_form(uow, request_id):
        return first
    has_reach = bool(told.email or told.address or (uow.principal.person_id and _is_own(told)))
    if told.kind == INFORMATION and not (told.name and has_reach):
        raise ReachNeeded
    row = _row(uow, told, request_id=request_id)
    try:
        with uow.session.begin_nested():
            row.year, row.sequence = next_number(uow, InformationCounter, "request")
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:  # a second click in the same instant
        if first := _of_form(uow, request_id):
            return first
        raise
    note(uow, row, SEND.name, by_staff=bool(row.entered_by))
    record(uow, row, SEND.fact)
    return row


def _is_own(told: InformationWords) -> bool:
    return told.channel == PORTAL


def _row(uow: UnitOfWork, told: InformationWords, *, request_id: UUID) -> InformationRequest:
    me, is_own = uow.principal, _is_own(told)
    starts_on = received_on(uow.now)
    return InformationRequest(
        id=new_id(),
        request_id=request_id,
        person_id=me.person_id if is_own else None,
        code_index=index_of(code_of(request_id)),
        channel=told.channel,
        entered_by_id=None if is_own else me.person_id,
        entered_by="" if is_own else me.name,
        applicant=told.name,
        state=RECEIVED,
        sent_at=uow.now,
        assignee="",
        kind=told.kind,
        words=told.words,
        form=told.form,
        email=told.email or None,
        phone=told.phone or None,
        address=told.address or None,
        language=told.language,
        starts_on=starts_on,
        due_on=term(RULE, starts_on=starts_on).due_on,
    )


def _of_form(uow: UnitOfWork, request_id: UUID) -> InformationRequest | None:
    wanted = select(InformationRequest).where(InformationRequest.request_id == request_id)
    return uow.session.scalar(wanted)
