"""Personal data of meetings: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.meetings.models import GuestQuestion
from obshto.modules.meetings.services.guests import guests_of_person
from obshto.modules.meetings.services.kind import KIND
from obshto.modules.meetings.services.queries import titles_of
from obshto.modules.meetings.services.retention import forget_person
from obshto.platform.editorial.retention import texts_of_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """What somebody said from their account; meetings that they planned as staff."""
    guests = uow.session.scalars(guests_of_person(person_id)).all()
    asked = select(GuestQuestion).where(GuestQuestion.person_id == person_id)
    questions = uow.session.scalars(asked.order_by(GuestQuestion.asked_at)).all()
    meetings = titles_of(
        uow, {*(one.meeting_id for one in guests), *(one.meeting_id for one in questions)}
    )
    coming = [
        {
            "meeting": meetings[guest.meeting_id].title,
            "mode": guest.mode,
            "people": guest.people,
            "name": guest.name,
            "email": guest.email,
            "phone": guest.phone,
            "needs": guest.needs,
            "said_at": guest.said_at.isoformat(),
        }
        for guest in guests
    ]
    told = [
        {
            "meeting": meetings[row.meeting_id].title,
            "name": row.name,
            "email": row.email,
            "words": row.words,
            "asked_at": row.asked_at.isoformat(),
            "answer": row.answer,
        }
        for row in questions
    ]
    planned = texts_of_person(uow, KIND, person_id)
    return {"coming": coming, "questions": told, "planned_meetings": planned}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Minutes and decisions stay the municipality's; nobody is named beside them."""
    forget_person(uow, person_id)
