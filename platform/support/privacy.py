"""Personal data of support: the things that a person supports, and how that goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.platform.support.models import Support
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Each thing once, with when and how it was supported."""
    own = select(Support).where(Support.person_id == person_id)
    rows = {row.support_id: row for row in uow.session.scalars(own.order_by(Support.at))}
    return {
        "support": [
            {
                "part": row.part,
                "id": str(row.object_id),
                "at": row.at.isoformat(),
                "channel": row.channel,
                "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
            }
            for row in rows.values()
        ]
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Nobody can find out any more that the person supported something; the count stays."""
    uow.session.execute(delete(Support).where(Support.person_id == person_id))
    entered = update(Support).where(Support.entered_by_id == person_id)
    uow.session.execute(entered.values(entered_by_id=None))
