"""Personal data of recorded looks: how they leave and how they go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.platform.notify.address import addresses
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.services import (
    forget_official,
    forget_subject,
    looks_at,
)
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Looks at the person, by office; what the person opened as staff."""
    at_them = uow.session.scalars(looks_at(uow, Subject(person_id=person_id)))
    own = select(RecordedLook).where(RecordedLook.by_id == person_id).order_by(RecordedLook.at)
    return {
        "looks_at_you": [_told(row) | {"office": row.office} for row in at_them],
        "looks_by_you": [_told(row) for row in uow.session.scalars(own)],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """No look leads to the person; that and why it was looked stays (art. 5(2), 17(3)(b))."""
    emails = [one.email for one in addresses().people({person_id})]
    forget_subject(uow, Subject(person_id=person_id, email="".join(emails)))
    forget_official(uow, person_id)


def _told(row: RecordedLook) -> dict[str, Any]:
    return {
        "at": row.at.isoformat(),
        "part": row.part,
        "why": row.purpose,
        "kinds": list(row.kinds),
        "ground": row.ground,
    }
