"""Personal data of moderation: which decisions somebody of the staff took, and how that goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import undefer

from obshto.platform.moderation.models import ModerationDecision
from obshto.platform.unit_of_work import UnitOfWork


def export_decisions(
    uow: UnitOfWork, part: str, ids: Collection[UUID]
) -> list[dict[str, str | None]]:
    """What was decided on things of a part and what their author objected. One query."""
    own = ModerationDecision.part == part, ModerationDecision.object_id.in_(ids)
    rows = select(ModerationDecision).where(*own).options(undefer(ModerationDecision.appeal))
    return [
        {
            "at": row.at.isoformat(),
            "rule": row.rule,
            "reason": row.reason,
            "appeal": row.appeal,
            "outcome": row.outcome,
            "review": row.review,
        }
        for row in uow.session.scalars(rows.order_by(ModerationDecision.at))
    ]


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Decisions of the person as staff. What an author objected stands in their part's export."""
    mine = or_(
        ModerationDecision.by_id == person_id, ModerationDecision.reviewed_by_id == person_id
    )
    rows = select(ModerationDecision.part, ModerationDecision.at, ModerationDecision.reason).where(
        mine
    )
    return {
        "decisions": [
            {"part": row.part, "at": row.at.isoformat(), "reason": row.reason}
            for row in uow.session.execute(rows.order_by(ModerationDecision.at))
        ]
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The decision stays, nobody stands beside it."""
    for column, values in (
        (ModerationDecision.by_id, {"by_id": None, "by_name": ""}),
        (ModerationDecision.reviewed_by_id, {"reviewed_by_id": None, "reviewed_by": ""}),
    ):
        uow.session.execute(update(ModerationDecision).where(column == person_id).values(values))
