"""Personal data of the review of access: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from obshto.modules.accessreview.models import AccessReview, ReviewLine
from obshto.modules.accessreview.services.reach import role_text
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Decisions about roles of the person; what the person decided, began and ended."""
    about = select(ReviewLine).where(ReviewLine.person_id == person_id).order_by(ReviewLine.id)
    by = select(ReviewLine).where(ReviewLine.decided_by_id == person_id).order_by(ReviewLine.id)
    is_theirs = (AccessReview.begun_by_id == person_id) | (AccessReview.ended_by_id == person_id)
    reviews = select(AccessReview).where(is_theirs).order_by(AccessReview.id)
    return {
        "roles_reviewed": [_told(line) for line in uow.session.scalars(about)],
        "decided_by_you": [
            {"role": role_text(line), "decision": line.decision or ""}
            for line in uow.session.scalars(by)
        ],
        "reviews": [
            {
                "begun_at": row.begun_at.isoformat(),
                "ended_at": row.ended_at.isoformat() if row.ended_at else "",
            }
            for row in uow.session.scalars(reviews)
        ],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """No name and no reason stays; that a role was reviewed and what was decided does."""
    for model, column, values in (
        (ReviewLine, ReviewLine.person_id, {"person_id": None, "name": "", "reason": ""}),
        (ReviewLine, ReviewLine.decided_by_id, {"decided_by_id": None, "decided_by": ""}),
        (AccessReview, AccessReview.begun_by_id, {"begun_by_id": None, "begun_by": ""}),
        (AccessReview, AccessReview.ended_by_id, {"ended_by_id": None, "ended_by": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def _told(line: ReviewLine) -> dict[str, Any]:
    return {
        "role": role_text(line),
        "given_at": line.given_at.isoformat(),
        "used_at": line.used_at.isoformat() if line.used_at else "",
        "decision": line.decision or "",
        "reason": line.reason,
    }
