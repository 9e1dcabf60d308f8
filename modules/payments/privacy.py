"""What taxes and fees know of a person who signs in: which files they brought in as staff.

Whose the obligations are the tax program says, by number; nobody who signs in here has one. Who
holds the code of a notice sees all that stands under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from obshto.modules.payments.models import Import
from obshto.platform.work import Work


def export(work: Work, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The files that the person read in."""
    own = select(Import).where(Import.read_by_id == person_id).order_by(Import.id)
    rows = [
        {"file": one.name, "rows": one.rows, "read_at": one.read_at.isoformat()}
        for one in work.session.scalars(own)
    ]
    return {"tax_files": rows}


def erase(work: Work, person_id: UUID) -> None:
    """The file stays the municipality's; nobody is named beside it any more."""
    own = update(Import).where(Import.read_by_id == person_id)
    work.session.execute(own.values(read_by_id=None, read_by=""))
