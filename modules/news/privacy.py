"""What news know of a person: which ones they wrote as staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from obshto.modules.news.models import Item
from obshto.platform.work import Work


def export(work: Work, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The items the person began, deleted ones too."""
    own = select(Item).where(Item.author_id == person_id).order_by(Item.written_at)
    rows = [
        {"title": item.title, "written_at": item.written_at.isoformat()}
        for item in work.session.scalars(own)
    ]
    return {"news": rows}


def erase(work: Work, person_id: UUID) -> None:
    """The text stays the municipality's; nobody is named beside it any more."""
    own = update(Item).where(Item.author_id == person_id)
    work.session.execute(own.values(author_id=None, changed_by=""))
