"""Personal data of training: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from obshto.modules.training.models import MODELS, MissionAttempt
from obshto.modules.training.services.records import records_of
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Records of the person, attempts at missions."""
    mine = select(MissionAttempt).where(MissionAttempt.person_id == person_id)
    return {
        "records": [
            {
                "topic": row.topic,
                "mission": row.mission,
                "course": row.course,
                "learned_on": row.learned_on.isoformat(),
                "valid_until": row.valid_until.isoformat(),
            }
            for row in records_of(uow, person_id)
        ],
        "attempts": [
            {
                "mission": row.mission,
                "started_at": row.started_at.isoformat(),
                "steps_done": row.steps_done,
            }
            for row in uow.session.scalars(mine.order_by(MissionAttempt.started_at))
        ],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing of the person stays."""
    for model in MODELS:
        uow.session.execute(delete(model).where(model.person_id == person_id))
