"""What notices know of a person: which ones they wrote as staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from obshto.modules.notices.models import Notice
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The notices that the person began or changed last."""
    is_own = or_(Notice.author_id == person_id, Notice.changed_by_id == person_id)
    own = select(Notice).where(is_own).order_by(Notice.written_at)
    rows = [
        {"title": notice.title, "written_at": notice.written_at.isoformat()}
        for notice in uow.session.scalars(own)
    ]
    return {"notices": rows}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The text stays the municipality's; nobody is named beside it any more."""
    begun = update(Notice).where(Notice.author_id == person_id)
    uow.session.execute(begun.values(author_id=None))
    changed = update(Notice).where(Notice.changed_by_id == person_id)
    uow.session.execute(changed.values(changed_by_id=None, changed_by=""))
