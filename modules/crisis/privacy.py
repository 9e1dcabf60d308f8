"""Personal data of warnings: who wants to be called, who called, officials beside texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from obshto.modules.crisis.models import CallContact, ContactCall, CrisisMessage, MessageChange
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """What they asked for, when they were called, what they wrote as staff."""
    own = select(CallContact).where(CallContact.person_id == person_id)
    called = select(ContactCall).join(CallContact, CallContact.id == ContactCall.contact_id)
    marks = (
        CrisisMessage.written_by_id,
        CrisisMessage.changed_by_id,
        CrisisMessage.confirmed_by_id,
    )
    written = select(CrisisMessage).where(or_(*(mark == person_id for mark in marks)))
    return {
        "call_list": [
            {
                "name": row.name,
                "phone": row.phone,
                "settlement": row.settlement,
                "note": row.note,
                "joins_rehearsals": row.joins_rehearsals,
                "agreed_at": row.agreed_at.isoformat(),
            }
            for row in uow.session.scalars(own)
        ],
        "calls": [
            {"state": row.state, "at": row.taken_at.isoformat()}
            for row in uow.session.scalars(called.where(CallContact.person_id == person_id))
        ],
        "warnings": [
            {"title": row.title, "written_at": row.written_at.isoformat()}
            for row in uow.session.scalars(written.order_by(CrisisMessage.written_at))
        ],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The person leaves the list with their calls; texts stay, nobody is named beside them."""
    uow.session.execute(delete(CallContact).where(CallContact.person_id == person_id))
    for values in (
        {CrisisMessage.written_by_id: None, CrisisMessage.written_by: ""},
        {CrisisMessage.changed_by_id: None, CrisisMessage.changed_by: ""},
        {CrisisMessage.confirmed_by_id: None, CrisisMessage.confirmed_by: ""},
        {MessageChange.by_id: None, MessageChange.by_name: ""},
        {CallContact.entered_by_id: None, CallContact.entered_by: ""},
        {ContactCall.caller_id: None, ContactCall.caller: ""},
    ):
        mark = next(iter(values))
        uow.session.execute(update(mark.class_).where(mark == person_id).values(values))
