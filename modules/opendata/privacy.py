"""Personal data of open data: requests; how they leave and how they go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.opendata.models import UploadedSet
from obshto.modules.opendata.services.request_queries import lines_of, requests_of
from obshto.modules.opendata.services.request_retention import forget_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """What the person asked for and what happened; the sets that they brought as staff."""
    rows = uow.session.scalars(requests_of(person_id)).all()
    told = [
        {
            "number": row.number,
            "kind": row.kind,
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
    own = select(UploadedSet.title, UploadedSet.changed_at)
    brought = uow.session.execute(own.where(UploadedSet.changed_by_id == person_id))
    sets = [{"title": title, "changed_at": at.isoformat()} for title, at in brought]
    return {
        "information_requests": told,
        "information_request_history": lines,
        "data_sets": sets,
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """That something was asked and what was answered stays; nobody stands beside it."""
    forget_person(uow, person_id)
