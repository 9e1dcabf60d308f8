"""What training know of a person: which entries they wrote, under which contact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.training.models import Lesson
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The entries that the person wrote."""
    own = select(Lesson).where(Lesson.author_id == person_id)
    rows = [
        {"title": entry.title, "contact": entry.contact, "opened_at": entry.opened_at.isoformat()}
        for entry in uow.session.scalars(own.order_by(Lesson.opened_at))
    ]
    return {"training": rows}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The text stays the municipality's; neither the person nor the contact stands beside it."""
    own = select(Lesson).where(Lesson.author_id == person_id)
    for entry in uow.session.scalars(own):
        entry.author_id = entry.contact = None
    uow.session.flush()
