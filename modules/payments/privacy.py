"""What taxes and fees know of a person who signs in: notices they keep, files they brought in.

Whose the obligations are the tax program says, by number; nobody who signs in here has one. Who
holds the code of a notice sees all that stands under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.modules.payments.models import Import, Kept
from obshto.modules.payments.services.saved_notices import kept_by
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The notices in their profile; as staff, the files that they read in."""
    own = select(Import).where(Import.read_by_id == person_id).order_by(Import.id)
    rows = [
        {"file": one.name, "rows": one.rows, "read_at": one.read_at.isoformat()}
        for one in uow.session.scalars(own)
    ]
    notices = kept_by(uow, person_id, most=None)
    kept = [{"code": one.code, "left_cents": one.cents} for one in notices]
    return {"tax_files": rows, "tax_notices": kept}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The file stays the municipality's, what is owed stays owed; nobody is named beside it."""
    own = update(Import).where(Import.read_by_id == person_id)
    uow.session.execute(own.values(read_by_id=None, read_by=""))
    uow.session.execute(delete(Kept).where(Kept.person_id == person_id))
