"""Personal data of followers: which things an account follows, and how that goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from obshto.platform.followers.models import Follower
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Each thing, and since when."""
    own = select(Follower).where(Follower.person_id == person_id).order_by(Follower.at)
    return {
        "followed": [
            {"part": row.part, "id": str(row.object_id), "since": row.at.isoformat()}
            for row in uow.session.scalars(own)
        ]
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing more is written, nothing stays."""
    uow.session.execute(delete(Follower).where(Follower.person_id == person_id))
