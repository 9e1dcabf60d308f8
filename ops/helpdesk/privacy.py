"""What is known of those who asked for help in a municipality."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from obshto.ops.helpdesk.models import Entry, Ticket
from obshto.platform.db.session import shared_session
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """What the person asked the region's team from here."""
    theirs = (
        select(Entry, Ticket.title)
        .join(Ticket, Ticket.id == Entry.ticket_id)
        .where(Entry.municipality == uow.scope.slug, Entry.author_id == person_id)
        .where(Entry.is_team.is_(False))
        .order_by(Entry.id)
    )
    with shared_session() as shared:
        rows = shared.execute(theirs).all()
    said = [{"at": it.at.isoformat(), "title": title, "text": it.text} for it, title in rows]
    return {"helpdesk": said}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Their name goes; what was asked stays as the municipality's, with its hours."""
    with shared_session() as shared:
        asked = (Ticket.municipality == uow.scope.slug, Ticket.author_id == person_id)
        said = (Entry.municipality == uow.scope.slug, Entry.author_id == person_id)
        gone = {"author_id": None, "author_name": ""}
        shared.execute(update(Ticket).where(*asked).values(gone))
        shared.execute(update(Entry).where(*said, Entry.is_team.is_(False)).values(gone))
        shared.commit()
