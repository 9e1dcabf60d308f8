"""Personal data of training: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from obshto.modules.training.models import MODELS, MissionAttempt
from obshto.modules.training.services.certificates import PART, certificates_of
from obshto.modules.training.services.records import records_of
from obshto.platform.documents.services import forget
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Records of the person with their certificates, attempts at missions."""
    records = records_of(uow, person_id)
    papers = certificates_of(uow, [row.id for row in records])
    mine = select(MissionAttempt).where(MissionAttempt.person_id == person_id)
    return {
        "records": [
            {
                "topic": row.topic,
                "mission": row.mission,
                "course": row.course,
                "learned_on": row.learned_on.isoformat(),
                "valid_until": row.valid_until.isoformat(),
                "certificate": papers[row.id].number if row.id in papers else "",
            }
            for row in records
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
    """Nothing of the person stays; numbers of certificates do."""
    forget(uow, PART, [row.id for row in records_of(uow, person_id)])
    for model in MODELS:
        uow.session.execute(delete(model).where(model.person_id == person_id))
