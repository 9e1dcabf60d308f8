"""What the log says of a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.platform.audit.models import AuditEntry
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """What the person did, as it was logged."""
    own = select(AuditEntry).where(AuditEntry.person_id == person_id).order_by(AuditEntry.seq)
    rows = [{"at": e.at.isoformat(), "act": e.act} for e in uow.session.scalars(own)]
    return {"audit": rows}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing: a public body must be able to say who did what (Regulation 2016/679, art. 5(2),
    17(3)(b)), of citizens who sign in and send as of staff. The chain would break with the row.
    """
