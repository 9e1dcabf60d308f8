"""Submission of a request: by the person, by a relative, by staff on the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from obshto.modules.assistants.models import HelpCounter, HelpRequest
from obshto.modules.assistants.services.codes import code_of, index_of
from obshto.modules.assistants.services.home_addresses import put_address
from obshto.modules.assistants.services.states import RECEIVED, SEND, note, record
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.numbers import next_number
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import of_request
from obshto.platform.legal.terms import roll
from obshto.platform.unit_of_work import UnitOfWork

PROMISE = 5  # working days until somebody calls to agree on a day


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpWords:
    """A request as typed."""

    name: str
    settlement: str
    address: str
    directions: str = ""
    asked_by: str = ""
    phone: str = ""
    email: str = ""
    age: str = ""
    subjects: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    at_home: str = ""
    words: str = ""
    language: str = "bg"
    channel: str = PORTAL


def send_request(uow: UnitOfWork, told: HelpWords, *, request_id: UUID) -> HelpRequest:
    """Take it up under the next number; the same `request_id` again finds the first."""
    if first := of_request(uow, HelpRequest, request_id):
        return first
    row = _row(uow, told, request_id=request_id)
    try:
        with uow.session.begin_nested():
            row.year, row.sequence = next_number(uow, HelpCounter, "request")
            uow.session.add(row)
            uow.session.flush()
            put_address(uow, row, told.address, told.directions)
    except IntegrityError:  # a second click in the same instant
        if first := of_request(uow, HelpRequest, request_id):
            return first
        raise
    note(uow, row, SEND.name, by_staff=bool(row.entered_by))
    record(uow, row, SEND.fact)
    return row


def due_on(today: date) -> date:
    """By when somebody has called to agree on a day."""
    day = today
    for _ in range(PROMISE):
        day = roll(day + timedelta(days=1))
    return day


def _row(uow: UnitOfWork, told: HelpWords, *, request_id: UUID) -> HelpRequest:
    by_staff, me = told.channel != PORTAL, uow.principal.person_id
    return HelpRequest(
        id=new_id(),
        request_id=request_id,
        person_id=None if by_staff else me,
        code_index=index_of(code_of(request_id)),
        channel=told.channel,
        entered_by_id=me if by_staff else None,
        entered_by=uow.principal.name if by_staff else "",
        applicant=told.name,
        state=RECEIVED,
        sent_at=uow.now,
        due_on=due_on(day_of(uow.now)),
        assignee="",
        settlement=told.settlement,
        age=told.age,
        language=told.language,
        subjects=list(told.subjects),
        needs=list(told.needs),
        times=list(told.times),
        at_home=told.at_home,
        asked_by=told.asked_by or None,
        words=told.words or None,
        email=told.email or None,
        phone=told.phone or None,
    )
