"""What accessibility knows of a person: what they told while signed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from obshto.platform.accessibility.models import Barrier
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Each with its words and the way to answer that they left."""
    own = select(Barrier).where(Barrier.told_by_id == person_id).order_by(Barrier.told_on)
    rows = [
        {
            "page": row.page,
            "words": row.words,
            "contact": row.contact,
            "told_on": row.told_on.isoformat(),
        }
        for row in uow.session.scalars(own)
    ]
    return {"barriers": rows}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing of it is kept."""
    uow.session.execute(delete(Barrier).where(Barrier.told_by_id == person_id))
