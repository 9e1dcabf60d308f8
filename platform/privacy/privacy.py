"""Personal data of legal holds and restrictions: how they leave and how they go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from obshto.platform.notify.address import addresses
from obshto.platform.privacy.models import LegalHold, ProcessingRestriction
from obshto.platform.privacy.restrictions import forget_restricted, restrictions_on
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Holds on the person's rows: law and days. Why is told by the officer, who may have to wait.

    What the person placed as staff.
    """
    on_them = select(LegalHold).where(LegalHold.person_id == person_id)
    placed = select(LegalHold).where(LegalHold.placed_by_id == person_id)
    return {
        "holds_on_your_data": [_told(row) for row in uow.session.scalars(on_them)],
        "restrictions_of_your_data": [
            _limit(row) for row in restrictions_on(uow, Subject(person_id=person_id))
        ],
        "restrictions_placed_by_you": [
            _limit(row)
            for row in uow.session.scalars(
                select(ProcessingRestriction).where(ProcessingRestriction.placed_by_id == person_id)
            )
        ],
        "holds_placed_by_you": [_told(row) for row in uow.session.scalars(placed)],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Of staff no name stays; a hold that has ended leads to nobody."""
    for column, values in (
        (LegalHold.placed_by_id, {"placed_by_id": None, "placed_by": ""}),
        (LegalHold.ended_by_id, {"ended_by_id": None, "ended_by": ""}),
    ):
        uow.session.execute(update(LegalHold).where(column == person_id).values(values))
    over = update(LegalHold).where(
        LegalHold.person_id == person_id, LegalHold.ended_at.is_not(None)
    )
    uow.session.execute(over.values(person_id=None))
    emails = [one.email for one in addresses().people({person_id})]
    subject = Subject(person_id=person_id, email="".join(emails))
    forget_restricted(uow, subject, person_id)


def _limit(row: ProcessingRestriction) -> dict[str, Any]:
    return {"placed_at": row.placed_at.isoformat(), "request": row.number}


def _told(row: LegalHold) -> dict[str, Any]:
    return {
        "placed_at": row.placed_at.isoformat(),
        "until": row.until.isoformat(),
        "ground": row.ground,
        "number": row.number,
    }
