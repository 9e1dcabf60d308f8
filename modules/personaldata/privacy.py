"""Personal data of requests: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.personaldata.services.account_links import forget_links, own_links
from obshto.modules.personaldata.services.queries import lines_of, requests_of
from obshto.modules.personaldata.services.retention import forget_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """What the person asked about their data, and what happened."""
    rows = uow.session.scalars(requests_of(person_id)).all()
    told = [
        {
            "number": row.number,
            "kind": row.kind,
            "for": row.behalf or "self",
            "sent_at": row.sent_at.isoformat(),
            "due_on": row.due_on.isoformat() if row.due_on else None,
            "state": row.state,
            "name": row.applicant,
            "email": row.email,
            "phone": row.phone,
            "address": row.address,
            "words": row.words,
            "answer": row.answer,
        }
        for row in rows
    ]
    lines = [
        {"number": row.number, "at": line.at.isoformat(), "what": line.name, "words": line.words}
        for row in rows
        for line in lines_of(uow, row)
    ]
    links = [
        {
            "asked_at": link.proposed_at.isoformat(),
            "confirmed_at": link.confirmed_at.isoformat() if link.confirmed_at else None,
        }
        for link in own_links(uow, person_id)
    ]
    return {"data_requests": told, "data_request_history": lines, "account_links": links}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """That a request was there and when it was answered stays, nobody stands beside it."""
    forget_links(uow, person_id)
    forget_person(uow, person_id)
