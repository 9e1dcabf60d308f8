"""Submission of a request: one case for a person, a kind and a thing, however often it comes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.personaldata.errors import HeirsOnlyRead, OwnAccountNeeded, ReplyAddressNeeded
from obshto.modules.personaldata.events import RequestSent, RequestToConfirm
from obshto.modules.personaldata.models import DataRequest, RequestCounter, RequestLine
from obshto.modules.personaldata.services.codes import code_of, index_of, open_key
from obshto.modules.personaldata.services.kinds import ACCOUNTS, OF_HEIRS
from obshto.modules.personaldata.services.states import (
    OPEN,
    RECEIVED,
    SEND,
    UNCONFIRMED,
    move,
    note,
    record,
)
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.numbers import next_number
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import of_request
from obshto.platform.legal.terms import term
from obshto.platform.unit_of_work import UnitOfWork

RULE, EXTENDED_RULE = "gdpr_request", "gdpr_extended"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWords:
    """A request as typed. `identified` says how staff at the counter saw who asks."""

    kind: str
    words: str
    name: str
    behalf: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    language: str = "bg"
    channel: str = PORTAL
    identified: str = ""
    about_id: UUID | None = None


def send_request(uow: UnitOfWork, told: RequestWords, *, request_id: UUID) -> DataRequest:
    """Take it up under the next number. The same form, or what is open already, finds the first.

    Raises ReplyAddressNeeded where nobody stands behind it yet, HeirsOnlyRead, OwnAccountNeeded.
    """
    if first := of_request(uow, DataRequest, request_id):
        return first
    row = _row(uow, told, request_id=request_id)
    _check_may_ask(row)
    if row.state == UNCONFIRMED and not told.email:
        raise ReplyAddressNeeded
    if first := _open_one(uow, row.open_key):
        return _again(uow, first, request_id=request_id)
    try:
        with uow.session.begin_nested():
            row.year, row.sequence = next_number(uow, RequestCounter, "request")
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:  # the same in the same instant, by this form or by another
        first = of_request(uow, DataRequest, request_id) or _open_one(uow, row.open_key)
        if first:
            return first
        raise
    if row.state == UNCONFIRMED:
        record(uow, row, RequestToConfirm)
    else:
        note(uow, row, SEND.name, by_staff=bool(row.entered_by))
        record(uow, row, RequestSent)
    return row


def _check_may_ask(row: DataRequest) -> None:
    """Raises HeirsOnlyRead, OwnAccountNeeded."""
    if row.behalf == "heir" and row.kind not in OF_HEIRS:
        raise HeirsOnlyRead
    if row.kind == ACCOUNTS and (row.person_id is None or row.behalf):
        raise OwnAccountNeeded


def confirm_request(uow: UnitOfWork, row: DataRequest) -> None:
    """Who reads the e-mail sent it. Twice is once. Raises RequestNotFromHere."""
    if row.state in OPEN:
        return
    move(uow, row, SEND)


def _row(uow: UnitOfWork, told: RequestWords, *, request_id: UUID) -> DataRequest:
    by_staff = told.channel != PORTAL
    me = uow.principal.person_id
    person_id = None if by_staff else me
    is_own = bool(person_id) and not told.behalf
    how = told.identified if by_staff else "account" if is_own else ""
    starts_on = day_of(uow.now)
    row = DataRequest(
        id=new_id(),
        request_id=request_id,
        person_id=person_id,
        code_index=index_of(code_of(request_id)),
        channel=told.channel,
        entered_by_id=me if by_staff else None,
        entered_by=uow.principal.name if by_staff else "",
        applicant=told.name,
        state=RECEIVED if by_staff or person_id else UNCONFIRMED,
        sent_at=uow.now,
        assignee="",
        kind=told.kind,
        behalf=told.behalf,
        words=told.words,
        email=told.email or None,
        phone=told.phone or None,
        address=told.address or None,
        language=told.language,
        about_id=told.about_id,
        asked_again=0,
        starts_on=starts_on,
        due_on=term(RULE, starts_on=starts_on).due_on,
        identified_at=uow.now if how else None,
        identified_how=how,
        identified_by=uow.principal.name if by_staff and how else "",
    )
    who = person_id.hex if person_id else told.email.strip().casefold()
    if who:
        row.open_key = open_key(told.kind, who, told.about_id.hex if told.about_id else told.behalf)
    return row


def _again(uow: UnitOfWork, first: DataRequest, *, request_id: UUID) -> DataRequest:
    """The same again is one case; that it came again stands in its history, once for each form."""
    told = select(RequestLine.id).where(RequestLine.request_id == request_id)
    if uow.session.scalar(told) is None:
        first.asked_again += 1
        if first.state == UNCONFIRMED:
            record(uow, first, RequestToConfirm)  # the first letter may have been lost
        note(uow, first, "again", by_staff=False, request_id=request_id)
    return first


def _open_one(uow: UnitOfWork, key: bytes | None) -> DataRequest | None:
    if key is None:
        return None
    wanted = select(DataRequest).where(DataRequest.open_key == key).with_for_update()
    return uow.session.scalar(wanted)
