"""What news know of a person: which ones they wrote as staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from obshto.modules.news.models import Item
from obshto.platform.work import Work


def export(work: Work, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The items that the person began or changed last, deleted ones too."""
    theirs = or_(Item.author_id == person_id, Item.changed_by_id == person_id)
    own = select(Item).where(theirs).order_by(Item.written_at)
    rows = [
        {"title": item.title, "written_at": item.written_at.isoformat()}
        for item in work.session.scalars(own)
    ]
    return {"news": rows}


def erase(work: Work, person_id: UUID) -> None:
    """The text stays the municipality's; nobody is named beside it any more."""
    begun = update(Item).where(Item.author_id == person_id)
    work.session.execute(begun.values(author_id=None))
    changed = update(Item).where(Item.changed_by_id == person_id)
    work.session.execute(changed.values(changed_by_id=None, changed_by=""))
