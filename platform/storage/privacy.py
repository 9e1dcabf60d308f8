"""What storage knows of a person: which files they brought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from obshto.platform.storage.models import StoredFile
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Names and days of the files that the person brought."""
    own = select(StoredFile).where(StoredFile.stored_by == person_id, StoredFile.copy_of.is_(None))
    rows = [
        {"name": file.name, "stored_at": file.stored_at.isoformat()}
        for file in uow.session.scalars(own.order_by(StoredFile.stored_at))
    ]
    return {"files": rows}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The files stay with what they belong to; nobody is named beside them any more."""
    own = update(StoredFile).where(StoredFile.stored_by == person_id)
    uow.session.execute(own.values(stored_by=None))
